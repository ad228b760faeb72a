"""Operations that turn, shift, repeat and pad, and add or drop axes of length 1."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from teachkit.math.operations.arguments import shape_of, size_of
from teachkit.math.operations.tables import Row, Shapes, by_row
from teachkit.math.subjects import Array

_SAME = "the shape stays"


def _pad(x: Array, pad_width: Any, mode: str, constant_values: Any = None) -> Array:
    further = {} if constant_values is None else {"constant_values": constant_values}
    widths = _pairs(pad_width, x.ndim)
    return np.asarray(np.pad(x, widths, mode=mode, **further))  # type: ignore[call-overload]


def _pairs(pad_width: Any, rank: int) -> list[tuple[int, int]]:
    """Return how many numbers are put before and behind, for each axis."""
    widths = np.broadcast_to(np.asarray(pad_width, int), (rank, 2))
    return [(int(before), int(behind)) for before, behind in widths]


def _squeeze(x: Array, axis: Any) -> Array:
    if axis is None:
        return np.squeeze(x)
    return np.squeeze(x, tuple(axis) if isinstance(axis, list) else axis)


def _plain(axis: Any) -> Any:
    return tuple(axis) if isinstance(axis, list) else axis


def _square(arguments: Mapping[str, Any]) -> Shapes:
    size = size_of(shape_of(arguments["x"]))
    side = None if size is None else size + abs(arguments["k"])
    return ((side, side),)


_ROWS: dict[str, tuple[str, str, Any, str]] = {
    "BroadcastTo": (
        r"\operatorname{broadcast}($x)",
        "broadcast($x)",
        lambda x, shape: np.broadcast_to(x, shape),
        "axes of length 1 and missing ones are stretched to {shape}",
    ),
    "Diag": (
        r"\operatorname{diag}($x, $k)",
        "diag($x), diagonal $k",
        lambda x, k: np.diag(x, k),
        "of a vector a matrix with it on a diagonal, of a matrix its diagonal",
    ),
    "Diagonal": (
        r"\operatorname{diagonal}($x, $offset)",
        "diagonal $offset of $x",
        lambda x, offset, axis1, axis2: np.diagonal(x, offset, axis1, axis2),
        "axes {axis1} and {axis2} become their diagonal, which stands last",
    ),
    "ExpandDims": (
        r"$x \text{ with a new axis } $axis",
        "$x with a new axis $axis",
        lambda x, axis: np.expand_dims(x, _plain(axis)),
        "an axis of length 1 at place {axis}",
    ),
    "Flip": (
        r"\operatorname{flip}($x, \text{ axis } $axis)",
        "flip($x, axis $axis)",
        lambda x, axis: np.flip(x, _plain(axis)),
        _SAME,
    ),
    "Fliplr": (
        r"\operatorname{flip}($x, \text{ axis } 1)",
        "flip($x, axis 1)",
        lambda x: np.fliplr(x),
        _SAME,
    ),
    "Flipud": (
        r"\operatorname{flip}($x, \text{ axis } 0)",
        "flip($x, axis 0)",
        lambda x: np.flipud(x),
        _SAME,
    ),
    "Moveaxis": (
        r"$x \text{ with axis } $source \text{ moved to } $destination",
        "$x with axis $source moved to $destination",
        lambda x, source, destination: np.moveaxis(x, source, destination),
        "axis {source} goes to place {destination}",
    ),
    "Pad": (
        r"\operatorname{pad}($x, $pad_width, \text{ mode } $mode)",
        "pad($x, $pad_width, mode $mode)",
        _pad,
        "each axis grows by what is put before and behind it, {pad_width}",
    ),
    "Ravel": (
        r"\operatorname{ravel}($x)",
        "ravel($x)",
        lambda x: np.ravel(x),
        "all numbers in a row",
    ),
    "Repeat": (
        r"\operatorname{repeat}($x, $repeats, \text{ axis } $axis)",
        "repeat($x, $repeats, axis $axis)",
        lambda x, repeats, axis: np.repeat(x, repeats, axis),
        "each place of axis {axis} stands {repeats} times in a row",
    ),
    "Roll": (
        r"\operatorname{roll}($x, $shift, \text{ axis } $axis)",
        "roll($x, $shift, axis $axis)",
        lambda x, shift, axis: np.roll(x, shift, axis),
        "what falls out behind comes in again in front; the shape stays",
    ),
    "Rot90": (
        r"\operatorname{rot90}($array, $k \text{ times}, \text{ axes } $axes)",
        "rot90($array, $k times, axes $axes)",
        lambda array, k, axes: np.rot90(array, k, tuple(axes)),
        "a quarter turn {k} times: an odd number swaps the lengths of axes {axes}",
    ),
    "Squeeze": (
        r"$x \text{ without axis } $axis",
        "$x without axis $axis",
        _squeeze,
        "axes of length 1 go away (axis {axis}; None means all of them)",
    ),
    "Swapaxes": (
        r"$x \text{ with axes } $axis1 \text{ and } $axis2 \text{ swapped}",
        "$x with axes $axis1 and $axis2 swapped",
        lambda x, axis1, axis2: np.swapaxes(x, axis1, axis2),
        "axes {axis1} and {axis2} change places",
    ),
    "Tile": (
        r"\operatorname{tile}($x, $repeats)",
        "tile($x, $repeats)",
        lambda x, repeats: np.tile(x, repeats),
        "the whole tensor is repeated {repeats} times along its axes",
    ),
    "Tril": (
        r"${x}_{ij} \text{ if } j \le i + $k \text{ else } 0",
        "the lower triangle of $x, up to diagonal $k, else 0",
        lambda x, k: np.tril(x, k),
        _SAME,
    ),
    "Triu": (
        r"${x}_{ij} \text{ if } j \ge i + $k \text{ else } 0",
        "the upper triangle of $x, from diagonal $k, else 0",
        lambda x, k: np.triu(x, k),
        _SAME,
    ),
}

for _name, (_latex, _text, _function, _rule) in _ROWS.items():
    by_row(_name, Row(latex=_latex, text=_text, function=_function, shape_rule=_rule))

by_row(
    "Diagflat",
    Row(
        latex=r"\operatorname{diag}($x, $k)",
        text="diag($x), diagonal $k",
        function=lambda x, k: np.diagflat(x, k),
        shape_rule="a square matrix with all numbers on a diagonal",
        shapes=_square,
    ),
)
