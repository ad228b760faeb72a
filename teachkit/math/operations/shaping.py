"""Operations that give numbers other axes: reshape, transpose, squeeze."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod
from typing import Any

import numpy as np

from teachkit.graph import Shape
from teachkit.math.formulas import Line
from teachkit.math.operations.arguments import shape_of, told_shape
from teachkit.math.operations.axes import taken_axes, told_axes, told_length
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
from teachkit.speech import listed

MIXED = (
    "The axis of the batch does not stay by itself: numbers of several samples come "
    "together."
)


def _reshape(arguments: Mapping[str, Any]) -> Row:
    shape = shape_of(arguments["x"])
    # Keras takes an open length for one that is to be found out.
    target = tuple(-1 if n is None else n for n in arguments["newshape"])
    result = _reshaped(shape, target)
    return reading(shape, result, lambda x: np.reshape(x, target))


def _ravel(arguments: Mapping[str, Any]) -> Row:
    shape = shape_of(arguments["x"])
    return reading(shape, _reshaped(shape, (-1,)), lambda x: np.ravel(x))


def reading(shape: Shape, result: Shape, function: Any) -> Row:
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
        shapes=_given(result),
        notes=(MIXED,) if opened and kept == 0 else (),
    )


def _product(shape: Shape) -> str:
    return " × ".join(map(told_length, shape)) or "1"


def _size(shape: Shape) -> int | None:
    return None if None in shape else prod(n for n in shape if n is not None)


def _given(result: Shape) -> Any:
    def shapes(arguments: Mapping[str, Any]) -> Shapes:
        return (result,)

    return shapes


def _kept_axes(shape: Shape, result: Shape) -> int:
    """Return how many axes in front are the same before and after."""
    kept = 0
    for before, after in zip(shape, result, strict=False):
        if before != after or _size(shape[kept + 1 :]) != _size(result[kept + 1 :]):
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


def _transpose(arguments: Mapping[str, Any]) -> Row:
    rank, axes = len(shape_of(arguments["x"])), arguments["axes"]
    order = tuple(axes) if axes is not None else tuple(reversed(range(rank)))
    return turned(arguments, order, lambda x: np.transpose(x, order))


def _moveaxis(arguments: Mapping[str, Any]) -> Row:
    source, destination = arguments["source"], arguments["destination"]
    order = _order(
        len(shape_of(arguments["x"])), lambda x: np.moveaxis(x, source, destination)
    )
    return turned(arguments, order, lambda x: np.moveaxis(x, source, destination))


def _swapaxes(arguments: Mapping[str, Any]) -> Row:
    pair = arguments["axis1"], arguments["axis2"]
    order = _order(len(shape_of(arguments["x"])), lambda x: np.swapaxes(x, *pair))
    return turned(arguments, order, lambda x: np.swapaxes(x, *pair))


def _order(rank: int, function: Any) -> tuple[int, ...]:
    """Return which axis a function of NumPy puts in each place."""
    result = function(np.empty(tuple(range(rank)), int))
    return tuple(result.shape)


def turned(arguments: Mapping[str, Any], order: tuple[int, ...], function: Any) -> Row:
    """Return the row for axes in another order."""
    after = letters(len(order))
    before = [after[order.index(k)] for k in range(len(order))]
    line = equal(after, "x", before)
    rule = f"the axes in the order {listed(list(map(str, order)))}"
    if order == (1, 0):
        rule = "rows become columns, and columns rows"
    shape = shape_of(arguments["x"])
    moved = bool(order) and order[0] != 0 and shape[0] is None
    note = (
        "The axis of the batch, 0, is moved. Later layers take the first axis for "
        "the samples."
    )
    return Row(
        latex=line.latex,
        text=line.text,
        function=function,
        shape_rule=rule if order != tuple(range(len(order))) else "the shape stays",
        shapes=_given(tuple(shape[k] for k in order)),
        notes=(note,) if moved else (),
    )


def _expand_dims(arguments: Mapping[str, Any]) -> Row:
    axis, rank = arguments["axis"], len(shape_of(arguments["x"]))
    several = axis if isinstance(axis, (list, tuple)) else [axis]
    new = taken_axes(rank + len(several), axis)
    return _with_single(
        new,
        rank + len(new),
        f"{told_axes(new, -1)} of length 1 {_are(new)} new",
        lambda x: np.expand_dims(x, new),
    )


def _are(axes: Sequence[int]) -> str:
    return "is" if len(axes) == 1 else "are"


def _with_single(axes: tuple[int, ...], rank: int, rule: str, function: Any) -> Row:
    """Return the row for axes of length 1 that are put in."""
    names = iter(letters(rank))
    after = [ZERO if k in axes else next(names) for k in range(rank)]
    line = equal(after, "x", [one for one in after if one is not ZERO])
    return Row(latex=line.latex, text=line.text, function=function, shape_rule=rule)


def _squeeze(arguments: Mapping[str, Any]) -> Row:
    shape, axis = shape_of(arguments["x"]), arguments["axis"]
    found = tuple(k for k, n in enumerate(shape) if n == 1)
    gone = found if axis is None else taken_axes(len(shape), axis)
    names = iter(letters(len(shape)))
    before = [ZERO if k in gone else next(names) for k in range(len(shape))]
    line = equal([one for one in before if one is not ZERO], "x", before)
    goes = "goes" if len(gone) == 1 else "go"
    rule = f"{told_axes(gone, -1)}, of length 1, {goes} away"
    return Row(
        latex=line.latex,
        text=line.text,
        function=lambda x: np.squeeze(x, gone),
        shape_rule=rule if gone else "the shape stays",
    )


def _broadcast_to(arguments: Mapping[str, Any]) -> Row:
    shape, result = shape_of(arguments["x"]), tuple(arguments["shape"])
    more = len(result) - len(shape)
    names = letters(len(result))
    line = equal(names, "x", single_places(shape, names[more:]))
    told = [
        f"axis {k + more} is stretched from 1 to {result[k + more]}"
        for k, n in enumerate(shape)
        if n == 1 and result[k + more] != 1
    ]
    if more > 0:
        new = tuple(range(more))
        told.append(f"{told_axes(new, -1)}, {told_shape(result[:more])}, in front")
    return Row(
        latex=line.latex,
        text=line.text,
        function=lambda x: np.broadcast_to(x, result),
        shape_rule="; ".join(told) or "the shape stays",
    )


_KINDS: dict[str, Any] = {
    "BroadcastTo": _broadcast_to,
    "ExpandDims": _expand_dims,
    "Moveaxis": _moveaxis,
    "Ravel": _ravel,
    "Reshape": _reshape,
    "Squeeze": _squeeze,
    "Swapaxes": _swapaxes,
    "Transpose": _transpose,
}

for _name, _row_of in _KINDS.items():
    by_call(_name, _row_of)
