"""Operations that join tensors, and that cut one into several."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from teachkit.math.operations.arguments import shape_of, size_of
from teachkit.math.operations.tables import Row, Shapes, by_row
from teachkit.math.subjects import Array

Sections = int | Sequence[int]


def _row(latex: str, text: str, function: Callable[..., Any], rule: str) -> Row:
    return Row(latex=latex, text=text, function=function, shape_rule=rule)


def _list_row(name: str, tail: str, function: Callable[..., Any], rule: str) -> Row:
    """Return the row of a function of a list `xs` with a remark such as an axis."""
    return _row(
        rf"\operatorname{{{name}}}($xs...{tail})",
        f"{name}($xs...{tail})".replace(r"\text{ axis }", "axis"),
        function,
        rule,
    )


def _cut_row(name: str, function: Callable[..., Any], rule: str) -> Row:
    forms = (
        rf"\operatorname{{{name}}}($x, $indices_or_sections)",
        f"{name}($x, $indices_or_sections)",
    )
    return _row(*forms, function, rule)


def _unstack(x: Array, axis: int) -> list[Array]:
    return list(np.moveaxis(x, axis, 0))


def _append(x1: Any, x2: Any, axis: int | None) -> Array:
    return np.append(x1, x2, axis)


def _meshgrid(x: list[Array], indexing: str) -> list[Array]:
    return list(np.meshgrid(*x, indexing="ij" if indexing == "ij" else "xy"))


def _grid(arguments: Mapping[str, Any]) -> Shapes:
    lengths = [size_of(shape_of(one)) for one in arguments["x"]]
    if arguments["indexing"] == "xy":
        lengths[:2] = reversed(lengths[:2])
    return (tuple(lengths),) * len(lengths)


def _split(x: Array, indices_or_sections: Sections, axis: int) -> list[Array]:
    return np.split(x, indices_or_sections, axis)


def _array_split(x: Array, indices_or_sections: Sections, axis: int) -> list[Array]:
    return np.array_split(x, indices_or_sections, axis)


_AXIS = r", \text{ axis } $axis"

_ROWS: dict[str, Row] = {
    "Append": _row(
        rf"\operatorname{{append}}($x1, $x2{_AXIS})",
        "append($x1, $x2, axis $axis)",
        _append,
        "the lengths of axis {axis} are added; with None all numbers in a row",
    ),
    "ArraySplit": _cut_row(
        "array split",
        _array_split,
        "axis {axis} is cut into {indices_or_sections} parts, the first ones longer",
    ),
    "Concatenate": _list_row(
        "concatenate",
        _AXIS,
        lambda xs, axis: np.concatenate(xs, axis),
        "the lengths of axis {axis} are added",
    ),
    "Dsplit": _cut_row(
        "split",
        lambda x, indices_or_sections: np.dsplit(x, indices_or_sections),
        "axis 2 is cut: {indices_or_sections}",
    ),
    "Dstack": _list_row(
        "dstack", "", lambda xs: np.dstack(xs), "the lengths of axis 2 are added"
    ),
    "Hsplit": _cut_row(
        "split",
        lambda x, indices_or_sections: np.hsplit(x, indices_or_sections),
        "axis 1 is cut: {indices_or_sections}",
    ),
    "Hstack": _list_row(
        "hstack", "", lambda xs: np.hstack(xs), "the lengths of axis 1 are added"
    ),
    "Split": _cut_row(
        "split",
        _split,
        "axis {axis} is cut: {indices_or_sections} (so many equal parts, or where)",
    ),
    "Stack": _row(
        rf"\operatorname{{stack}}($x...{_AXIS})",
        "stack($x..., axis $axis)",
        lambda x, axis: np.stack(x, axis),
        "a new axis at place {axis}, as long as there are tensors",
    ),
    "Unstack": _row(
        rf"\operatorname{{unstack}}($x{_AXIS})",
        "unstack($x, axis $axis)",
        _unstack,
        "axis {axis} goes away, a tensor for each place of it",
    ),
    "Vsplit": _cut_row(
        "split",
        lambda x, indices_or_sections: np.vsplit(x, indices_or_sections),
        "axis 0 is cut: {indices_or_sections}",
    ),
    "Vstack": _list_row(
        "vstack", "", lambda xs: np.vstack(xs), "the lengths of axis 0 are added"
    ),
}

for _names, _each in _ROWS.items():
    by_row(_names, _each)

by_row(
    "Meshgrid",
    Row(
        latex=r"\operatorname{meshgrid}($x..., \text{ indexing } $indexing)",
        text="meshgrid($x..., indexing $indexing)",
        function=_meshgrid,
        shape_rule="every pair of numbers: each tensor is repeated along the axes of "
        "the others",
        shapes=_grid,
    ),
)
