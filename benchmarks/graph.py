"""Writes a synthetic graph of the real shape, as large as asked, as N-Quads.

    python benchmarks/graph.py OUT.nq [--triples N]

Documents with claims, figures and quotes are made up; a few organisations are in many of them and most in few (Zipf).
Technologies, places and the ontology are the real ones, and conflicts and derived facts are worked out by the program
itself. The same size always gives the same bytes.
"""

import argparse
import sys
from bisect import bisect
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import TextIO

from rdflib import Literal, URIRef

REPOSITORY = Path(__file__).resolve().parent.parent
if str(REPOSITORY) not in sys.path:
    sys.path.insert(0, str(REPOSITORY))

from kg.graph import (  # noqa: E402 - the program lies beside this folder
    Fact,
    Figure,
    Quad,
    Rules,
    Stance,
    derived_quads,
    entity_quads,
    ontology_quads,
    polarity_conflicts,
    value_conflicts,
)
from kg.model import Entity, MentionKind, Modality, Polarity, digest  # noqa: E402
from kg.ontology import Ontology  # noqa: E402
from kg.settings import Settings  # noqa: E402
from kg.terms import (  # noqa: E402
    CLAIM,
    DOCUMENT,
    ENTITIES_GRAPH,
    ENTITY,
    OBSERVATION,
    PLACE,
    PREFIXES,
    SP,
    STATEMENT,
    TECHNOLOGY,
)

RELATIONS = {
    "outsourcesTo": 26,
    "suppliesToolTo": 12,
    "suppliesTo": 16,
    "competesWith": 12,
    "partnersWith": 8,
    "subsidiaryOf": 4,
    "offersTechnology": 14,
    "hasSiteIn": 8,
}
"""How often each relation occurs, in a hundred claims."""

METRICS = {"capex": "USD", "revenue": "USD", "capacity": "wafers/month", "headcount": "employees"}
ROLES = ("OSAT", "Foundry", "FablessDesigner", "MemoryMaker", "ToolMaker", "MaterialSupplier", "SubstrateMaker")
CLAIMS, FIGURES = 16, 4
"""Claims and figures of a document, on average."""

_DOCUMENTS_SHARE = 0.93
_TRIPLES_PER_ORGANISATION = 400
_SKEW = 0.9
_EDGES = ("metal bumps", "panel lines", "test floors", "a pilot line", "hybrid bonding", "substrates", "memory stacks")


@dataclass(slots=True)
class Summary:
    """What a graph holds."""

    triples: int = 0
    documents: int = 0
    claims: int = 0
    figures: int = 0
    organisations: int = 0


