"""Operations that turn, shift, repeat and pad."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from teachkit.graph import Shape
from teachkit.math.formulas import Line
from teachkit.math.operations.arguments import is_number, shape_of, written_value
from teachkit.math.operations.axes import taken_axes, told_axes, told_length
from teachkit.math.operations.places import (
    divided,
    equal,
    joined,
    letters,
    mirrored,
    shifted,
    words,
    wrapped,
)
from teachkit.math.operations.tables import Row, by_call
from teachkit.math.subjects import Array
from teachkit.speech import listed, number, times

_SAME = "the shape stays"
_SAMPLES_TURNED = "Axis 0 is that of the batch: the samples come in another order."
_SAMPLES_REPEATED = "Axis 0 is that of the batch: there are more samples than before."


def _row(line: Line, function: Any, rule: str, *notes: str) -> Row:
    return Row(
        latex=line.latex,
        text=line.text,
        function=function,
        shape_rule=rule,
        notes=notes,
    )


def _sentence(text: str) -> Line:
    """Return `y = x, ...` with words behind."""
    return joined("$result0 = $x", words(text))


def _on_batch(shape: Shape, axes: tuple[int, ...]) -> bool:
    return bool(shape) and shape[0] is None and 0 in axes


def _flipped(axis: Any) -> Any:
    def row(arguments: Mapping[str, Any]) -> Row:
        shape = shape_of(arguments["x"])
        which = axis if isinstance(axis, int) else arguments["axis"]
        axes = taken_axes(len(shape), which)
        names = letters(len(shape))
        if any(shape[k] is None for k in axes):
            line = _sentence(
                f"with {told_axes(axes, len(shape))} from the end to the start"
            )
        else:
            places = [
                mirrored(one, shape[k] or 0) if k in axes else one
                for k, one in enumerate(names)
            ]
            line = equal(names, "x", places)
        notes = (_SAMPLES_TURNED,) if _on_batch(shape, axes) else ()
        return _row(line, lambda x: np.flip(x, axes), _SAME, *notes)

    return row


_OUTSIDE = {
    "constant": "where there is such a number, else",
    "edge": "; outside, the number at the edge",
    "reflect": "; outside, mirrored at the number on the edge",
    "symmetric": "; outside, mirrored at the edge",
}


def _pad(arguments: Mapping[str, Any]) -> Row:
    shape, mode = shape_of(arguments["x"]), arguments["mode"]
    widths = _pairs(arguments["pad_width"], len(shape))
    names = letters(len(shape))
    places = [shifted(one, -w[0]) for one, w in zip(names, widths, strict=True)]
    value = written_value(arguments.get("constant_values") or 0)
    tail = words(_OUTSIDE.get(mode, f"; outside: {mode}"))
    if mode == "constant":
        tail = joined(tail, Line(value.latex, value.text))
    line = joined(equal(names, "x", places), tail)
    rule = "; ".join(
        f"axis {k}: {before} before + {told_length(shape[k])} + {behind} behind"
        + ("" if shape[k] is None else f" = {before + (shape[k] or 0) + behind}")
        for k, (before, behind) in enumerate(widths)
        if before or behind
    )
    return _row(line, _padded, rule or _SAME)


def _padded(x: Array, pad_width: Any, mode: str, constant_values: Any = None) -> Array:
    further = {} if constant_values is None else {"constant_values": constant_values}
    widths = _pairs(pad_width, x.ndim)
    return np.asarray(np.pad(x, widths, mode=mode, **further))  # type: ignore[call-overload]


def _pairs(pad_width: Any, rank: int) -> list[tuple[int, int]]:
    """Return how many numbers are put before and behind, for each axis."""
    widths = np.broadcast_to(np.asarray(pad_width, int), (rank, 2))
    return [(int(before), int(behind)) for before, behind in widths]


def _repeat(arguments: Mapping[str, Any]) -> Row:
    shape, repeats = shape_of(arguments["x"]), arguments["repeats"]
    axis = arguments["axis"]
    axes = () if axis is None else taken_axes(len(shape), axis)
    notes = (_SAMPLES_REPEATED,) if _on_batch(shape, axes) else ()

    def function(x: Array, repeats: Any) -> Array:
        return np.repeat(x, np.asarray(repeats, int), axis)

    if not is_number(repeats):
        line, rule = _each_repeated(repeats, shape, axes)
        return _row(line, function, rule, *notes)
    often = times(int(repeats))
    if axis is None:
        line = _sentence(f"in reading order, each number {often}")
        rule = f"all numbers in one row, each {often}"
        return _row(line, function, rule)
    names = letters(len(shape))
    places = [
        divided(one, int(repeats)) if k in axes else one for k, one in enumerate(names)
    ]
    length = shape[axes[0]]
    after = "" if length is None else f": {length} × {repeats} = {length * repeats}"
    rule = f"each number stands {often} in a row along axis {axes[0]}{after}"
    return _row(equal(names, "x", places), function, rule, *notes)


def _each_repeated(
    repeats: Any, shape: Shape, axes: tuple[int, ...]
) -> tuple[Line, str]:
    which = f"axis {axes[0]}" if axes else "all numbers in reading order"
    if not isinstance(repeats, (list, tuple)):
        rule = f"each place of {which} as often as the number for it tells"
        return _sentence(f"with {rule[5:]}"), rule
    often = listed([str(one) for one in repeats], most=9)
    total = " + ".join(map(str, repeats))
    line = _sentence(f"with the places of {which} repeated {often} times")
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
        line = _sentence(f"repeated {told} times along its axes")
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
    return _row(line, lambda x: np.tile(x, often), rule or _SAME, *notes)


def _roll(arguments: Mapping[str, Any]) -> Row:
    shape, shift, axis = (
        shape_of(arguments["x"]),
        arguments["shift"],
        arguments["axis"],
    )

    def function(x: Array) -> Array:
        return np.roll(x, shift, axis)

    rule = "what falls out at one end comes in again at the other; the shape stays"
    if axis is None:
        line = _sentence(f"in reading order, shifted by {_places(shift)} in a circle")
        notes = (_SAMPLES_TURNED,) if _on_batch(shape, (0,)) else ()
        return _row(line, function, rule, *notes)
    axes = [axis] if is_number(axis) else list(axis)
    by = [shift] * len(axes) if is_number(shift) else list(shift)
    steps = dict.fromkeys(range(len(shape)), 0)
    for one, step in zip(axes, by, strict=True):
        steps[one % len(shape)] += step
    moved = tuple(k for k, step in steps.items() if step)
    names = letters(len(shape))
    if any(shape[k] is None for k in moved):
        which = told_axes(moved, len(shape))
        line = _sentence(f"shifted by {_places(shift)} in a circle along {which}")
    else:
        places = [
            wrapped(shifted(one, -steps[k]), shape[k] or 0) if k in moved else one
            for k, one in enumerate(names)
        ]
        line = equal(names, "x", places)
    notes = (_SAMPLES_TURNED,) if _on_batch(shape, moved) else ()
    return _row(line, function, rule, *notes)


def _places(shift: Any) -> str:
    return "1 place" if shift == 1 else f"{shift} places"


def _rot90(arguments: Mapping[str, Any]) -> Row:
    shape, turns = shape_of(arguments["array"]), arguments["k"] % 4
    first, second = (k % len(shape) for k in arguments["axes"])
    names = letters(len(shape))
    places = list(names)
    i, j, rows, columns = names[first], names[second], shape[first], shape[second]
    known = rows is not None and columns is not None
    if turns == 1:
        places[first], places[second] = j, mirrored(i, columns or 0)
    elif turns == 2:
        places[first] = mirrored(i, rows or 0)
        places[second] = mirrored(j, columns or 0)
    elif turns == 3:
        places[first], places[second] = mirrored(j, rows or 0), i
    count = f"{number(turns)} quarter turn{'s' if turns > 1 else ''}"
    which = f"{count} from axis {first} to axis {second}"
    line = equal(names, "array", places)
    if not known and turns:
        line = joined("$result0 = $array", words(f"after {which}"))
    rule = which
    if turns % 2:
        rule = f"{which}: axes {first} and {second} change their lengths"
    return _row(line, lambda array, k, axes: np.rot90(array, k, tuple(axes)), rule)


_KINDS: dict[str, Any] = {
    "Flip": _flipped(None),
    "Fliplr": _flipped(1),
    "Flipud": _flipped(0),
    "Pad": _pad,
    "Repeat": _repeat,
    "Roll": _roll,
    "Rot90": _rot90,
    "Tile": _tile,
}

for _name, _row_of in _KINDS.items():
    by_call(_name, _row_of)
