"""Check an answer where it was made: in the notebook, beside all other names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from teachkit.exercise_format.records import Exercise
from teachkit.grading.answers.answering import (
    failed_run,
    no_model,
    report_on_code,
    report_on_names,
)
from teachkit.grading.answers.attempts import is_attempted, not_attempted
from teachkit.grading.report import Report
from teachkit.grading.student_code.running_code import (
    fresh_names,
    prelude_names,
    run_use,
)
from teachkit.keras_reader.orphans import calls_hanging_on
from teachkit.practice.student_code import StudentCode, names_made
from teachkit.practice.untouched_kernel import kernel_kept

Names = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Checked:
    """An answer that was judged.

    Attributes:
        report: the judgement.
        models: the models that were looked at, by the names in the report.
    """

    report: Report
    models: Mapping[str, Any] = field(default_factory=dict)


def checked(
    exercise: Exercise,
    asked: Mapping[str, Any],
    student: StudentCode,
    source: str | None = None,
) -> Checked:
    """Judge objects that a student has made. The kernel stays as it was.

    Arguments:
        exercise: what was asked.
        asked: the objects, by the names that the exercise asks for.
        student: for the names beside them.
        source: the code that made them, if it is known.
    """
    if source is not None and not is_attempted(exercise, source):
        return Checked(not_attempted(exercise))
    with kernel_kept():
        names = _around(exercise, student)
        before = calls_hanging_on(_made_by_given(exercise, names).values())
        names.update(asked)
        failure = _use(exercise, names)
        report = failure or report_on_names(
            exercise, names, source=source, before=before
        )
    return Checked(report, models_of(exercise, names))


def checked_code(exercise: Exercise, code: str) -> Checked:
    """Judge code that is put together of lines, in names of its own."""
    with kernel_kept():
        names = fresh_names(exercise)
        report = report_on_code(exercise, code, names)
    return Checked(report, models_of(exercise, names))


def _around(exercise: Exercise, student: StudentCode) -> Names:
    """Return the names beside an answer: those of the notebook, and what is given.

    The student's own objects are taken if all that is given is there, since the answer
    was built on them.
    """
    made = names_made(exercise.code("given"))
    if made <= student.names.keys():
        given = {name: student.names[name] for name in made}
        return {**student.names, **prelude_names(), **given}
    return {**student.names, **fresh_names(exercise)}


def _made_by_given(exercise: Exercise, names: Names) -> Names:
    made = names_made(exercise.code("given"))
    return {name: value for name, value in names.items() if name in made}


def _use(exercise: Exercise, names: Names) -> Report | None:
    """Make what is graded out of what was asked; a report if that fails."""
    if any(names.get(name) is None for name in exercise.asks):
        return None
    try:
        run_use(exercise, names)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a student's code raises becomes words
        return failed_run(exercise, error, "<use>", names)
    return None


def models_of(exercise: Exercise, names: Mapping[str, Any]) -> dict[str, Any]:
    """Return the models that the criteria look at, the usual one first."""
    made = names_made(exercise.code("use"))
    wanted = ["model", *exercise.asks] if "model" in made else [*exercise.asks]
    wanted += [one.of for one in exercise.criteria if one.of]
    found = {name: names.get(name) for name in dict.fromkeys(wanted)}
    return {
        name: value for name, value in found.items() if no_model(name, value) is None
    }
