"""A small made-up world: three documents with every kind of claim, for the tests of graph, store and queries."""

from dataclasses import dataclass
from pathlib import Path

from rdflib import Graph

from kg.graph import (
    Rules,
    conflict_quads,
    derived_quads,
    document_quads,
    entity_quads,
    fact_of,
    is_fact,
    ontology_quads,
    used_entities,
)
from kg.model import (
    Block,
    BlockKind,
    Claim,
    Document,
    Entity,
    Mention,
    MentionKind,
    Metadata,
    Modality,
    Observation,
    Polarity,
    Quote,
    Remark,
    RemarkKind,
)
from kg.ontology import ConflictKind, Entry, Relation, load_conflict_kinds
from kg.ontology.schema import relations_of
from kg.store import EmbeddedStore
from kg.terms import key_from

ONTOLOGY_FOLDER = Path(__file__).resolve().parent.parent / "ontology"
ORG, TECH, PLACE = MentionKind.ORGANISATION, MentionKind.TECHNOLOGY, MentionKind.PLACE
NO = Polarity.NEGATED

TECHNOLOGIES = """
@prefix sp: <https://w3id.org/semipack/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix tech: <https://w3id.org/semipack/technology/> .
tech:interposer-packaging a skos:Concept, sp:PackagingTechnology ; skos:prefLabel "interposer packaging"@en .
tech:cowos a skos:Concept, sp:PackagingTechnology ; skos:prefLabel "CoWoS"@en ; skos:broader tech:interposer-packaging .
tech:cowos-l a skos:Concept, sp:PackagingTechnology ; skos:prefLabel "CoWoS-L"@en ; skos:broader tech:cowos .
tech:burn-in a skos:Concept, sp:PackagingTechnology ; skos:prefLabel "burn-in"@en .
"""

ORGANISATIONS = {
    row.key: row
    for row in (
        Entry("nvidia", ORG, "NVIDIA", aliases=("NVDA",), roles=("FablessDesigner",)),
        Entry("amd", ORG, "AMD", aliases=("Advanced Micro Devices",), roles=("FablessDesigner",)),
        Entry("apple", ORG, "Apple", roles=("SystemMaker",)),
        Entry("intel", ORG, "Intel", roles=("IDM",)),
        Entry("samsung", ORG, "Samsung Electronics", aliases=("Samsung",), roles=("IDM", "MemoryMaker")),
        Entry("tsmc", ORG, "TSMC", roles=("Foundry",), country="TW", ticker="TWSE:2330"),
        Entry("amkor", ORG, "Amkor Technology", aliases=("Amkor",), roles=("OSAT",), sources=("https://amkor.com/",)),
        Entry("ase", ORG, "ASE", roles=("OSAT",)),
        Entry("spil", ORG, "SPIL", roles=("OSAT",), broader=("ase",)),
        Entry("jcet", ORG, "JCET", roles=("OSAT",)),
        Entry("besi", ORG, "BESI", roles=("ToolMaker",)),
        Entry("asmpt", ORG, "ASMPT", roles=("ToolMaker",)),
        Entry("ibiden", ORG, "Ibiden", roles=("SubstrateMaker",)),
    )
}
PLACES = {
    row.key: row
    for row in (
        Entry("incheon", PLACE, "Incheon", roles=("City",), broader=("south-korea",)),
        Entry("south-korea", PLACE, "South Korea", roles=("Country",), aliases=("Korea",)),
    )
}


@dataclass(frozen=True)
class SmallOntology:
    """The real schema with a handful of names."""

    relations: dict[str, Relation]
    organisations: dict[str, Entry]
    places: dict[str, Entry]
    conflicts: dict[str, ConflictKind]
    graph: Graph


class SmallLinker:
    """Finds names by label, alias or key; anything else is an unknown organisation."""

    def entity(self, mention: Mention) -> Entity:
        """The entity by its name."""
        if mention.kind is TECH:
            return Entity(key_from(mention.name), TECH, mention.name)
        rows = ORGANISATIONS if mention.kind is ORG else PLACES
        for row in rows.values():
            if mention.name in {row.key, row.label, *row.aliases}:
                return Entity(row.key, row.kind, row.label, row.aliases, row.roles)
        return Entity(key_from(mention.name), mention.kind, mention.name, known=False)


