"""Questions of lessons: an answer first, then what is so."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from teachkit.api.remembering import remembered
from teachkit.errors import WrongValueError

if TYPE_CHECKING:
    from teachkit.practice.asking import Asking
    from teachkit.views.question import QuestionSheet

_ASKINGS: dict[tuple[str, str], Asking] = {}
"""What was said to each question since the kernel started."""

_NOTHING = object()
"""That no result was given; None could be one by mistake."""


def ask(
    question: str,
    *,
    result: Any = _NOTHING,
    details: str = "",
    source: str | Path | None = None,
) -> QuestionSheet:
    """Ask a question of a lesson, or show its answer beside what was said.

    A prediction takes two calls: the first asks; the second, in the next cell, gives
    the computed `result`, which a notebook shows once an answer is committed. Without
    a browser nothing waits: a notebook runs from top to bottom. Nobody marks answers.

    Arguments:
        question: its id.
        result: what the lesson has computed: a number, True or False, or a word that
            an option of the question has as its value.
        details: facts beside the result, in lines of text.
        source: a TOML file with questions of your own; by default those of teachkit's
            lessons.

    Returns:
        The question, which displays itself in a notebook; `.text` has it in words.

    Raises:
        TeachkitError: there is no such question, the file is broken, or this result
            can be no answer.

    Example:
        >>> print(ask("weights-before-call").text.splitlines()[0])
        Predict:
    """
    from teachkit.views.question import QuestionSheet, RevealSheet  # noqa: PLC0415 - loads anywidget: only when it is needed, so that the import is quick

    asking = _asking(question, source)
    if result is not _NOTHING and asking.question.computed:
        return RevealSheet(asking, asking.outcome(result, details))
    if result is not _NOTHING or details:
        raise WrongValueError(
            "a result for a question whose answer is computed, and details beside it",
            f"'{question}', with "
            + ("details alone" if details and result is _NOTHING else f"{result!r}"),
            "pass result= as well, or write computed = true in its file",
        )
    return QuestionSheet(asking)


def _asking(question: str, source: str | Path | None) -> Asking:
    """Return what is asked, the same one as long as the kernel runs."""
    from teachkit.practice.asking import Asking  # noqa: PLC0415 - reads files and loads msgspec: only when it is needed, so that the import is quick
    from teachkit.question_format import find_question  # noqa: PLC0415 - reads files and loads msgspec: only when it is needed, so that the import is quick

    found = find_question(question, source)
    key = (str(source or ""), found.id)
    known = _ASKINGS.get(key)
    if known is None or known.question != found:
        known = _ASKINGS[key] = Asking(found, remembered)
    return known
