"""Operations that give numbers other places, and change none of them."""

from __future__ import annotations

from math import prod

import numpy as np

from teachkit.graph import Shape
from teachkit.math.formulas import Formula, Symbol, formula
from teachkit.math.meanings import Meaning
from teachkit.math.operations.arguments import shape_of, told_shape
from teachkit.math.operations.tables import all_arguments
from teachkit.math.rules import for_operations
from teachkit.math.subjects import Subject


@for_operations("Reshape")
def reshape(subject: Subject) -> Meaning:
    """The same numbers in the same order, the last axis running fastest."""
    target = tuple(all_arguments(subject)["newshape"])
    # Keras takes an open length for one that is to be found out.
    target = tuple(-1 if n is None else n for n in target)
    shape = shape_of(subject.given.first)
    result = _reshaped(shape, target)
    return Meaning(
        formula=_renamed(r"\operatorname{reshape}($x)", "reshape($x)", shape, result),
        shapes=(result,),
        shape_rule=_reshape_rule(shape, target, result),
        evaluate=lambda given: np.reshape(given.first, target),
    )


@for_operations("Transpose")
def transpose(subject: Subject) -> Meaning:
    """The axes in another order."""
    shape = shape_of(subject.given.first)
    axes = all_arguments(subject)["axes"]
    order = tuple(axes) if axes is not None else tuple(reversed(range(len(shape))))
    result = tuple(shape[k] for k in order)
    letters = "ijklmpqrst"[: len(shape)]
    turned = "".join(letters[k] for k in order)
    matrix = len(shape) == 2 and order == (1, 0)
    latex = f"${{y}}_{{{turned}}} = ${{x}}_{{{letters}}}"
    return Meaning(
        formula=formula(
            r"$y = $x^{\top}" if matrix else latex,
            f"$y = $x with the axes in the order {', '.join(map(str, order))}",
            y=Symbol("y", "y", result, "output"),
            x=Symbol("x", "x", shape, "input"),
        ),
        shapes=(result,),
        shape_rule=f"the axes of {told_shape(shape)} in the order "
        f"{', '.join(map(str, order))}: {told_shape(result)}",
        evaluate=lambda given: np.transpose(given.first, order),
    )


def _renamed(latex: str, text: str, shape: Shape, result: Shape) -> Formula:
    return formula(
        f"$y = {latex}",
        f"$y = {text}",
        y=Symbol("y", "y", result, "output"),
        x=Symbol("x", "x", shape, "input"),
    )


def _reshaped(shape: Shape, target: tuple[int, ...]) -> Shape:
    if -1 not in target:
        return target
    known = prod(n for n in target if n != -1)
    if None in shape:
        return tuple(_open_length(shape, known) if n == -1 else n for n in target)
    size = prod(n for n in shape if n is not None)
    return tuple(size // known if n == -1 else n for n in target)


def _open_length(shape: Shape, known: int) -> int | None:
    """Return the length left over when some are open: zero or open."""
    return 0 if 0 in shape and known else None


def _reshape_rule(shape: Shape, target: tuple[int, ...], result: Shape) -> str:
    told = f"{told_shape(shape)} read as {told_shape(result)}"
    if -1 in target:
        return (
            f"{told}; the length written as -1 follows from how many numbers there are"
        )
    return f"{told}: as many numbers as before"