@dataclass
class Script:
    """A document under construction: each claim adds the sentence it rests on."""

    name: str
    metadata: Metadata
    pointer: str = ""
    text: str = ""

    def quote(self, sentence: str) -> Quote:
        """Add the sentence to the text."""
        start = len(self.text)
        self.text += sentence + "\n"
        return Quote(sentence, start, start + len(sentence), self.pointer)


def mention(name: str, kind: MentionKind = ORG) -> Mention:
    """A mention that stands for ``name``."""
    return Mention(kind, name, name)


def small_ontology() -> SmallOntology:
    """The schema of the ontology's files with the names above."""
    graph = Graph()
    graph.parse(ONTOLOGY_FOLDER / "packaging.ttl", format="turtle")
    relations = relations_of(graph)
    graph.parse(data=TECHNOLOGIES, format="turtle")
    kinds = load_conflict_kinds(ONTOLOGY_FOLDER / "conflicts.yaml")
    return SmallOntology(relations, ORGANISATIONS, PLACES, kinds, graph)


CLAIMS = {
    "profile.md": [
        ("NVIDIA", "outsourcesTo", "TSMC", {}),
        ("TSMC", "outsourcesTo", "Amkor", {"qualifiers": {"product": ("Rubin",), "technology": ("CoWoS",)}}),
        ("NVIDIA", "outsourcesTo", "Amkor", {"modality": Modality.REPORTED, "qualifiers": {"via": ("TSMC",)}}),
        ("Amkor", "competesWith", "ASE", {}),
        ("Amkor", "competesWith", "JCET", {}),
        ("TSMC", "competesWith", "Samsung", {}),
        ("BESI", "suppliesToolTo", "TSMC", {}),
        ("BESI", "suppliesToolTo", "Amkor", {}),
        ("ASMPT", "suppliesToolTo", "TSMC", {"confidence": 0.4}),
        ("TSMC", "offersTechnology", "CoWoS-L", {}),
        ("Amkor", "offersTechnology", "burn-in", {}),
        ("Amkor", "hasSiteIn", "Incheon", {}),
    ],
    "news.json": [
        ("Samsung", "outsourcesTo", "Amkor", {"polarity": NO}),
        ("AMD", "outsourcesTo", "Amkor", {"modality": Modality.PLANNED}),
        ("Intel", "outsourcesTo", "Amkor", {"modality": Modality.POSSIBLE}),
        ("Apple", "outsourcesTo", "Amkor", {"modality": Modality.HISTORICAL}),
        ("SPIL", "subsidiaryOf", "ASE", {}),
        ("Amkor", "partnersWith", "TSMC", {}),
    ],
    "report.txt": [
        ("Samsung", "outsourcesTo", "Amkor", {"modality": Modality.REPORTED, "confidence": 0.5}),
        ("NVIDIA", "outsourcesTo", "TSMC", {}),
        ("Ibiden", "suppliesTo", "NVIDIA", {}),
        ("JCET", "competesWith", "ASE", {}),
        ("Packwell Labs", "outsourcesTo", "ASE", {}),
    ],
}
# name, metric, value, period, earlier, sentence number (figures of one sentence share their quote)
FIGURES = {
    "profile.md": [("TSMC", "capex", 52e9, "2025", False), ("Amkor", "capex", 7e9, "2026", False)],
    "news.json": [("Amkor", "capex", 8.5e9, "2026", False), ("Amkor", "capex", 7e9, "2026", True)],
    "report.txt": [("TSMC", "capex", 40e9, "2025", False), ("TSMC", "revenue", 90.5e9, "", False)],
}
# name, kind, rank, topic, scope, others
REMARKS = {
    "report.txt": [
        ("ASE", RemarkKind.STANDING, "first", "OSAT", ("world", "by revenue"), ()),
        ("ASE", RemarkKind.STANDING, "larger", "", (), ("Amkor",)),
        ("BESI", RemarkKind.GAP, "", "backlog", (), ("Amkor", "ASE")),
    ],
}
DATES = {"profile.md": "2026-02-10", "news.json": "2026-04-20", "report.txt": "2026-05"}


