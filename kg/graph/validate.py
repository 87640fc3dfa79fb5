"""Checks a graph against the ontology's shapes (SHACL) and says in plain lines what does not conform."""

import json
import re
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import asdict, dataclass, field

from rdflib import RDF, RDFS, SH, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node
from rdflib.util import from_n3

from kg.graph.base import Quad
from kg.graph.validate_paths import path_at, path_read
from kg.terms import PREFIXES, local_name

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"}
_NAMED = re.compile(r"<([^>]*)>")


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that does not conform.

    Attributes:
        focus: IRI of the node that fails.
        path: the property that fails, empty where the node as a whole does.
        value: the offending value, empty where one is missing.
        message: what is wrong, from the shape.
        severity: ``Violation``, ``Warning`` or ``Info``.
        component: local name of the constraint component; the first one where the value fails several of one shape.
        term: the value as N-Triples writes it.
    """

    focus: str
    path: str
    value: str
    message: str
    severity: str
    component: str = field(default="", compare=False)
    term: str = field(default="", compare=False)


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

    def as_turtle(self) -> str:
        """The report as an ``sh:ValidationReport`` in Turtle."""
        return _report_graph(self).serialize(format="turtle")


def report_of(findings: Iterable[Finding]) -> Report:
    """The report of some findings, each once, sorted."""
    once: dict[Finding, Finding] = {}
    for finding in findings:
        known = once.get(finding)
        if known is None or finding.component < known.component:
            once[finding] = finding
    violated = any(finding.severity == "Violation" for finding in once)
    return Report(conforms=not violated, findings=tuple(sorted(once.values())))


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
    findings = []
    for result in results.subjects(RDF.type, SH.ValidationResult):
        path, value = results.value(result, SH.resultPath), results.value(result, SH.value)
        findings.append(
            Finding(
                focus=_text(results, result, SH.focusNode),
                path="" if path is None else path_at(results, path).text,
                value=_text(results, result, SH.value),
                message=_text(results, result, SH.resultMessage),
                severity=local_name(_text(results, result, SH.resultSeverity)),
                component=local_name(_text(results, result, SH.sourceConstraintComponent)),
                term="" if value is None else _written(value),
            )
        )
    return report_of(finding for finding in findings if finding.focus in checked)


def _report_graph(report: Report) -> Graph:
    graph = Graph()
    graph.bind("sh", SH)
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    whole = BNode()
    graph.add((whole, RDF.type, SH.ValidationReport))
    graph.add((whole, SH.conforms, Literal(report.conforms)))
    for finding in report.findings:
        result = BNode()
        graph.add((whole, SH.result, result))
        graph.add((result, RDF.type, SH.ValidationResult))
        graph.add((result, SH.focusNode, URIRef(finding.focus)))
        graph.add((result, SH.resultSeverity, SH[finding.severity]))
        graph.add((result, SH.resultMessage, Literal(finding.message)))
        if finding.component:
            graph.add((result, SH.sourceConstraintComponent, SH[finding.component]))
        if finding.path:
            graph.add((result, SH.resultPath, path_read(finding.path).added_to(graph)))
        if finding.term:
            value = from_n3(finding.term)
            if isinstance(value, URIRef | Literal):
                graph.add((result, SH.value, value))
    return graph


def _written(node: Node) -> str:
    """A term as N-Triples writes it; also a literal that is none of its type, which rdflib writes with a warning."""
    if not isinstance(node, Literal):
        return f"<{node}>" if isinstance(node, URIRef) else ""
    text = "".join(_ESCAPES.get(character, character) for character in node)
    if node.language:
        return f'"{text}"@{node.language}'
    plain = node.datatype is None or node.datatype == XSD.string
    return f'"{text}"' if plain else f'"{text}"^^<{node.datatype}>'


def _text(graph: Graph, node: Node, predicate: Node) -> str:
    """The first value in sorting order, as one line."""
    values = sorted(" ".join(str(value).split()) for value in graph.objects(node, predicate))
    return values[0] if values else ""


def _line(finding: Finding) -> str:
    path = _NAMED.sub(lambda found: _short(found.group(1)), finding.path)
    where = f"{_short(finding.focus)} {_short(path)}".strip()
    value = f" (found {_short(finding.value)})" if finding.value else ""
    return f"{finding.severity}: {where}: {finding.message}{value}"


def _short(iri: str) -> str:
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and len(iri) > len(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri
