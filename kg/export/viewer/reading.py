"""Takes a picture out of a store, by SPARQL over the union of its graphs."""

from collections import defaultdict
from collections.abc import Iterable

from kg.export.viewer.appearance import RELATIONS, ROLES
from kg.export.viewer.picture import (
    ClaimRow,
    ConflictRow,
    DocumentRow,
    EntityRow,
    ObservationRow,
    Picture,
    QuoteRow,
    RelationRow,
    RoleRow,
)
from kg.model import MentionKind, Modality, Polarity
from kg.store import Store, select
from kg.terms import ENTITY, PLACE, ROOT, SP, TECHNOLOGY, local_name

_QUALIFIERS = ("product", "technology", "via", "quantity", "period")
_KINDS = {
    str(ENTITY): MentionKind.ORGANISATION,
    str(TECHNOLOGY): MentionKind.TECHNOLOGY,
    str(PLACE): MentionKind.PLACE,
}
_LONG = 22  # a longer label of a role gives way to its abbreviation in the legend

_CLAIMS = """SELECT DISTINCT ?node ?subject ?relation ?object ?polarity ?modality ?confidence ?document WHERE {
  ?node a sp:Claim ; sp:statement ?statement ; sp:polarity ?polarity ; sp:modality ?modality ;
    sp:confidence ?confidence ; prov:wasDerivedFrom ?document .
  ?statement rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object }"""
_OBSERVATIONS = """SELECT DISTINCT ?node ?subject ?metric ?value ?unit ?period ?polarity ?modality ?confidence
  ?document ?newer WHERE {
  ?node a sp:Observation ; sp:observedEntity ?subject ; sp:metric ?metric ; sp:value ?value ; sp:unit ?unit ;
    sp:polarity ?polarity ; sp:modality ?modality ; sp:confidence ?confidence ; prov:wasDerivedFrom ?document .
  OPTIONAL { ?node sp:period ?period } OPTIONAL { ?newer sp:supersedes ?node } }"""
_QUOTES = """SELECT DISTINCT ?node ?quote ?text ?document ?pointer ?cell ?main WHERE {
  ?node sp:evidence ?quote . ?quote sp:exact ?text ; oa:hasSource ?document ; oa:hasSelector ?position .
  ?position a oa:TextPositionSelector .
  OPTIONAL { ?position sp:pointer ?pointer } OPTIONAL { ?position sp:cell ?cell }
  BIND (EXISTS { ?node sp:mainEvidence ?quote } AS ?main) }"""
_DOCUMENTS = """SELECT DISTINCT ?node ?file ?title ?publisher ?date ?url WHERE {
  ?node a sp:Document ; sp:fileName ?file .
  OPTIONAL { ?node dcterms:title ?title } OPTIONAL { ?node dcterms:publisher ?publisher }
  OPTIONAL { ?node dcterms:date ?date } OPTIONAL { ?node dcterms:source ?url } }"""
_RELATIONS = """SELECT DISTINCT ?node ?label ?inverse ?symmetric WHERE { ?node a sp:Relation ; rdfs:label ?label .
  OPTIONAL { ?node owl:inverseOf ?other . ?other rdfs:label ?inverse }
  BIND (EXISTS { ?node a owl:SymmetricProperty } AS ?symmetric) }"""
_ROLES = """SELECT DISTINCT ?node ?label ?short WHERE { ?node rdfs:subClassOf sp:Organisation ; rdfs:label ?label .
  OPTIONAL { ?node skos:altLabel ?short } }"""


def build_picture(store: Store) -> Picture:
    """All claims, figures and their entities and documents of ``store``.

    Raises:
        QueryError: as :meth:`kg.store.Store.query`.
    """
    roles = _roles(store)
    quotes = _quotes(store)
    claims = _claims(store, quotes)
    observations = _observations(store, quotes)
    used = {end for claim in claims for end in (claim.subject, claim.object)} | {row.subject for row in observations}
    return Picture(
        entities=_entities(store, used, {role.name for role in roles}),
        claims=claims,
        observations=observations,
        documents=_documents(store),
        relations=_relations(store),
        roles=roles,
        conflicts=_conflicts(store),
    )


def _id(iri: str) -> str:
    """A short name for one of our own IRIs (``entity/amkor``)."""
    return iri.removeprefix(ROOT)


