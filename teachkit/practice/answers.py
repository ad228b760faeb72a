"""What a student may hand over as an answer, in the form that the grader takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from teachkit.errors import WrongTypeError, WrongValueError
from teachkit.exercise_format.records import Exercise
from teachkit.grading.predictions.answers_given import NAME
from teachkit.grading.student_code.parsons import code_of, order_in
from teachkit.practice.checking import Checked, checked, checked_code
from teachkit.practice.student_code import StudentCode
from teachkit.speech import listed, named


def check_given(exercise: Exercise, answer: Any, student: StudentCode) -> Checked:
    """Judge an answer that was handed over.

    Arguments:
        exercise: what was asked.
        answer: the object that is asked for; a dict of several by their names; the
            numbers of lines in their order; predictions by the ids of the questions.
        student: names and cells of the notebook.

    Raises:
        TeachkitError: this can be no answer to this exercise.
    """
    if exercise.type == "parsons" and is_order(answer):
        return checked_code(exercise, code_of(exercise, answer))
    asked = _asked(exercise, answer)
    return checked(exercise, asked, student, _source(exercise, asked, student))


def check_defined(exercise: Exercise, student: StudentCode) -> Checked:
    """Judge what the notebook has under the names that are asked.

    Raises:
        TeachkitError: an answer of this exercise has no name.
    """
    written = order_in({"order": student.names.get("order")})
    if exercise.type == "parsons" and written is not None:
        return checked_code(exercise, code_of(exercise, written))
    if exercise.type == "parsons" and not _has(exercise, student):
        raise WrongValueError(
            "the numbers of the lines, in their order",
            "no answer",
            f"number them from 1: tk.exercise('{exercise.id}').check([2, 1])",
        )
    if answers_by_name(exercise) and not _has(exercise, student):
        ids = [named(one.id) for one in exercise.questions]
        raise WrongValueError(
            f"a prediction for {listed(ids)}",
            f"no answer, and no variable `{exercise.asks[0]}`",
            f"write it: tk.exercise('{exercise.id}').check({_example(exercise)})",
        )
    asked = {name: student.names.get(name) for name in exercise.asks}
    source = student.source_of(exercise.asks)
    return checked(exercise, asked, student, source)


def answers_by_name(exercise: Exercise) -> bool:
    """Tell whether an answer is nothing but predictions."""
    return bool(exercise.questions) and not exercise.criteria


def is_order(answer: Any) -> bool:
    """Tell whether this looks like numbers of lines."""
    return isinstance(answer, Sequence) and not isinstance(answer, (str, bytes))


def _asked(exercise: Exercise, answer: Any) -> dict[str, Any]:
    """Return what was handed over, by the names that are asked.

    Raises:
        WrongTypeError: several things are asked, and this is no dict.
    """
    if answers_by_name(exercise):
        return {exercise.asks[0] if len(exercise.asks) == 1 else NAME: answer}
    by_name = isinstance(answer, Mapping) and bool(set(exercise.asks) & set(answer))
    if by_name:
        return {str(name): value for name, value in answer.items()}
    if len(exercise.asks) == 1:
        return {exercise.asks[0]: answer}
    pairs = ", ".join(f"'{name}': {name}" for name in exercise.asks)
    raise WrongTypeError(
        f"a dict with {listed([named(name) for name in exercise.asks])}",
        "None" if answer is None else f"a value of type {type(answer).__name__}",
        f"pass {{{pairs}}}",
    )


def _source(
    exercise: Exercise, asked: Mapping[str, Any], student: StudentCode
) -> str | None:
    """Return the code of what was handed over, if a cell defined just that."""
    if not set(exercise.asks) <= asked.keys():
        return None
    if any(asked[name] is not student.names.get(name) for name in exercise.asks):
        return None
    if any(asked[name] is None for name in exercise.asks):
        return None
    return student.source_of(exercise.asks)


def _has(exercise: Exercise, student: StudentCode) -> bool:
    return any(student.names.get(name) is not None for name in exercise.asks)


def _example(exercise: Exercise) -> str:
    forms = {"shape": "(None, 8)", "choices": "['...', '...']"}
    pairs = [
        f"'{one.id}': {forms.get(one.kind, '...')}" for one in exercise.questions[:3]
    ]
    return "{" + ", ".join(pairs) + "}"
