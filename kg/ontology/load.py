"""The whole ontology in one value."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox
from rdflib import XSD, BNode, Graph, Literal, URIRef

from kg.errors import OntologyError
from kg.model import MentionKind
from kg.ontology.conflicts import ConflictKind, load_conflict_kinds
from kg.ontology.registry import Entry, entries_of
from kg.ontology.schema import Metric, Relation, metrics_of, relations_of, roles_of
from kg.ontology.wording import Wordings, load_wordings

_SCHEMA = ("packaging.ttl", "technologies.ttl")
CONFLICTS = "conflicts.yaml"


@dataclass(frozen=True)
class Ontology:
    """Everything that the ontology's files say.

    Attributes:
        folder: where they are.
        relations: the relations that claims may state, by local name.
        roles: local name → label of the classes of organisations.
        metrics: by local name.
        entries: the registry: kind → key → entry.
        wordings: how relations are said.
        conflicts: the kinds of contradiction, by name.
        graph: classes, properties and technologies as RDF.
    """

    folder: Path
    relations: Mapping[str, Relation]
    roles: Mapping[str, str]
    metrics: Mapping[str, Metric]
    entries: Mapping[MentionKind, Mapping[str, Entry]]
    wordings: Wordings
    conflicts: Mapping[str, ConflictKind]
    graph: Graph

    @classmethod
    def load(cls, folder: Path) -> "Ontology":
        """Read the ontology's folder.

        Raises:
            OntologyError: a file is missing or malformed.
        """
        graph = _parse(folder, *_SCHEMA)
        registry = {
            MentionKind.ORGANISATION: _parse(folder, "organisations.ttl"),
            MentionKind.TECHNOLOGY: graph,
            MentionKind.PLACE: _parse(folder, "places.ttl"),
        }
        return cls(
            folder=folder,
            relations=relations_of(graph),
            roles=roles_of(graph),
            metrics=metrics_of(graph),
            entries={kind: entries_of(rows, kind) for kind, rows in registry.items()},
            wordings=load_wordings(folder / "relations"),
            conflicts=load_conflict_kinds(folder / CONFLICTS),
            graph=graph,
        )

    @cached_property
    def shapes(self) -> Graph:
        """The SHACL shapes."""
        return _parse(self.folder, "shapes.ttl")

    @property
    def organisations(self) -> Mapping[str, Entry]:
        """The organisations of the registry, by key."""
        return self.entries[MentionKind.ORGANISATION]

    @property
    def technologies(self) -> Mapping[str, Entry]:
        """The technologies of the scheme, by key."""
        return self.entries[MentionKind.TECHNOLOGY]

    @property
    def places(self) -> Mapping[str, Entry]:
        """The places, by key."""
        return self.entries[MentionKind.PLACE]


def schema_and_shapes(folder: Path) -> tuple[Graph, Graph]:
    """The classes and properties, and the SHACL shapes, without the registries, which take far longer to read.

    Raises:
        OntologyError: a file is missing or malformed.
    """
    return _parse(folder, _SCHEMA[0]), _parse(folder, "shapes.ttl")


def _parse(folder: Path, *names: str) -> Graph:
    """The triples of Turtle files, read by Oxigraph: rdflib takes ten times as long for the registry."""
    graph = Graph()
    for name in names:
        path = folder / name
        if not path.is_file():
            raise OntologyError(
                f"{path} is missing; set KG_ONTOLOGY to a complete ontology folder or reinstall semipack"
            )
        try:
            for triple in ox.parse(path=path, format=ox.RdfFormat.TURTLE):
                graph.add((_node(triple.subject), URIRef(triple.predicate.value), _node(triple.object)))
        except (SyntaxError, OSError, ValueError) as error:
            detail = " ".join(str(error).split())[:200]
            raise OntologyError(f"{path} is not valid Turtle: {detail}") from error
    return graph


def _node(term: object) -> URIRef | BNode | Literal:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if isinstance(term, ox.Literal):
        plain = term.language or term.datatype.value == str(XSD.string)
        return Literal(term.value, lang=term.language, datatype=None if plain else URIRef(term.datatype.value))
    raise ValueError(f"{term} is neither a name nor a text")
