"""Checks a graph against the ontology's shapes (SHACL) and says in plain lines what does not conform."""

import json
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import asdict, dataclass

from rdflib import RDF, RDFS, SH, Graph
from rdflib.term import Node

from kg.graph.base import Quad
from kg.terms import PREFIXES, local_name


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that does not conform.

    Attributes:
        focus: IRI of the node that fails.
        path: the property that fails, empty where the node as a whole does.
        value: the offending value, empty where one is missing.
        message: what is wrong, from the shape.
        severity: ``Violation``, ``Warning`` or ``Info``.
    """

    focus: str
    path: str
    value: str
    message: str
    severity: str


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of a validation.

    Attributes:
        conforms: whether there is no violation; warnings and hints do not count.
        findings: everything found, sorted.
    """

    conforms: bool
    findings: tuple[Finding, ...] = ()

    def lines(self) -> list[str]:
        """One line for each finding, names shortened by the usual prefixes."""
        return [_line(finding) for finding in self.findings]

    def as_json(self) -> str:
        """The report as a JSON object with ``conforms`` and ``findings``."""
        findings = [asdict(finding) for finding in self.findings]
        return json.dumps({"conforms": self.conforms, "findings": findings}, ensure_ascii=False, indent=2)


def validate(quads: Iterable[Quad], shapes: Graph, ontology: Graph) -> Report:
    """Checks ``quads`` against ``shapes``; their named graphs are taken as one.

    Pass the entities' quads along with a document's, so that shapes can see what its claims are about.
    ``ontology`` gives the class hierarchy; it is not checked itself.
    """
    from pyshacl import validate as shacl_validate

    data = Graph()
    for triple in ontology.triples((None, RDFS.subClassOf, None)):
        data.add(triple)
    checked = set()
    for subject, predicate, object_, _ in quads:
        data.add((subject, predicate, object_))
        checked.add(str(subject))
    _, results, _ = shacl_validate(data, shacl_graph=shapes, inference="none", meta_shacl=False)
    return _report(results, checked)


def validate_each(
    graphs: Sequence[Sequence[Quad]],
    entities: Callable[[Sequence[int]], Iterable[Quad]],
    shapes: Graph,
    ontology: Graph,
) -> list[Report]:
    """Checks several documents' graphs and gives a report for each, at little more cost than for one.

    They are checked together; only where that finds a violation, the documents it touches are checked one by one.

    Args:
        graphs: the quads of each document.
        entities: gives what is known of the entities of the documents with these numbers.
        shapes: as for :func:`validate`.
        ontology: as for :func:`validate`.
    """
    everything = [quad for graph in graphs for quad in graph]
    together = validate([*everything, *entities(range(len(graphs)))], shapes, ontology)
    reports = [Report(conforms=True)] * len(graphs)
    if together.conforms:
        return reports
    wrong = {finding.focus for finding in together.findings if finding.severity == "Violation"}
    nodes = [{str(quad[0]) for quad in graph} for graph in graphs]
    # A fault of an entity may be any document's.
    everywhere = not wrong <= set().union(*nodes)
    for number, graph in enumerate(graphs):
        if everywhere or wrong & nodes[number]:
            reports[number] = validate([*graph, *entities([number])], shapes, ontology)
    return reports


def _report(results: Graph, checked: Set[str]) -> Report:
    """What was found on the nodes ``checked``; to have pySHACL look at those alone takes it far longer."""
    findings = set()
    for result in results.subjects(RDF.type, SH.ValidationResult):
        findings.add(
            Finding(
                focus=_text(results, result, SH.focusNode),
                path=_text(results, result, SH.resultPath),
                value=_text(results, result, SH.value),
                message=_text(results, result, SH.resultMessage),
                severity=local_name(_text(results, result, SH.resultSeverity)),
            )
        )
    findings = {finding for finding in findings if finding.focus in checked}
    violated = any(finding.severity == "Violation" for finding in findings)
    return Report(conforms=not violated, findings=tuple(sorted(findings)))


def _text(graph: Graph, node: Node, predicate: Node) -> str:
    """The first value in sorting order, as one line."""
    values = sorted(" ".join(str(value).split()) for value in graph.objects(node, predicate))
    return values[0] if values else ""


def _line(finding: Finding) -> str:
    where = f"{_short(finding.focus)} {_short(finding.path)}".strip()
    value = f" (found {_short(finding.value)})" if finding.value else ""
    return f"{finding.severity}: {where}: {finding.message}{value}"


def _short(iri: str) -> str:
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and len(iri) > len(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri
