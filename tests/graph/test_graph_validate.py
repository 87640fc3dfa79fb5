"""What the shapes let through and what they stop."""

import json
from collections.abc import Sequence

import pytest
from rdflib import RDF, Graph, Literal
from small_graph import ONTOLOGY_FOLDER, SmallLinker, SmallOntology, small_ontology, small_world

from kg.graph import Quad, conflict_quads, document_quads, entity_quads, used_entities, validate, validate_each
from kg.terms import CLAIM, DOCUMENT, ENTITIES_GRAPH, ENTITY, SP

LINKER = SmallLinker()


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return Graph().parse(ONTOLOGY_FOLDER / "shapes.ttl")


@pytest.fixture(scope="module")
def ontology() -> SmallOntology:
    return small_ontology()


@pytest.fixture(scope="module")
def all_quads(ontology: SmallOntology) -> list[Quad]:
    world = small_world()
    quads = entity_quads(used_entities(world.claims, world.observations, LINKER), ontology)
    quads += conflict_quads(world.claims, world.observations, LINKER, ontology)
    for document in world.documents:
        quads += document_quads(document, *world.of(document), LINKER, ontology)
    return quads


def test_what_the_builder_writes_conforms(all_quads: list[Quad], shapes: Graph, ontology: SmallOntology) -> None:
    report = validate(all_quads, shapes, ontology.graph)
    assert report.lines() == []
    assert report.conforms


def test_a_missing_property_is_told_in_one_line(all_quads: list[Quad], shapes: Graph, ontology: SmallOntology) -> None:
    claim = next(quad[0] for quad in all_quads if quad[1:3] == (RDF.type, SP.Claim))
    broken = [quad for quad in all_quads if quad[:2] != (claim, SP.modality)]
    report = validate(broken, shapes, ontology.graph)
    assert not report.conforms
    (line,) = report.lines()
    assert line.startswith(f"Violation: claim:{str(claim).removeprefix(CLAIM)} sp:modality: ")
    told = json.loads(report.as_json())
    assert told["conforms"] is False
    assert told["findings"][0]["focus"] == str(claim)


def test_a_wrong_value_is_shown(all_quads: list[Quad], shapes: Graph, ontology: SmallOntology) -> None:
    graph = DOCUMENT["0" * 16]
    report = validate([*all_quads, (ENTITY.tsmc, SP.known, Literal("maybe"), graph)], shapes, ontology.graph)
    assert not report.conforms
    assert "found maybe" in "\n".join(report.lines())


def test_an_empty_graph_conforms(shapes: Graph, ontology: SmallOntology) -> None:
    assert validate([], shapes, ontology.graph).conforms


def test_documents_are_checked_together_and_told_apart(shapes: Graph, ontology: SmallOntology) -> None:
    world = small_world()
    graphs = [document_quads(document, *world.of(document), LINKER, ontology) for document in world.documents]
    assert len(graphs) > 1
    asked: list[list[int]] = []

    def entities(numbers: Sequence[int]) -> list[Quad]:
        asked.append(list(numbers))
        return entity_quads(used_entities(world.claims, world.observations, LINKER), ontology)

    everything = list(range(len(graphs)))
    assert all(report.conforms for report in validate_each(graphs, entities, shapes, ontology.graph))
    assert asked == [everything]
    number, claim = next(
        (number, quad[0]) for number, graph in enumerate(graphs) for quad in graph if quad[1:3] == (RDF.type, SP.Claim)
    )
    graphs[number] = [quad for quad in graphs[number] if quad[:2] != (claim, SP.modality)]
    asked.clear()
    reports = validate_each(graphs, entities, shapes, ontology.graph)
    assert [report.conforms for report in reports] == [each != number for each in everything]
    assert str(claim) in {finding.focus for finding in reports[number].findings}
    assert asked == [everything, [number]]


def test_a_fault_of_an_entity_has_every_document_checked(shapes: Graph, ontology: SmallOntology) -> None:
    world = small_world()
    graphs = [document_quads(document, *world.of(document), LINKER, ontology) for document in world.documents]
    wrong = (ENTITY.tsmc, SP.known, Literal("maybe"), ENTITIES_GRAPH)

    def entities(numbers: Sequence[int]) -> list[Quad]:
        known = entity_quads(used_entities(world.claims, world.observations, LINKER), ontology)
        return [*known, wrong] if 0 in numbers else known

    reports = validate_each(graphs, entities, shapes, ontology.graph)
    assert [report.conforms for report in reports] == [False, *[True] * (len(graphs) - 1)]
    assert validate_each([], entities, shapes, ontology.graph) == []
