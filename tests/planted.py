"""Small stores with planted sayings: a document is its name, its date, and what it says."""

from collections.abc import Sequence

from small_graph import ORG, TECH, SmallLinker, mention, small_ontology

from kg.graph import (
    Quad,
    Rules,
    conflict_quads,
    derived_quads,
    document_quads,
    entity_quads,
    fact_of,
    is_fact,
    ontology_quads,
    used_entities,
)
from kg.model import (
    Claim,
    Document,
    Metadata,
    Modality,
    Observation,
    Polarity,
    Quote,
    Remark,
    RemarkKind,
)
from kg.store import EmbeddedStore

Item = Claim | Observation | Remark
Planted = tuple[str, str, Sequence[Item]]

_DOCUMENT = "?"


def claim(subject: str, relation: str, object_: str, **more: object) -> Claim:
    """A claim, affirmed, asserted and quite sure unless told otherwise; its document is filled in later."""
    kind = TECH if relation == "offersTechnology" else ORG
    words = str(more.pop("words", f"{subject} {relation} {object_}."))
    said = {"polarity": Polarity.AFFIRMED, "modality": Modality.ASSERTED, "confidence": 0.9, "qualifiers": {}, **more}
    ends = {"subject": mention(subject), "object": mention(object_, kind), "relation": relation}
    return Claim(_DOCUMENT, _DOCUMENT, **ends, **said, **_rest(words))  # type: ignore[arg-type]


def figure(name: str, metric: str, value: float, period: str, **more: object) -> Observation:
    """A figure in dollars, in the same way."""
    words = f"{name} {metric} {value:.0f} {period}."
    said = {"polarity": Polarity.AFFIRMED, "modality": Modality.ASSERTED, "confidence": 0.8, **more}
    given = {"subject": mention(name), "metric": metric, "value": value, "unit": "USD", "period": period}
    return Observation(_DOCUMENT, _DOCUMENT, **given, **said, **_rest(words))  # type: ignore[arg-type]


def gap(name: str, topic: str, *others: str) -> Remark:
    """That something was not found."""
    given = {"subject": mention(name), "kind": RemarkKind.GAP, "topic": topic, "rank": "", "scope": ()}
    said = {"polarity": Polarity.AFFIRMED, "modality": Modality.ASSERTED, "confidence": 0.9}
    whom = {"others": tuple(mention(other) for other in others)}
    return Remark(_DOCUMENT, _DOCUMENT, **given, **whom, **said, **_rest(f"No {topic} of {name}."))  # type: ignore[arg-type]


def top(name: str, topic: str) -> Remark:
    """A first place."""
    given = {
        "subject": mention(name),
        "kind": RemarkKind.STANDING,
        "topic": topic,
        "rank": "first",
        "scope": ("world",),
    }
    said = {"polarity": Polarity.AFFIRMED, "modality": Modality.ASSERTED, "confidence": 0.9, "others": ()}
    return Remark(_DOCUMENT, _DOCUMENT, **given, **said, **_rest(f"{name} is the first {topic}."))  # type: ignore[arg-type]


def _rest(words: str) -> dict[str, object]:
    return {"reasons": ("told",), "quotes": (Quote(words, 0, len(words)),), "extractor": "test"}


def quads_of(planted: Planted) -> tuple[str, list[Quad]]:
    """The id and the graph of a document."""
    document, items = _read(planted)
    claims, figures, remarks = _sorted(items)
    return document.id, document_quads(document, claims, figures, SmallLinker(), small_ontology(), remarks=remarks)


def store_of(*planted: Planted) -> EmbeddedStore:
    """A store of some documents, with all that spans them."""
    linker, ontology, store = SmallLinker(), small_ontology(), EmbeddedStore()
    every: list[Item] = []
    dates = {}
    for each in planted:
        document, items = _read(each)
        every += items
        dates[document.id] = document.metadata.date
        store.add(quads_of(each)[1])
    claims, figures, remarks = _sorted(every)
    store.add(entity_quads(used_entities(claims, figures, linker, remarks=remarks), ontology))
    store.add(conflict_quads(claims, figures, linker, ontology, remarks=remarks, dates=dates))
    store.add(derived_quads({fact_of(each, linker) for each in claims if is_fact(each)}, Rules(ontology)))
    store.add(ontology_quads(ontology))
    return store


def _read(planted: Planted) -> tuple[Document, list[Item]]:
    name, date, items = planted
    document = Document(name, f"{len(items):064x}", {"": ""}, (), Metadata(title=f"About {name}", date=date))
    return document, [_placed(item, document, place * 200) for place, item in enumerate(items)]


def _sorted(items: Sequence[Item]) -> tuple[list[Claim], list[Observation], list[Remark]]:
    return (
        [item for item in items if isinstance(item, Claim)],
        [item for item in items if isinstance(item, Observation)],
        [item for item in items if isinstance(item, Remark)],
    )


def _placed(item: Item, document: Document, start: int) -> Item:
    words = item.quotes[0].text
    fields = {name: getattr(item, name) for name in item.__dataclass_fields__}
    quote = Quote(words, start, start + len(words))
    return type(item)(**{**fields, "document": document.id, "doc": document.name, "quotes": (quote,)})
