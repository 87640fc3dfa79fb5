"""Whether a store's network is there for a request to be answered from it."""

from pathlib import Path

from kg.analytics.network import is_kept, network_folder
from kg.server.refusal import Refusal
from kg.server.session import Session
from kg.settings import Place
from kg.store import OpenStore
from kg.store.layout import SNAPSHOTS

# Bytes of a store's snapshots of which a network is read within a request.
_SMALL = 64 * 1024**2
_COME_AGAIN = 3


def store_with_network(session: Session) -> OpenStore:
    """The session's store; that of a large one is worked out by the service, in a process of its own.

    Raises:
        Refusal: it is still being worked out.
    """
    if not is_kept(session.store) and network_folder(session.store) is not None and not _is_small(session.place):
        told = f"This version of the store is still being prepared; try again in {_COME_AGAIN} seconds"
        raise Refusal(503, told, {"Retry-After": str(_COME_AGAIN)})
    return session.store


def _is_small(place: Place) -> bool:
    if not isinstance(place, Path):
        return False
    return sum(each.stat().st_size for each in (place / SNAPSHOTS).glob("*/*") if each.is_file()) < _SMALL
