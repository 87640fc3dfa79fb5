"""The ontology's files: they parse everywhere, say what everything means, and the shapes catch what is broken."""

import re
import shutil
import subprocess
from pathlib import Path

import pyoxigraph
import pytest
from pyshacl import validate
from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef
from rdflib.term import Node

from kg.terms import ENTITY, PLACE, SP, TECHNOLOGY

ONTOLOGY = Path(__file__).resolve().parent.parent / "ontology"
FILES = sorted(ONTOLOGY.rglob("*.ttl"))
SCHEME = URIRef(TECHNOLOGY + "scheme")
RELATIONS = {
    "outsourcesTo": "providesServiceTo",
    "suppliesToolTo": "usesToolsFrom",
    "suppliesTo": "suppliedBy",
    "competesWith": "competesWith",
    "partnersWith": "partnersWith",
    "subsidiaryOf": "hasSubsidiary",
    "offersTechnology": "technologyOfferedBy",
    "hasSiteIn": "siteOf",
    "makes": "madeBy",
}
METRICS = {"backlog", "capacity", "capex", "headcount", "investment", "marketCap", "revenue", "share", "volume"}
TERMS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, RDF.Property)


def load(name: str) -> Graph:
    return Graph().parse(ONTOLOGY / name, format="turtle")


@pytest.fixture(scope="module")
def packaging() -> Graph:
    return load("packaging.ttl")


@pytest.fixture(scope="module")
def technologies() -> Graph:
    return load("technologies.ttl")


@pytest.fixture(scope="module")
def places() -> Graph:
    return load("places.ttl")


def one(graph: Graph, subject: Node, predicate: URIRef) -> str:
    values = list(graph.objects(subject, predicate))
    assert len(values) == 1, f"{subject} has {len(values)} values of {predicate}"
    return str(values[0])


def doubled_labels(graph: Graph) -> list[str]:
    """Labels that, in whatever case, stand twice, or stand as a plain and as an ambiguous label."""
    plain = [str(label).casefold() for label in labels(graph, SKOS.prefLabel, SKOS.altLabel)]
    ambiguous = {str(label).casefold() for label in labels(graph, SP.ambiguousLabel)}
    return sorted({label for label in plain if plain.count(label) > 1} | ambiguous.intersection(plain))


def labels(graph: Graph, *predicates: URIRef) -> list[Node]:
    return [label for predicate in predicates for _, label in graph.subject_objects(predicate)]


