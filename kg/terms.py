"""Prefixes and IRIs: where every name of the graph is made, and nowhere else."""

import re
import unicodedata

from rdflib import DCTERMS, OWL, PROV, RDF, RDFS, SKOS, XSD, Namespace, URIRef

ROOT = "https://w3id.org/semipack/"
SP = Namespace(ROOT + "ontology#")
ENTITY = Namespace(ROOT + "entity/")
TECHNOLOGY = Namespace(ROOT + "technology/")
PLACE = Namespace(ROOT + "place/")
DOCUMENT = Namespace(ROOT + "document/")
CLAIM = Namespace(ROOT + "claim/")
OBSERVATION = Namespace(ROOT + "observation/")
STATEMENT = Namespace(ROOT + "statement/")
REMARK = Namespace(ROOT + "remark/")
CONFLICT = Namespace(ROOT + "conflict/")
REVISION = Namespace(ROOT + "revision/")
GRAPH = Namespace(ROOT + "graph/")
OA = Namespace("http://www.w3.org/ns/oa#")
SCHEMA = Namespace("https://schema.org/")
ORG = Namespace("http://www.w3.org/ns/org#")

PREFIXES: dict[str, str] = {
    "sp": str(SP),
    "entity": str(ENTITY),
    "tech": str(TECHNOLOGY),
    "place": str(PLACE),
    "doc": str(DOCUMENT),
    "claim": str(CLAIM),
    "obs": str(OBSERVATION),
    "stmt": str(STATEMENT),
    "remark": str(REMARK),
    "conflict": str(CONFLICT),
    "revision": str(REVISION),
    "graph": str(GRAPH),
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "owl": str(OWL),
    "xsd": str(XSD),
    "skos": str(SKOS),
    "dcterms": str(DCTERMS),
    "prov": str(PROV),
    "oa": str(OA),
    "schema": str(SCHEMA),
    "org": str(ORG),
}

ONTOLOGY_GRAPH = URIRef(GRAPH + "ontology")
ENTITIES_GRAPH = URIRef(GRAPH + "entities")
CONFLICTS_GRAPH = URIRef(GRAPH + "conflicts")
DERIVED_GRAPH = URIRef(GRAPH + "derived")
STORE_GRAPH = URIRef(GRAPH + "store")
"""On a server alone: what a store notes about itself there; no part of what it holds."""
SHARED_GRAPHS = (ONTOLOGY_GRAPH, ENTITIES_GRAPH, CONFLICTS_GRAPH, DERIVED_GRAPH)
"""The named graphs that are no document's."""

_NOT_IN_KEY = re.compile(r"[^a-z0-9]+")


def key_from(name: str) -> str:
    """A key for an IRI from a name: ASCII letters, digits and hyphens ("Kulicke & Soffa" → "kulicke-soffa").

    A name without any ASCII letter or digit gives an empty key.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    return _NOT_IN_KEY.sub("-", plain).strip("-")


def local_name(iri: str) -> str:
    """The part of an IRI behind its last ``#`` or ``/``."""
    return re.split(r"[#/]", iri)[-1]
