"""Operations that join tensors."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from teachkit.graph import Shape
from teachkit.math.formulas import Line
from teachkit.math.operations.arguments import shape_of, size_of
from teachkit.math.operations.axes import told_length
from teachkit.math.operations.places import at, joined, letters, words
from teachkit.math.operations.tables import Row, Shapes, by_call
from teachkit.math.subjects import Array

_SAMPLES_JOINED = (
    "Axis 0 is that of the batch: the samples of all inputs are joined to one larger "
    "batch. To put the features of a sample side by side, take another axis."
)
_SAMPLES_STACKED = (
    "Axis 0 was that of the batch: now it counts the tensors, and the samples are "
    "along axis 1. Later layers take the first axis for the samples."
)


def _joining(
    tensors: str, inputs: Sequence[Shape], axis: int, function: Callable[..., Any]
) -> Row:
    """Return the row for tensors one behind the other.

    Arguments:
        tensors: their symbols: `$xs...`.
        inputs: their shapes.
        axis: along which, counted from the front.
        function: NumPy for it.
    """
    line = joined(f"({tensors})", words(f"one behind the other along axis {axis}"))
    lengths = [shape[axis] for shape in inputs]
    known = [n for n in lengths if n is not None]
    terms = list(map(told_length, lengths))
    if len(terms) > 5:
        terms = [*terms[:2], "...", terms[-1]]
    total = f" = {sum(known)}" if len(known) == len(lengths) else ""
    opened = axis == 0 and None in lengths
    return Row(
        latex=line.latex,
        text=line.text,
        function=function,
        shape_rule=f"the lengths of axis {axis} are added: {' + '.join(terms)}{total}",
        notes=(_SAMPLES_JOINED,) if opened else (),
    )


def _concatenate(arguments: Mapping[str, Any]) -> Row:
    shapes = [shape_of(one) for one in arguments["xs"]]
    return _joining(
        "$xs...",
        shapes,
        int(arguments["axis"]) % len(shapes[0]),
        lambda xs, axis: np.concatenate(xs, axis),
    )


def _append(arguments: Mapping[str, Any]) -> Row:
    axis = arguments["axis"]
    shapes = [shape_of(arguments[name]) for name in ("x1", "x2")]

    def function(x1: Any, x2: Any) -> Array:
        return np.append(x1, x2, axis)

    if axis is not None:
        place = int(axis) % len(shapes[0])
        return _joining("$x1, $x2", shapes, place, function)
    line = joined(
        words("all numbers of"),
        "$x1",
        words(", then those of"),
        "$x2",
        words(", in one row"),
    )
    opened = any(shape and shape[0] is None for shape in shapes)
    sizes = " + ".join(told_length(size_of(shape)) for shape in shapes)
    return Row(
        latex=line.latex,
        text=line.text,
        function=function,
        shape_rule=f"one row of all numbers: {sizes}",
        notes=(_SAMPLES_JOINED,) if opened else (),
    )


def _dimension(least: int, axis: int, function: Callable[..., Any]) -> Any:
    """Return what makes the row of a function that gives tensors enough axes first."""

    def row(arguments: Mapping[str, Any]) -> Row:
        shapes = [_with_axes(shape_of(one), least) for one in arguments["xs"]]
        # Of vectors hstack has no axis 1 to take.
        place = 0 if len(shapes[0]) == 1 else axis
        return _joining("$xs...", shapes, place, function)

    return row


def _with_axes(shape: Shape, least: int) -> Shape:
    """Return a shape with the axes of length 1 that NumPy adds."""
    if len(shape) < 2 <= least:
        shape = (1, *shape) if shape else (1, 1)
    return (*shape, 1) if len(shape) < least else shape or (1,)


def _stack(arguments: Mapping[str, Any]) -> Row:
    tensors = arguments["x"]
    shape = shape_of(tensors[0])
    axis = int(arguments["axis"]) % (len(shape) + 1)
    line = joined("($x...)", words(f"side by side on a new axis {axis}"))
    opened = axis == 0 and bool(shape) and shape[0] is None
    return Row(
        latex=line.latex,
        text=line.text,
        function=lambda x, axis: np.stack(x, axis),
        shape_rule=f"a new axis {axis}, {len(tensors)} long: a place for each tensor",
        notes=(_SAMPLES_STACKED,) if opened else (),
    )


def _meshgrid(arguments: Mapping[str, Any]) -> Row:
    tensors, crossed = arguments["x"], arguments["indexing"] != "ij"
    names = letters(len(tensors))
    own = [*names]
    if crossed and len(own) > 1:
        own[0], own[1] = own[1], own[0]
    ranks = [len(shape_of(one)) for one in tensors]
    rest = words(": every number of each with every number of the others")
    line = joined("($x...)", rest)
    if all(rank == 1 for rank in ranks):
        parts = [
            joined(at(f"result{k}", names), "=", at(f"x{k}", [one]))
            for k, one in enumerate(own)
        ]
        gap = Line(r",\;", ",")
        line = joined(*(piece for one in parts for piece in (one, gap)))
        line = Line(line.latex[: -len(gap.latex)], line.text[: -len(gap.text)].strip())
    return Row(
        latex=line.latex,
        text=line.text,
        function=_grid,
        shape_rule="every pair of numbers: each tensor is repeated along the axes of "
        "the others",
        shapes=_grid_shapes,
    )


def _grid(x: list[Array], indexing: str) -> list[Array]:
    return list(np.meshgrid(*x, indexing="ij" if indexing == "ij" else "xy"))


def _grid_shapes(arguments: Mapping[str, Any]) -> Shapes:
    lengths = [size_of(shape_of(one)) for one in arguments["x"]]
    if arguments["indexing"] == "xy":
        lengths[:2] = reversed(lengths[:2])
    return (tuple(lengths),) * len(lengths)


_KINDS: dict[str, Any] = {
    "Append": _append,
    "Concatenate": _concatenate,
    "Dstack": _dimension(3, 2, lambda xs: np.dstack(xs)),
    "Hstack": _dimension(1, 1, lambda xs: np.hstack(xs)),
    "Meshgrid": _meshgrid,
    "Stack": _stack,
    "Vstack": _dimension(2, 0, lambda xs: np.vstack(xs)),
}

for _name, _row_of in _KINDS.items():
    by_call(_name, _row_of)
