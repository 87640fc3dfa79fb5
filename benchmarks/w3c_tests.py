"""The W3C's tests for SPARQL 1.1 as their manifests list them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rdflib import RDF, RDFS, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
BASE = "http://www.w3.org/2009/sparql/docs/tests/data-sparql11/"
EVALUATION = ("QueryEvaluationTest", "CSVResultFormatTest")
SYNTAX = (
    "PositiveSyntaxTest11",
    "NegativeSyntaxTest11",
    "PositiveUpdateSyntaxTest11",
    "NegativeUpdateSyntaxTest11",
)
LEFT_OUT = ("entailment", "service")
"""Folders that need inference regimes or other endpoints; the published figures leave them out as well."""


@dataclass(frozen=True, slots=True)
class Case:
    """One test of evaluation or syntax.

    Attributes:
        folder: the manifest's folder.
        name: the test's name in the manifest's address.
        kind: its class.
        query: the file with the query or update.
        data: files that make up the default graph.
        graphs: files that are named graphs.
        result: the file with what is expected; None in a test of syntax.
    """

    folder: str
    name: str
    kind: str
    query: Path
    data: tuple[Path, ...] = ()
    graphs: tuple[Path, ...] = ()
    result: Path | None = None

    @property
    def title(self) -> str:
        return f"{self.folder}/{self.name}"

    @property
    def base(self) -> str:
        """The address against which the query's relative IRIs are resolved."""
        return address(self.query)

    def text(self) -> str:
        return self.query.read_text("utf-8")


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request of a test of the protocol, and what must come."""

    method: str
    path: str
    headers: tuple[tuple[str, str], ...]
    body: bytes | None
    statuses: tuple[str, ...]
    format: str
    boolean: bool | None


@dataclass(frozen=True, slots=True)
class ProtocolCase:
    """One test of the protocol: requests in their order, over graphs by their IRIs."""

    name: str
    exchanges: tuple[Exchange, ...]
    graphs: tuple[tuple[str, Path], ...]

    @property
    def updates(self) -> bool:
        """Whether it is about changing the store."""
        return "update" in self.name


def address(path: Path) -> str:
    """The IRI of a test's file, whose graph has the same name."""
    return BASE + path.parent.name + "/" + path.name


def cases(root: Path, kinds: tuple[str, ...]) -> list[Case]:
    """The tests of some kinds in all folders below ``root`` (``sparql/sparql11``), in the manifests' order."""
    found = []
    for manifest in sorted(root.glob("*/manifest.ttl")):
        if manifest.parent.name not in LEFT_OUT:
            graph = _manifest(manifest)
            found += [case for test in _entries(graph) if (case := _case(graph, test, manifest.parent, kinds))]
    return found


def protocol_cases(root: Path) -> list[ProtocolCase]:
    """The tests of the protocol that are written as requests."""
    folder = root / "protocol"
    graph = _manifest(folder / "manifest.ttl")
    return [_protocol_case(graph, test, folder) for test in _entries(graph)]


def _manifest(path: Path) -> Graph:
    return Graph().parse(path, publicID=address(path))


def _entries(graph: Graph) -> Iterator[Node]:
    for first in graph.objects(None, MF.entries):
        yield from Collection(graph, first)


def _case(graph: Graph, test: Node, folder: Path, kinds: tuple[str, ...]) -> Case | None:
    kind = next((name for kind in graph.objects(test, RDF.type) if (name := str(kind).rpartition("#")[2]) in kinds), "")
    action = graph.value(test, MF.action)
    if not kind or action is None:
        return None
    result = graph.value(test, MF.result)
    whole = graph.value(action, QT.query) or graph.value(action, UT.request) or action
    return Case(
        folder.name,
        str(test).rpartition("#")[2],
        kind,
        _file(folder, whole),
        tuple(sorted(_file(folder, each) for each in graph.objects(action, QT.data))),
        tuple(sorted(_file(folder, each) for each in graph.objects(action, QT.graphData))),
        _file(folder, result) if isinstance(result, URIRef) else None,
    )


def _file(folder: Path, iri: Node) -> Path:
    return folder / str(iri).rpartition("/")[2]


def _protocol_case(graph: Graph, test: Node, folder: Path) -> ProtocolCase:
    action = graph.value(test, MF.action)
    requests = [each for first in graph.objects(action, HT.requests) for each in Collection(graph, first)]
    given = []
    for each in graph.objects(test, UT.graphData):
        label, file = graph.value(each, RDFS.label), graph.value(each, UT.graph)
        if label is not None and file is not None:
            given.append((str(label), _file(folder, file)))
    return ProtocolCase(
        str(test).rpartition("#")[2], tuple(_exchange(graph, each) for each in requests), tuple(sorted(given))
    )


def _exchange(graph: Graph, request: Node) -> Exchange:
    body, reply = graph.value(request, HT.body), graph.value(request, HT.resp)
    headers = [each for first in graph.objects(request, HT.headers) for each in Collection(graph, first)]
    statuses = [str(each).rpartition("#")[2] for each in graph.objects(reply, MF.expectedStatus)]
    boolean, chars = graph.value(reply, MF.expectedBoolean), graph.value(body, CNT.chars) if body else None
    encoding = str(graph.value(body, CNT.characterEncoding) or "UTF-8") if body else "UTF-8"
    return Exchange(
        str(graph.value(request, HT.methodName)),
        str(graph.value(request, HT.absolutePath)),
        tuple((str(graph.value(each, HT.fieldName)), str(graph.value(each, HT.fieldValue))) for each in headers),
        None if chars is None else str(chars).encode(encoding),
        tuple(each.removeprefix("StatusCode") for each in statuses),
        str(graph.value(reply, MF.expectedFormat) or ""),
        None if boolean is None else str(boolean) == "true",
    )
