"""The gate behind every extractor: nothing passes whose quote is not in the document or whose ends do not fit."""

from kg.model import Claim, Document, MentionKind, Observation, Remark
from kg.ontology import Ontology


def fault_of(item: Claim | Observation | Remark, document: Document, ontology: Ontology) -> str:
    """Why a claim, observation or remark must be refused, or an empty text.

    Every quote must stand word for word in its field, the relation or metric must be the ontology's, and the two ends
    of a claim must be of the kinds that the relation asks for; a remark is about an organisation.
    """
    if not item.quotes:
        return "it quotes nothing"
    for quote in item.quotes:
        field = document.fields.get(quote.pointer)
        if field is None or not quote.text or field[quote.start : quote.end] != quote.text:
            return f"its quote does not stand at {quote.start}–{quote.end}"
    if isinstance(item, Observation):
        return "" if item.metric in ontology.metrics else f"the ontology has no metric {item.metric}"
    if isinstance(item, Remark):
        organisations = all(m.kind is MentionKind.ORGANISATION for m in (item.subject, *item.others))
        return "" if organisations else "a remark is about organisations alone"
    relation = ontology.relations.get(item.relation)
    if relation is None:
        return f"the ontology has no relation {item.relation}"
    if item.subject.kind is not relation.subject_kind or item.object.kind is not relation.object_kind:
        return f"{item.relation} does not join {item.subject.kind} and {item.object.kind}"
    return ""
