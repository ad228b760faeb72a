"""Exercises: what is asked, what an answer is worth, what is solved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from teachkit.api.remembering import remembered

if TYPE_CHECKING:
    from teachkit.practice.sessions import Session
    from teachkit.views.exercise import ExerciseSheet
    from teachkit.views.progress import ProgressSheet
    from teachkit.views.report import AnswerReport

_SESSIONS: dict[str, Session] = {}
"""What happened with each exercise since the kernel started."""


def exercise(exercise: str | Path, *, student: str = "") -> ExerciseSheet:
    """Show an exercise: what is asked, its picture, and buttons to go on.

    Arguments:
        exercise: its id, `siamese-digits`, its number, `X36`, or the path of its file.
        student: any text that identifies a student; some exercises have other numbers
            for each.

    Returns:
        The exercise, which displays itself in a notebook. What the buttons do can be
        written, too: `.check(answer)`, `.hint()`, `.solution()`; `.start()` gives the
        code to begin with.

    Raises:
        TeachkitError: there is no such exercise; ids that come close are told.

    Example:
        >>> task = exercise("four-steps")
        >>> task.title
        'Complete the four steps'
        >>> task.check(None).status
        'not_attempted'
    """
    from teachkit.views.exercise import ExerciseSheet  # noqa: PLC0415 - loads TensorFlow, which takes seconds: only when it is needed

    return ExerciseSheet(_session(exercise, student))


def check(
    exercise: str | Path, answer: Any = None, *, student: str = ""
) -> AnswerReport:
    """Judge an answer to an exercise.

    What the model computes decides, and not how it is written. Nothing in the notebook
    is changed: weights, names and random numbers are as before.

    Arguments:
        exercise: as for `exercise`.
        answer: what is asked: a model, a function, a dict of several things by their
            names; the numbers of lines, `[3, 1, 2]`; predictions, `{"total": 4225}`.
            Without it, what the notebook has under the names that are asked for.
        student: as for `exercise`.

    Returns:
        The judgement: `.status`, `.score`, `.criteria`, `.message`, `.advice`,
        `.to_dict()`. A notebook shows it with the drawing of the model, where the calls
        concerned are lit.

    Raises:
        TeachkitError: there is no such exercise, or this can be no answer to it.

    Example:
        >>> import keras
        >>> inputs = keras.Input((32,))
        >>> outputs = keras.layers.Dense(1)(inputs)
        >>> found = check("four-steps", keras.Model(inputs, outputs))
        >>> found.status
        'failed'
        >>> [one.criterion for one in found.criteria if one.status == "passed"]
        ['inputs', 'outputs', 'live']
    """
    from teachkit.views.report import AnswerReport  # noqa: PLC0415 - loads TensorFlow, which takes seconds: only when it is needed

    session = _session(exercise, student)
    found = session.check(answer)
    return AnswerReport(session.exercise, found.report, found.models)


def progress() -> ProgressSheet:
    """Show which exercises are solved, begun and still open, lesson by lesson.

    It counts the predictions that were made, too, and never whether they were right.
    This is remembered in a small file on this computer, which outlives the kernel and
    is sent nowhere; the variable `TEACHKIT_PROGRESS` of the environment says where it
    is.

    Returns:
        A table, which displays itself in a notebook. `.solved` has the ids of
        exercises, `.predicted` those of predictions, `.text` the table in letters.

    Example:
        >>> "exercises solved" in progress().headline
        True
    """
    from teachkit.practice.learnt import load_learnt  # noqa: PLC0415 - reads files and loads msgspec: only when it is needed, so that the import is quick
    from teachkit.views.progress import ProgressSheet  # noqa: PLC0415 - part of what exercises need alone: loaded when it is needed

    return ProgressSheet(load_learnt(remembered()))


def _session(name: str | Path, student: str) -> Session:
    """Return the session of an exercise, the same one as long as the kernel runs."""
    from teachkit.exercise_format import find_exercise, varied  # noqa: PLC0415 - reads files and loads msgspec: only when it is needed, so that the import is quick
    from teachkit.practice.sessions import Session  # noqa: PLC0415 - loads TensorFlow, which takes seconds: only when it is needed
    from teachkit.practice.student_code import student_code  # noqa: PLC0415 - part of what exercises need alone: loaded when it is needed

    found = varied(find_exercise(name), student)
    known = _SESSIONS.get(found.id)
    if known is None or known.exercise != found:
        known = _SESSIONS[found.id] = Session(found, remembered, student_code)
    return known