@dataclass(frozen=True)
class World:
    """Documents with their claims, observations and remarks."""

    documents: tuple[Document, ...]
    claims: tuple[Claim, ...]
    observations: tuple[Observation, ...]
    remarks: tuple[Remark, ...] = ()

    def of(self, document: Document) -> tuple[list[Claim], list[Observation]]:
        """What one document says."""
        return (
            [claim for claim in self.claims if claim.document == document.id],
            [each for each in self.observations if each.document == document.id],
        )

    def remarks_of(self, document: Document) -> list[Remark]:
        """Its remarks."""
        return [each for each in self.remarks if each.document == document.id]


def small_world() -> World:
    """The three documents."""
    documents, claims, observations, remarks = [], [], [], []
    for number, name in enumerate(CLAIMS):
        script = Script(name, Metadata(title=f"About {name}", date=DATES[name], url=f"https://example.org/{number}"))
        script.pointer = "/body" if name.endswith(".json") else ""
        document_id = Document(name, f"{number:064x}", {}, ()).id
        claims += [_claim(script, document_id, *row) for row in CLAIMS[name]]
        observations += [_observation(script, document_id, *row) for row in FIGURES[name]]
        remarks += [_remark(script, document_id, *row) for row in REMARKS.get(name, ())]
        media = "application/json" if script.pointer else "text/plain"
        block = Block(BlockKind.PARAGRAPH, script.text, ((0, 0),), script.pointer)
        fields = {script.pointer: script.text}
        documents.append(Document(name, f"{number:064x}", fields, (block,), script.metadata, media))
    return World(tuple(documents), tuple(claims), tuple(observations), tuple(remarks))


def _claim(
    script: Script, document: str, subject: str, relation: str, object_: str, options: dict[str, object]
) -> Claim:
    kind = {"offersTechnology": TECH, "hasSiteIn": PLACE}.get(relation, ORG)
    polarity = options.get("polarity", Polarity.AFFIRMED)
    modality = options.get("modality", Modality.ASSERTED)
    quote = script.quote(f"{subject} {polarity} {modality} {relation} {object_}.")
    return Claim(
        document=document,
        doc=script.name,
        subject=mention(subject),
        relation=relation,
        object=mention(object_, kind),
        polarity=polarity,
        modality=modality,
        confidence=options.get("confidence", 0.9),
        reasons=("named in one sentence",),
        quotes=(quote,),
        extractor="frames",
        qualifiers=options.get("qualifiers", {}),
    )


def _observation(
    script: Script, document: str, name: str, metric: str, value: float, period: str, earlier: bool
) -> Observation:
    return Observation(
        document=document,
        doc=script.name,
        subject=mention(name),
        metric=metric,
        value=value,
        unit="USD",
        period=period,
        polarity=Polarity.AFFIRMED,
        modality=Modality.ASSERTED,
        confidence=0.8,
        reasons=("figure with unit",),
        quotes=(script.quote(f"{name} {metric} {value:.0f} in {period or 'all'}."),),
        extractor="figures",
        earlier=earlier,
    )


def _remark(
    script: Script,
    document: str,
    name: str,
    kind: RemarkKind,
    rank: str,
    topic: str,
    scope: tuple[str, ...],
    others: tuple[str, ...],
) -> Remark:
    said = " ".join(each for each in (name, kind, rank, topic, *scope, *others) if each)
    return Remark(
        document=document,
        doc=script.name,
        subject=mention(name),
        kind=kind,
        topic=topic,
        rank=rank,
        scope=scope,
        others=tuple(mention(other) for other in others),
        polarity=Polarity.AFFIRMED,
        modality=Modality.ASSERTED,
        confidence=0.8,
        reasons=("said in one sentence",),
        quotes=(script.quote(f"{said}."),),
        extractor="remarks",
    )


def fill(store: EmbeddedStore, world: World | None = None) -> EmbeddedStore:
    """Put the world into ``store``."""
    world = world or small_world()
    linker, ontology = SmallLinker(), small_ontology()
    for document in world.documents:
        remarks = world.remarks_of(document)
        store.add(document_quads(document, *world.of(document), linker, ontology, remarks=remarks))
    used = used_entities(world.claims, world.observations, linker, remarks=world.remarks)
    store.add(entity_quads(used, ontology))
    dates = {document.id: document.metadata.date for document in world.documents}
    store.add(conflict_quads(world.claims, world.observations, linker, ontology, dates=dates))
    store.add(derived_quads({fact_of(claim, linker) for claim in world.claims if is_fact(claim)}, Rules(ontology)))
    store.add(ontology_quads(ontology))
    return store
