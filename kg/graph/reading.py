"""From a document's named graph back to its claims, observations and remarks."""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from typing import Any
from urllib.parse import unquote

from rdflib import PROV, RDF, URIRef

from kg.errors import ClaimError
from kg.graph.base import kind_of
from kg.model import Claim, Mention, Modality, Observation, Polarity, Quote, Remark, RemarkKind, scope_order
from kg.terms import DOCUMENT, ENTITY, OA, SP, local_name

Parts = Mapping[str, Mapping[str, list[str]]]
"""Subject → predicate → objects, all as plain text."""
_QUALIFIERS = ("product", "technology", "quantity", "period")


def parts_of(triples: Iterable[tuple[str, str, str]]) -> Parts:
    """Triples by subject and predicate, objects sorted."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, object_ in triples:
        found[subject][predicate].append(object_)
    return {node: {name: sorted(ends) for name, ends in rows.items()} for node, rows in found.items()}


def claims_of(parts: Parts, unknown: Container[str] = ()) -> dict[str, Claim]:
    """The claims of one document's named graph by id, in the order of the text.

    What the graph does not keep comes back as far as it matters: reasons and qualifiers are sorted, and a mention has
    the key of the entity that it was linked to.

    Args:
        parts: the graph.
        unknown: IRIs of organisations that the registry does not list; their mentions have no key.

    Raises:
        ClaimError: a claim lacks something.
    """
    found = {node: _claim(parts, node, unknown) for node in of_type(parts, SP.Claim)}
    return {local_name(node): found[node] for node in sorted(found, key=lambda node: _place(found[node], node))}


def observations_of(parts: Parts, unknown: Container[str] = ()) -> dict[str, Observation]:
    """The observations of one document's named graph, as :func:`claims_of`.

    Raises:
        ClaimError: an observation lacks something.
    """
    found = {node: _observation(parts, node, unknown) for node in of_type(parts, SP.Observation)}
    return {local_name(node): found[node] for node in sorted(found, key=lambda node: _place(found[node], node))}


def remarks_of(parts: Parts, unknown: Container[str] = ()) -> dict[str, Remark]:
    """The remarks of one document's named graph, as :func:`claims_of`.

    Raises:
        ClaimError: a remark lacks something.
    """
    found = {node: _remark(parts, node, unknown) for node in of_type(parts, SP.Remark)}
    return {local_name(node): found[node] for node in sorted(found, key=lambda node: _place(found[node], node))}


def end_of(entity: str, name: str, text: str, key: str, unknown: Container[str] = ()) -> Mention:
    """The mention behind an end of a claim.

    Args:
        entity: IRI of the entity that it was linked to.
        name: what the claim has as ``sp:subjectName`` or ``sp:objectName``.
        text: what it has as ``sp:subjectText`` or ``sp:objectText``, or empty.
        key: what it has as ``sp:subjectKey`` or ``sp:objectKey``, or empty.
        unknown: as for :func:`claims_of`.
    """
    own = "" if entity in unknown else unquote(local_name(entity))
    return Mention(kind_of(entity), surface=text or name, name=name, key=key or own)


def _claim(parts: Parts, node: str, unknown: Container[str]) -> Claim:
    statement = one(parts, node, SP.statement)
    ends = [one(parts, statement, RDF.subject), one(parts, statement, RDF.object)]
    if some(parts, node, SP.reversed) == "true":
        ends.reverse()
    qualifiers = {name: tuple(values(parts, node, SP[name])) for name in _QUALIFIERS}
    via = [value for value in values(parts, node, SP.via) if not value.startswith(ENTITY)]
    qualifiers["via"] = tuple(sorted({*via, *values(parts, node, SP.viaName)}))
    return Claim(
        relation=local_name(one(parts, statement, RDF.predicate)),
        subject=_end(parts, node, "subject", ends[0], unknown),
        object=_end(parts, node, "object", ends[1], unknown),
        qualifiers={name: given for name, given in qualifiers.items() if given},
        **_assessment(parts, node),
    )


def _observation(parts: Parts, node: str, unknown: Container[str]) -> Observation:
    return Observation(
        subject=_end(parts, node, "subject", one(parts, node, SP.observedEntity), unknown),
        metric=local_name(one(parts, node, SP.metric)),
        value=float(one(parts, node, SP.value)),
        unit=one(parts, node, SP.unit),
        period=some(parts, node, SP.period),
        earlier=some(parts, node, SP.earlier) == "true",
        **_assessment(parts, node),
    )


def _remark(parts: Parts, node: str, unknown: Container[str]) -> Remark:
    others = sorted(values(parts, node, SP.counterpart), key=_number)
    return Remark(
        subject=_end(parts, node, "subject", one(parts, node, SP.remarkOf), unknown),
        kind=RemarkKind(one(parts, node, SP.remarkKind)),
        topic=some(parts, node, SP.topic),
        rank=some(parts, node, SP.rank),
        scope=scope_order(values(parts, node, SP.scope)),
        others=tuple(_end(parts, each, "object", one(parts, each, SP.names), unknown) for each in others),
        **_assessment(parts, node),
    )


def _assessment(parts: Parts, node: str) -> dict[str, Any]:
    """What claims, observations and remarks have in common."""
    document = one(parts, node, PROV.wasDerivedFrom)
    quotes = sorted(values(parts, node, SP.evidence), key=_number)
    if not quotes:
        raise _lacking(node, SP.evidence)
    return {
        "document": document.removeprefix(DOCUMENT),
        "doc": one(parts, document, SP.fileName),
        "polarity": Polarity(local_name(one(parts, node, SP.polarity))),
        "modality": Modality(local_name(one(parts, node, SP.modality))),
        "confidence": float(one(parts, node, SP.confidence)),
        "reasons": tuple(values(parts, node, SP.reason)),
        "quotes": tuple(_quote(parts, quote) for quote in quotes),
        "extractor": one(parts, node, SP.extractor),
    }


def _quote(parts: Parts, node: str) -> Quote:
    position = f"{node}-position"
    cell = [int(number) for number in some(parts, position, SP.cell).split("/") if number]
    return Quote(
        text=one(parts, node, SP.exact),
        start=int(one(parts, position, OA.start)),
        end=int(one(parts, position, OA.end)),
        pointer=some(parts, position, SP.pointer),
        cell=(cell[0], cell[1], cell[2]) if cell else None,
    )


def _end(parts: Parts, node: str, end: str, entity: str, unknown: Container[str]) -> Mention:
    text, key = some(parts, node, SP[f"{end}Text"]), some(parts, node, SP[f"{end}Key"])
    return end_of(entity, one(parts, node, SP[f"{end}Name"]), text, key, unknown)


def of_type(parts: Parts, kind: URIRef) -> list[str]:
    """The nodes of a class."""
    return [node for node, rows in parts.items() if str(kind) in rows.get(str(RDF.type), ())]


def _place(item: Claim | Observation | Remark, node: str) -> tuple[str, int, int, str]:
    quote = item.quotes[0]
    return quote.pointer, quote.start, quote.end, node


def _number(quote: str) -> int:
    """The number at the end of the IRI of a quote or counterpart; 0 where it has none."""
    digits = quote.rpartition("-")[2]
    return int(digits) if digits.isdecimal() else 0


def values(parts: Parts, node: str, predicate: URIRef) -> list[str]:
    """All values of a node's property, sorted."""
    return parts.get(str(node), {}).get(str(predicate), [])


def some(parts: Parts, node: str, predicate: URIRef) -> str:
    """The value of a node's property where there is one, else an empty text."""
    return next(iter(values(parts, node, predicate)), "")


def one(parts: Parts, node: str, predicate: URIRef) -> str:
    """The one value of a node's property.

    Raises:
        ClaimError: there is none, or more than one.
    """
    found = values(parts, node, predicate)
    if len(found) != 1:
        raise _lacking(node, predicate)
    return found[0]


def _lacking(node: str, predicate: URIRef) -> ClaimError:
    return ClaimError(f"{node} of the store has not exactly one {local_name(predicate)}; build the store again")
