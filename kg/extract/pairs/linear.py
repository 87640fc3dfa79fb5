"""The linear model of a pair: one score (log odds) for each relation and direction, with numpy alone."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from kg.errors import OntologyError
from kg.extract.pairs.vocabulary import Vocabulary, name_of
from kg.ontology import Ontology

_FAULTS = (OSError, ValueError, KeyError, TypeError, AttributeError, EOFError, BadZipFile, zlib.error)


@dataclass(frozen=True)
class LinearModel:
    """Weights of hashed features.

    Attributes:
        vocabulary: the classes.
        hashes: the features that have weights, ascending.
        weights: a row for each feature, a column for each class.
        bias: one for each class.
    """

    vocabulary: Vocabulary
    hashes: NDArray[np.uint32]
    weights: NDArray[np.float16]
    bias: NDArray[np.float32]

    def scores(self, rows: Sequence[Sequence[int]]) -> NDArray[np.float64]:
        """The log odds of each class for each row of features."""
        out = np.zeros((len(rows), len(self.bias)))
        for number, row in enumerate(rows):
            known = self._known(row)
            out[number] = self.bias
            if len(known):
                out[number] += self.weights[known].astype(np.float64).sum(0) / np.sqrt(len(known))
        return out

    def _known(self, row: Sequence[int]) -> NDArray[np.intp]:
        wanted = np.asarray(row, np.uint32)
        places = np.searchsorted(self.hashes, wanted)
        inside = places < len(self.hashes)
        wanted, places = wanted[inside], places[inside]
        known: NDArray[np.intp] = places[self.hashes[places] == wanted]
        return known

    def save(self, path: Path) -> None:
        """Write the weights, compressed; the same weights give the same bytes."""
        classes = np.array([name_of(c) for c in self.vocabulary.classes])
        np.savez_compressed(path, classes=classes, hashes=self.hashes, weights=self.weights, bias=self.bias)

    @classmethod
    def load(cls, path: Path, ontology: Ontology) -> "LinearModel":
        """Read the weights.

        Raises:
            OntologyError: the file is missing or malformed, or a class is not the ontology's.
        """
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
                names = [str(name) for name in arrays["classes"]]
                hashes, weights, bias = arrays["hashes"], arrays["weights"], arrays["bias"]
        except _FAULTS as error:
            raise malformed(path, str(error)) from error
        if hashes.ndim != 1 or weights.shape != (len(hashes), len(names)) or bias.shape != (len(names),):
            raise malformed(path, "its arrays do not fit each other")
        if (hashes[1:] <= hashes[:-1]).any() or not (np.isfinite(weights).all() and np.isfinite(bias).all()):
            raise malformed(path, "its features are out of order or its weights are no numbers")
        return cls(Vocabulary.known_to(ontology, names), hashes, weights, bias)


def malformed(path: Path, detail: str) -> OntologyError:
    """The error of a model's file that cannot be used."""
    line = " ".join(detail.split())
    return OntologyError(
        f"{path} is no model of pairs: {line}; restore the file or train it anew with `python -m kg.training`"
    )
