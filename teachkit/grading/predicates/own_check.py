"""A criterion that an exercise's author wrote in Python, in the cell `check`."""

from __future__ import annotations

from teachkit.errors import WrongValueError
from teachkit.grading.evidence.subject import Subject
from teachkit.grading.findings import Finding, Stage
from teachkit.grading.registry import predicate
from teachkit.grading.student_code.running_code import run_code
from teachkit.keras_runner.guard import nothing_moved


@predicate(Stage.STRUCTURE, name="check")
def own_check(subject: Subject) -> Finding | None:
    """Demand that the function `check(model, ns)` of the cell `check` returns None.

    It is asked by itself in an exercise that has such a cell. What else it returns is
    told to the student.

    Raises:
        WrongValueError: the cell makes no such function.
    """
    names = dict(subject.case.namespace)
    with nothing_moved():
        run_code(subject.case.exercise.code("check"), names, "<check>")
        own = names.get("check")
        if not callable(own):
            raise WrongValueError(
                "a function `check(model, ns)` in the cell `check`",
                "none",
                "define it: it returns None, or a sentence for the student",
            )
        found = own(subject.model, names)
    return None if found is None else Finding(str(found))
