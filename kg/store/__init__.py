"""The store: quads in a folder that answer SPARQL."""

from pathlib import Path

from kg.store.base import Answer, Row, Solutions, Store, Term, Triples, Verdict, plain, select
from kg.store.building import StoreBuilder, recover
from kg.store.embedded import EmbeddedStore
from kg.store.layout import CLAIMS, DOCUMENTS, JUDGEMENTS, REFUSALS, check_format
from kg.store.rdf import rdf_quads

__all__ = [
    "CLAIMS",
    "DOCUMENTS",
    "JUDGEMENTS",
    "REFUSALS",
    "Answer",
    "EmbeddedStore",
    "Row",
    "Solutions",
    "Store",
    "StoreBuilder",
    "Term",
    "Triples",
    "Verdict",
    "check_format",
    "open_store",
    "plain",
    "rdf_quads",
    "select",
]


def open_store(path: Path, *, read_only: bool = True) -> EmbeddedStore:
    """Opens the store in the folder ``path``; any number of processes may read it at once.

    Raises:
        StoreError: there is no store, it is of another version, or another process is writing it.
    """
    recover(path)
    check_format(path)
    return EmbeddedStore(path, read_only=read_only)
