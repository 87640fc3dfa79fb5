"""Where what was read disagrees, and what a later document settled; a module for each kind of conflict."""

from kg.graph.conflicts.allocation import Allocation
from kg.graph.conflicts.parent import Ownership
from kg.graph.conflicts.polarity import Stance, polarity_conflicts
from kg.graph.conflicts.sayings import (
    Sayings,
    conflict_quads,
    conflicts_among,
    joined_by,
    joining,
    owning,
    stance_of,
)
from kg.graph.conflicts.superlative import Standing
from kg.graph.conflicts.value import value_conflicts

__all__ = [
    "Allocation",
    "Ownership",
    "Sayings",
    "Stance",
    "Standing",
    "conflict_quads",
    "conflicts_among",
    "joined_by",
    "joining",
    "owning",
    "polarity_conflicts",
    "stance_of",
    "value_conflicts",
]
