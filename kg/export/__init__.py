"""The graph in other programs' forms: one file for each, and this table of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from kg.errors import ExportError
from kg.export.claims import write_claims
from kg.export.files import atomic
from kg.export.gexf import write_gexf
from kg.export.graphml import write_graphml
from kg.export.jsonld import write_jsonld
from kg.export.neo4j import write_neo4j, write_neo4j_folder
from kg.export.nquads import write_nquads
from kg.export.tables import write_csv, write_figures, write_remarks
from kg.export.turtle import write_trig, write_turtle
from kg.store import Store

__all__ = ["EXPORTERS", "Exporter", "atomic", "exporter", "write_export"]


@dataclass(frozen=True, slots=True)
class Exporter:
    """A form of export.

    Attributes:
        suffix: the usual end of its file's name, with the dot.
        media_type: its Internet media type.
        about: what it holds, in a phrase.
        write: writes a store to an open file.
        write_folder: writes its several files into a folder, where it has several; None where it is one file.
    """

    suffix: str
    media_type: str
    about: str
    write: Callable[[Store, BinaryIO], None]
    write_folder: Callable[[Store, Path], None] | None = None


def _write_viewer(store: Store, out: BinaryIO) -> None:
    """Writes the viewer's page; its layout loads a numerical library, which other exports do without."""
    from kg.export import viewer

    viewer.write(store, out)


EXPORTERS: Mapping[str, Exporter] = {
    "turtle": Exporter(".ttl", "text/turtle", "facts, claims and entities as one graph", write_turtle),
    "trig": Exporter(".trig", "application/trig", "the same, a named graph for each document", write_trig),
    "nquads": Exporter(".nq", "application/n-quads", "the same, a line for each quad", write_nquads),
    "jsonld": Exporter(".jsonld", "application/ld+json", "facts, claims and entities as JSON-LD", write_jsonld),
    "graphml": Exporter(".graphml", "application/graphml+xml", "entities and claims as a network", write_graphml),
    "gexf": Exporter(".gexf", "application/gexf+xml", "the same for Gephi, laid out and coloured", write_gexf),
    "neo4j": Exporter(
        ".neo4j.zip", "application/zip", "the same for Neo4j's importer, two CSV files", write_neo4j, write_neo4j_folder
    ),
    "csv": Exporter(".csv", "text/csv", "claims with their quotes, a row each", write_csv),
    "figures": Exporter(".figures.csv", "text/csv", "figures with their quotes, a row each", write_figures),
    "remarks": Exporter(".remarks.csv", "text/csv", "standings and gaps with their quotes, a row each", write_remarks),
    "claims": Exporter(
        ".claims.jsonl", "application/jsonl", "claims, figures, remarks, as `kg extract` does", write_claims
    ),
    "viewer": Exporter(".html", "text/html", "the picture with its evidence, one file", _write_viewer),
}


def exporter(name: str) -> Exporter:
    """The exporter of that name.

    Raises:
        ExportError: there is none.
    """
    if name not in EXPORTERS:
        raise ExportError(f"There is no export {name!r}; use one of {', '.join(EXPORTERS)}")
    return EXPORTERS[name]


def write_export(store: Store, name: str, path: Path) -> None:
    """Writes an export to a file, whole or not at all; one of several files into a folder, unless it shall be a ZIP.

    Raises:
        ExportError: there is no such export, or the file cannot be written.
    """
    made = exporter(name)
    if made.write_folder is not None and path.suffix.lower() != ".zip":
        made.write_folder(store, path)
        return
    with atomic(path) as out:
        made.write(store, out)
