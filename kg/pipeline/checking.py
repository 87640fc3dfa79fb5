"""Whether a whole store conforms to the ontology's shapes."""

from collections.abc import Iterator, Mapping

from kg.graph import Check, Finding, Report, checks_of, report_of, validate
from kg.ontology import schema_and_shapes
from kg.settings import Settings
from kg.store import Solutions, Store, open_store, plain, rdf_quads
from kg.terms import DERIVED_GRAPH, ONTOLOGY_GRAPH

ENGINES = ("sparql", "pyshacl")
"""What can check: the store itself, asked by queries, or pySHACL, which reads the store whole and takes far longer."""


def validate_store(settings: Settings, *, engine: str = "sparql") -> Report:
    """Checks a whole store against the ontology's shapes; the ontology and what follows from facts are left out.

    Args:
        settings: where the ontology and the store are.
        engine: one of :data:`ENGINES`.

    Raises:
        StoreError: there is no store.
        OntologyError: the ontology cannot be read, or its shapes ask for something that this engine does not know.
    """
    schema, shapes = schema_and_shapes(settings.ontology)
    with open_store(settings.store) as store:
        if engine == "sparql":
            return report_of(checked(store, checks_of(shapes, schema)))
        quads = [quad for quad in rdf_quads(store) if quad[3] not in {ONTOLOGY_GRAPH, DERIVED_GRAPH}]
    return validate(quads, shapes, schema)


def checked(store: Store, checks: list[Check]) -> Iterator[Finding]:
    """What the checks find in a store; what several of them ask first is asked once."""
    found_by: dict[str, bool] = {}
    for check in checks:
        if check.screen and check.screen not in found_by:
            found_by[check.screen] = any(True for _ in _records(store, check.screen))
        if check.screen and not found_by[check.screen]:
            continue
        for row in _records(store, check.query):
            yield Finding(
                focus=row["focus"][0],
                path=check.path,
                value=" ".join(row.get("value", ("", ""))[0].split()),
                message=check.message,
                severity=check.severity,
                component=row["component"][0],
                term=row.get("value", ("", ""))[1],
            )


def _records(store: Store, sparql: str) -> Iterator[Mapping[str, tuple[str, str]]]:
    """The rows of a query, each term as plain text and as N-Triples writes it."""
    answer = store.query(sparql)
    if isinstance(answer, Solutions):
        for row in answer:
            yield {name: (plain(term), str(term)) for name, term in zip(answer.columns, row, strict=True)}
