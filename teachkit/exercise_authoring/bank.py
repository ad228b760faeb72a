"""Check exercises by their own answers: each is judged as its author says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from teachkit.exercise_authoring.faults import Fault, fault
from teachkit.exercise_authoring.graded import LIMIT, Graded, grade, quiet
from teachkit.exercise_authoring.question_answers import question_faults
from teachkit.exercise_authoring.written import written_faults
from teachkit.exercise_format.records import Cell, Exercise
from teachkit.exercise_format.variants import variants
from teachkit.grading.student_code.running_code import fresh_names

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Checked:
    """An exercise after its check.

    Attributes:
        exercise: as it is in the file.
        faults: what to mend.
        graded: its cells, of all variants.
    """

    exercise: Exercise
    faults: tuple[Fault, ...]
    graded: tuple[Graded, ...] = ()

    @property
    def seconds(self) -> list[float]:
        """How long each check took."""
        return [one.seconds for one in self.graded]

    @property
    def slow(self) -> list[Graded]:
        """Which checks took too long."""
        return [one for one in self.graded if one.seconds > LIMIT]


def check_bank(exercises: Iterable[Exercise], tell: Tell) -> Iterator[Checked]:
    """Yield each exercise, checked.

    Arguments:
        exercises: that were read.
        tell: hears which one comes next.
    """
    for exercise in exercises:
        tell(f"{exercise.number or '   '} {exercise.id} ...")
        yield check_exercise(exercise)


def check_exercise(exercise: Exercise) -> Checked:
    """Return an exercise with what is wrong with it.

    Its text is read, its start, solution, accepted and wrong answers are graded, and
    its questions answered.
    """
    faults = list(written_faults(exercise))
    graded: list[Graded] = []
    if not any(one.line in _lines_that_must_hold(exercise) for one in faults):
        for variant in variants(exercise):
            faults += _of_variant(variant, graded)
    return Checked(exercise, tuple(dict.fromkeys(faults)), tuple(graded))


def _lines_that_must_hold(exercise: Exercise) -> set[int]:
    """Return where a fault makes grading pointless."""
    return {one.line for one in exercise.criteria}


def _of_variant(exercise: Exercise, graded: list[Graded]) -> Iterator[Fault]:
    broken = _given_that_stops(exercise)
    if broken is not None:
        yield broken
        return
    for cell in _answers(exercise):
        try:
            found = grade(exercise, cell)
        except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever the author's code raises is told
            told = f"cannot be graded: {type(error).__name__}: {error}"
            yield fault(exercise, cell.line, told)
            continue
        if cell.kind != "start":
            graded.append(found)
        yield from _verdict(exercise, found)
    yield from question_faults(exercise)


def _given_that_stops(exercise: Exercise) -> Fault | None:
    try:
        with quiet():
            fresh_names(exercise)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever the author's code raises is told
        line = next((cell.line for cell in exercise.of_kind("given")), 1)
        told = f"the code of `given` stops: {type(error).__name__}: {error}"
        return fault(exercise, line, told)
    return None


def _answers(exercise: Exercise) -> list[Cell]:
    """Return the cells that are answers; an empty one stands for a missing start."""
    start = exercise.of_kind("start") or (Cell("start", "", 1),)
    solution = exercise.of_kind("solution")
    whole = [Cell("solution", exercise.code("solution"), solution[0].line)][
        : len(solution)
    ]
    return [
        Cell("start", exercise.code("start"), start[0].line),
        *whole,
        *exercise.of_kind("accept"),
        *exercise.of_kind("wrong"),
    ]


def _verdict(exercise: Exercise, found: Graded) -> Iterator[Fault]:
    cell, status = found.cell, found.report.status
    said = found.report.message.text
    if cell.kind == "start":
        if status != "not_attempted":
            told = f"the unchanged start is '{status}', not 'not attempted': {said}"
            yield fault(exercise, cell.line, told)
    elif cell.kind != "wrong":
        if status != "passed":
            told = f"{_called(cell)} {_outcome(found)}: {said}"
            yield fault(exercise, cell.line, told)
    elif found.first != cell.criterion:
        told = f"{_called(cell)} {_outcome(found)}, not on '{cell.criterion}': {said}"
        yield fault(exercise, cell.line, told)


def _called(cell: Cell) -> str:
    return " ".join(("this", cell.kind, f"({cell.note})" if cell.note else "")).strip()


def _outcome(found: Graded) -> str:
    status = found.report.status
    if status == "failed":
        return f"fails first on '{found.first}'"
    return {"passed": "passes", "error": "cannot be judged"}.get(status, status)
