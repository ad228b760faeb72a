"""Products of matrices and tensors."""

from __future__ import annotations

from math import prod

import numpy as np

from teachkit.graph import Shape
from teachkit.math.amounts import Amount, amount, product
from teachkit.math.formulas import Formula, Line, Symbol, formula
from teachkit.math.meanings import Meaning
from teachkit.math.operations.arguments import shape_of, told_shape
from teachkit.math.operations.arithmetic import broadcast
from teachkit.math.rules import for_operations
from teachkit.math.subjects import Arguments, Array, Subject
from teachkit.math.written import line, matrix, small


@for_operations("Matmul")
def matmul(subject: Subject) -> Meaning:
    """Every number is a row of the first times a column of the second."""
    left, right = (shape_of(value) for value in subject.given.values())
    shape = _matmul_shape(left, right)
    inner = left[-1] if left[-1] is not None else right[max(0, len(right) - 2)]
    return Meaning(
        formula=formula(
            "$y = $a $b",
            y=Symbol("Y", "Y", shape, "output"),
            a=Symbol("A", "A", left, "first input"),
            b=Symbol("B", "B", right, "second input"),
        ),
        shapes=(shape,),
        shape_rule=(
            f"{told_shape(left)} times {told_shape(right)}: the inner length {inner} "
            f"goes away, the outer ones stay, {told_shape(shape)}"
        ),
        macs=multiplications(shape, inner, left, right),
        evaluate=lambda given: np.matmul(*given.values()),
        by_hand=_matmul_by_hand,
    )


def multiplications(
    result: Shape, inner: int | None, *operands: Shape
) -> Amount | None:
    """Return how many products of two numbers one sample needs.

    Arguments:
        result: the shape that comes out.
        inner: how many products are added up for one number of it.
        operands: shapes that go in. The first axis of the result is the batch if it is
            that of the first operand, or open in any.
    """
    batch = bool(result) and any(
        one and one[0] == result[0] and (k == 0 or one[0] is None)
        for k, one in enumerate(operands)
    )
    places = result[1:] if batch else result
    if inner is None or None in places:
        return None
    return product(
        amount(prod(n for n in places if n is not None), "places"),
        amount(inner, "inner length"),
    )


def _matmul_shape(left: Shape, right: Shape) -> Shape:
    rows = left[-2:-1]
    columns = right[-1:] if len(right) > 1 else ()
    return (*broadcast(left[:-2], right[:-2]), *rows, *columns)


def _matmul_by_hand(given: Arguments, outputs: list[Array]) -> Formula | None:
    a, b = given.values()
    if a.ndim != 2 or b.ndim != 2 or not small(a, b, outputs[0]):
        return None
    equals: Line | str = "="
    return line(matrix(a), matrix(b), equals, matrix(outputs[0]))
