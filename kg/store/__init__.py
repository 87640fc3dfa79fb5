"""The store: quads in a folder that answer SPARQL."""

from pathlib import Path

from kg.store.base import Answer, Row, Solutions, Store, Term, Triples, Verdict, plain, select
from kg.store.building import StoreBuilder, recover
from kg.store.documents import StoredDocument, list_documents, read_documents, write_documents
from kg.store.embedded import EmbeddedStore, check_names
from kg.store.layout import CLAIMS, JUDGEMENTS, REFUSALS, check_format
from kg.store.rdf import rdf_quads

__all__ = [
    "CLAIMS",
    "JUDGEMENTS",
    "REFUSALS",
    "Answer",
    "EmbeddedStore",
    "Row",
    "Solutions",
    "Store",
    "StoreBuilder",
    "StoredDocument",
    "Term",
    "Triples",
    "Verdict",
    "check_format",
    "check_names",
    "list_documents",
    "open_store",
    "plain",
    "rdf_quads",
    "read_documents",
    "select",
    "write_documents",
]


def open_store(path: Path, *, read_only: bool = True) -> EmbeddedStore:
    """Opens the store in the folder ``path``; any number of processes may read it at once.

    Raises:
        StoreError: there is no store, it is of another version, or another process is writing it.
    """
    recover(path)
    check_format(path)
    return EmbeddedStore(path, read_only=read_only)
