"""Operations that repeat numbers along axes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from teachkit.graph import Shape
from teachkit.math.formulas import Line
from teachkit.math.operations.arguments import is_number, shape_of
from teachkit.math.operations.axes import taken_axes
from teachkit.math.operations.places import divided, equal, letters, wrapped
from teachkit.math.operations.sentences import SAME, on_batch, plain_row, sentence
from teachkit.math.operations.tables import Row, by_call
from teachkit.math.subjects import Array
from teachkit.speech import listed, times

_SAMPLES_REPEATED = "Axis 0 is that of the batch: there are more samples than before."


def _repeat(arguments: Mapping[str, Any]) -> Row:
    shape, repeats = shape_of(arguments["x"]), arguments["repeats"]
    axis = arguments["axis"]
    axes = () if axis is None else taken_axes(len(shape), axis)
    notes = (_SAMPLES_REPEATED,) if on_batch(shape, axes) else ()

    def function(x: Array, repeats: Any) -> Array:
        return np.repeat(x, np.asarray(repeats, int), axis)

    if not is_number(repeats):
        line, rule = _each_repeated(repeats, shape, axes)
        return plain_row(line, function, rule, *notes)
    often = times(int(repeats))
    if axis is None:
        line = sentence(f"in reading order, each number {often}")
        rule = f"all numbers in one row, each {often}"
        return plain_row(line, function, rule)
    names = letters(len(shape))
    places = [
        divided(one, int(repeats)) if k in axes else one for k, one in enumerate(names)
    ]
    length = shape[axes[0]]
    after = "" if length is None else f": {length} × {repeats} = {length * repeats}"
    rule = f"each number stands {often} in a row along axis {axes[0]}{after}"
    return plain_row(equal(names, "x", places), function, rule, *notes)


def _each_repeated(
    repeats: Any, shape: Shape, axes: tuple[int, ...]
) -> tuple[Line, str]:
    which = f"axis {axes[0]}" if axes else "all numbers in reading order"
    if not isinstance(repeats, (list, tuple)):
        rule = f"each place of {which} as often as the number for it tells"
        return sentence(f"with {rule[5:]}"), rule
    often = listed([str(one) for one in repeats], most=9)
    total = " + ".join(map(str, repeats))
    line = sentence(f"with the places of {which} repeated {often} times")
    return line, f"the places of {which} stand {often} times: {total} = {sum(repeats)}"


def _tile(arguments: Mapping[str, Any]) -> Row:
    shape, repeats = shape_of(arguments["x"]), arguments["repeats"]
    several = (repeats,) if is_number(repeats) else tuple(repeats)
    rank = max(len(shape), len(several))
    more = rank - len(shape)
    often = (1,) * (rank - len(several)) + tuple(int(n) for n in several)
    lengths = (1,) * more + shape
    opened = any(n is None and k != 1 for n, k in zip(lengths, often, strict=True))
    names = letters(rank)
    if opened:
        told = " × ".join(map(str, often))
        line = sentence(f"repeated {told} times along its axes")
    else:
        pairs = list(zip(names[more:], shape, often[more:], strict=True))
        places = [wrapped(a, n or 0) if k != 1 else a for a, n, k in pairs]
        line = equal(names, "x", places)
    rule = "; ".join(
        f"axis {axis} is repeated {times(k)}"
        + ("" if n is None else f": {n} × {k} = {n * k}")
        for axis, (n, k) in enumerate(zip(lengths, often, strict=True))
        if k != 1
    )
    notes = (_SAMPLES_REPEATED,) if opened and often[0] != 1 else ()
    return plain_row(line, lambda x: np.tile(x, often), rule or SAME, *notes)


by_call("Repeat", _repeat)
by_call("Tile", _tile)
