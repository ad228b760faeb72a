"""Products of tensors other than of matrices: dot, inner, outer."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod
from typing import Any

import numpy as np

from teachkit.math.amounts import NOTHING, Amount
from teachkit.math.formulas import Line
from teachkit.math.operations.arguments import shape_of, size_of
from teachkit.math.operations.axes import told_axes, told_length
from teachkit.math.operations.linear_algebra import multiplications
from teachkit.math.operations.places import at, joined, letters
from teachkit.math.operations.tables import (
    Row,
    Shapes,
    by_call,
    by_row,
)
from teachkit.math.subjects import Array


def _last(arguments: Mapping[str, Any], shapes: Shapes) -> Amount | None:
    """Return the products where the last axis of the first operand is summed over."""
    left, right = shape_of(arguments["x1"]), shape_of(arguments["x2"])
    if not left or not right:
        return NOTHING
    return multiplications(shapes[0] or (), left[-1], left, right)


def _outer_shape(arguments: Mapping[str, Any]) -> Shapes:
    left, right = shape_of(arguments["x1"]), shape_of(arguments["x2"])
    return ((size_of(left), size_of(right)),)


def _kron_shape(arguments: Mapping[str, Any]) -> Shapes:
    left, right = shape_of(arguments["x1"]), shape_of(arguments["x2"])
    rank = max(len(left), len(right))
    pairs = zip(
        (1,) * (rank - len(left)) + left,
        (1,) * (rank - len(right)) + right,
        strict=True,
    )
    return (tuple(size_of(pair) for pair in pairs),)


def _whole(arguments: Mapping[str, Any], shapes: Shapes) -> Amount | None:
    return multiplications((), size_of(shape_of(arguments["x1"])))


def _dot_shape(arguments: Mapping[str, Any]) -> Shapes:
    left, right = shape_of(arguments["x1"]), shape_of(arguments["x2"])
    if not left or not right:
        return (left or right,)
    return ((*left[:-1], *right[:-2], *(right[-1:] if len(right) > 1 else ())),)


def _tensordot(x1: Array, x2: Array, axes: Any) -> Array:
    pair = axes if isinstance(axes, int) else tuple(axes)
    return np.asarray(np.tensordot(x1, x2, axes=pair))


def _tensordot_macs(arguments: Mapping[str, Any], shapes: Shapes) -> Amount | None:
    left, right = shape_of(arguments["x1"]), shape_of(arguments["x2"])
    axes = arguments["axes"]
    if isinstance(axes, int):
        lengths = left[len(left) - axes :]
    else:
        first = axes[0] if isinstance(axes[0], (list, tuple)) else [axes[0]]
        lengths = tuple(left[k] for k in first)
    inner = None if None in lengths else prod(n for n in lengths if n is not None)
    return multiplications(shapes[0] or (), inner, left, right)


_ROWS: dict[str, Row] = {
    "Cross": Row(
        latex=r"$x1 \times $x2",
        text="cross product of $x1 and $x2",
        function=lambda x1, x2, axisa, axisb, axisc, axis: np.cross(
            x1, x2, axisa, axisb, axisc, axis
        ),
        shape_rule="vectors of three numbers stay vectors of three",
    ),
    "Inner": Row(
        latex=r"\sum\limits_{k} ${x1}_{\dots k} \, ${x2}_{\dots k}",
        text="sum over the last axis of $x1 ⊙ $x2",
        function=lambda x1, x2: np.inner(x1, x2),
        shape_rule="the last axes of both go away",
        macs=_last,
    ),
    "Kron": Row(
        latex=r"$x1 \otimes $x2",
        text="kron($x1, $x2): each number of the first times the whole second",
        function=lambda x1, x2: np.kron(x1, x2),
        shape_rule="the lengths of each axis are multiplied",
        shapes=_kron_shape,
    ),
    "Outer": Row(
        latex=r"$x1 \, $x2^{\top}",
        text="each number of $x1 times each number of $x2",
        function=lambda x1, x2: np.outer(x1, x2),
        shape_rule="a row for each number of the one, a column for each of the other",
        shapes=_outer_shape,
    ),
    "Vdot": Row(
        latex=r"\sum\limits_{k} ${x1}_{k} \, ${x2}_{k}",
        text="sum of $x1 ⊙ $x2 over all numbers",
        function=lambda x1, x2: np.vdot(x1, x2),
        shape_rule="a single number",
        macs=_whole,
    ),
}

for _name, _row in _ROWS.items():
    by_row(_name, _row)


def _dot(arguments: Mapping[str, Any]) -> Row:
    left, right = shape_of(arguments["x1"]), shape_of(arguments["x2"])
    line, rule = Line(r"$x1 \odot $x2", "$x1 ⊙ $x2"), "each number times the number"
    if left and right:
        *front, _ = names = letters(len(left) + len(right) - 1)
        summed = names[len(left) - 1]
        rows, columns = front[: len(left) - 1], names[len(left) :]
        inner = [*columns[:-1], summed, *columns[-1:]] if columns else [summed]
        first, second = at("x1", [*rows, summed]), at("x2", inner)
        result = at("result0", [*rows, *columns])
        total = Line(rf"\sum\limits_{{{summed.latex}}}", f"Σ_{summed.text}")
        line = joined(
            result, "=", total, Line(rf"{first.latex} \,", first.text), second
        )
        which = "only one" if len(right) == 1 else "last but one"
        length = told_length(left[-1])
        rule = (
            f"the last axis of the first and the {which} of the second, both of "
            f"length {length}, are summed over and go away"
        )
    return Row(
        latex=line.latex,
        text=line.text,
        function=lambda x1, x2: np.dot(x1, x2),
        shape_rule=rule,
        shapes=_dot_shape,
        macs=_last,
    )


def _tensordot_row(arguments: Mapping[str, Any]) -> Row:
    axes, rank = arguments["axes"], len(shape_of(arguments["x1"]))
    if isinstance(axes, int):
        pair = [list(range(rank - axes, rank)), list(range(axes))]
    else:
        pair = [list(one) if isinstance(one, (list, tuple)) else [one] for one in axes]
    first, second = (told_axes(tuple(one), -1) for one in pair)
    over = f"summed over {first} of the first and {second} of the second"
    return Row(
        latex=rf"$x1 \cdot $x2 \text{{, {over}}}",
        text=f"$x1 times $x2, {over}",
        function=_tensordot,
        shape_rule=f"{first} of the first and {second} of the second go away",
        macs=_tensordot_macs,
    )


by_call("Dot", _dot)
by_call("Tensordot", _tensordot_row)
