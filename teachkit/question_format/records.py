"""What a question of a lesson is, as plain data."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["prediction", "recall", "explain", "decide", "questionnaire"]
Entry = Literal["choice", "number", "sentence"]

_EXACT = 1e-9
"""Two numbers that differ by less, relative to the larger one, are the same."""


@dataclass(frozen=True, slots=True)
class Option:
    """Something that can be answered, and what is to be said about it.

    Attributes:
        say: what the learner reads and chooses; in one question no two are the same.
        value: what a computed result is if it agrees with this option.
        why: the explanation, in Markdown.
    """

    say: str
    value: Any
    why: str

    def agrees(self, result: Any, tolerance: float = 0.0) -> bool:
        """Tell whether a result says the same as this option.

        Example:
            >>> Option("4,225", 4225, "").agrees(4225.0)
            True
            >>> Option("yes", True, "").agrees(1)
            False
        """
        if isinstance(self.value, bool) or isinstance(result, bool):
            return self.value is result
        if isinstance(self.value, (int, float)) and isinstance(result, (int, float)):
            return math.isclose(self.value, result, rel_tol=max(tolerance, _EXACT))
        return bool(self.value == result)


@dataclass(frozen=True, slots=True)
class LessonQuestion:
    """A question of a lesson.

    Attributes:
        id: by which a lesson asks it.
        kind: `prediction` (before something is computed), `recall` (of lessons
            before), `explain` (why?), `decide`, or `questionnaire` (at the end).
        ask: the question, in Markdown.
        options: what can be chosen; of a number, what is foreseen.
        answer: the option that is right, or was when the lesson was written; None of a
            sentence.
        entry: whether one chooses, types a number, or writes a sentence.
        computed: whether the lesson computes the answer, with a second call.
        otherwise: said about a number that is not foreseen.
        model_answer: of a sentence, in Markdown.
        tolerance: of a number, relative to it.
        covers: the prediction of the curriculum that it is: `P1`.
        items: numbers of the items of the inventory that it treats.
        fights: misconceptions that it argues with: `M30`.
    """

    id: str
    kind: Kind
    ask: str
    options: tuple[Option, ...]
    answer: Option | None
    entry: Entry = "choice"
    computed: bool = False
    otherwise: str = ""
    model_answer: str = ""
    tolerance: float = 0.0
    covers: str = ""
    items: tuple[str, ...] = ()
    fights: tuple[str, ...] = ()

    def option_of(self, result: Any) -> Option | None:
        """Return the option that a result agrees with; None if there is none."""
        return next(
            (one for one in self.options if one.agrees(result, self.tolerance)), None
        )


@dataclass(frozen=True, slots=True)
class LessonQuestions:
    """The questions of one lesson, in its order.

    Attributes:
        lesson: its number, `02`.
        name: of its notebook and of its file of questions, without the ending.
        questions: all of them.
    """

    lesson: str
    name: str
    questions: tuple[LessonQuestion, ...]
