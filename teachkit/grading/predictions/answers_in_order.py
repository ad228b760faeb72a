"""Shapes and numbers wherever somebody wrote them, in the order in which they stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

import keras
import numpy as np

from teachkit.exercise_format.records import Question
from teachkit.grading.predictions.answer_values import forms_of

IsShape = Callable[[Sequence[Any]], bool]
Found = list[tuple[str, Any]]
"""Each with its kind, `shape` or `number`."""

_NUMBERS = (int, float, np.number)
_KINDS = ("shape", "number")
_OPEN = (None, -1, "?", "None")
_SHAPE = re.compile(r"[(\[][^()\[\]]*[)\]]")
_PLACE = re.compile(
    r"\b(?:line|row|layer|dense|input\w*)[\s_]*\(?\d+\)?", re.IGNORECASE
)
_NUMBER = re.compile(r"(?<![\w.,])\d+(?:[,_]\d{3})*(?![\w])")
_LONGEST = 6
"""Axes of a shape."""


def in_order_of_kinds(value: Any, questions: Sequence[Question]) -> dict[str, Any]:
    """Return shapes for the questions about shapes, and numbers for the others.

    Labels and the nesting of lists and dicts mean nothing: `{"Dense 64": [(None, 64),
    2112]}` is a shape and a number.

    Arguments:
        value: whatever a student wrote.
        questions: all of an exercise.

    Returns:
        Answers by the id of the question; none where questions are of other kinds.
    """
    if not all(question.kind in _KINDS for question in questions):
        return {}
    # A pair of whole numbers may be a shape without its batch, or two answers.
    readings = [list(_found(value, is_shape)) for is_shape in (_is_open, _is_sizes)]
    answers = max((_by_kind(one, questions) for one in readings), key=len)
    numbers = [one for _, one in _found(value, lambda _: False)]
    if len(answers) < len(questions) == len(numbers):
        return {q.id: one for q, one in zip(questions, numbers, strict=True)}
    # One number among many questions may be the answer to any of them.
    return answers if len(answers) * 2 >= len(questions) else {}


def _by_kind(found: Found, questions: Sequence[Question]) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    for kind in _KINDS:
        asked = [question.id for question in questions if question.kind == kind]
        said = [one for its_kind, one in found if its_kind == kind]
        # More than there are questions: which belongs to which is anybody's guess.
        if len(said) <= len(asked):
            answers.update(zip(asked, said, strict=False))
    return answers


def _found(value: Any, is_shape: IsShape) -> Iterator[tuple[str, Any]]:
    if isinstance(value, np.ndarray):
        value = value.tolist()
    is_sequence = isinstance(value, (list, tuple))
    if isinstance(value, keras.KerasTensor) or (is_sequence and is_shape(value)):
        yield "shape", value
    elif isinstance(value, (list, tuple, Mapping)):
        parts = value.values() if isinstance(value, Mapping) else value
        yield from chain.from_iterable(_found(one, is_shape) for one in parts)
    elif isinstance(value, str):
        yield from _in_text(value)
    elif isinstance(value, _NUMBERS) and not isinstance(value, bool):
        yield "number", value


def _in_text(text: str) -> Iterator[tuple[str, Any]]:
    plain = _PLACE.sub(" ", text)
    for line in re.split(r"\n", plain):
        for shape in _SHAPE.findall(line):
            if forms_of(shape, "shape"):
                yield "shape", shape
        for number in _NUMBER.findall(_SHAPE.sub(" ", line)):
            yield "number", number


def _is_open(value: Sequence[Any]) -> bool:
    """Tell whether sizes are a shape: one of them is open, or there is only one."""
    return _is_sizes(value) and (len(value) == 1 or any(one in _OPEN for one in value))


def _is_sizes(value: Sequence[Any]) -> bool:
    return 0 < len(value) <= _LONGEST and all(
        one is None or type(one) is int or (isinstance(one, str) and one in _OPEN)
        for one in value
    )
