"""Operations that turn, shift, repeat and pad."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from teachkit.math.formulas import Line
from teachkit.math.operations.arguments import is_number, shape_of, written_value
from teachkit.math.operations.axes import taken_axes, told_axes, told_length
from teachkit.math.operations.places import (
    equal,
    joined,
    letters,
    mirrored,
    shifted,
    words,
    wrapped,
)
from teachkit.math.operations.sentences import SAME, on_batch, plain_row, sentence
from teachkit.math.operations.tables import Row, by_call
from teachkit.math.subjects import Array
from teachkit.speech import number

_SAMPLES_TURNED = "Axis 0 is that of the batch: the samples come in another order."


def _flipped(axis: Any) -> Any:
    def row(arguments: Mapping[str, Any]) -> Row:
        shape = shape_of(arguments["x"])
        which = axis if isinstance(axis, int) else arguments["axis"]
        axes = taken_axes(len(shape), which)
        names = letters(len(shape))
        if any(shape[k] is None for k in axes):
            line = sentence(
                f"with {told_axes(axes, len(shape))} from the end to the start"
            )
        else:
            places = [
                mirrored(one, shape[k] or 0) if k in axes else one
                for k, one in enumerate(names)
            ]
            line = equal(names, "x", places)
        notes = (_SAMPLES_TURNED,) if on_batch(shape, axes) else ()
        return plain_row(line, lambda x: np.flip(x, axes), SAME, *notes)

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
    return plain_row(line, _padded, rule or SAME)


def _padded(x: Array, pad_width: Any, mode: str, constant_values: Any = None) -> Array:
    further = {} if constant_values is None else {"constant_values": constant_values}
    widths = _pairs(pad_width, x.ndim)
    return np.asarray(np.pad(x, widths, mode=mode, **further))  # type: ignore[call-overload]


def _pairs(pad_width: Any, rank: int) -> list[tuple[int, int]]:
    """Return how many numbers are put before and behind, for each axis."""
    widths = np.broadcast_to(np.asarray(pad_width, int), (rank, 2))
    return [(int(before), int(behind)) for before, behind in widths]


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
        line = sentence(f"in reading order, shifted by {_places(shift)} in a circle")
        notes = (_SAMPLES_TURNED,) if on_batch(shape, (0,)) else ()
        return plain_row(line, function, rule, *notes)
    axes = [axis] if is_number(axis) else list(axis)
    by = [shift] * len(axes) if is_number(shift) else list(shift)
    steps = dict.fromkeys(range(len(shape)), 0)
    for one, step in zip(axes, by, strict=True):
        steps[one % len(shape)] += step
    moved = tuple(k for k, step in steps.items() if step)
    names = letters(len(shape))
    if any(shape[k] is None for k in moved):
        which = told_axes(moved, len(shape))
        line = sentence(f"shifted by {_places(shift)} in a circle along {which}")
    else:
        places = [
            wrapped(shifted(one, -steps[k]), shape[k] or 0) if k in moved else one
            for k, one in enumerate(names)
        ]
        line = equal(names, "x", places)
    notes = (_SAMPLES_TURNED,) if on_batch(shape, moved) else ()
    return plain_row(line, function, rule, *notes)


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
    return plain_row(line, lambda array, k, axes: np.rot90(array, k, tuple(axes)), rule)


_KINDS: dict[str, Any] = {
    "Flip": _flipped(None),
    "Fliplr": _flipped(1),
    "Flipud": _flipped(0),
    "Pad": _pad,
    "Roll": _roll,
    "Rot90": _rot90,
}

for _name, _row_of in _KINDS.items():
    by_call(_name, _row_of)
