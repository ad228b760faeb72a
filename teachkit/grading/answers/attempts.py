"""Whether an answer is more than what the student was given to begin with."""

from __future__ import annotations

import ast

from teachkit.exercise_format.records import PRELUDE, Exercise
from teachkit.grading.report import Message, Outcome, Report

BLANK = "____"
"""What stands in a `start` cell where the student is to write."""


def is_attempted(exercise: Exercise, code: str) -> bool:
    """Tell whether an answer is more than what the student began with.

    The imports and what the exercise gives may be in it once more. An answer with a
    blank left in it is not finished.
    """
    if BLANK in _without_comments(code):
        return False
    given = _statements(PRELUDE) + _statements(exercise.code("given"))
    own = [one for one in _statements(code) if one not in given]
    start = [one for one in _statements(exercise.code("start")) if one not in given]
    return own not in ([], start)


def not_attempted(exercise: Exercise) -> Report:
    """Return the report on an answer that nobody has begun."""
    names = " and ".join(f"`{name}`" for name in exercise.asks)
    message = Message(
        f"Nothing is there yet: no {names}, or still a blank.",
        "",
        "Read the prompt, fill in what is missing, run the cell, and check again.",
    )
    start = exercise.code("start")
    if _statements(start) and BLANK not in _without_comments(start):
        message = Message(
            "These are still the lines that you began with.",
            "",
            "Read the prompt, change what has to be changed, and check again.",
        )
    skipped = tuple(Outcome(c.name, "skipped", c.weight) for c in exercise.criteria)
    return Report(exercise.id, "not_attempted", skipped, message)


def _statements(code: str) -> list[str]:
    """Return the statements of code, without their layout and comments."""
    try:
        return [ast.dump(one) for one in ast.parse(code).body]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return [code]


def _without_comments(code: str) -> str:
    return "\n".join(line.split("#")[0] for line in code.splitlines())