@dataclass(slots=True)
class Maker:
    """The state of one graph that is being made up.

    Attributes:
        organisations: how many there are.
        ontology: the real one.
        random: where all that is made up comes from.
        stances: of all claims so far.
        figures: all so far.
        facts: all so far.
        used: keys of technologies and places that claims name.
    """

    organisations: int
    ontology: Ontology
    random: Random = field(default_factory=lambda: Random(20261130))
    stances: list[Stance] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    facts: set[Fact] = field(default_factory=set)
    used: set[tuple[MentionKind, str]] = field(default_factory=set)
    _weights: list[float] = field(init=False)
    _technologies: list[str] = field(init=False)
    _places: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self._weights = list(accumulate((rank + 1) ** -_SKEW for rank in range(self.organisations)))
        self._technologies, self._places = sorted(self.ontology.technologies), sorted(self.ontology.places)

    def organisation(self) -> int:
        """The number of an organisation; low ones come often."""
        return bisect(self._weights, self.random.random() * self._weights[-1], 0, self.organisations - 1)

    def document(self, number: int) -> list[str]:
        """A document's triples, without the graph."""
        random = self.random
        name = f"report-{number:06}.txt"
        key = digest(name)
        node = f"<{DOCUMENT[key]}>"
        year, month, day = 2016 + number % 11, 1 + number % 12, 1 + number % 28
        lines = [
            f"{node} {_RDF_TYPE} {_sp('Document')}",
            f'{node} {_sp("fileName")} "{name}"',
            f'{node} {_sp("sha256")} "{digest(key) * 4}"',
            f'{node} {_sp("mediaType")} "text/plain"',
            f'{node} {_DCTERMS}title> "Packaging report {number}"',
            f'{node} {_DCTERMS}date> "{year}-{month:02}-{day:02}"',
            f'{node} {_DCTERMS}publisher> "Publisher {number % 97}"',
        ]
        date = f"{year}-{month:02}-{day:02}"
        for index in range(random.randint(CLAIMS // 2, CLAIMS + CLAIMS // 2)):
            lines += self._claim(key, index, date)
        for index in range(random.randint(FIGURES // 2, FIGURES + FIGURES // 2)):
            lines += self._figure(key, index + 100, date)
        return lines

    def _claim(self, document: str, index: int, date: str) -> Iterator[str]:
        relation = self.random.choices(list(RELATIONS), list(RELATIONS.values()))[0]
        # Owners have lower numbers than what they own, so that no chain leads back; the first one is nobody's.
        subject, number = max(self.organisation(), int(relation == "subsidiaryOf")), 0
        object_, object_name = self._object(relation, subject)
        polarity, modality, confidence = self._said()
        subject_iri = _organisation(subject)
        ends = (subject_iri, object_)
        if self.ontology.relations[relation].symmetric and object_ < subject_iri:
            ends = (object_, subject_iri)
        key = digest(document, str(index))
        node, statement = CLAIM[key], STATEMENT[digest(ends[0], SP[relation], ends[1])]
        self.stances.append(Stance(node, statement, ends, polarity, modality, date, float(confidence)))
        yield f"<{node}> {_RDF_TYPE} {_sp('Claim')}"
        yield f"<{node}> {_sp('statement')} <{statement}>"
        yield f"<{statement}> {_RDF_TYPE} {_sp('Statement')}"
        yield f"<{statement}> {_RDF}subject> <{ends[0]}>"
        yield f"<{statement}> {_RDF}predicate> {_sp(relation)}"
        yield f"<{statement}> {_RDF}object> <{ends[1]}>"
        yield f'<{node}> {_sp("subjectName")} "Maker {subject}"'
        yield f'<{node}> {_sp("objectName")} "{object_name}"'
        if ends[0] != subject_iri:
            yield f'<{node}> {_sp("reversed")} "true"^^{_XSD}boolean>'
        words = f"Maker {subject} {relation} {object_name} for {self._thing()}, a note of week {index} says"
        if self.random.random() < 0.4:
            yield f'<{node}> {_sp("technology")} "{self._thing()}"'
        yield from self._assessed(node, document, (polarity, modality, confidence), words, start=index * 200)
        while self.random.random() < 0.15:
            number += 1
            yield from _quote(node, number + 1, document, f"{words} again {number}", index * 200)
        if polarity is Polarity.AFFIRMED and modality in {Modality.ASSERTED, Modality.REPORTED}:
            self.facts.add((subject_iri, SP[relation], object_))
            yield f"<{subject_iri}> {_sp(relation)} <{object_}>"

    def _object(self, relation: str, subject: int) -> tuple[URIRef, str]:
        if relation == "offersTechnology":
            key = self.random.choice(self._technologies)
            self.used.add((MentionKind.TECHNOLOGY, key))
            return TECHNOLOGY[key], key
        if relation == "hasSiteIn":
            key = self.random.choice(self._places)
            self.used.add((MentionKind.PLACE, key))
            return PLACE[key], key
        other = subject // 3 if relation == "subsidiaryOf" else self.organisation()
        other = other if other != subject else (subject + 1) % self.organisations
        return _organisation(other), f"Maker {other}"

    def _figure(self, document: str, index: int, date: str) -> Iterator[str]:
        number, metric = self.organisation(), self.random.choice(list(METRICS))
        value = (number % 50 + 1) * 10_000_000 * self.random.choices((1.0, 1.01, 1.2), (80, 15, 5))[0]
        period, unit = str(self.random.randint(2019, 2027)), METRICS[metric]
        polarity, modality, confidence = self._said()
        node, entity = OBSERVATION[digest(document, str(index))], _organisation(number)
        place = ("", index * 200, index * 200 + 60)
        self.figures.append(
            Figure(
                node,
                DOCUMENT[document],
                entity,
                metric,
                unit,
                period,
                value,
                polarity,
                modality,
                earlier=False,
                place=place,
                date=date,
                confidence=float(confidence),
            )
        )
        yield f"<{node}> {_RDF_TYPE} {_sp('Observation')}"
        yield f"<{node}> {_sp('observedEntity')} <{entity}>"
        yield f"<{node}> {_sp('metric')} {_sp(metric)}"
        yield f'<{node}> {_sp("value")} "{int(value)}"^^{_XSD}decimal>'
        yield f'<{node}> {_sp("unit")} "{unit}"'
        yield f'<{node}> {_sp("period")} "{period}"'
        yield f'<{node}> {_sp("subjectName")} "Maker {number}"'
        words = f"The {metric} of Maker {number} is {int(value)} {unit} in {period}"
        yield from self._assessed(node, document, (polarity, modality, confidence), words, start=index * 200)

    def _said(self) -> tuple[Polarity, Modality, str]:
        """How something is said, and how sure it is."""
        polarity = self.random.choices((Polarity.AFFIRMED, Polarity.NEGATED), (96, 4))[0]
        weights = [70 if each is Modality.ASSERTED else 7 for each in Modality]
        modality = self.random.choices(list(Modality), weights)[0]
        return polarity, modality, f"0.{self.random.randint(5, 9)}"

    def _assessed(
        self, node: URIRef, document: str, said: tuple[Polarity, Modality, str], words: str, start: int = 0
    ) -> Iterator[str]:
        polarity, modality, confidence = said
        yield f"<{node}> {_sp('polarity')} {_sp(polarity.value)}"
        yield f"<{node}> {_sp('modality')} {_sp(modality.value)}"
        yield f'<{node}> {_sp("confidence")} "{confidence}"^^{_XSD}decimal>'
        yield f'<{node}> {_sp("extractor")} "frames"'
        yield f"<{node}> {_PROV}wasDerivedFrom> <{DOCUMENT[document]}>"
        yield f'<{node}> {_sp("reason")} "says {words[:40]}"'
        if self.random.random() < 0.5:
            yield f'<{node}> {_sp("reason")} "the heading names it"'
        yield f"<{node}> {_sp('mainEvidence')} <{node}#quote-1>"
        yield from _quote(node, 1, document, words, start)

    def _thing(self) -> str:
        return self.random.choice(_EDGES)

    def shared(self) -> Iterator[Quad]:
        """The graphs that are no document's: technologies, places, conflicts, what follows, the ontology."""
        entities = [Entity(key, kind, key) for kind, key in sorted(self.used)]
        yield from entity_quads(entities, self.ontology)
        kinds = self.ontology.conflicts
        yield from polarity_conflicts(self.stances, kinds["polarity"])
        yield from value_conflicts(self.figures, kinds["value"])
        yield from derived_quads(self.facts, Rules(self.ontology))
        yield from ontology_quads(self.ontology)

    def described(self) -> Iterator[str]:
        """What is known of the organisations, without the graph."""
        for number in range(self.organisations):
            node = f"<{_organisation(number)}>"
            yield f"{node} {_RDF_TYPE} {_sp('Organisation')}"
            yield f"{node} {_RDF_TYPE} {_sp(ROLES[number % len(ROLES)])}"
            yield f'{node} {_SKOS}prefLabel> "Maker {number}"'
            yield f'{node} {_SKOS}altLabel> "Maker {number} Corporation"'
            yield f'{node} {_SKOS}altLabel> "MKR{number}"'
            yield f'{node} {_sp("key")} "maker-{number}"'
            yield f'{node} {_sp("country")} "TW"'


_RDF, _OA, _DCTERMS, _PROV, _SKOS, _XSD = (
    f"<{PREFIXES[name]}" for name in ("rdf", "oa", "dcterms", "prov", "skos", "xsd")
)
_RDF_TYPE = f"{_RDF}type>"
_SP = f"<{SP}"


def _sp(name: str) -> str:
    return f"{_SP}{name}>"


def _organisation(number: int) -> URIRef:
    return ENTITY[f"maker-{number}"]


def _quote(node: URIRef, number: int, document: str, words: str, start: int) -> Iterator[str]:
    quote = f"<{node}#quote-{number}"
    yield f"<{node}> {_sp('evidence')} {quote}>"
    yield f"{quote}> {_RDF_TYPE} {_OA}SpecificResource>"
    yield f"{quote}> {_OA}hasSource> <{DOCUMENT[document]}>"
    yield f'{quote}> {_sp("exact")} "{words}"'
    yield f"{quote}> {_OA}hasSelector> {quote}-text>"
    yield f"{quote}> {_OA}hasSelector> {quote}-position>"
    yield f"{quote}-text> {_RDF_TYPE} {_OA}TextQuoteSelector>"
    yield f'{quote}-text> {_OA}exact> "{words}"'
    yield f"{quote}-position> {_RDF_TYPE} {_OA}TextPositionSelector>"
    yield f'{quote}-position> {_OA}start> "{start}"^^{_XSD}integer>'
    yield f'{quote}-position> {_OA}end> "{start + len(words)}"^^{_XSD}integer>'


def write_graph(path: Path, triples: int) -> Summary:
    """Writes about as many triples; gives what there is."""
    summary = Summary(organisations=max(200, triples // _TRIPLES_PER_ORGANISATION))
    maker = Maker(summary.organisations, Ontology.load(Settings.from_environment().ontology))
    with path.open("w", encoding="utf-8", newline="\n") as out:
        while summary.triples < triples * _DOCUMENTS_SHARE:
            graph = f"<{DOCUMENT[digest(f'report-{summary.documents:06}.txt')]}>"
            summary.triples += _write(out, set(maker.document(summary.documents)), graph)
            summary.documents += 1
        summary.triples += _write(out, maker.described(), f"<{ENTITIES_GRAPH}>")
        for quad in maker.shared():
            out.write(" ".join(_n3(term) for term in quad) + " .\n")
            summary.triples += 1
    summary.claims, summary.figures = len(maker.stances), len(maker.figures)
    return summary


def _write(out: TextIO, lines: Iterable[str], graph: str) -> int:
    given = sorted(lines)
    out.write("".join(f"{line} {graph} .\n" for line in given))
    return len(given)


def _n3(term: URIRef | Literal) -> str:
    return f"<{term}>" if isinstance(term, URIRef) else term.n3()


def main() -> None:
    parser = argparse.ArgumentParser(description="Writes a synthetic graph of the real shape as N-Quads.")
    parser.add_argument("out", type=Path)
    parser.add_argument("--triples", type=int, default=1_000_000)
    options = parser.parse_args()
    print(write_graph(options.out, options.triples))


if __name__ == "__main__":
    main()
