"""The shapes as SPARQL find what pySHACL finds."""

import re
from collections.abc import Callable

import pytest
from rdflib import RDF, SH, SKOS, XSD, Graph, Literal, URIRef
from rdflib.compare import isomorphic
from small_graph import ONTOLOGY_FOLDER, SmallOntology, fill, small_ontology

from kg.errors import OntologyError
from kg.graph import Quad, Report, checks_of, report_of, validate
from kg.pipeline.checking import checked
from kg.store import EmbeddedStore, rdf_quads
from kg.terms import CLAIM, DERIVED_GRAPH, ENTITIES_GRAPH, ENTITY, OA, ONTOLOGY_GRAPH, SP

_TOGETHER = 6
Break = Callable[[list[Quad]], list[Quad]]


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return Graph().parse(ONTOLOGY_FOLDER / "shapes.ttl")


@pytest.fixture(scope="module")
def ontology() -> SmallOntology:
    return small_ontology()


@pytest.fixture(scope="module")
def sound() -> list[Quad]:
    return sorted(rdf_quads(fill(EmbeddedStore())))


def both(quads: list[Quad], shapes: Graph, ontology: Graph) -> tuple[Report, Report]:
    """What SPARQL finds, and what pySHACL finds."""
    store = EmbeddedStore()
    store.add(quads)
    ours = report_of(checked(store, checks_of(shapes, ontology)))
    kept = [quad for quad in rdf_quads(store) if quad[3] not in {ONTOLOGY_GRAPH, DERIVED_GRAPH}]
    return ours, validate(kept, shapes, ontology)


def first(quads: list[Quad], kind: URIRef) -> URIRef:
    return next(quad[0] for quad in quads if quad[1:3] == (RDF.type, kind))


def without(kind: URIRef, prop: URIRef) -> Break:
    return lambda quads: [quad for quad in quads if quad[:2] != (first(quads, kind), prop)]


def replaced(kind: URIRef, prop: URIRef, *values: URIRef | Literal) -> Break:
    def change(quads: list[Quad]) -> list[Quad]:
        node = first(quads, kind)
        graph = next(quad[3] for quad in quads if quad[0] == node)
        return [*without(kind, prop)(quads), *((node, prop, value, graph) for value in values)]

    return change


def number(text: str, kind: URIRef = XSD.decimal) -> Literal:
    return Literal(text, datatype=kind, normalize=False)


NODE = URIRef("https://example.org/x")
BREAKS = {
    "missing": without(SP.Claim, SP.modality),
    "several missing": lambda quads: without(SP.Claim, SP.polarity)(without(SP.Observation, SP.unit)(quads)),
    "twice": replaced(SP.Claim, SP.polarity, SP.affirmed, SP.negated),
    "not of the list": replaced(SP.Claim, SP.polarity, SP.maybe),
    "a literal of the list's name": replaced(SP.Claim, SP.polarity, Literal("affirmed")),
    "too large": replaced(SP.Claim, SP.confidence, number("1.5")),
    "too small": replaced(SP.Claim, SP.confidence, number("-0.1")),
    "of another type": replaced(SP.Claim, SP.confidence, number("1", XSD.integer)),
    "no number": replaced(SP.Claim, SP.confidence, number("half")),
    "an IRI for a number": replaced(SP.Claim, SP.confidence, NODE),
    "a text for a number": replaced(SP.Claim, SP.confidence, Literal("0.5")),
    "empty": replaced(SP.Claim, SP.reason, Literal("")),
    "with a language": replaced(SP.Claim, SP.extractor, Literal("frames", lang="en")),
    "not of the pattern": replaced(SP.Document, SP.sha256, Literal("ABC")),
    "dates of two kinds": replaced(
        SP.Document, URIRef("http://purl.org/dc/terms/date"), Literal("May"), Literal("2026")
    ),
    "an IRI not of the pattern": replaced(SP.Statement, RDF.subject, NODE),
    "no IRI": replaced(SP.Statement, RDF.object, Literal("amkor")),
    "of another class": replaced(SP.Claim, SP.statement, ENTITY.amkor),
    "nobody's": replaced(SP.Claim, SP.evidence, NODE),
    "another's evidence": lambda quads: [
        *quads,
        *(
            (quad[0], SP.evidence, other[2], quad[3])
            for quad, other in [[q for q in quads if q[1] == SP.evidence and str(CLAIM) in q[0]][:2]]
        ),
    ],
    "another main evidence": lambda quads: [
        *(quad for quad in quads if quad[:2] != (first(quads, SP.Claim), SP.mainEvidence)),
        (first(quads, SP.Claim), SP.mainEvidence, [q for q in quads if q[1] == SP.mainEvidence][-1][2], ENTITIES_GRAPH),
    ],
    "a third selector": replaced(OA.SpecificResource, OA.hasSelector, NODE, ENTITY.a, ENTITY.b),
    "no selector": without(OA.SpecificResource, OA.hasSelector),
    "other words": replaced(OA.SpecificResource, SP.exact, Literal("other words")),
    "an end before the start": replaced(OA.TextPositionSelector, OA.end, number("0", XSD.integer)),
    "a start of another type": replaced(OA.TextPositionSelector, OA.start, Literal("a")),
    "a via of no kind": replaced(SP.Claim, SP.via, number("1", XSD.integer)),
    "a via that is right": replaced(SP.Claim, SP.via, ENTITY.tsmc, Literal("somebody")),
    "a conflict of no kind": replaced(SP.Conflict, SP.kind, Literal("other")),
    "a conflict of another kind": replaced(SP.Conflict, SP.kind, Literal("value"), Literal("polarity")),
    "a conflict of one": replaced(SP.Conflict, SP.between, CLAIM.a),
    "a label twice": replaced(SP.Organisation, SKOS.altLabel, Literal("A"), Literal("B")),
    "the label again": lambda quads: [
        *quads,
        *((q[0], SKOS.altLabel, q[2], q[3]) for q in quads if q[:2] == (first(quads, SP.OSAT), SKOS.prefLabel)),
    ],
    "no label": without(SP.OSAT, SKOS.prefLabel),
    "neither true nor false": replaced(SP.Organisation, SP.known, Literal("maybe")),
    "a fact about a text": lambda quads: [*quads, (ENTITY.amkor, SP.outsourcesTo, Literal("x"), ENTITIES_GRAPH)],
    "a fact about nobody": lambda quads: [*quads, (ENTITY.amkor, SP.outsourcesTo, NODE, ENTITIES_GRAPH)],
    "a fact about a quote": lambda quads: [
        *quads,
        (ENTITY.amkor, SP.hasSiteIn, first(quads, SP.Claim), ENTITIES_GRAPH),
    ],
    "right where nobody looks": lambda quads: [
        *without(SP.Claim, SP.modality)(quads),
        (first(quads, SP.Claim), SP.modality, SP.asserted, ONTOLOGY_GRAPH),
    ],
    "wrong where nobody looks": lambda quads: [*quads, (first(quads, SP.Claim), SP.modality, SP.x, DERIVED_GRAPH)],
    "the same in two graphs": lambda quads: [*quads, *((s, p, o, ENTITIES_GRAPH) for s, p, o, _ in quads[:2000])],
}
SILENT = {
    "a via that is right",
    "a label twice",
    "a fact about a text",
    "a fact about nobody",
    "wrong where nobody looks",
}
SILENT |= {"the same in two graphs"}


