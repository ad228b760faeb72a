"""What an author has to mend, with file and line."""

from __future__ import annotations

from dataclasses import dataclass

from teachkit.exercise_format.records import Exercise


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """Something to mend in an exercise.

    Attributes:
        path, line: where it is.
        text: what is wrong there.
    """

    path: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.text}"


def fault(exercise: Exercise, line: int, text: str) -> Fault:
    """Return a fault of an exercise."""
    return Fault(exercise.path, line, text)
