"""What to say about a query that a person wrote: errors of syntax in few words, and terms that mean nothing here."""

import re
from itertools import pairwise

import pyoxigraph as ox

from kg.query.render import shorten
from kg.query.similar import near
from kg.store import Store, Verdict, select
from kg.store.guard import tokens
from kg.terms import SP, local_name

_EXPECTED = re.compile(r"(?P<head>.* column \d+: )expected (?:one of )?(?P<list>.+)", re.DOTALL)
_ITEM = re.compile(r'"(?:[^"\\]|\\.)*"|\[[^\]]*\]|[^",\[\]]+')
# What closes or opens a part is what people forget.
_FIRST = ('"}"', '")"', '"]"', '"{"', '"("')
_SHOWN = 5
_REASON_WORDS = 4
_PREFIX = "sp:"
_TERMS = """
SELECT DISTINCT ?term WHERE {
  GRAPH graph:ontology { ?term a ?class }
  FILTER(STRSTARTS(STR(?term), STR(sp:)))
}
"""


def readable(message: str) -> str:
    """An error of syntax with at most five of the things that the engine expected; any other message as it is."""
    match = _EXPECTED.fullmatch(message)
    if match is None:
        return message
    head = str(match["head"])
    items: list[str] = [item.strip() for item in _ITEM.findall(match["list"].removesuffix("…"))]
    items = [item for item in items if item and not item.startswith(("[", '"\\\\'))]
    reasons = [item for item in items if len(item.split()) >= _REASON_WORDS]
    if reasons:
        return head + reasons[0]
    if not items:
        return head + "this is not expected here, or the query ends too early"
    shown = sorted(items, key=lambda item: _FIRST.index(item) if item in _FIRST else len(_FIRST))[:_SHOWN]
    more = ", or more" if len(items) > _SHOWN else ""
    return f"{head}expected {' or '.join(shown)}{more}"


def unknown_terms(store: Store, sparql: str) -> list[str]:
    """A sentence for each term of the project's ontology in a query that neither the ontology nor the store knows."""
    known = {local_name(row["term"]) for row in select(store, _TERMS)}
    return [_unknown(name, known) for name in _terms_in(sparql) if name not in known and not _occurs(store, name)]


def _terms_in(sparql: str) -> list[str]:
    """Local names of the ontology's terms in a query, each once; none where the query gives the prefix to another."""
    found = [text for kind, text in tokens(sparql) if kind in {"name", "iri"}]
    declared = [after for text, after in pairwise(found) if text == _PREFIX]
    ours = all(iri.startswith("<") and iri.strip("<>") == str(SP) for iri in declared)
    names = [text.removeprefix(_PREFIX).rstrip(".") for text in found if ours and text.startswith(_PREFIX)]
    names += [text[1:-1].removeprefix(str(SP)) for text in found if text.startswith(f"<{SP}")]
    return list(dict.fromkeys(name for name in names if name))


def _occurs(store: Store, name: str) -> bool:
    term = ox.NamedNode(SP[name])
    answer = store.query(f"ASK {{ {{ ?s {term} ?o }} UNION {{ ?s ?p {term} }} UNION {{ {term} ?p ?o }} }}")
    return isinstance(answer, Verdict) and bool(answer)


def _unknown(name: str, known: set[str]) -> str:
    close = " or ".join(f"{_PREFIX}{each}" for each in near(name, known))
    hint = f"; did you mean {close}?" if close else ""
    return f"{shorten(SP[name])} is neither in the ontology nor in the store{hint}"
