"""What layers share whose output has the shape of their input."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from teachkit.math.formulas import Formula, Symbol, formula
from teachkit.math.meanings import Meaning
from teachkit.math.subjects import Arguments, Array, Subject


def same_shape(
    subject: Subject,
    told: Formula,
    evaluate: Callable[[Arguments], Array] | None,
    **others: Any,
) -> Meaning:
    """Return the meaning of a layer that keeps the shape.

    Arguments:
        subject: the call.
        told: its formula.
        evaluate: NumPy for it.
        **others: further fields of the meaning.
    """
    return Meaning(
        formula=told,
        shapes=(subject.shape,),
        shape_rule="the shape stays as it is",
        evaluate=evaluate,
        **others,
    )


def of_input(
    subject: Subject, latex: str, text: str | None = None, **more: Symbol | str
) -> Formula:
    """Return a line about `$x`, the input, and `$y` with the same shape."""
    x = Symbol("x", "x", subject.shape, "input")
    y = Symbol("y", "y", subject.shape, "output")
    return formula(latex, text, x=x, y=y, **more)
