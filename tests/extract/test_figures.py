"""Figures: value, unit, period, and whose they are."""

import pytest
from extracting import Saying

from kg.extract.numbers import numbers, period_near

GIVES = [
    ("ASE's capex will reach $8.5 billion in 2026.", ("ase", "capex", 8.5e9, "USD", "2026")),
    ("TSMC's CoWoS capacity is 75,000 wafers per month.", ("tsmc", "capacity", 75000.0, "wafers/month", "")),
    ("Advantest holds 58% of the market.", ("advantest", "share", 58.0, "percent", "")),
    ("Amkor reported Q1 2026 revenue of $1.5 billion.", ("amkor", "revenue", 1.5e9, "USD", "2026-Q1")),
    ("In memory, Micron is behind SK Hynix (62% share).", ("sk-hynix", "share", 62.0, "percent", "")),
    ("Rivals drove Nvidia's market share from 95%.", ("nvidia", "share", 95.0, "percent", "")),
]


@pytest.mark.parametrize(("text", "figure"), GIVES)
def test_gives(saying: Saying, text: str, figure: tuple[str, str, float, str, str]) -> None:
    assert figure in saying.figures(text)


NOTHING = [
    "Amkor's revenue grew 12% year on year.",
    "Amkor shipped HBM3E 12-high chips.",
    "Dell ships RTX PRO 6000 GPUs.",
    "NVIDIA posted net income of $72.9 billion.",
    "Sales of die bonders, among them those of BESI, are forecast at $1.5 billion.",
    "NVIDIA reserved 60% of 1M wafers made worldwide; Amkor helps.",
]


@pytest.mark.parametrize("text", NOTHING)
def test_gives_no_sum_or_count(saying: Saying, text: str) -> None:
    assert not {f for f in saying.figures(text) if f[1] != "share"}


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("40-50%", [(40.0, "percent"), (50.0, "percent")]),
        ("$300-400m", [(3e8, "USD"), (4e8, "USD")]),
        ("nt$5 billion", [(5e9, "TWD")]),
        ("25,000 wafers per month", [(25000.0, "wafers/month")]),
        ("3,000 employees", [(3000.0, "people")]),
        ("200 mm wafers", []),
        ("$12", []),
    ],
)
def test_numbers(text: str, values: list[tuple[float, str]]) -> None:
    assert [(n.value, n.unit) for n in numbers(text)] == values


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("$5 billion in 2026", "2026"),
        ("$5 billion between 2022-2023", "2022–2023"),
        ("$5 billion (2025-08-27)", "2025"),
        ("$5 billion in q2 fy2026", "FY2026-Q2"),
        ("$5 billion in the first quarter of 2026", "2026-Q1"),
        ("$5 billion", ""),
    ],
)
def test_periods(text: str, period: str) -> None:
    assert period_near(text, numbers(text)[0]) == period


TABLE = """# Amkor Technology

| Item | 2024 | 2025 |
|---|---|---|
| Revenue (US$ bn) | 6.3 | 6.9 |
| Share (%) | 14 | 15 |
"""


def test_a_unit_in_the_label_is_the_unit_of_its_row(saying: Saying) -> None:
    figures = saying.figures(TABLE)
    assert ("amkor", "revenue", 6.3e9, "USD", "2024") in figures
    assert ("amkor", "revenue", 6.9e9, "USD", "2025") in figures
    assert ("amkor", "share", 15.0, "percent", "2025") in figures


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("Amkor did not report revenue of $6 billion in 2024.", True),
        ("Amkor reported revenue of $6 billion in 2024 and does not use Samsung.", False),
    ],
)
def test_a_denied_figure_is_negated(saying: Saying, text: str, negated: bool) -> None:
    (figure,) = saying.extraction(text).observations
    assert (figure.polarity == "negated") is negated


def test_an_absurd_figure_is_no_figure(saying: Saying) -> None:
    assert not saying.figures(f"Amkor revenue was ${'9' * 400} million in 2025.")
