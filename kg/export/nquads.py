"""N-Quads, sorted."""

from typing import BinaryIO

import pyoxigraph as ox

from kg.export.terms import exported_quads
from kg.store import Store


def write_nquads(store: Store, out: BinaryIO) -> None:
    """Writes facts, claims, entities and conflicts with their named graphs, a line each, without the ontology."""
    data = ox.serialize(exported_quads(store), format=ox.RdfFormat.N_QUADS) or b""
    out.writelines(sorted(data.splitlines(keepends=True)))
