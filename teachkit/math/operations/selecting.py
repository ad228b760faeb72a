"""Operations that choose, sort and count."""

from __future__ import annotations

from typing import Any

import numpy as np

from teachkit.graph import Shape
from teachkit.math.formulas import Symbol, formula, word
from teachkit.math.meanings import Meaning
from teachkit.math.operations.arguments import shape_of, told_shape
from teachkit.math.rules import for_operations
from teachkit.math.subjects import Subject


@for_operations("GetItem")
def get_item(subject: Subject) -> Meaning:
    """A part of a tensor, as an array of NumPy gives it."""
    shape, key = shape_of(subject.given.first), subject.given["key"]
    parts = _parts(key, len(shape))
    result = _item_shape(shape, parts)
    return Meaning(
        formula=formula(
            "$y = $x$key",
            y=Symbol("y", "y", result, "output"),
            x=Symbol("x", "x", shape, "input"),
            key=word(f"[{told_key(key)}]"),
        ),
        shapes=(result,),
        shape_rule=_key_rule(parts, shape),
        evaluate=lambda given: np.asarray(given.first[parts]),
    )


def _parts(key: Any, rank: int) -> tuple[Any, ...]:
    """Return a key with a part for each axis, without Ellipsis."""
    parts = list(key) if isinstance(key, (list, tuple)) else [key]
    # The dots are found by what they are: a part may be an array.
    dots = [k for k, part in enumerate(parts) if part is Ellipsis] or [len(parts)]
    used = sum(part is not None and part is not Ellipsis for part in parts)
    return (
        *parts[: dots[0]],
        *[slice(None)] * (rank - used),
        *parts[dots[0] + 1 :],
    )


def _item_shape(shape: Shape, parts: tuple[Any, ...]) -> Shape:
    lengths = iter(shape)
    result: list[int | None] = []
    for part in parts:
        if part is None:
            result.append(1)
            continue
        length = next(lengths)
        if isinstance(part, slice):
            result.append(_slice_length(length, part))
    return tuple(result)


def _slice_length(length: int | None, part: slice) -> int | None:
    return None if length is None else len(range(*part.indices(length)))


def told_key(key: Any) -> str:
    """Return a key as one writes it: `:, 1:3, ...`."""
    if isinstance(key, tuple):
        return ", ".join(map(told_key, key)) + ("," if len(key) == 1 else "")
    if isinstance(key, slice):
        ends = ["" if end is None else str(end) for end in (key.start, key.stop)]
        step = [] if key.step is None else [str(key.step)]
        return ":".join([*ends, *step])
    if key is Ellipsis:
        return "..."
    return str(key) if isinstance(key, (int, list, type(None))) else "indices"


def _key_rule(parts: tuple[Any, ...], shape: Shape) -> str:
    told = []
    if any(isinstance(part, int) for part in parts):
        told.append("an axis with a number goes away")
    if any(isinstance(part, slice) and part != slice(None) for part in parts):
        told.append("an axis with a slice keeps the part from start up to before stop")
    if any(part is None for part in parts):
        told.append("None adds an axis of length 1")
    return f"of {told_shape(shape)}: {'; '.join(told) or 'all is kept'}"