def test_files_are_there() -> None:
    assert {"packaging.ttl", "technologies.ttl", "places.ttl", "shapes.ttl"} <= {path.name for path in FILES}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_parsers_agree(path: Path) -> None:
    triples = len(Graph().parse(path, format="turtle"))
    quads = list(pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE))
    assert triples == len(set(quads)) > 0


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_independent_parser_reads(path: Path) -> None:
    commands = {"serdi": ["-q", "-i", "turtle", "-o", "ntriples"], "rapper": ["-q", "-i", "turtle", "-o", "ntriples"]}
    found = [[shutil.which(name) or "", *options] for name, options in commands.items() if shutil.which(name)]
    if not found:
        pytest.skip("neither serdi nor rapper is installed (Debian packages serdi, raptor2-utils)")
    for command in found:
        done = subprocess.run([*command, str(path)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert len(set(done.stdout.splitlines())) == len(Graph().parse(path, format="turtle"))


def test_everything_has_a_label_and_a_definition(packaging: Graph) -> None:
    kinds = (*TERMS, SP.Metric, SP.Polarity, SP.Modality)
    subjects = {subject for kind in kinds for subject in packaging.subjects(RDF.type, kind)}
    assert len(subjects) >= 90
    for subject in subjects:
        assert str(subject).startswith(str(SP))
        assert one(packaging, subject, RDFS.label)
        assert one(packaging, subject, SKOS.definition).endswith(".")


def test_no_term_is_used_that_is_not_declared(packaging: Graph) -> None:
    declared = set(packaging.subjects(RDF.type, None))
    for path in FILES:
        graph = Graph().parse(path, format="turtle")
        used = {term for triple in graph for term in triple if isinstance(term, URIRef) and term.startswith(str(SP))}
        assert used <= declared, f"{path.name}: {sorted(used - declared)}"


def test_relations_have_ends_and_inverses_declared_both_ways(packaging: Graph) -> None:
    assert {str(r).removeprefix(str(SP)) for r in packaging.subjects(RDF.type, SP.Relation)} == set(RELATIONS)
    for name, inverse in RELATIONS.items():
        assert one(packaging, SP[name], OWL.inverseOf) == str(SP[inverse])
        assert one(packaging, SP[inverse], OWL.inverseOf) == str(SP[name])
        assert one(packaging, SP[name], RDFS.domain) == one(packaging, SP[inverse], RDFS.range)
        assert one(packaging, SP[name], RDFS.range) == one(packaging, SP[inverse], RDFS.domain)
        assert ((SP[name], RDF.type, OWL.SymmetricProperty) in packaging) == (name == inverse)


def test_roles_are_organisations(packaging: Graph) -> None:
    assert len(set(packaging.subjects(RDFS.subClassOf, SP.Organisation))) >= 16


def test_metrics_and_modalities(packaging: Graph) -> None:
    assert set(packaging.subjects(RDF.type, SP.Metric)) == {SP[name] for name in METRICS}
    for metric in METRICS:
        assert one(packaging, SP[metric], SP.unitKind) in {"money", "percent", "count", "rate"}
    ranks = {int(one(packaging, m, SP.precedence)): m for m in packaging.subjects(RDF.type, SP.Modality)}
    assert [ranks[n] for n in range(1, 6)] == [SP.historical, SP.planned, SP.possible, SP.reported, SP.asserted]


def test_technologies_are_defined_and_in_the_scheme(technologies: Graph) -> None:
    concepts = set(technologies.subjects(RDF.type, SP.PackagingTechnology))
    assert len(concepts) >= 150
    assert set(technologies.subjects(RDF.type, SKOS.Concept)) == concepts
    assert set(technologies.subjects(SKOS.inScheme, SCHEME)) == concepts
    for concept in concepts:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", str(concept).removeprefix(str(TECHNOLOGY)))
        assert one(technologies, concept, SKOS.prefLabel)
        assert one(technologies, concept, SKOS.definition).endswith(".")


def test_every_technology_leads_up_to_a_family(technologies: Graph) -> None:
    families = set(technologies.objects(SCHEME, SKOS.hasTopConcept))
    assert families == set(technologies.subjects(SKOS.topConceptOf, SCHEME))
    for concept in technologies.subjects(RDF.type, SKOS.Concept):
        above = set(technologies.transitive_objects(concept, SKOS.broader))
        assert all((up, RDF.type, SKOS.Concept) in technologies for up in above)
        assert above & families
        parents = set(technologies.objects(concept, SKOS.broader))
        assert all(concept not in set(technologies.transitive_objects(up, SKOS.broader)) for up in parents)


def test_brands_belong_to_registered_organisations(technologies: Graph) -> None:
    brands = set(technologies.objects(None, SP.brandOf))
    assert len(brands) >= 8
    assert all(str(brand).startswith(str(ENTITY)) for brand in brands)
    registry = ONTOLOGY / "organisations.ttl"
    if not registry.is_file():
        pytest.skip("no registry of organisations beside the technologies")
    assert brands <= set(load("organisations.ttl").subjects(RDF.type, SP.Organisation))


@pytest.mark.parametrize("name", ["technologies.ttl", "places.ttl"])
def test_no_label_stands_twice(name: str) -> None:
    assert doubled_labels(load(name)) == []


def test_technologies_and_places_share_no_label(technologies: Graph, places: Graph) -> None:
    assert doubled_labels(technologies + places) == []


def test_places_have_one_kind_and_lie_within_known_places(places: Graph) -> None:
    every = set(places.subjects(RDF.type, SP.Place))
    assert len(every) >= 500
    for place in every:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", str(place).removeprefix(str(PLACE)))
        assert one(places, place, SKOS.prefLabel)
        assert len({SP.City, SP.Region, SP.Country} & set(places.objects(place, RDF.type))) == 1
        assert set(places.objects(place, SP.within)) <= every - {place}
        above = set(places.transitive_objects(place, SP.within))
        if (place, RDF.type, SP.City) in places:
            assert any((up, RDF.type, SP.Country) in places for up in above), f"{place} lies in no country"


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("CoWoS-L", "cowos-l"),
        ("thermo-compression bonding", "tcb"),
        ("TC bonders", "tcb"),
        ("die-attach", "die-attach"),
        ("Fan-out wafer-level packaging", "fowlp"),
        ("HBM stacking", "hbm-packaging"),
        ("burn-in", "burn-in"),
    ],
)
def test_names_in_use_are_labels(technologies: Graph, label: str, key: str) -> None:
    named = [pair for predicate in (SKOS.prefLabel, SKOS.altLabel) for pair in technologies.subject_objects(predicate)]
    assert {concept for concept, name in named if str(name).casefold() == label.casefold()} == {TECHNOLOGY[key]}


