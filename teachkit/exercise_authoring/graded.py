"""One cell of an exercise, graded as if a student had written it."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from time import perf_counter, process_time

from teachkit.exercise_format.records import Cell, Exercise
from teachkit.grading.answers.answering import report_on_code
from teachkit.grading.report import Report
from teachkit.grading.student_code.running_code import Names, names_for_cell
from teachkit.keras_reader.orphans import calls_hanging_on

LIMIT = 2.0
"""Seconds that one check may take."""


@dataclass(frozen=True, slots=True)
class Graded:
    """A cell and what became of it.

    Attributes:
        cell: as it is in the file.
        report: on it as an answer.
        seconds: that running and judging it took.
        names: as it left them.
        before: calls that hung on given tensors before it ran.
    """

    cell: Cell
    report: Report
    seconds: float
    names: Names
    before: frozenset[int]

    @property
    def first(self) -> str:
        """The criterion that speaks; empty where none failed."""
        return self.report.first.criterion if self.report.first else ""


def grade(exercise: Exercise, cell: Cell) -> Graded:
    """Return what becomes of a cell as an answer.

    Raises:
        Exception: whatever the cell `given` raises.
    """
    with quiet():
        names = names_for_cell(exercise, cell)
        before = calls_hanging_on(names.values())
        start = _now()
        report = report_on_code(exercise, cell.text, names)
        passed = [end - begin for begin, end in zip(start, _now(), strict=True)]
        return Graded(cell, report, min(passed), names, before)


def _now() -> tuple[float, float]:
    """Return the time, and that of our process.

    Where others keep the machine busy, the time that passes says nothing; where we
    compute with several threads, the time of the process counts each of them.
    """
    return perf_counter(), process_time()


@contextmanager
def quiet() -> Iterator[None]:
    """Keep what cells print, and Keras' warnings on them, away from the table."""
    with (
        redirect_stdout(io.StringIO()),
        redirect_stderr(io.StringIO()),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        yield
