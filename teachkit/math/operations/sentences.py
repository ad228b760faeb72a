"""Rows of tables whose formula is made for the call, and what they say in words."""

from __future__ import annotations

from typing import Any

from teachkit.graph import Shape
from teachkit.math.formulas import Line
from teachkit.math.operations.places import joined, words
from teachkit.math.operations.tables import Row

SAME = "the shape stays"


def plain_row(line: Line, function: Any, rule: str, *notes: str) -> Row:
    """Return the row for a line in both forms."""
    return Row(
        latex=line.latex,
        text=line.text,
        function=function,
        shape_rule=rule,
        notes=notes,
    )


def sentence(text: str) -> Line:
    """Return `y = x, ...` with words behind."""
    return joined("$result0 = $x", words(text))


def on_batch(shape: Shape, axes: tuple[int, ...]) -> bool:
    """Tell whether one of some axes is that of the batch."""
    return bool(shape) and shape[0] is None and 0 in axes