ORDINARY_WORDS = ["test", "testing", "packaging", "inspection", "molding", "3D", "Best", "Taylor", "Nice"]


@pytest.mark.parametrize("word", ORDINARY_WORDS)
def test_ordinary_words_are_only_ambiguous_labels(technologies: Graph, places: Graph, word: str) -> None:
    graph = technologies + places
    assert word in {str(label) for label in labels(graph, SP.ambiguousLabel)}
    assert word.casefold() not in {str(label).casefold() for label in labels(graph, SKOS.prefLabel, SKOS.altLabel)}


GOOD = """
@prefix sp: <https://w3id.org/semipack/ontology#> .
@prefix entity: <https://w3id.org/semipack/entity/> .
@prefix tech: <https://w3id.org/semipack/technology/> .
@prefix claim: <https://w3id.org/semipack/claim/> .
@prefix obs: <https://w3id.org/semipack/observation/> .
@prefix remark: <https://w3id.org/semipack/remark/> .
@prefix stmt: <https://w3id.org/semipack/statement/> .
@prefix doc: <https://w3id.org/semipack/document/> .
@prefix conflict: <https://w3id.org/semipack/conflict/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix oa: <http://www.w3.org/ns/oa#> .

doc:d a sp:Document ; sp:fileName "news.md" ; sp:mediaType "text/markdown" ; dcterms:date "2026-04" ;
    dcterms:source <https://example.org/news> ;
    sp:sha256 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" .
entity:tsmc a sp:Organisation, sp:Foundry ; skos:prefLabel "TSMC" ; sp:known true .
entity:amkor a sp:Organisation, sp:OSAT ; skos:prefLabel "Amkor Technology" ; skos:altLabel "Amkor" .
entity:tsmc sp:outsourcesTo entity:amkor .
entity:tsmc sp:offersTechnology tech:cowos .
stmt:s a sp:Statement ; rdf:subject entity:tsmc ; rdf:predicate sp:outsourcesTo ; rdf:object entity:amkor .
claim:yes a sp:Claim ; sp:statement stmt:s ; sp:polarity sp:affirmed ; sp:modality sp:reported ;
    sp:confidence 0.9 ; sp:reason "named in one sentence" ; sp:extractor "frames" ; prov:wasDerivedFrom doc:d ;
    sp:product "Rubin" ; sp:via entity:nvidia ; sp:viaName "Nvidia" ;
    sp:subjectName "TSMC" ; sp:objectName "Amkor Technology" ; sp:objectText "Amkor" ;
    sp:evidence <https://w3id.org/semipack/claim/yes#quote-1> ;
    sp:mainEvidence <https://w3id.org/semipack/claim/yes#quote-1> .
<https://w3id.org/semipack/claim/yes#quote-1> a oa:SpecificResource ; oa:hasSource doc:d ; sp:exact "TSMC uses Amkor" ;
    oa:hasSelector <https://w3id.org/semipack/claim/yes#text>, <https://w3id.org/semipack/claim/yes#position> .
<https://w3id.org/semipack/claim/yes#text> a oa:TextQuoteSelector ; oa:exact "TSMC uses Amkor" .
<https://w3id.org/semipack/claim/yes#position> a oa:TextPositionSelector ; oa:start 7 ; oa:end 22 ; sp:pointer "/body" .
obs:o a sp:Observation ; sp:observedEntity entity:amkor ; sp:metric sp:capex ; sp:value 8500000000.0 ; sp:unit "USD" ;
    sp:period "2026" ; sp:polarity sp:affirmed ; sp:modality sp:planned ; sp:confidence 1.0 ;
    sp:subjectName "Amkor Technology" ; sp:earlier true ;
    sp:extractor "figures" ; prov:wasDerivedFrom doc:d ;
    sp:evidence <https://w3id.org/semipack/observation/o#quote-1> ;
    sp:mainEvidence <https://w3id.org/semipack/observation/o#quote-1> .
<https://w3id.org/semipack/observation/o#quote-1> a oa:SpecificResource ; oa:hasSource doc:d ; sp:exact "$8.5 billion" ;
    oa:hasSelector <https://w3id.org/semipack/observation/o#text>, <https://w3id.org/semipack/observation/o#position> .
<https://w3id.org/semipack/observation/o#text> a oa:TextQuoteSelector ; oa:exact "$8.5 billion" .
<https://w3id.org/semipack/observation/o#position> a oa:TextPositionSelector ; oa:start 0 ; oa:end 12 ;
    sp:cell "0/1/2" .
remark:r a sp:Remark ; sp:remarkOf entity:amkor ; sp:remarkKind "standing" ; sp:rank "larger" ; sp:topic "OSAT" ;
    sp:scope "world", "by revenue" ; sp:counterpart <https://w3id.org/semipack/remark/r#other-1> ;
    sp:polarity sp:affirmed ; sp:modality sp:asserted ; sp:confidence 0.5 ; sp:subjectName "Amkor Technology" ;
    sp:extractor "remarks" ; prov:wasDerivedFrom doc:d ;
    sp:evidence <https://w3id.org/semipack/remark/r#quote-1> ;
    sp:mainEvidence <https://w3id.org/semipack/remark/r#quote-1> .
<https://w3id.org/semipack/remark/r#other-1> a sp:Counterpart ; sp:names entity:tsmc ; sp:objectName "TSMC" .
<https://w3id.org/semipack/remark/r#quote-1> a oa:SpecificResource ; oa:hasSource doc:d ; sp:exact "the larger OSAT" ;
    oa:hasSelector <https://w3id.org/semipack/remark/r#text>, <https://w3id.org/semipack/remark/r#position> .
<https://w3id.org/semipack/remark/r#text> a oa:TextQuoteSelector ; oa:exact "the larger OSAT" .
<https://w3id.org/semipack/remark/r#position> a oa:TextPositionSelector ; oa:start 3 ; oa:end 18 .
conflict:p a sp:Conflict ; sp:kind "polarity" ; sp:statement stmt:s ; sp:between claim:yes, claim:no ;
    sp:concerns entity:tsmc, entity:amkor ; sp:confidence 0.7 ; sp:size 2 .
conflict:v a sp:Conflict ; sp:kind "value" ; sp:observedEntity entity:amkor ; sp:metric sp:capex ;
    sp:between obs:o, obs:other ; sp:concerns entity:amkor ; sp:confidence 0.8 ; sp:size 2 .
"""

