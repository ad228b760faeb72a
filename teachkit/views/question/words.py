"""A question of a lesson in words: the same in text, in HTML and in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from teachkit.practice.asking import Outcome
from teachkit.question_format.records import LessonQuestion, Option

LEADS = {
    "prediction": "Predict",
    "recall": "Recall",
    "explain": "Explain",
    "decide": "Decide",
    "questionnaire": "Question",
}
"""What stands before a question, by its kind."""

FIELDS = {"number": "Your number", "sentence": "Your sentence"}
"""What a field for an answer is called."""

SURPRISE = "Not what you said? Say in one sentence what made the difference."
OTHER_KERAS = (
    "When this lesson was written, it came out as “{}”. Believe what was computed here."
)
MODEL_ANSWER = "A possible answer"


@dataclass(frozen=True, slots=True)
class Explained:
    """An option with its letter and what is said about it.

    Attributes:
        letter: `a` for the first one; empty where nothing is chosen from.
        option: what it is.
        is_right: whether the result, or the author, says the same.
    """

    letter: str
    option: Option
    is_right: bool

    @property
    def name(self) -> str:
        """The option as it is listed: `(a) exactly equal`."""
        lead = f"({self.letter}) " if self.letter else ""
        return f"{lead}{self.option.say}"


def explained(question: LessonQuestion, right: Option | None) -> Iterator[Explained]:
    """Yield the options with what is said about each."""
    for number, option in enumerate(question.options):
        letter = chr(ord("a") + number) if question.entry == "choice" else ""
        yield Explained(letter, option, option is right)


def found_words(outcome: Outcome) -> str:
    """Return what was computed, as an option says it, or as it is."""
    if outcome.option is not None:
        return outcome.option.say
    result = outcome.result
    if isinstance(result, bool):
        return "yes" if result else "no"
    if isinstance(result, int):
        return f"{result:,}"
    return f"{result:.4g}" if isinstance(result, float) else str(result)


def doubt(question: LessonQuestion, outcome: Outcome) -> str:
    """Return what to say where Keras does not do what it did when this was written."""
    if question.answer is None or outcome.option == question.answer:
        return ""
    return OTHER_KERAS.format(question.answer.say)
