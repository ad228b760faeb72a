"""Operations that read the same numbers in reading order, in another shape."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod
from typing import Any

import numpy as np

from teachkit.graph import Shape
from teachkit.math.formulas import Line
from teachkit.math.operations.arguments import shape_of, size_of
from teachkit.math.operations.axes import told_axes, told_length
from teachkit.math.operations.places import (
    ZERO,
    at,
    equal,
    in_reading_order,
    joined,
    letters,
    single_places,
    words,
)
from teachkit.math.operations.tables import Row, Shapes, by_call

_MIXED = (
    "The axis of the batch does not stay by itself: numbers of several samples come "
    "together."
)


def _reshape(arguments: Mapping[str, Any]) -> Row:
    shape = shape_of(arguments["x"])
    # Keras takes an open length for one that is to be found out.
    target = tuple(-1 if n is None else n for n in arguments["newshape"])
    result = _reshaped(shape, target)
    return _reading(shape, result, lambda x: np.reshape(x, target))


def _ravel(arguments: Mapping[str, Any]) -> Row:
    shape = shape_of(arguments["x"])
    return _reading(shape, _reshaped(shape, (-1,)), lambda x: np.ravel(x))


def _reading(shape: Shape, result: Shape, function: Any) -> Row:
    """Return the row for the same numbers in reading order, in another shape."""
    kept = _kept_axes(shape, result)
    line = _read_line(shape, result, kept)
    lengths = " = ".join(_product(one[kept:]) for one in (shape, result))
    rule = f"all numbers in reading order, the last axis fastest, {lengths}"
    if kept > 0:
        stay = "stays" if kept == 1 else "stay"
        which = told_axes(tuple(range(kept)), -1)
        rule = f"{which} {stay}; the numbers behind in reading order, {lengths}"
    if shape == result:
        rule = "the shape stays"
    opened = bool(shape) and shape[0] is None
    return Row(
        latex=line.latex,
        text=line.text,
        function=function,
        shape_rule=rule,
        shapes=given_shapes(result),
        notes=(_MIXED,) if opened and kept == 0 else (),
    )


def _product(shape: Shape) -> str:
    return " × ".join(map(told_length, shape)) or "1"


def given_shapes(result: Shape) -> Any:
    """Return what tells the shape that comes out, for a row."""

    def shapes(arguments: Mapping[str, Any]) -> Shapes:
        return (result,)

    return shapes


def _kept_axes(shape: Shape, result: Shape) -> int:
    """Return how many axes in front are the same before and after."""
    kept = 0
    for before, after in zip(shape, result, strict=False):
        if before != after or size_of(shape[kept + 1 :]) != size_of(result[kept + 1 :]):
            break
        kept += 1
    return kept


def _read_line(shape: Shape, result: Shape, kept: int) -> Line:
    rank = max(len(shape), len(result))
    names = letters(rank)
    front = names[:kept]
    before, after = (
        single_places(one[kept:], names[kept : len(one)]) for one in (shape, result)
    )
    if sum(one is not ZERO for one in before) <= 1:
        number = in_reading_order(after, result[kept:])
        places = [number if one is not ZERO else one for one in before]
        if number is not None:
            return equal([*front, *after], "x", [*front, *_lines(places)])
    if sum(one is not ZERO for one in after) <= 1:
        number = in_reading_order(before, shape[kept:])
        places = [number if one is not ZERO else one for one in after]
        if number is not None:
            return equal([*front, *_lines(places)], "x", [*front, *before])
    lengths = " × ".join(map(told_length, result))
    tail = words(f"in reading order, as {lengths}")
    return joined(at("result0", []), "=", at("x", []), tail)


def _lines(places: Sequence[Line | None]) -> list[Line]:
    return [one for one in places if one is not None]


def _reshaped(shape: Shape, target: tuple[int, ...]) -> Shape:
    if -1 not in target:
        return target
    known = prod(n for n in target if n != -1)
    if None in shape:
        return tuple(_open_length(shape, known) if n == -1 else n for n in target)
    size = prod(n for n in shape if n is not None)
    return tuple(size // known if n == -1 else n for n in target)


def _open_length(shape: Shape, known: int) -> int | None:
    """Return the length left over when some are open: zero or open."""
    return 0 if 0 in shape and known else None


by_call("Ravel", _ravel)
by_call("Reshape", _reshape)