BROKEN = [
    ('sp:fileName "news.md" ;', "", "exactly one file name"),
    ("sp:sha256 ", "dcterms:subject ", "SHA-256"),
    ('sp:sha256 "01', 'sp:sha256 "0X', "SHA-256"),
    ('"2026-04"', '"April 2026"', "at most one date"),
    ("<https://example.org/news>", "<javascript:alert(1)>", "http:// or https://"),
    ("sp:statement stmt:s ; sp:polarity", "sp:statement stmt:s, stmt:t ; sp:polarity", "exactly one statement"),
    ("claim:yes a sp:Claim ; sp:statement stmt:s ;", "claim:yes a sp:Claim ;", "exactly one statement"),
    ("sp:polarity sp:affirmed ; sp:modality sp:reported", "sp:modality sp:reported", "Exactly one polarity"),
    ("sp:polarity sp:affirmed ; sp:modality sp:reported", "sp:polarity sp:maybe ; sp:modality sp:reported", "polarity"),
    ("sp:modality sp:reported", 'sp:modality "reported"', "Exactly one modality"),
    ("sp:confidence 0.9", "sp:confidence 1.1", "from 0 to 1"),
    ("sp:confidence 0.9", "sp:confidence 9.0e-1", "xsd:decimal"),
    ('sp:extractor "frames" ;', "", "name of the extractor"),
    ('sp:extractor "frames" ; prov:wasDerivedFrom doc:d ;', 'sp:extractor "frames" ;', "exactly one document"),
    ("    sp:evidence <https://w3id.org/semipack/claim/yes#quote-1> ;\n", "", "at least one quote"),
    ("sp:mainEvidence <https://w3id.org/semipack/claim/yes#", "sp:supports <https://w3id.org/semipack/claim/yes#",
     "exactly one main evidence"),
    ("sp:mainEvidence <https://w3id.org/semipack/claim/yes#quote-1>",
     "sp:mainEvidence <https://w3id.org/semipack/claim/yes#text>", "one of the quotes"),
    ("sp:mainEvidence <https://w3id.org/semipack/claim/yes#quote-1>",
     "sp:mainEvidence <https://w3id.org/semipack/observation/o#quote-1>", "main evidence of at most one"),
    ("sp:via entity:nvidia", "sp:via tech:cowos", "organisation in between"),
    ("rdf:predicate sp:outsourcesTo ;", "rdf:predicate sp:likes ;", "one of the ontology's relations"),
    ("rdf:subject entity:tsmc ;", 'rdf:subject "TSMC" ;', "exactly one subject"),
    (" ; rdf:object entity:amkor .", " .", "exactly one object"),
    ("entity:tsmc sp:outsourcesTo entity:amkor .", "entity:tsmc sp:outsourcesTo tech:cowos .",
     "leads to an organisation"),
    ("sp:offersTechnology tech:cowos", 'sp:offersTechnology "CoWoS"', "leads to a technology"),
    ("oa:hasSource doc:d ; sp:exact \"TSMC", "sp:exact \"TSMC", "exactly one document"),
    ("oa:hasSelector <https://w3id.org/semipack/claim/yes#text>,", "oa:hasSelector", "two selectors"),
    ('oa:exact "TSMC uses Amkor"', 'oa:exact "TSMC left Amkor"', "the same words"),
    ("oa:start 7", "oa:start -7", "at least 0"),
    ("oa:start 7", "oa:start 7.0", "xsd:integer"),
    ("oa:start 7", "oa:start 22", "starts before it ends"),
    ('sp:pointer "/body"', 'sp:pointer "body"', "JSON pointer"),
    ('sp:cell "0/1/2"', 'sp:cell "row 1"', "table cell"),
    ("sp:metric sp:capex ; sp:value", "sp:metric sp:mood ; sp:value", "exactly one metric"),
    ("sp:value 8500000000.0 ;", "sp:value 8.5e9 ;", "exactly one value"),
    ('sp:unit "USD" ;', "", "exactly one unit"),
    ("sp:observedEntity entity:amkor ; sp:metric sp:capex ; sp:value", "sp:metric sp:capex ; sp:value",
     "about exactly one"),
    ("sp:remarkOf entity:amkor ;", "", "about exactly one organisation"),
    ('sp:remarkKind "standing"', 'sp:remarkKind "rumour"', "exactly one kind"),
    ('sp:remarkKind "standing"', 'sp:remarkKind "gap"', "with its rank"),
    ('sp:rank "larger" ;', "", "with its rank"),
    ('sp:rank "larger"', 'sp:rank "nice"', "at most one rank"),
    ('sp:topic "OSAT"', 'sp:topic ""', "at most one topic"),
    ("sp:counterpart <https://w3id.org/semipack/remark/r#other-1> ;", "", "exactly one remark"),
    ("sp:names entity:tsmc ;", "", "exactly one organisation"),
    ("sp:between claim:yes, claim:no", "sp:between claim:yes", "between two or more"),
    ('sp:kind "polarity" ; sp:statement stmt:s ;', 'sp:kind "polarity" ;', "what it is about: a statement"),
    ('sp:kind "value" ;', 'sp:kind "mood" ;', "exactly one kind"),
    ("sp:concerns entity:tsmc, entity:amkor ;", "", "concerns one or more"),
    ("0.7 ; sp:size 2", "0.7 ; sp:size 1", "how many take part"),
    ('skos:prefLabel "TSMC" ;', "", "exactly one preferred label"),
    ('skos:prefLabel "TSMC" ;', 'skos:prefLabel "TSMC", "Taiwan Semiconductor" ;', "exactly one preferred label"),
    ('skos:altLabel "Amkor"', 'skos:altLabel "Amkor Technology"', "not the preferred label again"),
    ("sp:known true", 'sp:known "yes"', "true or false"),
]  # fmt: skip


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return load("shapes.ttl")