def _many(store: Store, sparql: str) -> dict[str, list[str]]:
    """The second column's distinct values, sorted, by the first column's."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in select(store, sparql):
        node, value = row.values()
        found[node].add(value)
    return {node: sorted(values) for node, values in found.items()}


def _quotes(store: Store) -> dict[str, tuple[QuoteRow, ...]]:
    found: dict[str, list[tuple[bool, str, QuoteRow]]] = defaultdict(list)
    for row in select(store, _QUOTES):
        quote = QuoteRow(row["text"], _id(row["document"]), row["pointer"], row["cell"])
        found[row["node"]].append((row["main"] != "true", row["quote"], quote))
    return {
        node: tuple(quote for _, _, quote in sorted(rows, key=lambda each: each[:2])) for node, rows in found.items()
    }


def _claims(store: Store, quotes: dict[str, tuple[QuoteRow, ...]]) -> tuple[ClaimRow, ...]:
    reasons = _many(store, "SELECT DISTINCT ?node ?reason WHERE { ?node a sp:Claim ; sp:reason ?reason }")
    qualifiers: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for name in _QUALIFIERS:
        pattern = f"?node a sp:Claim ; sp:{name} ?raw . OPTIONAL {{ ?raw skos:prefLabel ?label }}"
        values = _many(store, f"SELECT DISTINCT ?node (COALESCE(?label, STR(?raw)) AS ?value) WHERE {{ {pattern} }}")
        for node, found in values.items():
            qualifiers[node][name] = tuple(found)
    return tuple(
        ClaimRow(
            id=_id(row["node"]),
            subject=_id(row["subject"]),
            relation=local_name(row["relation"]),
            object=_id(row["object"]),
            document=_id(row["document"]),
            quotes=quotes.get(row["node"], ()),
            polarity=Polarity(local_name(row["polarity"])),
            modality=Modality(local_name(row["modality"])),
            confidence=float(row["confidence"]),
            reasons=tuple(reasons.get(row["node"], ())),
            qualifiers=qualifiers[row["node"]],
        )
        for row in _once(select(store, _CLAIMS))
    )


def _observations(store: Store, quotes: dict[str, tuple[QuoteRow, ...]]) -> tuple[ObservationRow, ...]:
    reasons = _many(store, "SELECT DISTINCT ?node ?reason WHERE { ?node a sp:Observation ; sp:reason ?reason }")
    metrics = _many(store, "SELECT DISTINCT ?node ?label WHERE { ?node a sp:Metric ; rdfs:label ?label }")
    return tuple(
        ObservationRow(
            id=_id(row["node"]),
            subject=_id(row["subject"]),
            metric=metrics.get(row["metric"], [local_name(row["metric"])])[0],
            value=float(row["value"]),
            unit=row["unit"],
            document=_id(row["document"]),
            quotes=quotes.get(row["node"], ()),
            period=row["period"],
            polarity=Polarity(local_name(row["polarity"])),
            modality=Modality(local_name(row["modality"])),
            confidence=float(row["confidence"]),
            reasons=tuple(reasons.get(row["node"], ())),
            earlier=bool(row["newer"]),
        )
        for row in _once(select(store, _OBSERVATIONS))
    )


def _entities(store: Store, used: set[str], roles: set[str]) -> tuple[EntityRow, ...]:
    labels = _many(store, "SELECT DISTINCT ?node ?label WHERE { ?node sp:key ?key ; skos:prefLabel ?label }")
    aliases = _many(store, "SELECT DISTINCT ?node ?label WHERE { ?node sp:key ?key ; skos:altLabel ?label }")
    types = _many(store, "SELECT DISTINCT ?node ?type WHERE { ?node sp:key ?key ; a ?type }")
    unknown = {row["node"] for row in select(store, "SELECT DISTINCT ?node WHERE { ?node sp:known false }")}
    rows = []
    for short in sorted(used):
        iri = ROOT + short
        kind = next((kind for root, kind in _KINDS.items() if iri.startswith(root)), MentionKind.ORGANISATION)
        names = (local_name(each) for each in types.get(iri, ()) if each.startswith(str(SP)))
        rows.append(
            EntityRow(
                id=short,
                label=labels.get(iri, [local_name(iri)])[0],
                kind=kind,
                aliases=tuple(aliases.get(iri, ())),
                roles=tuple(sorted((name for name in names if name in roles), key=_rank)),
                known=iri not in unknown,
            )
        )
    return tuple(rows)


def _rank(role: str) -> tuple[int, str]:
    """Roles that say most about an organisation come first."""
    order = list(ROLES)
    return (order.index(role) if role in order else len(order), role)


def _documents(store: Store) -> tuple[DocumentRow, ...]:
    return tuple(
        DocumentRow(_id(row["node"]), row["title"], row["publisher"], row["date"], row["url"], row["file"])
        for row in _once(select(store, _DOCUMENTS))
    )


def _relations(store: Store) -> tuple[RelationRow, ...]:
    """The ontology's relations, the best known first."""
    rows = {
        local_name(row["node"]): RelationRow(
            local_name(row["node"]), row["label"], row["inverse"], symmetric=row["symmetric"] == "true"
        )
        for row in _once(select(store, _RELATIONS))
    }
    order = [name for name in RELATIONS if name in rows] + sorted(rows.keys() - RELATIONS.keys())
    return tuple(rows[name] for name in order)


def _roles(store: Store) -> tuple[RoleRow, ...]:
    rows: dict[str, RoleRow] = {}
    for row in select(store, _ROLES):
        name, label = local_name(row["node"]), row["label"]
        if row["short"] and len(label) > _LONG:
            label = row["short"]
        if name not in rows or (len(label), label) < (len(rows[name].label), rows[name].label):
            rows[name] = RoleRow(name, label[:1].upper() + label[1:])
    return tuple(rows[name] for name in sorted(rows))


def _conflicts(store: Store) -> tuple[ConflictRow, ...]:
    members = _many(store, "SELECT DISTINCT ?node ?member WHERE { ?node a sp:Conflict ; sp:between ?member }")
    kinds = _many(store, "SELECT DISTINCT ?node ?kind WHERE { ?node a sp:Conflict ; sp:kind ?kind }")
    return tuple(
        ConflictRow(kinds.get(node, ["polarity"])[0], tuple(_id(each) for each in members[node]))
        for node in sorted(members)
    )


def _once(rows: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    """The first row of each node in a stable order: a property given twice must not show a claim twice."""
    found: dict[str, dict[str, str]] = {}
    for row in sorted(rows, key=lambda row: sorted(row.items())):
        found.setdefault(row["node"], row)
    return [found[node] for node in sorted(found)]
