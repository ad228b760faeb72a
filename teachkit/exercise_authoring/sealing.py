"""An exercise without its solution, wrong and accepted answers, and still judged."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import replace

from teachkit.errors import TeachkitError, WrongValueError
from teachkit.exercise_format.records import Cell, Criterion, Exercise
from teachkit.exercise_format.sealed import Sealed, pack
from teachkit.exercise_format.variants import varied
from teachkit.grading.answers.answering import no_model
from teachkit.grading.student_code.parsons import distractors_of
from teachkit.grading.student_code.running_code import reference_names
from teachkit.keras_reader import record_model
from teachkit.source_code import to_code

_SEEN = ("prompt", "given", "start")
_UNSEEN_CODE = ("use", "check")


def sealed(exercise: Exercise, student: str = "") -> Exercise:
    """Return an exercise that can be handed out where answers are marked.

    Solution, accepted and wrong answers are left out, and so are comments in code that
    students need not read. The models of the solution stay, as the code that
    `teachkit code` writes of them, packed beside the answers to questions: not to be
    read in passing, but no secret to one who unpacks them.

    Arguments:
        exercise: with its solution.
        student: whose numbers it gets, where it has variants.

    Raises:
        WrongValueError: it is sealed already, or a model of its solution has no code.
    """
    if exercise.is_sealed and not exercise.questions:
        raise WrongValueError(
            "an exercise with its solution",
            f"'{exercise.id}', which has none",
            "seal the file in which the solution is",
        )
    exercise = varied(exercise, student)
    lines: tuple[Cell, ...] = ()
    if exercise.type == "parsons":
        lines = (*exercise.of_kind("solution"), *distractors_of(exercise))
    packed = Sealed(_models(exercise), exercise.questions, lines)
    return replace(
        exercise,
        criteria=tuple(_with_belief(one, exercise) for one in exercise.criteria),
        cells=(*_kept(exercise), Cell("sealed", pack(packed), 0)),
    )


def _models(exercise: Exercise) -> dict[str, str]:
    """Return the code of each model of the solution that a criterion looks at."""
    names = reference_names(exercise) or {}
    looked_at = [one.of for one in exercise.criteria]
    models = {
        name: names[name]
        for name in dict.fromkeys([*exercise.asks, *looked_at, "model"])
        if name in names and no_model(name, names[name]) is None
    }
    try:
        return {name: to_code(record_model(one)) for name, one in models.items()}
    except TeachkitError as error:
        raise WrongValueError(
            f"a solution that can be written as code, to seal '{exercise.id}'",
            error.found,
            error.action,
        ) from error


def _with_belief(criterion: Criterion, exercise: Exercise) -> Criterion:
    """Return a criterion that tells the belief which its wrong answers told."""
    if criterion.misconception:
        return criterion
    wrong = exercise.of_kind("wrong")
    tags = {x.misconception for x in wrong if x.criterion == criterion.name}
    return replace(criterion, misconception=tags.pop()) if len(tags) == 1 else criterion


def _kept(exercise: Exercise) -> Iterable[Cell]:
    for cell in exercise.cells:
        if cell.kind in _SEEN:
            yield replace(cell, note="")
        elif cell.kind in _UNSEEN_CODE:
            yield replace(cell, note="", text=ast.unparse(ast.parse(cell.text)) + "\n")