def violations(turtle: str, shapes: Graph) -> str:
    """The report's text on a graph, empty where it conforms."""
    conforms, _, text = validate(Graph().parse(data=turtle, format="turtle"), shacl_graph=shapes)
    return "" if conforms else str(text)


def test_a_good_graph_conforms(shapes: Graph) -> None:
    assert violations(GOOD, shapes) == ""


@pytest.mark.parametrize(("old", "new", "message"), BROKEN)
def test_a_broken_graph_does_not_conform(shapes: Graph, old: str, new: str, message: str) -> None:
    assert GOOD.count(old) == 1, f"{old!r} must stand once in the good graph"
    assert message in violations(GOOD.replace(old, new), shapes)


def test_shapes_are_well_formed_and_speak(shapes: Graph) -> None:
    conforms, _, text = validate(Graph(), shacl_graph=shapes, meta_shacl=True)
    assert conforms, text
    sh = "http://www.w3.org/ns/shacl#"
    for kind in ("NodeShape", "PropertyShape"):
        for shape in shapes.subjects(RDF.type, URIRef(sh + kind)):
            assert one(shapes, shape, URIRef(sh + "message"))


def test_shapes_list_what_the_ontology_declares(packaging: Graph, shapes: Graph) -> None:
    allowed = {"predicate": SP.Relation, "metric": SP.Metric, "polarity": SP.Polarity, "modality": SP.Modality}
    for name, kind in allowed.items():
        items = shapes.value(URIRef(f"https://w3id.org/semipack/shape/{name}"), URIRef("http://www.w3.org/ns/shacl#in"))
        assert items is not None
        assert set(shapes.items(items)) == set(packaging.subjects(RDF.type, kind))
