"""Operations on diagonals and triangles of matrices."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from teachkit.math.formulas import Line
from teachkit.math.operations.arguments import shape_of, size_of
from teachkit.math.operations.axes import told_length
from teachkit.math.operations.places import (
    at,
    equal,
    joined,
    letters,
    shifted,
    words,
)
from teachkit.math.operations.tables import Row, Shapes, by_call


def _diagonal_places(place: Line, k: int) -> tuple[Line, Line]:
    """Return row and column of a place of the diagonal number k."""
    return (place, shifted(place, k)) if k >= 0 else (shifted(place, -k), place)


def _length(rows: int | None, columns: int | None, k: int) -> int | None:
    if rows is None or columns is None:
        return None
    return max(0, min(rows + min(k, 0), columns - max(k, 0)))


def _named(k: int) -> str:
    if k == 0:
        return "the diagonal"
    return f"the diagonal {abs(k)} {'above' if k > 0 else 'below'} the main one"


def _diag(arguments: Mapping[str, Any]) -> Row:
    shape, k = shape_of(arguments["x"]), arguments["k"]
    place = letters(1)[0]
    both = _diagonal_places(place, k)
    if len(shape) == 1:
        line = joined(equal(both, "x", [place]), words(", elsewhere 0"))
        length = told_length(shape[0])
        rule = f"a square matrix with the {length} numbers on {_named(k)}"
    else:
        line = equal([place], "x", both)
        length = told_length(_length(shape[0], shape[1], k))
        rule = f"of the matrix {_named(k)} stays, {length} long"
    return Row(
        latex=line.latex,
        text=line.text,
        function=lambda x, k: np.diag(x, k),
        shape_rule=rule,
    )


def _diagflat(arguments: Mapping[str, Any]) -> Row:
    k = arguments["k"]
    size = size_of(shape_of(arguments["x"]))
    side = None if size is None else size + abs(k)
    line = joined("$result0 =", words(f"0, but on {_named(k)} the numbers of"), "$x")

    def shapes(arguments: Mapping[str, Any]) -> Shapes:
        return ((side, side),)

    return Row(
        latex=line.latex,
        text=line.text,
        function=lambda x, k: np.diagflat(x, k),
        shape_rule=f"a square matrix with all numbers in reading order on {_named(k)}",
        shapes=shapes,
    )


def _diagonal(arguments: Mapping[str, Any]) -> Row:
    shape, k = shape_of(arguments["x"]), arguments["offset"]
    first, second = (arguments[one] % len(shape) for one in ("axis1", "axis2"))
    *front, last = letters(len(shape) - 1)
    rest = iter(front)
    both = dict(zip((first, second), _diagonal_places(last, k), strict=True))
    before = [both[n] if n in both else next(rest) for n in range(len(shape))]
    line = equal([*front, last], "x", before)
    length = told_length(_length(shape[first], shape[second], k))
    return Row(
        latex=line.latex,
        text=line.text,
        function=lambda x, offset, axis1, axis2: np.diagonal(x, offset, axis1, axis2),
        shape_rule=f"axes {first} and {second} go away; {_named(k)} of them, {length} "
        "long, is the last axis",
    )


def _triangle(sign: Line, function: Any) -> Any:
    def row(arguments: Mapping[str, Any]) -> Row:
        names = letters(len(shape_of(arguments["x"])))
        limit = shifted(names[-2], arguments["k"])
        line = joined(
            equal(names, "x", names),
            words("if"),
            joined(names[-1], sign, limit),
            words(", else 0"),
        )
        return Row(
            latex=line.latex,
            text=line.text,
            function=function,
            shape_rule="the shape stays",
        )

    return row


def _trace(arguments: Mapping[str, Any]) -> Row:
    shape, k = shape_of(arguments["x"]), arguments["offset"]
    first, second = (arguments[one] % len(shape) for one in ("axis1", "axis2"))
    *front, last = letters(len(shape) - 1)
    rest = iter(front)
    both = dict(zip((first, second), _diagonal_places(last, k), strict=True))
    before = [both[n] if n in both else next(rest) for n in range(len(shape))]
    total = Line(rf"\sum\limits_{{{last.latex}}}", f"Σ_{last.text}")
    line = joined(at("result0", front), "=", total, at("x", before))
    return Row(
        latex=line.latex,
        text=line.text,
        function=lambda x, offset, axis1, axis2: np.trace(x, offset, axis1, axis2),
        shape_rule=f"the numbers on {_named(k)} are added: axes {first} and {second} "
        "go away",
    )


_KINDS: dict[str, Any] = {
    "Diag": _diag,
    "Diagflat": _diagflat,
    "Diagonal": _diagonal,
    "Trace": _trace,
    "Tril": _triangle(Line(r"\le", "≤"), lambda x, k: np.tril(x, k)),
    "Triu": _triangle(Line(r"\ge", "≥"), lambda x, k: np.triu(x, k)),
}

for _name, _row_of in _KINDS.items():
    by_call(_name, _row_of)
