"""CSV files for ``neo4j-admin database import full``: a node for each entity, a relationship for each claim.

The rules are those of Neo4j's operations manual, chapter Import: the header names columns and their types, a quote in a
value is doubled, an empty cell is no property, the members of a list are parted by semicolons. A quote with a line
break in it stands as it is, which the importer takes with ``--multiline-fields=true``.

A type such as ``OUTSOURCES_TO`` belongs to facts alone; what is denied, planned, possible or past has a type that says
so (``NEGATED_OUTSOURCES_TO``), so that no pattern takes it for a fact.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from kg.export.files import atomic
from kg.query import Edge, Node, read_edges, read_nodes
from kg.store import Store, select
from kg.terms import ROOT, local_name

NODES, RELATIONSHIPS = "nodes.csv", "relationships.csv"
COMMAND = (
    f"neo4j-admin database import full --nodes={NODES} --relationships={RELATIONSHIPS} --multiline-fields=true -- neo4j"
)
"""How the two files are imported, in their folder."""

NODE_HEADER = ("id:ID", "name", "aliases:string[]", "roles:string[]", "known:boolean", "iri", ":LABEL")
RELATIONSHIP_HEADER = (
    ":START_ID", ":END_ID", ":TYPE", "claim", "relation", "polarity", "modality", "confidence:double", "fact:boolean",
    "quote", "document", "date", "url",
    "product:string[]", "technology:string[]", "via:string[]", "quantity:string[]", "period:string[]",
)  # fmt: skip
_LABELS = {"organisation": "Organisation", "technology": "PackagingTechnology", "place": "Place"}
_LISTS = ("product", "technology", "via", "quantity", "period")
_ALIASES = "SELECT DISTINCT ?iri ?alias WHERE { ?iri sp:key ?key ; skos:altLabel ?alias }"
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NEVER = (1980, 1, 1, 0, 0, 0)
_Cell = str | float | bool | Sequence[str]


def write_neo4j(store: Store, out: BinaryIO) -> None:
    """Writes both files as one ZIP archive; the same store gives the same bytes."""
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for name, text in _files(store):
            entry = ZipInfo(name, _NEVER)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 3
            archive.writestr(entry, text)
    out.write(packed.getvalue())


def write_neo4j_folder(store: Store, folder: Path) -> None:
    """Writes both files into a folder, which is made if need be.

    Raises:
        ExportError: they cannot be written.
    """
    for name, text in _files(store):
        with atomic(folder / name) as out:
            out.write(text)


def _files(store: Store) -> Iterator[tuple[str, bytes]]:
    aliases: dict[str, list[str]] = defaultdict(list)
    for row in sorted(select(store, _ALIASES), key=lambda row: row["alias"]):
        aliases[row["iri"]].append(row["alias"])
    yield NODES, _table(NODE_HEADER, (_node(node, aliases[node.iri]) for node in read_nodes(store)))
    yield RELATIONSHIPS, _table(RELATIONSHIP_HEADER, map(_relationship, read_edges(store)))


def _node(node: Node, aliases: Sequence[str]) -> Iterable[_Cell]:
    labels = (_LABELS.get(node.kind, "Organisation"), *node.roles)
    return _id(node.iri), node.label, aliases, node.roles, node.known, node.iri, labels


def _relationship(edge: Edge) -> Iterable[_Cell]:
    type_ = "_".join([*edge.marks, _HUMP.sub("_", edge.relation)]).upper()
    return (
        *(_id(edge.subject), _id(edge.object), type_, local_name(edge.claim), edge.relation),
        *(edge.polarity, edge.modality, edge.confidence, edge.is_fact),
        *(edge.quote, edge.document, edge.date, edge.url),
        *(_of(edge.qualifiers, name) for name in _LISTS),
    )


def _of(qualifiers: Mapping[str, tuple[str, ...]], name: str) -> Sequence[str]:
    return qualifiers.get(name, ())


def _id(iri: str) -> str:
    return iri.removeprefix(ROOT)


def _table(header: Sequence[str], rows: Iterable[Iterable[_Cell]]) -> bytes:
    lines = [",".join(header), *(",".join(map(_cell, row)) for row in rows)]
    return ("\n".join(lines) + "\n").encode()


def _cell(value: _Cell) -> str:
    """A value as the importer reads it; nothing parts the members of a list but semicolons, so theirs become commas."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return repr(value)
    text = value if isinstance(value, str) else ";".join(member.replace(";", ",") for member in value)
    return '"' + text.replace('"', '""') + '"' if text else ""
