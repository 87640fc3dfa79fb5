"""N-Quads, sorted."""

from typing import BinaryIO

from kg.export.terms import exported_quads
from kg.store import Store


def write_nquads(store: Store, out: BinaryIO) -> None:
    """Writes facts, claims, entities and conflicts with their named graphs, a line each, without the ontology."""
    out.writelines(sorted(f"{quad} .\n".encode() for quad in exported_quads(store)))
