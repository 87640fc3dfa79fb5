"""The W3C's tests for SPARQL 1.1 against ``kg serve`` over HTTP, beside pyoxigraph called directly.

    python benchmarks/conformance.py FOLDER

FOLDER is a copy of https://github.com/w3c/rdf-tests. All data files of the evaluation tests are served as named graphs
of one store, and each test names its own by ``default-graph-uri`` and ``named-graph-uri``, since ``kg serve`` takes the
union of all named graphs where nothing is named; queries with FROM are sent without. An answer is asked for in the form
of the test's own file (XML, JSON, CSV or TSV). A query's file is its base, which is written in front of it as BASE.
Rows may come in any order unless the query orders them, blank nodes may have any name, and numbers and truth
values any form of the same value.

A test of syntax is passed where the service accepts what is right and says 400 to what is not; 403 and 422, which it
keeps for well-formed texts that it must not or cannot work out, count as accepted.
"""

import argparse
import io
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlencode

import pyoxigraph as ox
from serving import Client, Reply, serving
from w3c_results import Found, expected, graph, rows, same, wanted_form
from w3c_tests import EVALUATION, SYNTAX, Case, Exchange, ProtocolCase, address, cases, protocol_cases

REPOSITORY = Path(__file__).resolve().parent.parent
EMPTY = "urn:empty"
TOKEN = "conformance"
FORMATS = {".ttl": ox.RdfFormat.TURTLE, ".rdf": ox.RdfFormat.RDF_XML, ".nt": ox.RdfFormat.N_TRIPLES}
TABULAR = {
    "application/sparql-results+xml",
    "application/sparql-results+json",
    "text/csv",
    "text/tab-separated-values",
}
TRIPLES = {"text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"}
_COMMENT = re.compile(r"(^|\s)#[^\n]*")


@dataclass(slots=True)
class Score:
    """How many tests of a kind were passed, and why each of the others was not."""

    passed: int = 0
    failed: dict[str, str] = field(default_factory=dict)

    def add(self, title: str, problem: str) -> None:
        if problem:
            self.failed[title] = problem
        else:
            self.passed += 1

    @property
    def total(self) -> int:
        return self.passed + len(self.failed)


def build(folder: Path, graphs: Iterable[tuple[str, Path]]) -> Path:
    """A store with some files as named graphs."""
    from kg.store import StoreBuilder

    with StoreBuilder(folder) as builder:
        for iri, path in sorted(set(graphs)):
            quads = ox.parse(path=path, format=FORMATS[path.suffix], base_iri=address(path), rename_blank_nodes=True)
            name = ox.NamedNode(iri)
            moved = [ox.Quad(each.subject, each.predicate, each.object, name) for each in quads]
            builder.store.load(io.BytesIO(ox.serialize(moved, format=ox.RdfFormat.N_QUADS) or b""))
    return folder


def words(case: Case) -> str:
    """The query without its comments, in small letters."""
    return _COMMENT.sub(" ", case.text()).lower()


def evaluated_here(client: Client, case: Case) -> Found | str:
    """The service's answer; a text where it refuses."""
    triples = _asks_triples(case)
    media, format_ = wanted_form(_result(case), triples=triples)
    given = [] if re.search(r"\bfrom\b", words(case)) else _dataset(case)
    text = f"BASE <{case.base}>\n{case.text()}".encode()
    reply = client.ask("/sparql?" + urlencode(given), text, Content_Type="application/sparql-query", Accept=media)
    if reply.status != 200:
        return f"{reply.status}: {reply.text.strip()}"
    return graph(reply.body) if isinstance(format_, ox.RdfFormat) else rows(reply.body, format_)


def _dataset(case: Case) -> list[tuple[str, str]]:
    """The parameters that name a test's graphs."""
    named = [("named-graph-uri", address(path)) for path in case.graphs]
    return [*(("default-graph-uri", address(path)) for path in case.data), *named] or [("default-graph-uri", EMPTY)]


