"""The store: quads in a folder that answer SPARQL."""

from pathlib import Path

from kg.errors import StoreError
from kg.settings import Endpoint, Place, Settings
from kg.store.base import (
    Answer,
    Change,
    OpenStore,
    Row,
    Solutions,
    Store,
    Term,
    Triples,
    Verdict,
    WritableStore,
    plain,
    select,
)
from kg.store.building import StoreBuilder, recover
from kg.store.claims import Contents, stored_contents
from kg.store.documents import (
    Notes,
    StoredDocument,
    documents_named,
    documents_with,
    label_files,
    list_documents,
    whole,
)
from kg.store.embedded import EmbeddedStore
from kg.store.layout import EXTRACTED, JUDGEMENTS, REFUSALS, RULES, check_format
from kg.store.opening import ReadStore, WriteStore
from kg.store.plan import Rulebook, planned
from kg.store.pushing import Push, check_target, push
from kg.store.rdf import check_names, constructed, rdf_quads
from kg.store.remote import RemoteStore
from kg.store.updates import literal_text, update_text, values_text

__all__ = [
    "EXTRACTED",
    "JUDGEMENTS",
    "REFUSALS",
    "RULES",
    "Answer",
    "Change",
    "Contents",
    "EmbeddedStore",
    "Notes",
    "OpenStore",
    "Push",
    "ReadStore",
    "RemoteStore",
    "Row",
    "Rulebook",
    "Solutions",
    "Store",
    "StoreBuilder",
    "StoredDocument",
    "Term",
    "Triples",
    "Verdict",
    "WritableStore",
    "WriteStore",
    "check_format",
    "check_names",
    "check_store",
    "check_target",
    "constructed",
    "documents_named",
    "documents_with",
    "judgements_of",
    "label_files",
    "list_documents",
    "literal_text",
    "noted_rules",
    "open_for_writing",
    "open_store",
    "plain",
    "planned",
    "push",
    "rdf_quads",
    "select",
    "stored_contents",
    "update_text",
    "values_text",
    "whole",
]


def open_store(place: Place) -> OpenStore:
    """Opens the store in a folder as it stands, or the one on a server; any number of processes may read it.

    One in a folder stays as it was opened, while another process writes it; one on a server is read as it is.

    Raises:
        StoreError: there is no store, it is of another format, or its server cannot be reached.
    """
    if isinstance(place, Endpoint):
        return RemoteStore(place).check()
    recover(place)
    return ReadStore(place)


def open_for_writing(place: Place) -> WritableStore:
    """Opens the store in a folder for its one writer, or the one on a server for one of its writers.

    Raises:
        StoreError: there is no store, it is of another format, its server cannot be reached, or another process writes
            or builds it.
    """
    if isinstance(place, Endpoint):
        store = RemoteStore(place).check()
        if store.state.building:
            store.close()
            told = f"The store at {place} is being built, or a build of it was interrupted"
            raise StoreError(f"{told}; wait until it is done, or run `kg build` again")
        return store
    recover(place)
    return WriteStore(place)


def check_store(place: Place) -> None:
    """Makes sure that there is a store of this format, by a glance.

    Raises:
        StoreError: there is none, it is of another format, or its server cannot be reached.
    """
    if isinstance(place, Endpoint):
        RemoteStore(place).check().close()
    else:
        check_format(place)


def noted_rules(place: Place) -> str:
    """Hex digits over what the last build went by; empty where that is not noted.

    Raises:
        StoreError: the server cannot be reached.
    """
    if isinstance(place, Endpoint):
        with RemoteStore(place) as store:
            return store.state.rules
    noted = place / RULES
    return noted.read_text(encoding="utf-8") if noted.is_file() else ""


def judgements_of(settings: Settings) -> Path | None:
    """The file of the user's judgements: as the settings say, else in the store's folder; None where neither is."""
    if settings.judgements_file is not None or isinstance(settings.store, Endpoint):
        return settings.judgements_file
    return settings.store / JUDGEMENTS
