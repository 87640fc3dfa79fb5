"""What building and changing a store tell of what they did."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.documents import Refusal
from kg.errors import KgError
from kg.graph import fact_of, is_fact
from kg.model import Claim, Document, Observation, Remark
from kg.resolve import Linker
from kg.store import Push, label_files

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many are done and how many there are."""


@dataclass(frozen=True, slots=True)
class Work:
    """A document and what was extracted from it.

    Attributes:
        document: the document.
        path: its file.
        claims: its claims, after the users' judgements.
        observations: its figures, after the users' judgements.
        remarks: its remarks, after the users' judgements.
        refused: what the check held back, a line each.
    """

    document: Document
    path: Path
    claims: tuple[Claim, ...]
    observations: tuple[Observation, ...]
    remarks: tuple[Remark, ...]
    refused: tuple[str, ...]

    @property
    def items(self) -> Iterator[Claim | Observation | Remark]:
        """Its claims, then its observations, then its remarks."""
        yield from self.claims
        yield from self.observations
        yield from self.remarks


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A line of a summary: a document's name and title and how much it gave.

    Where documents share a name, it is the file as seen from the folder that holds all files that were read.
    """

    name: str
    title: str
    claims: int
    observations: int
    facts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What was read and what came of it.

    Attributes:
        documents: a row for each document that was stored, in the order in which they were read.
        refusals: documents, records and claims that were refused, with the reasons.
        missing: names of the paths that were asked for and do not exist or hold no document.
        refused_claims: how many of the refusals are of claims, not of documents or records.
    """

    documents: tuple[DocumentRow, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    missing: tuple[str, ...] = ()
    refused_claims: int = 0

    @property
    def claims(self) -> int:
        """Number of claims."""
        return sum(row.claims for row in self.documents)

    @property
    def observations(self) -> int:
        """Number of figures."""
        return sum(row.observations for row in self.documents)

    @property
    def facts(self) -> int:
        """Number of facts, each counted once for every document that supports it."""
        return sum(row.facts for row in self.documents)


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport(Summary):
    """What a build did.

    Attributes:
        entities: number of entities that claims and figures are about.
        conflicts: number of conflicts.
        unused_judgements: number of judgements on claims that none of the documents gives.
        exports: the files written beside the store.
        resumed: how many of the documents an earlier, killed build had extracted already.
        pushed: what was loaded onto the server; None for a store in a folder.
    """

    entities: int
    conflicts: int
    unused_judgements: int
    exports: tuple[Path, ...] = ()
    resumed: int = 0
    pushed: Push | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddReport(Summary):
    """What adding documents did.

    Attributes:
        replaced: how many of the documents took the place of an older state of theirs.
        present: how many documents were in the store already and were left alone.
        dropped: how many documents went because their file has them no more.
        outdated: whether the ontology, the judgements or the program have changed since the store was built, so that
            its older documents are not as a build would now make them.
    """

    replaced: int = 0
    present: int = 0
    dropped: int = 0
    outdated: bool = False


def refused(document: Document, error: KgError) -> Refusal:
    """The refusal of a document that an expected error kept out."""
    return Refusal(document.name, f"{document.name} cannot be built: {error}")


def rows_of(works: Iterable[Work], linker: Linker) -> tuple[DocumentRow, ...]:
    """A row for each document."""
    stored = list(works)
    labels = label_files({work.document.id: (work.document.name, work.path) for work in stored})
    return tuple(_row(work, labels, linker) for work in stored)


def _row(work: Work, labels: Mapping[str, str], linker: Linker) -> DocumentRow:
    facts = {fact_of(claim, linker) for claim in work.claims if is_fact(claim)}
    document = work.document
    return DocumentRow(
        labels[document.id], document.metadata.title, len(work.claims), len(work.observations), len(facts)
    )
