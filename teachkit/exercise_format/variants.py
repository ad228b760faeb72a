"""One exercise with other numbers for each student."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from teachkit.exercise_format.records import Exercise, Question


def varied(exercise: Exercise, student: str = "") -> Exercise:
    """Return an exercise with the numbers of one student.

    The values of `vary` stand for `{name}` in prompt, code, hints and criteria. The
    same student always gets the same ones; without a student they are the first ones.

    Arguments:
        exercise: as it was written.
        student: any text that identifies a student.
    """
    chosen = {
        name: values[_draw(student, exercise.id, name) % len(values)]
        if student
        else values[0]
        for name, values in exercise.vary.items()
    }
    return _with(exercise, chosen)


def variants(exercise: Exercise) -> Iterator[Exercise]:
    """Yield an exercise as often as each of its values needs to occur once."""
    for number in range(max(map(len, exercise.vary.values()), default=1)):
        yield _with(
            exercise,
            {name: one[number % len(one)] for name, one in exercise.vary.items()},
        )


def _with(exercise: Exercise, chosen: Mapping[str, Any]) -> Exercise:
    if not chosen:
        return exercise
    return replace(
        exercise,
        title=_filled(exercise.title, chosen),
        hints=_filled(exercise.hints, chosen),
        criteria=tuple(
            replace(
                one,
                arguments=_filled(one.arguments, chosen),
                words=_filled(one.words, chosen),
            )
            for one in exercise.criteria
        ),
        cells=tuple(
            replace(cell, text=_filled(cell.text, chosen)) for cell in exercise.cells
        ),
        questions=tuple(_filled_question(one, chosen) for one in exercise.questions),
        vary={},
    )


def _filled_question(question: Question, chosen: Mapping[str, Any]) -> Question:
    return replace(
        question,
        text=_filled(question.text, chosen),
        answer=_filled(question.answer, chosen),
        options=tuple(map(str, _filled(question.options, chosen))),
        why=_filled(question.why, chosen),
        wrong=tuple(
            replace(
                one,
                value=_filled(one.value, chosen),
                message=_filled(one.message, chosen),
            )
            for one in question.wrong
        ),
    )


def _draw(student: str, exercise: str, name: str) -> int:
    return zlib.crc32(f"{student}/{exercise}/{name}".encode())


def _filled(value: Any, chosen: Mapping[str, Any]) -> Any:
    """Return a value with numbers in the place of `{name}`.

    A text that is nothing but `{name}` becomes the number itself.
    """
    if isinstance(value, str):
        for name, number in chosen.items():
            if value == f"{{{name}}}":
                return number
            value = value.replace(f"{{{name}}}", str(number))
        return value
    if isinstance(value, Mapping):
        return {key: _filled(item, chosen) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(_filled(item, chosen) for item in value)
    return value
