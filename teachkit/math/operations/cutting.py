"""Operations that cut one tensor into several."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any

import numpy as np

from teachkit.graph import Shape
from teachkit.math.operations.arguments import shape_of
from teachkit.math.operations.axes import told_length
from teachkit.math.operations.places import joined, words
from teachkit.math.operations.tables import Row, by_call
from teachkit.math.subjects import Array
from teachkit.speech import listed, number

_SAMPLES_CUT = "Axis 0 is that of the batch: the samples are dealt out."


def _cut(
    shape: Shape, where: Any, axis: int, function: Callable[..., list[Array]]
) -> Row:
    """Return the row for parts of an axis, counted from the front."""
    parts = _parts(shape[axis], where)
    if parts is None:
        count = where if isinstance(where, int) else len(where) + 1
        ends = f"{number(count)} parts of axis {axis} of"
        rule = f"axis {axis} is cut into {number(count)} parts"
    else:
        places = [f"{a}–{b - 1}" if b - a > 1 else f"{a}" for a, b in parts]
        ends = f"the places {listed(places)} of axis {axis} of"
        lengths = listed([str(max(0, b - a)) for a, b in parts])
        which = f"axis {axis}, of length {told_length(shape[axis])},"
        rule = f"{which} is cut into parts of {lengths}"
    line = joined(words(ends), "$x")
    return Row(
        latex=line.latex,
        text=line.text,
        function=function,
        shape_rule=rule,
        notes=(_SAMPLES_CUT,) if axis == 0 and shape[0] is None else (),
    )


def _parts(length: int | None, where: Any) -> list[tuple[int, int]] | None:
    """Return where each part begins and ends, None if the length is open."""
    if length is None:
        return None
    if isinstance(where, int):
        sizes = [len(one) for one in np.array_split(np.arange(length), where)]
        ends = [sum(sizes[:k]) for k in range(len(sizes) + 1)]
    else:
        ends = [0, *(range(length)[: int(one)].stop for one in where), length]
    return list(pairwise(ends))


def _split(arguments: Mapping[str, Any]) -> Row:
    shape, where = shape_of(arguments["x"]), arguments["indices_or_sections"]
    axis = int(arguments["axis"]) % len(shape)
    return _cut(shape, where, axis, lambda x: np.split(x, where, axis))


def _array_split(arguments: Mapping[str, Any]) -> Row:
    shape, where = shape_of(arguments["x"]), arguments["indices_or_sections"]
    axis = int(arguments["axis"]) % len(shape)
    return _cut(shape, where, axis, lambda x: np.array_split(x, where, axis))


def _along(axis: int) -> Any:
    def row(arguments: Mapping[str, Any]) -> Row:
        shape, where = shape_of(arguments["x"]), arguments["indices_or_sections"]
        place = min(axis, len(shape) - 1)
        return _cut(shape, where, place, lambda x: np.split(x, where, place))

    return row


def _unstack(arguments: Mapping[str, Any]) -> Row:
    shape = shape_of(arguments["x"])
    axis = int(arguments["axis"]) % len(shape)
    length = shape[axis]
    last = "..." if length is None else str(length - 1)
    line = joined(words(f"the places 0–{last} of axis {axis} of"), "$x")
    return Row(
        latex=line.latex,
        text=line.text,
        function=lambda x: list(np.moveaxis(x, axis, 0)),
        shape_rule=f"axis {axis} goes away: a tensor for each of its "
        f"{told_length(length)} places",
    )


_KINDS: dict[str, Any] = {
    "ArraySplit": _array_split,
    "Dsplit": _along(2),
    "Hsplit": _along(1),
    "Split": _split,
    "Unstack": _unstack,
    "Vsplit": _along(0),
}

for _name, _row_of in _KINDS.items():
    by_call(_name, _row_of)
