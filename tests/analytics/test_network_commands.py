"""The commands over the network, as a user runs them on the store of the repository's documents."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli.main import cli
from kg.errors import QueryError, UnknownEntityError, UsageError


def kg(store: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, [*arguments, "--store", str(store)], catch_exceptions=True)


def test_the_same_answer_is_text_and_json(seeds_folder: Path, tmp_path: Path) -> None:
    told = kg(seeds_folder, "path", "NVIDIA", "Amkor", "--k", "1")
    assert told.exit_code == 0, told.output
    assert told.output.startswith("NVIDIA depends on Amkor Technology by one chain (asserted or reported)\n")
    file = tmp_path / "path.json"
    assert kg(seeds_folder, "path", "NVIDIA", "Amkor", "--k", "1", "--format", "json", "-o", str(file)).exit_code == 0
    (chain,) = json.loads(file.read_text("utf-8"))["paths"]
    evidence = chain["hops"][0]["evidence"][0]
    assert f"({evidence['claim']})" in told.output and evidence["document"] in told.output


def test_an_impact_and_chokepoints_are_told(seeds_folder: Path) -> None:
    impact = kg(seeds_folder, "impact", "CoWoS", "--levels", "1")
    assert impact.exit_code == 0 and "TSMC → CoWoS (strength " in impact.output
    rule = kg(seeds_folder, "impact", "China", "--export-rule")
    assert rule.output.startswith("If nothing may be supplied any more to sites in China")
    chokepoints = kg(seeds_folder, "chokepoints", "--most", "1", "--relation", "outsources to")
    assert chokepoints.exit_code == 0
    assert "1. Amkor Technology: " in chokepoints.output
    assert "no evidence that there is no other" in " ".join(chokepoints.output.split())


@pytest.mark.parametrize(
    ("arguments", "error", "told"),
    [
        (("path", "NVIDA", "Amkor"), UnknownEntityError, "did you mean NVIDIA"),
        (("path", "Amkor", "amkor"), UsageError, "are the same"),
        (("path", "NVIDIA", "Amkor", "--relation", "outsourceTo"), QueryError, "did you mean outsourcesTo"),
        (("impact", "Amkor", "--export-rule"), UsageError, "Amkor Technology is no place"),
        (("chokepoints", "--since", "2026-13-45"), QueryError, "'2026-13-45' is no date"),
        (("chokepoints", "--until", "2025-99"), QueryError, "'2025-99' is no date"),
        (
            ("chokepoints", "--since", "2026-03", "--until", "2025"),
            QueryError,
            "No date is since 2026-03 and until 2025",
        ),
        (
            ("timeline", "ASE", "--relation", "outsourcesTo", "--without", "outsources to"),
            QueryError,
            "asked for and left",
        ),
        (("compare", "ASE", "ASE Technology Holding"), UsageError, "Both names mean ASE"),
        (("unknowns", "BESI", "BESI"), UsageError, "Both names mean"),
        (("chokepoints", "--since", "yesterday"), QueryError, "is no date"),
        (("impact", "CoWoS", "--source", "nothing.txt"), QueryError, "No document is named 'nothing.txt'"),
    ],
)
def test_a_mistake_is_told_with_its_cure(
    seeds_folder: Path, arguments: tuple[str, ...], error: type[Exception], told: str
) -> None:
    outcome = kg(seeds_folder, *arguments)
    assert isinstance(outcome.exception, error)
    assert told in str(outcome.exception)
