"""From the file of an answer to its report: run its parts, then judge what is there."""

from __future__ import annotations

import ast
import traceback
from collections.abc import Iterator
from types import FrameType

from teachkit.exercise_format.records import Exercise
from teachkit.grading.answers.answer_files import AnswerFile, Part
from teachkit.grading.answers.answering import failed, failed_run, report_on_names
from teachkit.grading.answers.attempts import is_attempted, not_attempted
from teachkit.grading.findings import Finding
from teachkit.grading.process.limits import Limits
from teachkit.grading.process.outcomes import too_long
from teachkit.grading.report import Report
from teachkit.grading.student_code.line_offences import lines_of
from teachkit.grading.student_code.running_code import fresh_names, run_code, run_use
from teachkit.keras_reader.orphans import calls_hanging_on

_NOT_THE_ANSWERS_FAULT = (
    SystemExit,
    KeyboardInterrupt,
    ImportError,
    EOFError,
    FileNotFoundError,
    PermissionError,
    ConnectionError,
    TimeoutError,
)
"""What a right answer may end with where it does more than it is asked."""


class Answering:
    """An answer's file, step by step: first it runs, then it is judged.

    Attributes:
        exercise: what was asked.
        answer: its file.
        names: what the exercise gives, and after `run` what the answer made.
    """

    def __init__(self, exercise: Exercise, answer: AnswerFile) -> None:
        self.exercise = exercise
        self.answer = answer
        self.names = fresh_names(exercise)
        self._before = calls_hanging_on(self.names.values())
        self._advice: list[str] = []
        self._stopped: list[tuple[Part, BaseException]] = []

    def run(self) -> Report | None:
        """Run the answer; return a report if nothing is there to be judged."""
        if not is_attempted(self.exercise, _own_code(self.answer.code)):
            return not_attempted(self.exercise)
        parts = self.answer.parts
        if self.exercise.type == "parsons":
            code, offence = lines_of(self.exercise, self.answer.code, self.names)
            if offence is not None:
                return failed(self.exercise, offence.finding, offence.criterion)
            parts = (Part(parts[0].name, code),)
        for part in parts:
            try:
                run_code(part.code, self.names, part.name)
            except BaseException as error:  # noqa: BLE001 - whatever a student's code raises becomes words
                self._stopped.append((part, error))
        if self._stopped and not self._goes_on():
            return self._failed(*self._cause())
        return self._used()

    def _used(self) -> Report | None:
        """Make what is judged out of what was asked: a model out of a function."""
        try:
            run_use(self.exercise, self.names)
        except BaseException as error:  # noqa: BLE001 - it runs functions that the student wrote
            if self._missing():
                return None  # the judgement tells which name is missing
            return self._failed(self._part_of(error), error)
        return None

    def judged(self) -> Report:
        """Return the judgement on what the answer made."""
        report = report_on_names(
            self.exercise, self.names, source=self.answer.code, before=self._before
        )
        if not self._advice:
            return report
        return Report(
            report.exercise,
            report.status,
            report.criteria,
            report.message,
            (*report.advice, *self._advice),
        )

    def too_long(self, frame: FrameType | None, limits: Limits) -> Report | None:
        """Return the report on an answer whose time is over; None if it is not running.

        Arguments:
            frame: what runs when the time is over.
            limits: that it was held to.
        """
        names = {part.name for part in self.answer.parts}
        while frame is not None and frame.f_code.co_filename not in names:
            frame = frame.f_back
        if frame is None:
            return None
        name = frame.f_code.co_filename
        place = f" in line {frame.f_lineno}" + (f" of {name}" if "cell" in name else "")
        told = too_long(place, limits)
        return failed(self.exercise, Finding(told.see, told.so, told.look), "runs")

    def _missing(self) -> list[str]:
        return [name for name in self.exercise.asks if self.names.get(name) is None]

    def _goes_on(self) -> bool:
        """Tell whether what is asked is there although something stopped."""
        if self._missing():
            return False
        part, error = self._stopped[-1]
        if self.answer.is_notebook or isinstance(error, _NOT_THE_ANSWERS_FAULT):
            if not isinstance(error, SystemExit):
                self._advice.append(
                    f"What is asked is there and was judged; but {part.name} stops "
                    f"with an error: {type(error).__name__}."
                )
            return True
        return False

    def _cause(self) -> tuple[Part, BaseException]:
        """Return what stopped where a missing name is made, else the first stop."""
        cause = self._stop_that_makes(set(self._missing())) or self._stopped[0]
        if isinstance(cause[1], NameError) and cause[1].name:
            return self._stop_that_makes({cause[1].name}) or cause
        return cause

    def _stop_that_makes(self, names: set[str]) -> tuple[Part, BaseException] | None:
        found = (one for one in self._stopped if names & _stored_names(one[0].code))
        return next(found, None)

    def _part_of(self, error: BaseException) -> Part:
        """Return the part whose code an error comes from."""
        frames = traceback.extract_tb(error.__traceback__)
        names = [frame.filename for frame in frames]
        parts = self.answer.parts
        return next((one for one in parts[::-1] if one.name in names), parts[-1])

    def _failed(self, part: Part, error: BaseException) -> Report:
        return failed_run(self.exercise, error, part.name, self.names)


def _own_code(code: str) -> str:
    """Return code without imports and without what it asks of teachkit."""
    try:
        statements = ast.parse(code).body
        kept = list(_to_the_point(statements))
        return ast.unparse(ast.Module(kept, [])) if kept != statements else code
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return code


def _to_the_point(statements: list[ast.stmt]) -> Iterator[ast.stmt]:
    ours = {"tk", "teachkit"}
    for statement in statements:
        names = {one for one in ast.walk(statement) if isinstance(one, ast.Name)}
        if isinstance(statement, (ast.Import, ast.ImportFrom)):
            continue
        read = {one.id for one in names if isinstance(one.ctx, ast.Load)}
        if not isinstance(statement, (ast.Expr, ast.Assign)) or not read & ours:
            yield statement
            continue
        # What teachkit gave is used only to ask it for more: `mine.check()`.
        ours |= {one.id for one in names if isinstance(one.ctx, ast.Store)}


def _stored_names(code: str) -> set[str]:
    try:
        tree = ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
    stored = {
        one.id
        for one in ast.walk(tree)
        if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)
    }
    defined = {
        one.name
        for one in ast.walk(tree)
        if isinstance(one, (ast.FunctionDef, ast.ClassDef))
    }
    return stored | defined
