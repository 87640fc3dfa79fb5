"""A brief out of a store: claims and figures about an entity, put in order; nothing is said that no claim says."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import pyoxigraph as ox

from kg.analytics import Evidence, Scope, evidence_for
from kg.analytics.about import Row, claims_about
from kg.analytics.network import Network, Report, open_network
from kg.export.brief.around import disagreements, gaps, standings
from kg.export.brief.content import Amount, Brief, Item, Section, Sentence, Told
from kg.export.brief.neighbourhood import ego
from kg.export.brief.notes import Notes
from kg.export.brief.readings import Reading, Readings, metrics, readings
from kg.export.brief.words import listed, years
from kg.graph.base import kind_of
from kg.model import MentionKind, Modality, Polarity
from kg.query import Figure, Found, read_figures
from kg.store import Store, select

_NAMES = """
SELECT DISTINCT ?alias ?role WHERE {
  { %(of)s skos:altLabel ?alias }
  UNION
  { %(of)s a ?class . ?class rdfs:subClassOf sp:Organisation ; rdfs:label ?role }
}
"""
_DEPENDS, _CARRIES, _BESIDE = "Whom it depends on", "Who depends on it", "Rivals and partners"
_TECHNOLOGIES, _SITES = "Technologies", "Sites"
_OPEN, _PAST, _DENIED = "Planned, reported or possible", "In the past", "Denied"
_TITLES = (_DEPENDS, _CARRIES, _BESIDE, _TECHNOLOGIES, _SITES, _OPEN, _PAST, _DENIED)
_KINDS = {MentionKind.TECHNOLOGY: _TECHNOLOGIES, MentionKind.PLACE: _SITES}
_LEADS = {
    Modality.ASSERTED: "%s %s",
    Modality.REPORTED: "It is reported that %s %s",
    Modality.PLANNED: "It is planned that %s %s",
    Modality.POSSIBLE: "It is possible that %s %s",
    Modality.HISTORICAL: "It is said of the past that %s %s",
}
_NOT_SO = "It is denied that %s %s"
# More would not fit on two pages.
_MOST_NAMED, _MOST_FIGURES = 12, 14
_Side = tuple[Reading, Modality, Polarity]
_Named = Mapping[tuple[str, _Side], Mapping[str, Sequence[Row]]]
"""Section and side → whom it names, by IRI → what is said so."""
_Amount = tuple[str, str, float, str, Modality, Polarity, bool]
"""Metric, period, value, unit, how it is said, and whether it was replaced."""


def brief(store: Store, entity: Found, scope: Scope, *, progress: Report = lambda *_: None) -> Brief:
    """The brief on an entity, from the claims, figures and documents that the scope takes.

    Args:
        store: the store.
        entity: on whom.
        scope: the limits.
        progress: told how much of the store is read, where its network is not ready.
    """
    network = open_network(store, progress)
    known, notes = readings(store), Notes()
    said = claims_about(network, entity, scope)
    named = _named(said, known)
    statements = {row.key for those in named.values() for rows in _foremost(network, those) for row in rows}
    evidence = evidence_for(store, sorted(statements), scope, polarity=None)
    claims = [each for rows in evidence.values() for each in rows]
    figures = [figure for figure in read_figures(store, entity) if _takes(scope, figure)]
    names = select(store, _NAMES % {"of": str(ox.NamedNode(entity.iri))})
    dates = [
        date
        for name, date in zip(network.document_names, network.document_dates, strict=True)
        if scope.takes_document(name, date)
    ]
    alike = _alike(figures)
    written = Brief(
        entity=entity,
        roles=tuple(sorted({row["role"] for row in names if row["role"]})),
        aliases=tuple(sorted({row["alias"] for row in names if row["alias"]})),
        as_of=max(dates, default=""),
        documents=len(dates),
        undated=dates.count(""),
        claims=len(said),
        figures=len(figures),
        limits=limits(scope),
        sections=_sections(entity, claims, named, known, notes),
        standings=standings(store, entity, scope, notes),
        disagreements=disagreements(store, entity, scope, notes),
        unknown=(*gaps(store, entity, scope, notes), *_unknown(entity, said, figures, known, metrics(store))),
        amounts=_amounts(alike, notes),
        amounts_left_out=max(0, len(alike) - _MOST_FIGURES),
        ego=ego(store, network, entity, said, scope, known),
        notes=(),
    )
    return replace(written, notes=notes.all())


def limits(scope: Scope) -> tuple[str, ...]:
    """What a scope leaves, in phrases; how a claim may be said is one only where not all ways count."""
    phrases = []
    if scope.relations:
        phrases.append(f"relations {', '.join(sorted(scope.relations))}")
    if scope.without:
        phrases.append(f"without {', '.join(sorted(scope.without))}")
    if scope.modalities != frozenset(Modality):
        phrases.append(f"claims that are {' or '.join(each for each in Modality if each in scope.modalities)}")
    if scope.least:
        phrases.append(f"confidence from {scope.least:g}")
    if scope.since:
        phrases.append(f"documents since {scope.since}")
    if scope.until:
        phrases.append(f"documents until {scope.until}")
    if scope.documents:
        phrases.append(f"documents {', '.join(sorted(scope.documents))}")
    return tuple(phrases)


def _takes(scope: Scope, figure: Figure) -> bool:
    return scope.takes(figure.modality, figure.confidence) and scope.takes_document(figure.document, figure.date)


def _named(said: Sequence[Row], known: Readings) -> _Named:
    """Whom each sentence names, and the claims that do."""
    found: dict[tuple[str, _Side], dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in said:
        side = known[_way(row.relation, row.forward, known)], row.modality, row.polarity
        found[_title(side, kind_of(row.other)), side][row.other].append(row)
    return found


def _way(relation: str, forward: bool, known: Readings) -> tuple[str, bool]:
    """The relation as it reads from the entity; one that reads the same both ways has one."""
    return relation, forward or (relation, False) not in known


def _foremost(network: Network, named: Mapping[str, Sequence[Row]]) -> list[Sequence[Row]]:
    """The claims of those that are written out: of a well-known entity few among thousands."""

    def order(pair: tuple[str, Sequence[Row]]) -> tuple[int, float, str, str]:
        number = network.entity(pair[0])
        label = "" if number is None else network.labels[number]
        return -len(pair[1]), -max(row.confidence for row in pair[1]), label, pair[0]

    return [rows for _, rows in sorted(named.items(), key=order)[:_MOST_NAMED]]


def _sections(
    entity: Found, claims: Sequence[Evidence], named: _Named, known: Readings, notes: Notes
) -> tuple[Section, ...]:
    """The claims by section, sentence and whom they name; notes are numbered as they are met."""
    sorted_: dict[str, dict[_Side, dict[Found, list[Evidence]]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(list))
    )
    for claim in claims:
        reading = known[_way(claim.relation, claim.subject.iri == entity.iri, known)]
        other = claim.object if claim.subject.iri == entity.iri else claim.subject
        side = reading, claim.modality, claim.polarity
        sorted_[_title(side, other.kind)][side][other].append(claim)
    order = list(known.values())
    modalities = list(Modality)
    sections = []
    for title in _TITLES:
        sides = sorted(sorted_[title].items(), key=lambda side: (modalities.index(side[0][1]), order.index(side[0][0])))
        sentences = tuple(_sentence(entity, side, said, len(named[title, side]), notes) for side, said in sides)
        if sentences:
            sections.append(Section(title, sentences))
    return tuple(sections)


def _title(side: _Side, kind: MentionKind) -> str:
    reading, modality, polarity = side
    if polarity is Polarity.NEGATED:
        return _DENIED
    if modality is Modality.HISTORICAL:
        return _PAST
    if modality is not Modality.ASSERTED:
        return _OPEN
    if kind in _KINDS:
        return _KINDS[kind]
    return _DEPENDS if reading.depends else _CARRIES if reading.carries else _BESIDE


def _sentence(entity: Found, side: _Side, said: dict[Found, list[Evidence]], count: int, notes: Notes) -> Sentence:
    reading, modality, polarity = side
    lead = (_NOT_SO if polarity is Polarity.NEGATED else _LEADS[modality]) % (entity.label, reading.words)
    named = sorted(said.items(), key=lambda pair: (-len(pair[1]), -pair[1][0].confidence, pair[0].label, pair[0].iri))
    items = tuple(_item(other, rows, notes) for other, rows in named[:_MOST_NAMED])
    return Sentence(lead, items, count - len(items))


def _item(other: Found, rows: Sequence[Evidence], notes: Notes) -> Item:
    numbers = notes.cite(rows)
    best = rows[0]
    via = [f"via {' and '.join(names)}"] if (names := best.qualifiers.get("via")) else []
    detail = "; ".join([*best.qualifiers.get("product", ()), *via])
    return Item(other, detail, best.modality, numbers, notes.lacking(rows))


def _alike(figures: Sequence[Figure]) -> dict[_Amount, list[Figure]]:
    """The figures, those together that agree in all but their words."""
    found: dict[_Amount, list[Figure]] = defaultdict(list)
    for each in figures:
        key = (each.reads, each.period, each.value, each.unit, each.modality, each.polarity, bool(each.replaced_by))
        found[key].append(each)
    return found


def _amounts(alike: Mapping[_Amount, Sequence[Figure]], notes: Notes) -> tuple[Amount, ...]:
    latest = sorted(alike, key=lambda key: (years(key[1]), key), reverse=True)[:_MOST_FIGURES]
    return tuple(Amount(*key, notes=notes.cite(alike[key])) for key in sorted(latest))


def _unknown(
    entity: Found, said: Sequence[Row], figures: Sequence[Figure], known: Readings, measured: Sequence[str]
) -> Iterator[Told]:
    """What no claim and no figure is about, of all that the ontology could say of such an entity."""
    met = {_way(row.relation, row.forward, known) for row in said}
    lacking = [each.words for way, each in known.items() if each.of is entity.kind and way not in met]
    if lacking:
        yield Told(f"No claim of these kinds was found for {entity.label}: {', '.join(lacking)}.")
    figured = {figure.reads for figure in figures}
    missing = [name for name in measured if name not in figured]
    if missing and entity.kind is MentionKind.ORGANISATION:
        yield Told(f"No figure was found for its {listed(missing, 'or')}.")
