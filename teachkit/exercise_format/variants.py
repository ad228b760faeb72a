"""One exercise with other numbers for each student."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from teachkit.exercise_format.records import Exercise


def varied(exercise: Exercise, student: str = "") -> Exercise:
    """Return an exercise with the numbers of one student.

    The values of `vary` stand for `{name}` in prompt, code, hints and criteria. The
    same student always gets the same ones; without a student they are the first ones.

    Arguments:
        exercise: as it was written.
        student: any text that identifies a student.
    """
    if not exercise.vary:
        return exercise
    chosen = {
        name: values[_draw(student, exercise.id, name) % len(values)]
        if student
        else values[0]
        for name, values in exercise.vary.items()
    }
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
        questions=tuple(
            replace(
                one, text=_filled(one.text, chosen), answer=_filled(one.answer, chosen)
            )
            for one in exercise.questions
        ),
        vary={},
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
