"""Where things are and how much is accepted: one frozen object, read from the environment once."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import UsageError

DEFAULT_STORE = Path("kg-store")
_PACKAGE = Path(__file__).resolve().parent
_MEGABYTE = 1_000_000


def _ontology_folder() -> Path:
    """The ontology that travels in the wheel, or the repository's own in a checkout."""
    packaged = _PACKAGE / "data" / "ontology"
    return packaged if packaged.is_dir() else _PACKAGE.parent / "ontology"


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one run.

    Attributes:
        ontology: folder of the ontology's files.
        store: folder of the store.
        max_document_bytes: a larger document is refused; 20 MB unless told otherwise, which is some ten thousand pages.
    """

    ontology: Path
    store: Path = DEFAULT_STORE
    max_document_bytes: int = 20 * _MEGABYTE

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> "Settings":
        """Settings from ``KG_ONTOLOGY``, ``KG_STORE`` and ``KG_MAX_DOCUMENT_MB``, else the defaults.

        Raises:
            UsageError: ``KG_MAX_DOCUMENT_MB`` is no positive number.
        """
        env = os.environ if environment is None else environment
        ontology = env.get("KG_ONTOLOGY")
        return cls(
            ontology=Path(ontology) if ontology else _ontology_folder(),
            store=Path(env.get("KG_STORE") or DEFAULT_STORE),
            max_document_bytes=_bytes(env.get("KG_MAX_DOCUMENT_MB") or "20"),
        )


def _bytes(megabytes: str) -> int:
    try:
        size = float(megabytes)
    except ValueError:
        size = 0
    if not 0 < size < 1e6:
        raise UsageError(f"KG_MAX_DOCUMENT_MB is {megabytes!r}; give a number of megabytes, such as 50")
    return int(size * _MEGABYTE)
