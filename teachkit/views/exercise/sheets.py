"""What opens while one works on an exercise: hints, and in the end the solution."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from teachkit.exercise_format.records import Exercise, Question
from teachkit.views.clean import clean_html
from teachkit.views.comparison import PairComparison
from teachkit.views.comparison.words import verdict_of_pair
from teachkit.views.latex import MATH_STYLE
from teachkit.views.markdown import inline_html
from teachkit.views.sheet import Sheet
from teachkit.views.text.wrapping import wrapped

STYLE = """
.tk-exercise { line-height: 1.45; max-width: 60rem; overflow-wrap: anywhere }
.tk-exercise .head { font-weight: 600; margin: .3rem 0 }
.tk-exercise pre { overflow-x: auto; border-left: 3px solid #8b95a5; margin: .4rem 0;
  padding: .3rem 0 .3rem .8rem; font-size: 13px; line-height: 1.4; white-space: pre }
.tk-exercise figure { margin: .6rem 0; overflow-x: auto }
.tk-exercise code { background: none; color: inherit; padding: 0 }
""" + MATH_STYLE.replace("math {", ".tk-exercise math {")

NO_MORE = "There are no more hints. What does the check say?"
NOT_YET = "The next hint opens after your next attempt, or in a minute."
ONE_MORE = "If it does not help: try, check, and ask for another one."


class HintSheet(Sheet):
    """The hints that are open. Made by `.hint()` of an exercise.

    Attributes:
        hints: those that are open, in Markdown.
        note: when the next one opens.
        is_new: whether the last one was opened just now.
    """

    def __init__(self, exercise: Exercise, opened: int, *, is_new: bool) -> None:
        self._exercise = exercise
        self.hints: tuple[str, ...] = exercise.hints[:opened]
        self.is_new = is_new
        self.note = _note(exercise, opened, is_new=is_new)

    @property
    def _title(self) -> str:
        return self._exercise.title

    @property
    def _head(self) -> str:
        return f"{len(self.hints)} of {len(self._exercise.hints)} hints"

    @cached_property
    def _piece(self) -> str:
        return piece(
            f'<p class="head">{self._head}</p>',
            f"<ol>{''.join(f'<li>{inline_html(one)}</li>' for one in self.hints)}</ol>",
            f"<p>{clean_html(self.note)}</p>",
        )

    def _words(self, width: int) -> str:
        lines = [f"{self._title}: {self._head}"]
        for number, hint in enumerate(self.hints, start=1):
            lines += wrapped(hint, width, f"{number}. ")
        return "\n".join([*lines, *wrapped(self.note, width)])


class SolutionSheet(Sheet):
    """A solution beside the student's own model. Made by `.solution()`.

    Attributes:
        code: the solution; empty where there is nothing to be written.
        comparison: of the student's model and the solution's, as `teachkit.compare`
            gives it; None where there are no two models.
    """

    def __init__(
        self, exercise: Exercise, code: str, comparison: PairComparison | None
    ) -> None:
        self._exercise = exercise
        # Of predictions, the answers say it better than a dict of them.
        self.code = "" if exercise.type == "predict" else code.strip("\n")
        self.comparison = comparison

    @property
    def _title(self) -> str:
        return self._exercise.title

    @cached_property
    def _piece(self) -> str:
        parts = ['<p class="head">A solution</p>']
        if self.code:
            parts.append(
                f'<pre tabindex="0"><code>{clean_html(self.code)}</code></pre>'
            )
        parts.append(_answers_html(self._exercise.questions))
        if self.comparison is not None:
            told = [f"<li>{clean_html(one)}</li>" for one in _differences(self)]
            parts += [
                f"<p>{clean_html(verdict_of_pair(self.comparison.finding))}</p>",
                f"<ol>{''.join(told)}</ol>" if told else "",
                f"<figure>{self.comparison.svg()}</figure>",
            ]
        return piece(*parts)

    def _words(self, width: int) -> str:
        lines = [f"{self._title}: a solution"]
        if self.code:
            lines += ["", self.code, ""]
        for question in self._exercise.questions:
            lines += wrapped(_answer(question), width)
        if self.comparison is not None:
            lines += wrapped(verdict_of_pair(self.comparison.finding), width)
            for number, told in enumerate(_differences(self), start=1):
                lines += wrapped(told, width, f"{number}. ")
        return "\n".join(lines)


def piece(*parts: str) -> str:
    """Return parts as one piece of HTML that brings its style along."""
    inside = "\n".join(filter(None, parts))
    return f'<div class="tk-exercise"><style>{STYLE}</style>\n{inside}\n</div>'


def _note(exercise: Exercise, opened: int, *, is_new: bool) -> str:
    if opened >= len(exercise.hints):
        return NO_MORE
    return ONE_MORE if is_new else NOT_YET


def _differences(sheet: SolutionSheet) -> Sequence[str]:
    found = sheet.comparison
    return () if found is None else [one.text for one in found.differences]


def _answers_html(questions: Iterable[Question]) -> str:
    items = "".join(f"<li>{inline_html(_answer(one, '**'))}</li>" for one in questions)
    return f"<ul>{items}</ul>" if items else ""


def _answer(question: Question, mark: str = "") -> str:
    why = f" {question.why}" if question.why else ""
    return f"{question.text} {mark}{_told(question)}{mark}.{why}"


def _told(question: Question) -> str:
    answer = question.answer
    if question.kind == "shape" and isinstance(answer, (list, tuple)):
        sizes = ["None" if size in {"None", None} else str(size) for size in answer]
        return f"({', '.join(sizes)}{',' if len(sizes) == 1 else ''})"
    if question.kind == "choices":
        return ", ".join(map(str, answer))
    # Where several are right, the first one is the author's own.
    first = answer[0] if isinstance(answer, (list, tuple)) and answer else answer
    if isinstance(first, int) and not isinstance(first, bool):
        return f"{first:,}"
    return str(first)
