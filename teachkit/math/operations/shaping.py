"""Operations that give numbers other axes: transpose, squeeze."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from teachkit.math.operations.arguments import shape_of, told_shape
from teachkit.math.operations.axes import taken_axes, told_axes
from teachkit.math.operations.places import (
    ZERO,
    equal,
    letters,
    single_places,
)
from teachkit.math.operations.reading import given_shapes
from teachkit.math.operations.tables import Row, by_call
from teachkit.speech import listed


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
        shapes=given_shapes(tuple(shape[k] for k in order)),
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
    "Squeeze": _squeeze,
    "Swapaxes": _swapaxes,
    "Transpose": _transpose,
}

for _name, _row_of in _KINDS.items():
    by_call(_name, _row_of)
