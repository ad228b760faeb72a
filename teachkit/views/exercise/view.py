"""What `teachkit.exercise` returns: a task, checks, hints, and then a solution."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import Any

from teachkit.comparison.of_pair.pair import compare_pair
from teachkit.errors import TeachkitError
from teachkit.exercise_format.records import Exercise
from teachkit.grading.student_code.running_code import reference_names
from teachkit.keras_reader import record_model
from teachkit.practice.checking import models_of
from teachkit.practice.sessions import Session
from teachkit.practice.untouched_kernel import kernel_kept
from teachkit.views.comparison import PairComparison
from teachkit.views.exercise.page import Asked, exercise_html, exercise_text
from teachkit.views.exercise.picture import picture_of
from teachkit.views.exercise.sheets import HintSheet, SolutionSheet
from teachkit.views.exercise.widget import ExerciseWidget
from teachkit.views.html_page import page
from teachkit.views.report import AnswerReport
from teachkit.views.sheet import Sheet
from teachkit.views.source_text import SourceCode
from teachkit.views.widget.standalone import alone

_SIDES = ("your answer", "the solution")


class ExerciseSheet(Sheet):
    """An exercise. Made by `teachkit.exercise`.

    A notebook shows the task with buttons; all that they do can be written as well.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    @property
    def id(self) -> str:
        """The name of the exercise: `siamese-digits`."""
        return self._exercise.id

    @property
    def title(self) -> str:
        """What it is called."""
        return self._exercise.title

    @property
    def prompt(self) -> str:
        """What is asked, in Markdown."""
        return self._exercise.prompt

    def check(self, answer: Any = None) -> AnswerReport:
        """Judge an answer. Nothing in the notebook is changed by that.

        Arguments:
            answer: what is asked: a model, a function, a dict of several things by
                their names; the numbers of lines, `[3, 1, 2]`; predictions,
                `{"total": 4225}`. By default what the notebook has under the names
                that are asked for.

        Raises:
            TeachkitError: this can be no answer to this exercise.
        """
        found = self._session.check(answer)
        return AnswerReport(self._exercise, found.report, found.models)

    def hint(self) -> HintSheet:
        """Open the next hint, and return all that are open.

        The first one opens at once, the next one after a new attempt, or in a minute.
        Hints cost nothing.
        """
        is_new = self._session.open_hint()
        return HintSheet(self._exercise, self._session.opened, is_new=is_new)

    def solution(self) -> SolutionSheet:
        """Return a solution, beside the model of the last answer that was checked.

        Raises:
            TeachkitError: no answer was checked yet, or the exercise has no solution
                because it counts for a course.
        """
        code = self._session.solution()
        return SolutionSheet(self._exercise, code, self._compared())

    def start(self) -> SourceCode:
        """Return the code to begin with, to be put into a cell."""
        return SourceCode(self._session.start())

    def html(self) -> str:
        """Return one page with the task. It needs no network, and cannot check."""
        shown = replace(self.widget.live(), fallback=self._piece)
        return page(self._title, f"<h1>Exercise</h1>\n{alone(shown)}")

    @cached_property
    def widget(self) -> ExerciseWidget:
        """The task with its buttons, as a notebook shows it."""
        return ExerciseWidget(self._asked, self.check, self.hint, self.solution)

    def _repr_mimebundle_(self, **_: Any) -> Any:
        return {**self.widget.bundle(), **super()._repr_mimebundle_()}

    def _display_(self) -> ExerciseWidget:
        """Return what marimo shows."""
        return self.widget

    @property
    def _exercise(self) -> Exercise:
        return self._session.exercise

    @cached_property
    def _asked(self) -> Asked:
        return Asked(self._exercise, picture_of(self._exercise))

    @property
    def _title(self) -> str:
        return self._exercise.title

    @cached_property
    def _piece(self) -> str:
        return exercise_html(self._asked)

    def _words(self, width: int) -> str:
        return exercise_text(self._asked, width)

    def _compared(self) -> PairComparison | None:
        """Compare the student's model with the solution's, if there are two."""
        last = self._session.last
        if last is None or not last.models:
            return None
        ours = models_of(self._exercise, reference_names(self._exercise) or {})
        pairs = [
            (last.models[name], ours[name]) for name in last.models if name in ours
        ]
        try:
            with kernel_kept():
                sides = [record_model(model) for model in pairs[0]]
                finding = compare_pair(*sides)
        except (TeachkitError, IndexError):
            return None  # what cannot be read has nothing to be compared
        return PairComparison(replace(finding, files=_SIDES))
