"""Operations that make tensors, and those that hand one on as it is."""

from __future__ import annotations

from typing import Any

import numpy as np

from teachkit.math.operations.elementwise import each_number
from teachkit.math.operations.tables import Row, by_row
from teachkit.math.rules import for_operations
from teachkit.math.subjects import Array


def _spaced(name: str, text: str, function: Any) -> Row:
    return Row(
        latex=rf"\text{{{name}}} \text{{ from }} $start \text{{ to }} $stop, \; $num "
        r"\text{ numbers along a new axis}",
        text=f"{text} from $start to $stop, $num numbers along a new axis",
        function=function,
        shape_rule="a new axis with {num} places",
    )


def _linspace(start: Any, stop: Any, num: int, endpoint: bool, axis: int) -> Array:
    return np.linspace(start, stop, num, endpoint, axis=axis)


def _geomspace(start: Any, stop: Any, num: int, endpoint: bool, axis: int) -> Array:
    parts = np.linspace(0, 1, num, endpoint)
    start, stop = np.broadcast_arrays(start, stop)
    made = start[..., None] * (stop / start)[..., None] ** parts
    return np.moveaxis(made, -1, axis)


def _logspace(
    start: Any, stop: Any, num: int, endpoint: bool, base: Any, axis: int
) -> Array:
    return np.asarray(base ** _linspace(start, stop, num, endpoint, axis))


_ROWS: dict[str, Row] = {
    "Full": Row(
        latex=r"$fill_value \text{ everywhere}",
        text="$fill_value everywhere",
        function=lambda fill_value, shape: np.full(shape, fill_value),
        shape_rule="the shape that is asked for, {shape}",
    ),
    "FullLike": Row(
        latex=r"$fill_value \text{ everywhere, in the shape of } $x",
        text="$fill_value everywhere, in the shape of $x",
        function=lambda x, fill_value: np.full(x.shape, fill_value),
        shape_rule="the shape stays",
    ),
    "Geomspace": _spaced("equal factors", "equal factors", _geomspace),
    "Linspace": _spaced("equal steps", "equal steps", _linspace),
    "Logspace": _spaced("powers of the base", "powers of $base", _logspace),
    "Size": Row(
        latex=r"\text{how many numbers } $x \text{ has}",
        text="how many numbers $x has",
        function=lambda x: np.asarray(x.size),
        shape_rule="a single number",
    ),
    "Ndim": Row(
        latex=r"\text{how many axes } $x \text{ has}",
        text="how many axes $x has",
        function=lambda x: np.asarray(x.ndim),
        shape_rule="a single number",
    ),
}

for _name, _row in _ROWS.items():
    by_row(_name, _row)

for_operations("StopGradient")(
    each_number(
        "$x",
        "$x",
        np.asarray,
        "In training no gradient goes through here: what stands before it learns "
        "nothing from this path.",
    )
)
for_operations("ConvertToTensor", "Array")(each_number("$x", "$x", np.asarray))
