"""Which form a client gets for what it accepts."""

import pytest

from kg.server.forms import HTML, ROWS, TRIPLES
from kg.server.negotiate import choose
from kg.server.refusal import Refusal
from kg.server.service import takes_gzip

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
CASES = (
    ("", ROWS, "json"),
    ("*/*", ROWS, "json"),
    ("text/csv", ROWS, "csv"),
    ("text/*", ROWS, "csv"),
    ("TEXT/CSV; Q=0.5, application/xml;q=0.4", ROWS, "csv"),
    ("text/csv;q=0.2, application/sparql-results+xml;q=0.8", ROWS, "xml"),
    ("application/sparql-results+json, */*;q=0.1", ROWS, "json"),
    ("application/sparql-results+json;q=0, */*", ROWS, "xml"),
    ("text/csv;q=0, text/*", ROWS, "tsv"),
    ("nonsense, text/tab-separated-values", ROWS, "tsv"),
    ("text/csv;q=2, application/json", ROWS, "json"),
    (BROWSER, ROWS, "xml"),
    ("", TRIPLES, "ttl"),
    ("application/rdf+xml", TRIPLES, "xml"),
    ("application/ld+json, text/turtle;q=0.9", TRIPLES, "json"),
    ("text/plain", TRIPLES, "nt"),
    ("application/n-quads;q=0.9, application/trig", TRIPLES, "trig"),
    (BROWSER, (*TRIPLES, HTML), "html"),
    ("*/*", (*TRIPLES, HTML), "ttl"),
)


@pytest.mark.parametrize(("accept", "forms", "name"), CASES)
def test_the_best_form_is_chosen(accept: str, forms: tuple, name: str) -> None:
    assert choose(accept, forms).name == name


def test_a_format_in_the_address_wins_over_the_header() -> None:
    assert choose("text/html", (*TRIPLES, HTML), "nq").name == "nq"
    assert choose("text/html", (*TRIPLES, HTML), "nonsense").name == "html"


@pytest.mark.parametrize("accept", ["image/png", "text/csv;q=0", "text/html"])
def test_what_cannot_be_had_is_refused_with_what_can(accept: str) -> None:
    with pytest.raises(Refusal, match="text/csv") as caught:
        choose(accept, ROWS)
    assert caught.value.status == 406


@pytest.mark.parametrize(
    ("accept", "taken"),
    [("gzip", True), ("br, gzip;q=0.5", True), ("*", True), ("gzip;q=0", False), ("", False), ("identity", False)],
)
def test_packing_is_asked_for(accept: str, taken: bool) -> None:
    assert takes_gzip(accept) is taken
