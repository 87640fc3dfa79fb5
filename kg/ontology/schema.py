"""Relations, roles and metrics out of ``packaging.ttl``."""

from collections.abc import Mapping
from dataclasses import dataclass

from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef
from rdflib.term import Node

from kg.errors import OntologyError
from kg.model import MentionKind
from kg.terms import SP, local_name

_KINDS: Mapping[Node, MentionKind] = {
    SP.Organisation: MentionKind.ORGANISATION,
    SP.PackagingTechnology: MentionKind.TECHNOLOGY,
    SP.Place: MentionKind.PLACE,
}


@dataclass(frozen=True, slots=True)
class Relation:
    """A property that claims may state.

    Attributes:
        name: its local name (``outsourcesTo``).
        label: how people read it ("outsources to").
        inverse: local name of the inverse property, empty where there is none.
        inverse_label: how people read it backwards ("provides services to").
        symmetric: whether it holds both ways.
        subject_kind: what stands at its subject.
        object_kind: what stands at its object.
        definition: what it means.
        dependent: the end that depends on the other, ``subject`` or ``object``; ``neither`` for a tie without
            dependence, empty where the relation is no tie.
        whole: the end of which the other is a part, ``subject`` or ``object``; empty where neither is.
    """

    name: str
    label: str
    inverse: str
    inverse_label: str
    symmetric: bool
    subject_kind: MentionKind
    object_kind: MentionKind
    definition: str
    dependent: str = ""
    whole: str = ""


@dataclass(frozen=True, slots=True)
class Metric:
    """Something that a figure measures: its local name, label and definition."""

    name: str
    label: str
    definition: str


def text_of(graph: Graph, subject: Node, *properties: URIRef) -> str:
    """The first text that the graph gives for any of the properties, in their order; empty where there is none."""
    for prop in properties:
        texts = sorted(str(value) for value in graph.objects(subject, prop))
        if texts:
            return texts[0]
    return ""


def relations_of(graph: Graph) -> dict[str, Relation]:
    """Every ``sp:Relation`` between an organisation and something that claims can point at, by local name.

    Raises:
        OntologyError: where there is none.
    """
    found = {}
    for prop in sorted(graph.subjects(RDF.type, SP.Relation), key=str):
        ends = [graph.value(prop, end) for end in (RDFS.domain, RDFS.range)]
        kinds = [_KINDS[end] for end in ends if end is not None and end in _KINDS]
        if len(kinds) == len(ends):
            relation = _relation(graph, prop, *kinds)
            found[relation.name] = relation
    if not found:
        raise OntologyError("packaging.ttl declares no relation between organisations; restore the ontology's files")
    return found


def _relation(graph: Graph, prop: Node, subject_kind: MentionKind, object_kind: MentionKind) -> Relation:
    inverse = graph.value(prop, OWL.inverseOf) or graph.value(None, OWL.inverseOf, prop)
    return Relation(
        name=local_name(str(prop)),
        label=text_of(graph, prop, RDFS.label),
        inverse=local_name(str(inverse)) if inverse else "",
        inverse_label=text_of(graph, inverse, RDFS.label) if inverse else "",
        symmetric=(prop, RDF.type, OWL.SymmetricProperty) in graph,
        subject_kind=subject_kind,
        object_kind=object_kind,
        definition=text_of(graph, prop, SKOS.definition, RDFS.comment),
        dependent=text_of(graph, prop, SP.dependentEnd),
        whole=text_of(graph, prop, SP.wholeEnd),
    )


def roles_of(graph: Graph) -> dict[str, str]:
    """Local names of the role classes (subclasses of ``sp:Organisation``) → their labels."""
    classes = {c for c in graph.transitive_subjects(RDFS.subClassOf, SP.Organisation) if c and c != SP.Organisation}
    return {local_name(str(c)): text_of(graph, c, RDFS.label) for c in sorted(classes, key=str)}


def metrics_of(graph: Graph) -> dict[str, Metric]:
    """The metrics by local name."""
    return {
        local_name(str(m)): Metric(
            local_name(str(m)), text_of(graph, m, RDFS.label, SKOS.prefLabel), text_of(graph, m, SKOS.definition)
        )
        for m in sorted(graph.subjects(RDF.type, SP.Metric), key=str)
    }