def test_a_sound_store_conforms(sound: list[Quad], shapes: Graph, ontology: SmallOntology) -> None:
    ours, theirs = both(sound, shapes, ontology.graph)
    assert ours == theirs == Report(conforms=True)


@pytest.mark.parametrize("name", BREAKS)
def test_what_is_wrong_is_found_and_nothing_else(
    name: str, sound: list[Quad], shapes: Graph, ontology: SmallOntology
) -> None:
    store = EmbeddedStore()
    store.add(BREAKS[name](sound))
    assert bool(list(checked(store, checks_of(shapes, ontology.graph)))) == (name not in SILENT)


# pySHACL takes its time: several faults are looked for at once.
@pytest.mark.parametrize("start", range(_TOGETHER))
def test_both_find_the_same(start: int, sound: list[Quad], shapes: Graph, ontology: SmallOntology) -> None:
    quads = sound
    for name in list(BREAKS)[start::_TOGETHER]:
        quads = BREAKS[name](quads)
    ours, theirs = both(quads, shapes, ontology.graph)
    assert ours.lines() == theirs.lines()
    assert ours == theirs
    assert len(ours.findings) > 2
    assert [each.component for each in ours.findings] == [each.component for each in theirs.findings]
    assert [each.term for each in ours.findings] == [each.term for each in theirs.findings]


def test_the_report_for_machines_is_the_standards(sound: list[Quad], shapes: Graph, ontology: SmallOntology) -> None:
    broken = BREAKS["other words"](BREAKS["too large"](sound))
    ours, theirs = both(broken, shapes, ontology.graph)
    graph = Graph().parse(data=ours.as_turtle(), format="turtle")
    assert isomorphic(graph, Graph().parse(data=theirs.as_turtle(), format="turtle"))
    (report,) = graph.subjects(RDF.type, SH.ValidationReport)
    assert graph.value(report, SH.conforms) == Literal(False)
    results = list(graph.objects(report, SH.result))
    assert len(results) == len(ours.findings) > 2
    assert all((result, SH.sourceConstraintComponent, None) in graph for result in results)
    assert (None, SH.value, number("1.5")) in graph
    assert "^sp:evidence" not in ours.as_turtle()
    assert any("oa:hasSelector/oa:exact" in line for line in ours.lines())


def test_paths_are_told_readably(sound: list[Quad], shapes: Graph, ontology: SmallOntology) -> None:
    ours, theirs = both(BREAKS["nobody's"](sound), shapes, ontology.graph)
    assert any(re.match(r"Violation: claim:\S+#quote-1 \^sp:evidence: ", line) for line in ours.lines())
    assert ours.lines() == theirs.lines()


def test_what_is_not_known_is_told(shapes: Graph, ontology: SmallOntology) -> None:
    more = Graph() + shapes
    more.add((next(more.subjects(SH.targetClass, SP.Claim)), SH.xone, URIRef("urn:x")))
    with pytest.raises(OntologyError, match=r"sh:xone, unknown here; use --engine pyshacl"):
        checks_of(more, ontology.graph)
