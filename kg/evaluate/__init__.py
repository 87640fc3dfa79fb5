"""How good the extraction is: claims against documents that people have annotated.

Everything is counted once for each document, however often the document says it. What the annotators marked as arguable
counts neither for nor against.
"""

from kg.evaluate.gold import GoldDocument, annotated, read_gold
from kg.evaluate.measure import evaluate
from kg.evaluate.scores import Evaluation, Score

__all__ = ["Evaluation", "GoldDocument", "Score", "annotated", "evaluate", "read_gold"]
