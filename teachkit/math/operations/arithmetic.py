"""Operations on pairs of numbers: the shapes of both operands are matched first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from teachkit.graph import Shape
from teachkit.math.formulas import Symbol, formula
from teachkit.math.meanings import Meaning
from teachkit.math.operations.arguments import (
    bracketed,
    is_number,
    quietly,
    shape_of,
    told_shape,
)
from teachkit.math.rules import for_operations
from teachkit.math.subjects import Array, Subject

Function = Callable[..., Any]


def _safe_divide(a: Array, b: Array) -> Array:
    a, b = np.broadcast_arrays(a, b)
    return np.where(b == 0, 0.0, a / np.where(b == 0, 1, b))


def _power(a: Any, b: Any) -> Array:
    whole = np.asarray(a).dtype.kind in "iu" and np.asarray(b).dtype.kind in "iu"
    return np.asarray(np.power(a, b) if whole else np.power(np.asarray(a, float), b))


_PAIRS: dict[str, tuple[str, str, Function]] = {
    "Add": ("$a + $b", "$a + $b", np.add),
    "Arctan2": (
        r"\operatorname{atan2}($a, $b)",
        "atan2($a, $b), the angle of the point (b, a)",
        np.arctan2,
    ),
    "Divide TrueDivide": (r"\frac{$a}{$b}", "$a / $b", np.true_divide),
    "DivideNoNan": (
        r"\frac{$a}{$b} \text{ where } $b \ne 0 \text{, else } 0",
        "$a / $b where $b is not 0, else 0",
        _safe_divide,
    ),
    "FloorDivide": (
        r"\left\lfloor \frac{$a}{$b} \right\rfloor",
        "floor($a / $b)",
        np.floor_divide,
    ),
    "Fmax": (
        r"\max($a, $b) \text{, leaving out NaN}",
        "max($a, $b), leaving out NaN",
        np.fmax,
    ),
    "Fmin": (
        r"\min($a, $b) \text{, leaving out NaN}",
        "min($a, $b), leaving out NaN",
        np.fmin,
    ),
    "Fmod": (
        r"$a - $b \odot \operatorname{trunc}\left(\frac{$a}{$b}\right)",
        "$a - $b ⊙ trunc($a / $b)",
        np.fmod,
    ),
    "Gcd": (r"\operatorname{gcd}($a, $b)", "gcd($a, $b)", np.gcd),
    "Heaviside": (
        r"0 \text{ if } $a \lt 0, \; $b \text{ if } $a = 0, \; 1 \text{ if } $a \gt 0",
        "0 if $a < 0, $b if $a = 0, 1 if $a > 0",
        np.heaviside,
    ),
    "Hypot": (r"\sqrt{$a^{2} + $b^{2}}", "√(${a}² + ${b}²)", np.hypot),
    "Lcm": (r"\operatorname{lcm}($a, $b)", "lcm($a, $b)", np.lcm),
    "Ldexp": (r"$a \odot 2^{$b}", "$a ⊙ 2^$b", np.ldexp),
    "Logaddexp": (
        r"\log(\exp($a) + \exp($b))",
        "log(exp($a) + exp($b))",
        np.logaddexp,
    ),
    "Logaddexp2": (
        r"\log_{2}(2^{$a} + 2^{$b})",
        "log2(2^$a + 2^$b)",
        np.logaddexp2,
    ),
    "Maximum": (r"\max($a, $b)", "max($a, $b)", np.maximum),
    "Minimum": (r"\min($a, $b)", "min($a, $b)", np.minimum),
    "Mod": (r"$a \bmod $b", "$a mod $b", np.mod),
    "Multiply": (r"$a \odot $b", "$a ⊙ $b", np.multiply),
    "Nextafter": (
        r"\text{the number next to } $a \text{ towards } $b",
        "the number next to $a towards $b",
        np.nextafter,
    ),
    "Power": (r"$a^{$b}", "$a^$b", _power),
    "Subtract": ("$a - $b", "$a - $b", np.subtract),
}


def each_pair(
    latex: str, text: str, function: Function, *notes: str
) -> Callable[[Subject], Meaning]:
    """Return the rule for a function of pairs of numbers.

    Arguments:
        latex: what comes out, with `$a` and `$b` for the two.
        text: the same for a terminal.
        function: NumPy for it.
        notes: what one should know.
    """
    quiet = quietly(function)

    def rule(subject: Subject) -> Meaning:
        left, right = list(subject.given.values())[:2]
        shape = broadcast(shape_of(left), shape_of(right))
        forms = latex, text
        if is_number(left) or is_number(right):
            forms = latex.replace(r"\odot", r"\times"), text.replace("⊙", "×")
        if is_number(right) and right == 2:
            forms = forms[0], forms[1].replace("$a^$b", "${a}²")
        symbols = {"y": Symbol("y", "y", shape, "output"), **_operands(left, right)}
        return Meaning(
            formula=formula(*(f"$y = {form}" for form in forms), **symbols),
            shapes=(shape,),
            shape_rule=_shape_rule(shape_of(left), shape_of(right), shape),
            evaluate=lambda given: quiet(*list(given.values())[:2]),
            notes=notes,
        )

    return rule


def broadcast(*shapes: Shape) -> Shape:
    """Return the shape to which NumPy stretches several; a length may be open."""
    rank = max(map(len, shapes))
    padded = [(1,) * (rank - len(one)) + one for one in shapes]
    return tuple(map(_length, zip(*padded, strict=True)))


def _length(lengths: tuple[int | None, ...]) -> int | None:
    """Return the length of one axis: what is not 1; a known one before an open one."""
    others = [one for one in lengths if one != 1]
    known = [one for one in others if one is not None]
    return known[0] if known else None if others else 1


def _operands(left: Any, right: Any) -> dict[str, Symbol]:
    if is_number(left) or is_number(right):
        return {
            name: bracketed(value)
            if is_number(value)
            else Symbol("x", "x", shape_of(value), "input")
            for name, value in zip("ab", (left, right), strict=True)
        }
    return two_inputs("ab", left, right)


def two_inputs(letters: str, left: Any, right: Any) -> dict[str, Symbol]:
    """Return the symbols of the two operands, named a and b."""
    return {
        "a": Symbol(letters[0], letters[0], shape_of(left), "first input"),
        "b": Symbol(letters[1], letters[1], shape_of(right), "second input"),
    }


def _shape_rule(left: Shape, right: Shape, result: Shape) -> str:
    if left == right or not left or not right:
        return f"each number by itself: the shape stays {told_shape(result)}"
    return (
        f"{told_shape(left)} and {told_shape(right)} are stretched along axes of "
        f"length 1, and along missing ones in front, to {told_shape(result)}"
    )


def _register() -> None:
    for names, (latex, text, function) in _PAIRS.items():
        for_operations(*names.split())(each_pair(latex, text, function))


_register()
