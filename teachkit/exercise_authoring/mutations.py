"""A check of the grader itself: is each criterion of an exercise needed?

A criterion is left out, as if it were met. Where no wrong answer of the exercise then
passes, nothing shows that the criterion stops anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from teachkit.exercise_authoring.faults import Fault, fault
from teachkit.exercise_authoring.graded import Graded, grade, quiet
from teachkit.exercise_format.records import Cell, Criterion, Exercise
from teachkit.exercise_format.variants import varied
from teachkit.grading.answers.answering import report_on_names
from teachkit.grading.report import Report


@dataclass(frozen=True, slots=True)
class Mutation:
    """An exercise without one of its criteria.

    Attributes:
        exercise: as it is in the file.
        criterion: that is left out.
        slipping: the wrong answers that pass without it.
        speaking: the wrong answers that hear of it first.
    """

    exercise: Exercise
    criterion: Criterion
    slipping: tuple[Cell, ...]
    speaking: tuple[Cell, ...]

    @property
    def is_decoration(self) -> bool:
        """Tell whether nothing shows that the criterion is needed.

        One of weight 0 only explains what another one decides: it must be the first
        to speak to some wrong answer.
        """
        needed = self.slipping if self.criterion.weight else self.speaking
        return not needed

    @property
    def complaint(self) -> Fault:
        """What to tell the author of a decoration."""
        told = (
            f"'{self.criterion.name}' is decoration: without it no wrong answer passes"
        )
        if self.speaking and self.criterion.weight:
            told += (
                f". It is the first to speak to {len(self.speaking)}: give it weight = "
                "0 if it only explains what another criterion decides, or add a wrong "
                "answer that it alone stops"
            )
        else:
            told += ", and it is the first to speak to none"
        return fault(self.exercise, self.criterion.line, told)


def mutated(
    exercise: Exercise, tell: Callable[[str], None], known: Iterable[Graded] = ()
) -> Iterator[Mutation]:
    """Yield what becomes of an exercise without each of its criteria.

    Arguments:
        exercise: as it was read.
        tell: hears which exercise it is.
        known: cells that were graded already, which need not be graded again.
    """
    tell(f"{exercise.number or '   '} {exercise.id} ...")
    first = varied(exercise)
    graded = {one.cell: one for one in known}
    failing = [
        (cell, _failing(first, graded.get(cell) or grade(first, cell)))
        for cell in first.of_kind("wrong")
    ]
    for one in exercise.criteria:
        if not one.advice:
            slipping = tuple(
                cell for cell, names in failing if set(names) == {one.name}
            )
            speaking = tuple(cell for cell, names in failing if names[:1] == [one.name])
            yield Mutation(exercise, one, slipping, speaking)


def _failing(exercise: Exercise, graded: Graded) -> list[str]:
    """Return all that a wrong answer fails, the first first.

    Where one failure leaves the rest unasked, the rest is asked without it.
    """
    report, found = graded.report, _failed(graded.report)
    while any(one.status == "skipped" for one in report.criteria):
        known = {one.name for one in exercise.criteria}
        if not known & set(_failed(report)):
            break  # it does not run, or makes no model
        with quiet():
            report = report_on_names(
                _without(exercise, found),
                graded.names,
                source=graded.cell.text,
                before=graded.before,
            )
        found += [name for name in _failed(report) if name not in found]
    return found


def _failed(report: Report) -> list[str]:
    return [x.criterion for x in report.criteria if x.status in {"failed", "error"}]


def _without(exercise: Exercise, names: Iterable[str]) -> Exercise:
    """Return an exercise in which criteria cost nothing, and still give roles."""
    left_out = set(names)
    criteria = tuple(
        replace(one, advice=one.advice or one.name in left_out)
        for one in exercise.criteria
    )
    return replace(exercise, criteria=criteria)
