"""A made-up network with what is to be found planted in it, as claims of one document each."""

from collections.abc import Iterable

from small_graph import Script, SmallLinker, mention, small_ontology

from kg.graph import document_quads, entity_quads, ontology_quads, used_entities
from kg.model import Block, BlockKind, Claim, Document, Metadata, Modality, Polarity
from kg.store import EmbeddedStore

Tie = tuple[str, str, str, float]
"""Subject, relation, object, confidence."""


def planted(ties: Iterable[Tie]) -> EmbeddedStore:
    """A store in memory that holds these ties, each in a sentence of its own."""
    store, linker, ontology = EmbeddedStore(), SmallLinker(), small_ontology()
    script = Script("planted.txt", Metadata(title="Planted", date="2026-01-15"))
    document_id = Document(script.name, "0" * 64, {}, ()).id
    claims = [
        Claim(
            document=document_id,
            doc=script.name,
            subject=mention(subject),
            relation=relation,
            object=mention(object_),
            polarity=Polarity.AFFIRMED,
            modality=Modality.ASSERTED,
            confidence=confidence,
            reasons=("planted",),
            quotes=(script.quote(f"{subject} {relation} {object_}."),),
            extractor="frames",
        )
        for subject, relation, object_, confidence in ties
    ]
    block = Block(BlockKind.PARAGRAPH, script.text, ((0, 0),), "")
    document = Document(script.name, "0" * 64, {"": script.text}, (block,), script.metadata, "text/plain")
    store.add(document_quads(document, claims, [], linker, ontology))
    store.add(entity_quads(used_entities(claims, [], linker), ontology))
    store.add(ontology_quads(ontology))
    return store
