"""Exercises as they are written, one percent-script each, and as plain data."""

from __future__ import annotations

from teachkit.exercise_format.library import (
    exercise_files,
    exercises_folder,
    find_exercise,
    load_all,
)
from teachkit.exercise_format.parsing import parse_exercise
from teachkit.exercise_format.records import (
    PRELUDE,
    Cell,
    Criterion,
    Exercise,
    Question,
    WrongChoice,
)
from teachkit.exercise_format.variants import varied

__all__ = [
    "PRELUDE",
    "Cell",
    "Criterion",
    "Exercise",
    "Question",
    "WrongChoice",
    "exercise_files",
    "exercises_folder",
    "find_exercise",
    "load_all",
    "parse_exercise",
    "varied",
]
