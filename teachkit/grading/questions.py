"""Predictions: what a student says will come out, beside what comes out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from teachkit.exercise_format.records import Exercise
from teachkit.grading.report import Outcome


def judge_questions(
    exercise: Exercise, names: Mapping[str, Any]
) -> tuple[Outcome, ...]:
    """Return one outcome for each question of an exercise."""
    return ()