def evaluated_directly(case: Case) -> Found | str:
    """The engine's answer, from a store in memory that has the test's data and nothing else."""
    store = ox.Store()
    for path in case.data:
        store.load(path=path, format=FORMATS[path.suffix], base_iri=address(path))
    for path in case.graphs:
        name = ox.NamedNode(address(path))
        store.load(path=path, format=FORMATS[path.suffix], base_iri=address(path), to_graph=name)
    _, format_ = wanted_form(_result(case), triples=_asks_triples(case))
    try:
        answer = store.query(case.text(), base_iri=case.base)
        if isinstance(answer, ox.QueryTriples):
            return ox.Dataset(ox.Quad(*triple) for triple in answer)
        if not isinstance(format_, ox.QueryResultsFormat):
            return "no triples come"
        return rows(answer.serialize(format=format_) or b"", format_)
    except (SyntaxError, RuntimeError, ValueError) as error:
        return str(error)


def _asks_triples(case: Case) -> bool:
    return bool(re.search(r"\b(construct|describe)\b", words(case).partition("{")[0]))


def _result(case: Case) -> Path:
    if case.result is None:
        raise ValueError(f"{case.title} tells no result")
    return case.result


def evaluation_problem(case: Case, answer: Callable[[Case], Found | str]) -> str:
    """What is wrong with the answer to a test of evaluation; "" where nothing is."""
    found = answer(case)
    if isinstance(found, str):
        return found
    in_order = "order by" in words(case)
    return "" if same(found, expected(_result(case), case.base), in_order=in_order) else "another answer"


def syntax_problem(case: Case, accepts: Callable[[Case], tuple[bool, str]]) -> str:
    """What is wrong with how a test of syntax was taken; "" where nothing is."""
    accepted, told = accepts(case)
    if case.kind.startswith("Positive"):
        return "" if accepted else told
    return "" if not accepted else "accepted though it is not well formed"


def accepted_here(client: Client, case: Case) -> tuple[bool, str]:
    """Whether the service finds a query or update well formed."""
    kind = "update" if "Update" in case.kind else "query"
    reply = client.ask(
        "/sparql",
        f"BASE <{case.base}>\n{case.text()}".encode(),
        Content_Type=f"application/sparql-{kind}",
        Authorization=f"Bearer {TOKEN}",
    )
    return reply.status in {200, 204, 403, 422}, f"{reply.status}: {reply.text.strip()}"


def accepted_directly(case: Case) -> tuple[bool, str]:
    """Whether the engine does; calls to other machines are written as something local of the same grammar."""
    text = re.sub(r"\bSERVICE(\s+SILENT)?\b", "GRAPH", case.text())
    text = re.sub(r"\bLOAD(\s+SILENT)?\s+(\S+)\s+INTO\s+GRAPH", r"COPY SILENT GRAPH \2 TO GRAPH", text)
    text = re.sub(r"\bLOAD(\s+SILENT)?\b", "CLEAR SILENT GRAPH", text)
    store = ox.Store()
    try:
        if "Update" in case.kind:
            store.update(text, base_iri=case.base)
        else:
            store.query(text, base_iri=case.base)
    except SyntaxError as error:
        return False, str(error)
    except (RuntimeError, OSError):
        return True, ""
    return True, ""


def protocol_problem(client: Client, case: ProtocolCase) -> str:
    """What is wrong with the replies to a test of the protocol; "" where nothing is."""
    for exchange in case.exchanges:
        reply = _exchanged(client, exchange)
        if not any(str(reply.status)[:1] == status[:1] for status in exchange.statuses):
            return f"{reply.status} where {' or '.join(exchange.statuses)} is due: {reply.text.strip()}"
        problem = _wrong_answer(reply, exchange)
        if problem:
            return problem
    return ""


def _exchanged(client: Client, exchange: Exchange) -> Reply:
    path = exchange.path.replace("/sparql/", "/sparql", 1)
    headers = {name.replace("-", "_"): value for name, value in exchange.headers}
    if not any(name.lower() == "authorization" for name in headers):
        headers["Authorization"] = f"Bearer {TOKEN}"
    return client.ask(quote(path, safe="/?&=%+:"), exchange.body, exchange.method, **headers)


