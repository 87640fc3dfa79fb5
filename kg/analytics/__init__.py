"""Answers over the network of claims, each with the quotes it rests on: one module and one frozen result each."""

from kg.analytics.answer import as_json
from kg.analytics.evidence import Evidence, evidence_for, evidence_of, undated_documents
from kg.analytics.scope import FIRM, Scope, read_scope

__all__ = [
    "FIRM",
    "Evidence",
    "Scope",
    "as_json",
    "evidence_for",
    "evidence_of",
    "read_scope",
    "undated_documents",
]
