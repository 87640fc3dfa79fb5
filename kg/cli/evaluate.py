"""``kg eval``: extraction measured against gold claims."""

from pathlib import Path

import click

from kg.claims import to_record
from kg.cli.options import format_option, output_option, quiet_option, settings_for, store_option
from kg.cli.output import as_json, progress, remark, write
from kg.documents import Refusal, discover
from kg.evaluate import evaluate as measure
from kg.extract import Extractor
from kg.ontology import Ontology
from kg.pipeline import extracted
from kg.settings import Place


@click.command("eval", epilog="Example: kg eval tests/gold seeds")
@click.argument("gold", type=click.Path(path_type=Path), metavar="GOLD")
@click.argument("docs", type=click.Path(path_type=Path), metavar="DOCS")
@click.option(
    "--errors",
    type=click.IntRange(0),
    default=0,
    show_default=True,
    help="Also list that many misses and false claims.",
)
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=0.0,
    show_default=True,
    help="Leave out less certain claims.",
)
@click.option(
    "--aliases", type=click.Path(path_type=Path), metavar="FILE", help="Groups of names that mean one organisation."
)
@store_option
@format_option(("table", "json"), "table")
@output_option
@quiet_option
def evaluate(
    gold: Path,
    docs: Path,
    errors: int,
    min_confidence: float,
    aliases: Path | None,
    store: Place,
    format_: str,
    output: Path | None,
    quiet: bool,
) -> None:
    """Measure extraction against gold claims.

    GOLD holds *.gold.json files, DOCS the documents they annotate. Precision, recall and F1 are per document and claim.
    """
    settings = settings_for(store)
    ontology = Ontology.load(settings.ontology)
    refusals: list[Refusal] = []
    works = extracted(
        discover([docs]),
        Extractor(ontology),
        refusals,
        limit=settings.max_document_bytes,
        progress=progress(quiet=quiet),
    )
    records = [to_record(item, ontology) for work in works for item in work.items]
    outcome = measure(gold, docs, records, aliases=aliases, min_confidence=min_confidence)
    if refusals:
        remark(f"{len(refusals)} documents or records could not be read", quiet=quiet)
    lines = [*outcome.errors[:errors], *outcome.lines()]
    write(as_json(outcome.as_json()) if format_ == "json" else "".join(f"{line}\n" for line in lines), output)
