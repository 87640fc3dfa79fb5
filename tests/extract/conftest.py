"""The real ontology and an extractor, made once for all tests of extraction."""

import pytest
from extracting import Saying

from kg.extract import Extractor
from kg.ontology import Ontology
from kg.settings import Settings


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    return Ontology.load(Settings.from_environment({}).ontology)


@pytest.fixture(scope="session")
def saying(ontology: Ontology, tmp_path_factory: pytest.TempPathFactory) -> Saying:
    """What a short text says, as lines such as ``tsmc outsourcesTo amkor``."""
    return Saying(Extractor(ontology), ontology, tmp_path_factory.mktemp("texts"))


@pytest.fixture(scope="session")
def ruled(ontology: Ontology, tmp_path_factory: pytest.TempPathFactory) -> Saying:
    """The same by the rules alone."""
    return Saying(Extractor(ontology, learned=False), ontology, tmp_path_factory.mktemp("ruled"))
