"""Lines that were put in order: that none is too early, and that all belong."""

from __future__ import annotations

from teachkit.grading.evidence.subject import Subject
from teachkit.grading.findings import Finding, Stage
from teachkit.grading.registry import predicate
from teachkit.grading.student_code.line_offences import offence_in
from teachkit.grading.student_code.running_code import fresh_names


@predicate(Stage.INTERFACE, rule=3)
def order(subject: Subject) -> Finding | None:
    """Demand that each line stands below those that make what it reads.

    Where the lines do not run, this has spoken before there was a model.
    """
    return _offence(subject, "order")


@predicate(Stage.INTERFACE)
def distractor(subject: Subject) -> Finding | None:
    """Demand that no line was taken that does not belong to the solution."""
    return _offence(subject, "distractor")


def _offence(subject: Subject, criterion: str) -> Finding | None:
    case = subject.case
    if case.source is None:
        return None
    given = fresh_names(case.exercise)
    found = offence_in(case.exercise, case.source, given)
    return found.finding if found is not None and found.criterion == criterion else None
