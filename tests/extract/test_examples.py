"""The examples that the ontology's wordings carry, run against the rules alone."""

import pytest
from extracting import Saying, bare

from kg.ontology import Ontology
from kg.settings import Settings

_EXAMPLES = Ontology.load(Settings.from_environment({}).ontology).wordings.examples
POSITIVE = [line for yes, _ in _EXAMPLES.values() for line in yes]
NEGATIVE = [line for _, no in _EXAMPLES.values() for line in no]


def test_every_relation_has_examples(ontology: Ontology) -> None:
    assert set(ontology.relations) <= set(_EXAMPLES)
    assert all(yes and no for yes, no in _EXAMPLES.values())


@pytest.mark.parametrize("example", POSITIVE)
def test_positive(ruled: Saying, example: str) -> None:
    text, claim = example.rsplit(" | ", 1)
    assert claim in ruled.claims(text)


@pytest.mark.parametrize("example", NEGATIVE)
def test_negative(ruled: Saying, example: str) -> None:
    text, claim = example.rsplit(" | ", 1)
    assert claim not in {bare(line) for line in ruled.claims(text)}