def _wrong_answer(reply: Reply, exchange: Exchange) -> str:
    if exchange.format in {"boolean", "tabular"} and reply.media not in TABULAR:
        return f"{reply.media!r} is no form of {exchange.format} answers"
    if exchange.format == "RDF" and reply.media not in TRIPLES:
        return f"{reply.media!r} is no form of RDF"
    if exchange.boolean is not None:
        format_ = ox.QueryResultsFormat.from_media_type(reply.media)
        found = ox.parse_query_results(reply.body, format_) if format_ else None
        if not isinstance(found, ox.QueryBoolean) or bool(found) != exchange.boolean:
            return f"the answer is {reply.text.strip()}, not {str(exchange.boolean).lower()}"
    return ""


def measure(root: Path, folder: Path) -> dict[str, tuple[Score, Score | None]]:
    """Scores by kind of test: the service's, and the engine's own where it has one."""
    scores: dict[str, tuple[Score, Score | None]] = defaultdict(lambda: (Score(), Score()))
    evaluation, syntax, protocol = cases(root, EVALUATION), cases(root, SYNTAX), protocol_cases(root)
    files = {path for case in evaluation for path in (*case.data, *case.graphs)}
    wanted = [*((address(path), path) for path in files), *(pair for case in protocol for pair in case.graphs)]
    store = build(folder / "store", wanted)
    options = ("--writable", "--token-env", "CONFORMANCE_TOKEN", "--workers", "2")
    with serving(store, *options, environment={"CONFORMANCE_TOKEN": TOKEN}) as server:
        client = server.client()
        for case in evaluation:
            kind = "evaluation" if case.kind == EVALUATION[0] else "CSV results"
            here, there = scores[kind]
            here.add(case.title, evaluation_problem(case, lambda case: evaluated_here(client, case)))
            if there is not None:
                there.add(case.title, evaluation_problem(case, evaluated_directly))
        for test in protocol:
            kind = "protocol, update" if test.updates else "protocol, query"
            scores[kind] = scores[kind][0], None
            scores[kind][0].add(test.name, protocol_problem(client, test))
        # Last, since updates change what is served.
        for case in syntax:
            here, there = scores["syntax"]
            here.add(case.title, syntax_problem(case, lambda case: accepted_here(client, case)))
            if there is not None:
                there.add(case.title, syntax_problem(case, accepted_directly))
        client.close()
    return scores


def report(scores: dict[str, tuple[Score, Score | None]]) -> Iterator[str]:
    """The table, then each failure with what came."""
    yield "| tests | kg serve | pyoxigraph |"
    yield "|---|---|---|"
    for kind, (here, there) in scores.items():
        beside = f"{there.passed} of {there.total}" if there else ""
        yield f"| {kind} | {here.passed} of {here.total} | {beside} |"
    for kind, (here, there) in scores.items():
        for title in sorted({*here.failed, *(there.failed if there else ())}):
            beside = f" · pyoxigraph: {_told(there, title)}" if there else ""
            yield f"- {kind}: {title}: {_told(here, title)}{beside}"


def _told(score: Score, title: str) -> str:
    return " ".join(score.failed[title].split())[:300] if title in score.failed else "passed"


def root_of(folder: Path) -> Path:
    """The folder of the tests for SPARQL 1.1 in a copy of the repository, or in a part of it."""
    for place in (folder / "sparql" / "sparql11", folder / "sparql11", folder):
        if (place / "manifest-all.ttl").is_file():
            return place
    sys.exit(f"{folder} holds no tests for SPARQL 1.1; give a copy of https://github.com/w3c/rdf-tests")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Runs the W3C's tests for SPARQL 1.1 against kg serve.")
    parser.add_argument("folder", type=Path, help="a copy of https://github.com/w3c/rdf-tests")
    options = parser.parse_args(arguments)
    sys.path.insert(0, str(REPOSITORY))
    with tempfile.TemporaryDirectory() as temporary:
        print("\n".join(report(measure(root_of(options.folder), Path(temporary)))))


if __name__ == "__main__":
    main()
