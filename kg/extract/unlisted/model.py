"""The linear model of a name: weights of hashed features and the ordinary words of the training texts."""

import zlib
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from kg.errors import OntologyError

_FAULTS = (OSError, ValueError, KeyError, TypeError, AttributeError, EOFError, BadZipFile, zlib.error)


@dataclass(frozen=True)
class NameModel:
    """Weights of hashed features.

    Attributes:
        hashes: the features that have weights, ascending.
        weights: one for each feature.
        bias: added to their sum, an array of one.
        ordinary: hashes of words that texts write in small letters, ascending.
    """

    hashes: NDArray[np.uint32]
    weights: NDArray[np.float16]
    bias: NDArray[np.float32]
    ordinary: NDArray[np.uint32]

    def save(self, path: Path) -> None:
        """Write the weights, compressed; the same weights give the same bytes."""
        np.savez_compressed(path, hashes=self.hashes, weights=self.weights, bias=self.bias, ordinary=self.ordinary)

    @classmethod
    def load(cls, path: Path) -> "NameModel":
        """Read the weights.

        Raises:
            OntologyError: the file is missing or malformed.
        """
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
                model = cls(*(arrays[name] for name in ("hashes", "weights", "bias", "ordinary")))
        except _FAULTS as error:
            raise _malformed(path, str(error)) from error
        kinds = [f"{a.dtype} {a.ndim}" for a in (model.hashes, model.weights, model.bias, model.ordinary)]
        if kinds != ["uint32 1", "float16 1", "float32 1", "uint32 1"]:
            raise _malformed(path, "its arrays are of other kinds")
        if model.weights.shape != model.hashes.shape or model.bias.shape != (1,):
            raise _malformed(path, "its arrays do not fit each other")
        if any((numbers[1:] <= numbers[:-1]).any() for numbers in (model.hashes, model.ordinary)):
            raise _malformed(path, "its features or words are out of order")
        if not (np.isfinite(model.weights).all() and np.isfinite(model.bias).all()):
            raise _malformed(path, "its weights are no numbers")
        return model


def _malformed(path: Path, detail: str) -> OntologyError:
    line = " ".join(detail.split())
    return OntologyError(
        f"{path} is no model of names: {line}; restore the file or train it anew with `python -m kg.training`"
    )
