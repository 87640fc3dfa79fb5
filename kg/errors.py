"""The errors that semipack expects; the command line prints each as one line.

The tree::

    KgError                  anything a user can cause and cure
    ├── DocumentError        a document cannot be read: missing, empty, binary, broken encoding, broken JSON
    ├── OntologyError        a file of the ontology is missing, malformed or contradicts another
    ├── ClaimError           a claim does not hold: quote not in its source, types that do not fit, malformed line
    ├── JudgementError       a line of judgements.jsonl cannot be applied
    ├── StoreError           no store there, a store of another version, or one that another process is writing
    ├── QueryError           a query that does not parse, a query name or parameter that does not exist
    │   ├── RefusedQueryError    one that is well formed and not allowed: it would call another machine
    │   └── EvaluationError      one that is well formed and cannot be worked out: it uses a function that is not there
    ├── UnknownEntityError   no entity has that name
    ├── ExportError          an export that cannot be written
    └── UsageError           options that do not fit together

Every message names the thing and the cure.
"""


class KgError(Exception):
    """Base of every error that semipack expects; its text is one line for the user."""


class DocumentError(KgError):
    """A document cannot be read."""


class OntologyError(KgError):
    """A file of the ontology is missing, malformed or contradicts another."""


class ClaimError(KgError):
    """A claim does not hold: its quote is not in the source, its types do not fit, or its line is malformed."""


class JudgementError(KgError):
    """A line of the judgements file cannot be applied."""


class StoreError(KgError):
    """There is no store, it is of another version, or another process is writing it."""


class QueryError(KgError):
    """A query does not parse, or the catalogue has no such query or parameter."""


class RefusedQueryError(QueryError):
    """A query or update is well formed and not allowed, since it would reach outside the store."""


class EvaluationError(QueryError):
    """A query or update is well formed and cannot be worked out."""


class UnknownEntityError(KgError):
    """No entity of the store has that name."""


class ExportError(KgError):
    """An export cannot be written."""


class UsageError(KgError):
    """Options or arguments do not fit together."""
