"""Comparisons and logic: true or false for each number or pair of numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from teachkit.math.formulas import Symbol, formula, word
from teachkit.math.meanings import Meaning
from teachkit.math.operations.arguments import shape_of, told_shape
from teachkit.math.operations.arithmetic import broadcast, each_pair, two_inputs
from teachkit.math.operations.elementwise import each_number
from teachkit.math.operations.tables import Row, all_arguments, by_choice, by_row
from teachkit.math.rules import for_operations
from teachkit.math.subjects import Array, Subject

Function = Callable[..., Any]

_ROUNDING = "Floats that were computed in two ways are seldom equal to the last digit."

_PAIRS: dict[str, tuple[str, str, Function]] = {
    "Equal": ("$a = $b", "$a = $b", np.equal),
    "Greater": (r"$a \gt $b", "$a > $b", np.greater),
    "GreaterEqual": (r"$a \ge $b", "$a ≥ $b", np.greater_equal),
    "Less": (r"$a \lt $b", "$a < $b", np.less),
    "LessEqual": (r"$a \le $b", "$a ≤ $b", np.less_equal),
    "LogicalAnd": (r"$a \land $b", "$a and $b", np.logical_and),
    "LogicalOr": (r"$a \lor $b", "$a or $b", np.logical_or),
    "LogicalXor": (r"$a \oplus $b", "either $a or $b", np.logical_xor),
    "NotEqual": (r"$a \ne $b", "$a is not $b", np.not_equal),
}

_SINGLE: dict[str, tuple[str, str, Function]] = {
    "Isfinite": (r"|$x| \lt \infty", "$x is finite", np.isfinite),
    "Isinf": (r"|$x| = \infty", "$x is infinite", np.isinf),
    "Isnan": (r"$x \text{ is NaN}", "$x is NaN", np.isnan),
    "Isneginf": (r"$x = -\infty", "$x is -infinity", np.isneginf),
    "Isposinf": (r"$x = \infty", "$x is infinity", np.isposinf),
    "Isreal": (r"\operatorname{Im}($x) = 0", "$x has no imaginary part", np.isreal),
    "LogicalNot": (r"\lnot $x", "not $x", np.logical_not),
    "Signbit": (r"$x \text{ has a minus sign}", "$x has a minus sign", np.signbit),
}


def _truth(latex: str, text: str) -> tuple[str, str]:
    """Return a statement in brackets, as it stands for its truth."""
    return rf"\left( {latex} \right)", f"({text})"


def _is_in(x1: Any, x2: Any, invert: bool) -> Array:
    return np.isin(x1, x2, invert=invert)


@for_operations("Isclose")
def is_close(subject: Subject) -> Meaning:
    """Whether two numbers are as good as equal."""
    own = all_arguments(subject)
    allowed = {name: own.get(name, default) for name, default in _ALLOWED.items()}
    shape = broadcast(shape_of(own["x1"]), shape_of(own["x2"]))
    statement = _truth(
        r"|$a - $b| \le $atol + $rtol |$b|", "|$a - $b| ≤ $atol + $rtol |$b|"
    )
    return Meaning(
        formula=formula(
            *(f"$y = {one}" for one in statement),
            y=Symbol("y", "y", shape, "output"),
            **two_inputs("ab", own["x1"], own["x2"]),
            **{name: word(str(value)) for name, value in allowed.items()},
        ),
        shapes=(shape,),
        shape_rule=f"one answer for each pair of numbers: {told_shape(shape)}",
        evaluate=lambda given: np.isclose(
            given["x1"], given["x2"], **allowed, equal_nan=own["equal_nan"]
        ),
    )


_ALLOWED = {"rtol": 1e-5, "atol": 1e-8}


def _register() -> None:
    for name, (latex, text, function) in _PAIRS.items():
        notes = (_ROUNDING,) if name in {"Equal", "NotEqual"} else ()
        rule = each_pair(*_truth(latex, text), function, *notes)
        for_operations(name)(rule)
    for name, (latex, text, function) in _SINGLE.items():
        for_operations(name)(each_number(*_truth(latex, text), function))


_register()

by_choice(
    "IsIn",
    "invert",
    {True: (r"\notin", "none of"), False: (r"\in", "one of")},
    Row(
        latex=r"\left( $x1 @ $x2 \right)",
        text="($x1 is @ $x2)",
        function=_is_in,
        shape_rule="one answer for each number of the first",
    ),
)
by_row(
    "AllClose",
    Row(
        latex=r"\text{all } |$x1 - $x2| \le $atol + $rtol |$x2|",
        text="all |$x1 - $x2| ≤ $atol + $rtol |$x2|",
        function=lambda x1, x2, rtol, atol, equal_nan: np.allclose(
            x1, x2, rtol, atol, equal_nan
        ),
        shape_rule="one answer for all numbers",
    ),
)
