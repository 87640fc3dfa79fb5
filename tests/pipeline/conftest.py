"""Pipelines that load the ontology and the extractor once."""

from pathlib import Path

import pytest

from kg.extract import Extractor
from kg.ontology import Ontology
from kg.pipeline import building, change
from kg.settings import Settings


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    return Ontology.load(Settings.from_environment({}).ontology)


@pytest.fixture(scope="session")
def extractor(ontology: Ontology) -> Extractor:
    return Extractor(ontology)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch, ontology: Ontology, extractor: Extractor) -> None:
    """Builds and changes use the ontology and the extractor that are there."""
    monkeypatch.setattr(Ontology, "load", lambda _: ontology)
    monkeypatch.setattr(building, "Extractor", lambda _: extractor)
    monkeypatch.setattr(change, "Extractor", lambda _: extractor)


@pytest.fixture
def place(tmp_path: Path) -> Settings:
    """Settings with a store that is not there yet."""
    return Settings(ontology=Settings.from_environment({}).ontology, store=tmp_path / "out" / "store")
