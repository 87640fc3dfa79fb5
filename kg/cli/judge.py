"""``kg judge``: what a reader knows better than the extractor."""

import re
from collections.abc import Sequence
from pathlib import Path

import click

from kg.cli.options import format_option, output_option, quiet_option, settings_for, store_option
from kg.cli.output import as_json, counted, remark, write
from kg.errors import JudgementError, UsageError
from kg.export.files import atomic
from kg.query import align, visible
from kg.resolve import Judgement, append_judgement, read_judgements
from kg.resolve.judgements import NAMES
from kg.resolve.normalise import short_form
from kg.settings import Place
from kg.store import Store, check_store, judgements_of, open_store, select, values_text
from kg.terms import CLAIM, OBSERVATION, REMARK

_ID = re.compile(r"[0-9a-f]{16}")
# Every name by which claims, figures and the graph of entities know an organisation.
_NAMES = """
SELECT DISTINCT ?name {
  { VALUES ?property { sp:subjectName sp:objectName sp:subjectText sp:objectText sp:viaName } ?node ?property ?name }
  UNION
  { VALUES ?property { skos:prefLabel skos:altLabel sp:ambiguousLabel } GRAPH graph:entities { ?node ?property ?name } }
}
"""


@click.command(epilog='Example: kg judge same "TongFu" "Tongfu Microelectronics"')
@click.argument("kind", type=click.Choice(["same", "different", "accept", "reject", "list", "drop"]))
@click.argument("what", nargs=-1, metavar="[NAME NAME... | CLAIM... | NUMBER]")
@click.option("--note", default="", help="Why.")
@store_option
@format_option(("table", "json"), "table")
@output_option
@quiet_option
def judge(
    kind: str, what: tuple[str, ...], note: str, store: Place, format_: str, output: Path | None, quiet: bool
) -> None:
    """Correct names and claims; kept across builds.

    same and different take names. Of names that are the same, the one that the registry knows survives, else the
    first; of names that are different, the registry's label keeps what it stands for, else the first. accept and
    reject take ids of claims, figures or remarks, as `kg show` gives them. list shows the judgements with their
    numbers, and drop takes such a number and removes that judgement.

    The judgements are kept in the store's folder, or in the file that KG_JUDGEMENTS names, and applied by the next
    `kg build`.
    """
    check_store(store)
    path = _file(store)
    if kind == "list":
        _list(path, what, format_, output)
        return
    if kind == "drop":
        _drop(path, what)
        remark("Dropped; run `kg build` to apply it", quiet=quiet)
        return
    if not what:
        raise UsageError(f"{kind} needs {'two names' if kind in NAMES else 'the id of a claim'}; see `kg judge --help`")
    for line in _keep(store, kind, what, note):
        remark(line, quiet=quiet)
    remark(f"Kept in {path}; run `kg build` to apply it", quiet=quiet)


def _file(store: Place) -> Path:
    path = judgements_of(settings_for(store))
    if path is None:
        told = "A store on a server keeps no judgements; set KG_JUDGEMENTS to a file for them"
        raise UsageError(f"{told}, and `kg build` and `kg add` will go by it")
    return path


def _keep(store: Place, kind: str, what: tuple[str, ...], note: str) -> list[str]:
    """Appends the judgements; gives remarks about names that the store does not hold."""
    path = _file(store)
    if kind in NAMES:
        append_judgement(path, Judgement(kind, names=what, note=note))
        with open_store(store) as opened:
            known = {short_form(row["name"]) for row in select(opened, _NAMES)}
        unknown = [visible(name) for name in what if short_form(name) not in known]
        return [f"“{name}” occurs nowhere in the store; kept all the same" for name in unknown]
    # A rejected claim is no longer in the store, but may be accepted again.
    judged = {row.claim for row in read_judgements(path).rows}
    with open_store(store) as opened:
        for claim in what:
            if claim not in judged and not _holds(opened, claim):
                told = f"No claim, figure or remark of the store has the id {claim!r}; `kg show NAME` gives the ids"
                raise JudgementError(told)
    for claim in what:
        append_judgement(path, Judgement(kind, claim=claim, note=note))
    return []


def _holds(store: Store, claim: str) -> bool:
    if not _ID.fullmatch(claim):
        return False
    nodes = values_text([(CLAIM[claim],), (OBSERVATION[claim],), (REMARK[claim],)])
    return bool(select(store, f"SELECT ?kind {{ VALUES (?node) {{ {nodes} }} ?node a ?kind }} LIMIT 1"))


def _list(path: Path, what: Sequence[str], format_: str, output: Path | None) -> None:
    if what:
        raise UsageError("list takes nothing behind it; it shows all judgements")
    rows = read_judgements(path).rows
    if format_ == "json":
        kept = [
            {"number": n, "judgement": row.kind, "about": list(row.names) or [row.claim], "note": row.note}
            for n, row in enumerate(rows, 1)
        ]
        write(as_json(kept), output)
        return
    table = [
        (str(n), row.kind, visible(" = ".join(row.names) if row.kind == "same" else _about(row)), visible(row.note))
        for n, row in enumerate(rows, 1)
    ]
    heads = ("number", "judgement", "about", "note")
    write(align(heads, table, numeric=(True, False, False, False)), output)


def _about(row: Judgement) -> str:
    return " ≠ ".join(row.names) or row.claim


def _drop(path: Path, what: Sequence[str]) -> None:
    if len(what) != 1 or not what[0].isdecimal():
        raise UsageError("drop takes one number; `kg judge list` gives the numbers")
    count = len(read_judgements(path).rows)
    number = int(what[0])
    if not 1 <= number <= count:
        raise JudgementError(f"There is no judgement {number} among {counted(count, 'judgement')}; see `kg judge list`")
    lines = [line for line in path.read_text("utf-8").splitlines() if line.strip()]
    del lines[number - 1]
    with atomic(path) as file:
        file.write("".join(f"{line}\n" for line in lines).encode("utf-8"))
