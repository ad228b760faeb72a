"""The list of all exercises."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from teachkit.exercise_authoring.columns import table
from teachkit.exercise_format.records import Exercise

_HEADS = ("lesson", "number", "id", "title", "level", "type")


def as_data(exercise: Exercise) -> dict[str, Any]:
    """Return what the list tells of an exercise, as JSON values."""
    return {head: getattr(exercise, head) for head in _HEADS}


def as_text(exercises: Sequence[Exercise]) -> str:
    """Return one line for each exercise."""
    rows = [[str(value) for value in as_data(one).values()] for one in exercises]
    return table(_HEADS, rows)
