"""What a store on a server notes about itself, in a named graph of its own, and changes that hold only if it stands.

::

    graph:store sp:storeFormat "2" ; sp:storeVersion "…" ; sp:storeRules "…" ; sp:storeBuilding "…" .
    <a named graph> sp:storeDigest "…" .

The version is another text after every change made by this program. A change is written so that it does nothing once
the version is not the one it was planned for: two writers cannot spoil each other's work, and a request that is sent
twice does no harm.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from secrets import token_hex

from kg.store.base import Change
from kg.store.layout import FORMAT
from kg.store.rdf import ox_node
from kg.store.updates import data_text, literal_text, values_text
from kg.terms import SP, STORE_GRAPH

_G = f"<{STORE_GRAPH}>"
STATE = f"SELECT ?key ?value {{ GRAPH {_G} {{ {_G} ?key ?value }} }}"
"""Asks for the marks of the store as a whole."""
DIGESTS = f"SELECT ?graph ?digest {{ GRAPH {_G} {{ ?graph <{SP.storeDigest}> ?digest }} }}"
"""Asks for the digests of the named graphs."""
UNITED = f"ASK {{ {_G} <{SP.storeFormat}> ?format }}"
"""Whether a pattern outside GRAPH finds what stands in a named graph."""


@dataclass(frozen=True, slots=True)
class State:
    """The marks of a store.

    Attributes:
        version: its version; empty where there is no store.
        format: its format.
        rules: a digest of what its documents were built by.
        building: the token of a build that has begun and not ended; empty where there is none.
    """

    version: str = ""
    format: str = ""
    rules: str = ""
    building: str = ""


def state_of(rows: Iterable[Mapping[str, str]]) -> State:
    """The marks that the rows of :data:`STATE` give."""
    found = {row["key"]: row["value"] for row in rows}
    return State(*(found.get(str(SP[f"store{name}"]), "") for name in ("Version", "Format", "Rules", "Building")))


def new_version() -> str:
    """A text that no other state of any store has."""
    return token_hex(8)


def change_text(change: Change, old: str, new: str) -> str:
    """A change and the step from one version to another as a request; it does nothing where the old one is gone.

    Raises:
        StoreError: a name is no valid IRI.
    """
    held = _is("Version", old)
    parts = [_cleared(graph, held) for graph in change.drop]
    touched = {str(quad[3]) for quad in (*change.delete, *change.insert)} | set(change.drop)
    if touched:
        # What was changed by hand is loaded anew by the next build.
        parts.append(_without_digests(sorted(touched), held))
    for verb, quads in (("DELETE", change.delete), ("INSERT", change.insert)):
        if quads:
            parts.append(f"{verb} {{\n{data_text(quads)}\n}} WHERE {{ {held} }}")
    return " ;\n".join([*parts, _stepped("Version", old, new)])


def stepped_text(new: str) -> str:
    """The step to a version, whatever the old one is."""
    return _set("Version", new)


def begun_text(token: str) -> str:
    """A build's beginning; there is a store only once the first one has ended."""
    format_ = f'INSERT DATA {{ GRAPH {_G} {{ {_G} <{SP.storeFormat}> "{FORMAT}" }} }}'
    return " ;\n".join([_set("Building", token), _removed("Format"), format_])


def ended_text(token: str, rules: str, version: str) -> str:
    """A build's end, where it is still that one which is being made."""
    held = _is("Building", token)
    steps = []
    for name, value in (("Version", version), ("Rules", rules)):
        node = f"<{SP[f'store{name}']}>"
        steps.append(
            f"DELETE {{ GRAPH {_G} {{ {_G} {node} ?old }} }} WHERE {{ {held} GRAPH {_G} {{ {_G} {node} ?old }} }}"
        )
        steps.append(f"INSERT {{ GRAPH {_G} {{ {_mark(name, value)} }} }} WHERE {{ {held} }}")
    return " ;\n".join([*steps, f"DELETE WHERE {{ {held} }}"])


def noted_text(digests: Mapping[str, str], gone: Sequence[str] = ()) -> str:
    """New digests of named graphs in the place of old ones, and graphs that go."""
    parts = [f"DROP SILENT GRAPH {ox_node(graph)}" for graph in gone]
    if gone or digests:
        parts.append(_without_digests([*digests, *gone], ""))
    if digests:
        rows = " .\n".join(
            f"{ox_node(graph)} <{SP.storeDigest}> {literal_text(each)}" for graph, each in digests.items()
        )
        parts.append(f"INSERT DATA {{ GRAPH {_G} {{ {rows} }} }}")
    return " ;\n".join(parts)


def _mark(name: str, value: str) -> str:
    return f"{_G} <{SP[f'store{name}']}> {literal_text(value)}"


def _is(name: str, value: str) -> str:
    return f"GRAPH {_G} {{ {_mark(name, value)} }}"


def _removed(name: str) -> str:
    return f"DELETE WHERE {{ GRAPH {_G} {{ {_G} <{SP[f'store{name}']}> ?old }} }}"


def _set(name: str, value: str) -> str:
    return f"{_removed(name)} ;\nINSERT DATA {{ {_is(name, value)} }}"


def _stepped(name: str, old: str, new: str) -> str:
    return f"DELETE {{ {_is(name, old)} }} INSERT {{ {_is(name, new)} }} WHERE {{ {_is(name, old)} }}"


def _cleared(graph: str, held: str) -> str:
    inside = f"GRAPH {ox_node(graph)} {{ ?s ?p ?o }}"
    return f"DELETE {{ {inside} }} WHERE {{ {held} {inside} }}"


def _without_digests(graphs: Iterable[str], held: str) -> str:
    mark = f"GRAPH {_G} {{ ?graph <{SP.storeDigest}> ?digest }}"
    given = values_text([(graph,) for graph in graphs])
    return f"DELETE {{ {mark} }} WHERE {{ VALUES (?graph) {{ {given} }} {held} {mark} }}"
