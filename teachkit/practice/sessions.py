"""What happened with an exercise since the kernel started: attempts and hints."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from teachkit.errors import WrongValueError
from teachkit.exercise_format.records import PRELUDE, Exercise
from teachkit.practice.answers import check_defined, check_given
from teachkit.practice.checking import Checked
from teachkit.practice.progress_file import Progress
from teachkit.practice.student_code import StudentCode, names_made

PAUSE = 60.0
"""Seconds after which the next hint opens without a new attempt."""

Clock = Callable[[], float]


class Session:
    """One exercise at work.

    Arguments:
        exercise: what is asked.
        progress: gives what is remembered of all exercises.
        student: tells names and cells of the notebook as they are now.
        clock: seconds that pass.

    Attributes:
        opened: how many hints are open.
        last: the last answer that was checked; None before the first one.
    """

    def __init__(
        self,
        exercise: Exercise,
        progress: Callable[[], Progress],
        student: Callable[[], StudentCode],
        clock: Clock = time.monotonic,
    ) -> None:
        self.exercise = exercise
        self.opened = 0
        self.last: Checked | None = None
        self._progress = progress
        self._student = student
        self._clock = clock
        self._opened_at = 0.0
        self._tried_since = True
        self._has_tried = False

    @property
    def tried(self) -> bool:
        """Whether an answer was checked, in this kernel or one before."""
        return self._progress().of(self.exercise.id).attempts > 0 or self._has_tried

    def check(self, answer: Any = None) -> Checked:
        """Judge an answer, by default what the notebook has under the names asked.

        Raises:
            TeachkitError: this can be no answer to this exercise.
        """
        if answer is None:
            found = check_defined(self.exercise, self._student())
        else:
            found = check_given(self.exercise, answer, self._student())
        if found.report.status != "not_attempted":
            self._remember(found)
        return found

    def start(self) -> str:
        """Return the code to begin with: missing imports, what is given, the blanks."""
        known = self._student().names
        missing = (
            not names_made(PRELUDE) - {"*"} <= known.keys() or "Dense" not in known
        )
        own = self.exercise.code("start")
        names = " and ".join(f"`{name}`" for name in self.exercise.asks)
        parts = [
            PRELUDE if missing else "",
            self.exercise.code("given"),
            own or f"# Your answer defines {names}.\n",
        ]
        return "\n".join(part.strip("\n") + "\n" for part in parts if part.strip())

    def may_open(self) -> bool:
        """Tell whether the next hint opens: after an attempt, a minute, or again."""
        if self.opened >= len(self.exercise.hints):
            return False
        if self._tried_since or self._clock() - self._opened_at >= PAUSE:
            return True
        return self.opened < self._progress().of(self.exercise.id).hints

    def open_hint(self) -> bool:
        """Open the next hint and tell whether one did."""
        if not self.may_open():
            return False
        known = self._progress().of(self.exercise.id).hints
        self.opened += 1
        # A hint that was open before the kernel started again is no new one.
        if self.opened > known:
            self._progress().add_hint(self.exercise.id, self.opened)
        self._opened_at = self._clock()
        self._tried_since = False
        return True

    def solution(self) -> str:
        """Return the code of the solution, for whoever has tried.

        Raises:
            WrongValueError: nobody has tried yet, or the file has no solution.
        """
        exercise = self.exercise
        if exercise.is_sealed and not exercise.questions:
            raise WrongValueError(
                "an exercise with its solution",
                f"'{exercise.id}' without one: it counts for a course",
                "ask whoever teaches the course",
            )
        if not self.tried:
            raise WrongValueError(
                "an answer of your own first",
                f"none of '{exercise.id}' that was checked",
                "write one, run its cell and check it; the solution then stands "
                "beside it",
            )
        return exercise.code("solution")

    def _remember(self, found: Checked) -> None:
        self.last = found
        self._has_tried = self._tried_since = True
        report = found.report
        self._progress().add_attempt(
            report.exercise, report.score, passed=report.status == "passed"
        )
