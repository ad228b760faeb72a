"""What a learner says to a question of a lesson, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from teachkit.errors import WrongTypeError, WrongValueError
from teachkit.practice.progress_file import Progress
from teachkit.question_format.records import LessonQuestion, Option

NO_IDEA = "no idea yet"
"""What can be said to every question: that, too, is an answer."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a lesson has computed.

    Attributes:
        option: the one that agrees with the result; None if none does.
        result: what was computed.
        details: facts beside it, in lines.
    """

    option: Option | None
    result: Any
    details: str = ""


class Asking:
    """One question while a kernel runs.

    Arguments:
        question: what is asked.
        progress: gives what is remembered of all questions.
    """

    def __init__(
        self, question: LessonQuestion, progress: Callable[[], Progress]
    ) -> None:
        self.question = question
        self._progress = progress
        self._said: str | None = None

    @property
    def said(self) -> str:
        """What the learner said, now or in a kernel before; empty for nothing."""
        if self._said is None:
            known = self._progress().questions().get(self.question.id)
            self._said = known.last if known else ""
        return self._said

    def commit(self, answer: str) -> None:
        """Take what the learner says.

        Arguments:
            answer: the words of an option, a number, a sentence, or `NO_IDEA`.

        Raises:
            WrongTypeError: this is no text.
            WrongValueError: no option says so, or this is no number.
        """
        self._said = checked_answer(self.question, answer)
        self._progress().add_said(self.question.id, self._said)

    def forget(self) -> None:
        """Ask again. What was said first stays in the file of progress."""
        self._said = ""

    def outcome(self, result: Any, details: str) -> Outcome:
        """Return what a computed result means for this question.

        Arguments:
            result: a bool, a number, or the value of an option; a number of NumPy, or
                an array of one number, as well.
            details: facts beside it.

        Raises:
            WrongTypeError: the result is something else.
        """
        plain = _plain(result)
        if not isinstance(plain, (bool, int, float, str)):
            raise WrongTypeError(
                f"a number, True, False or a word as result of '{self.question.id}'",
                f"a {type(result).__name__}",
                "pass one value, such as result=model.count_params()",
            )
        return Outcome(self.question.option_of(plain), plain, str(details).strip("\n"))


def checked_answer(question: LessonQuestion, answer: object) -> str:
    """Return an answer as it is remembered.

    Raises:
        WrongTypeError: this is no text and no number.
        WrongValueError: no option says so, or this is no number.
    """
    if isinstance(answer, bool) or not isinstance(answer, (str, int, float)):
        raise WrongTypeError(
            f"an answer to '{question.id}' as text",
            f"a {type(answer).__name__}",
            "pass the words of an option",
        )
    said = str(answer).strip()
    if said == NO_IDEA:
        return said
    if question.entry == "choice":
        return _chosen(question, said)
    if not said:
        raise WrongValueError("an answer", "none yet", "write one, then commit it")
    if question.entry == "number" and read_number(said) is None:
        raise WrongValueError(
            f"a number as answer to '{question.id}'", f"'{said}'", "write it in digits"
        )
    return said


def read_number(text: str) -> float | None:
    """Return the number that somebody has typed; None if it is none.

    Example:
        >>> read_number("411,050,048"), read_number("4e8"), read_number("many")
        (411050048.0, 400000000.0, None)
    """
    try:
        return float(text.replace(",", "").replace(" ", "").replace("_", ""))
    except ValueError:
        return None


def _chosen(question: LessonQuestion, said: str) -> str:
    letters = {chr(ord("a") + k): one.say for k, one in enumerate(question.options)}
    found = letters.get(said.strip("()"), said)
    if found not in letters.values():
        known = ", ".join(f"({key}) {say}" for key, say in letters.items())
        raise WrongValueError(
            f"one of the options of '{question.id}'",
            f"'{said}'",
            f"choose among {known}",
        )
    return found


def _plain(result: Any) -> Any:
    """Return a number of NumPy, or an array of one number, as one of Python."""
    if getattr(result, "size", None) == 1 and hasattr(result, "item"):
        return result.item()
    return result
