"""Trains the models of names and of pairs (``kg/extract/pairs/model``) from annotated documents, measures the latter.

``python -m kg.training CORPUS... OUT``; needs scikit-learn and SciPy (``pip install "semipack[train]"``). What it
writes needs NumPy alone. ``python -m kg.training.corpora`` gets a corpus whose documents are told by reference.
"""

from kg.training.corpus import Annotated, Corpus
from kg.training.fit import train

__all__ = ["Annotated", "Corpus", "train"]
