"""Where things are and how much is accepted: one frozen object, read from the environment once."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from kg.errors import UsageError

DEFAULT_STORE = Path("kg-store")
_PACKAGE = Path(__file__).resolve().parent
_MEGABYTE = 1_000_000
_WEB = re.compile(r"https?:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """The web address of a store on a SPARQL server; see :func:`place_of`."""

    url: str

    def __str__(self) -> str:
        return self.url


Place = Path | Endpoint
"""Where a store is: in a folder, or on a SPARQL server."""


def place_of(text: str) -> Place:
    """The place that a text names: a server where it starts with http:// or https://, else a folder.

    Raises:
        UsageError: the address names no host, or holds a password.
    """
    if not _WEB.match(text):
        return Path(text)
    try:
        parts = urlsplit(text)
        named = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        named = False
    if not named or not text.isascii() or any(character <= " " for character in text):
        raise UsageError("The address of the store is none; write it like http://localhost:7878")
    if "@" in parts.netloc:
        raise UsageError("A login does not belong into the address; set KG_STORE_USER and KG_STORE_PASSWORD")
    if parts.query or parts.fragment:
        raise UsageError("The address of the store ends at its path; leave out what follows ? or #")
    return Endpoint(text)


def _ontology_folder() -> Path:
    """The ontology that travels in the wheel, or the repository's own in a checkout."""
    packaged = _PACKAGE / "data" / "ontology"
    return packaged if packaged.is_dir() else _PACKAGE.parent / "ontology"


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one run.

    Attributes:
        ontology: folder of the ontology's files.
        store: folder or address of the store.
        max_document_bytes: a larger document is refused; 20 MB unless told otherwise, which is some ten thousand pages.
        judgements_file: the user's judgements, instead of those in the store's folder; None for these, or, with a store
            on a server, for none.
    """

    ontology: Path
    store: Place = DEFAULT_STORE
    max_document_bytes: int = 20 * _MEGABYTE
    judgements_file: Path | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> "Settings":
        """Settings from ``KG_ONTOLOGY``, ``KG_STORE``, ``KG_MAX_DOCUMENT_MB`` and ``KG_JUDGEMENTS``, else the defaults.

        Raises:
            UsageError: ``KG_MAX_DOCUMENT_MB`` is no positive number, or ``KG_STORE`` no address.
        """
        env = os.environ if environment is None else environment
        ontology, judgements = env.get("KG_ONTOLOGY"), env.get("KG_JUDGEMENTS")
        return cls(
            ontology=Path(ontology) if ontology else _ontology_folder(),
            store=place_of(env.get("KG_STORE") or str(DEFAULT_STORE)),
            max_document_bytes=_bytes(env.get("KG_MAX_DOCUMENT_MB") or "20"),
            judgements_file=Path(judgements) if judgements else None,
        )


def cache_folder(name: str) -> Path:
    """A folder for intermediate work, the same for the same name, made if need be; only the user may look into it.

    Raises:
        UsageError: it cannot be made.
    """
    cache = Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser()
    folder = cache / "semipack" / sha256(name.encode()).hexdigest()[:16]
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        told = f"{folder} cannot be made ({error.strerror or error})"
        raise UsageError(f"{told}; set XDG_CACHE_HOME to a folder that can be written") from error
    return folder


def _bytes(megabytes: str) -> int:
    try:
        size = float(megabytes)
    except ValueError:
        size = 0
    if not 0 < size < 1e6:
        raise UsageError(f"KG_MAX_DOCUMENT_MB is {megabytes!r}; give a number of megabytes, such as 50")
    return int(size * _MEGABYTE)
