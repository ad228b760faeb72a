"""Products of tensors other than of matrices: dot, inner, outer, einsum."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod
from typing import Any

import numpy as np

from teachkit.graph import Shape
from teachkit.math.amounts import NOTHING, Amount
from teachkit.math.formulas import Symbol, formula, word
from teachkit.math.meanings import Meaning
from teachkit.math.operations.arguments import shape_of, size_of
from teachkit.math.operations.linear_algebra import multiplications
from teachkit.math.operations.tables import (
    Row,
    Shapes,
    all_arguments,
    by_row,
    evaluation,
    shapes_or_open,
    told_rule,
)
from teachkit.math.rules import for_operations
from teachkit.math.subjects import Array, Subject


@for_operations("Einsum")
def einsum(subject: Subject) -> Meaning:
    """A sum of products over the letters that are missing behind the arrow."""
    own = all_arguments(subject)
    operands = [shape_of(one) for one in own["operands"]]
    subscripts = str(own["subscripts"]).replace(" ", "")
    evaluate = evaluation(subject, _einsum)
    known = _einsum_shape(subscripts, operands)
    shapes = shapes_or_open(subject, evaluate) if known is None else (known,)
    gone = _summed(subscripts, operands)
    names = "ABCDEFGH"[: len(operands)]
    letters = _letters(subscripts)
    terms = [f"${{{n}}}_{{{i}}}" for n, i in zip(names, letters, strict=False)]
    under = "".join(gone)
    total = rf"\sum\limits_{{{under}}} " if gone else ""
    symbols = {
        name: Symbol(name, name, shape, f"input {k}")
        for k, (name, shape) in enumerate(zip(names, operands, strict=True), 1)
    }
    listed = ", ".join(f"${name}" for name in names)
    return Meaning(
        formula=formula(
            f"${{y}}_{{{letters[-1]}}} = {total}" + r" \, ".join(terms),
            f"$y = einsum($subscripts; {listed})",
            y=Symbol("y", "y", shapes[0], "output"),
            subscripts=word(subscripts),
            **symbols,
        ),
        shapes=shapes,
        shape_rule=told_rule(_einsum_rule(subscripts, gone), subject, shapes),
        macs=_einsum_macs(shapes[0], gone, operands),
        evaluate=evaluate,
    )


def _einsum(operands: list[Array], subscripts: str) -> Array:
    return np.asarray(np.einsum(subscripts, *operands))


def _letters(subscripts: str) -> list[str]:
    """Return the indices of each operand and, last, of the result."""
    before, arrow, after = subscripts.partition("->")
    terms = before.split(",")
    if not arrow:
        # Without an arrow: letters that stand once, in the order of the alphabet.
        letters = "".join(terms).replace(".", "")
        once = sorted(one for one in set(letters) if letters.count(one) == 1)
        after = ("..." if "..." in before else "") + "".join(once)
    return [one.replace("...", r"\dots ") for one in (*terms, after)]


def _summed(subscripts: str, operands: list[Shape]) -> dict[str, int | None]:
    """Return the letters that are summed over, and the length of each."""
    result = _letters(subscripts)[-1]
    lengths = _lengths(subscripts, operands)
    return {k: n for k, n in lengths.items() if k not in result}


def _einsum_shape(subscripts: str, operands: list[Shape]) -> Shape | None:
    """Return the length of each letter of the result; None where dots stand."""
    result, lengths = _letters(subscripts)[-1], _lengths(subscripts, operands)
    if "dots" in result:
        return None
    return tuple(lengths[letter] for letter in result)


def _lengths(subscripts: str, operands: list[Shape]) -> dict[str, int | None]:
    """Return the length of each letter, open only where it is in all operands."""
    *terms, _ = [one.replace(r"\dots ", ".") for one in _letters(subscripts)]
    lengths: dict[str, int | None] = {}
    for term, shape in zip(terms, operands, strict=True):
        front, _, behind = term.partition(".")
        found = [*zip(front, shape, strict=False)]
        found += zip(reversed(behind), reversed(shape), strict=False)
        for letter, length in found:
            lengths[letter] = lengths.get(letter) or length
    return lengths


def _einsum_rule(subscripts: str, gone: Mapping[str, Any]) -> str:
    away = f"; {', '.join(gone)} are summed over and go away" if gone else ""
    return f"each letter of {subscripts} is an axis{away}"


def _einsum_macs(
    result: Shape | None, gone: Mapping[str, int | None], operands: list[Shape]
) -> Amount | None:
    if len(operands) < 2:
        return NOTHING
    if result is None or None in gone.values():
        return None
    inner = prod(n for n in gone.values() if n is not None)
    return multiplications(result, inner, *operands)


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
    "Dot": Row(
        latex=r"$x1 \cdot $x2",
        text="dot($x1, $x2)",
        function=lambda x1, x2: np.dot(x1, x2),
        shape_rule="the last axis of the first meets the last but one of the second",
        shapes=_dot_shape,
        macs=_last,
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
    "Tensordot": Row(
        latex=r"\operatorname{tensordot}($x1, $x2, \text{ axes } $axes)",
        text="tensordot($x1, $x2, axes $axes)",
        function=_tensordot,
        shape_rule="axes {axes} are multiplied, summed over and go away",
        macs=_tensordot_macs,
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
