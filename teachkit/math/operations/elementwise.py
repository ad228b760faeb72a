"""Operations on each number by itself: the shape stays as it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from scipy import special  # type: ignore[import-untyped]

from teachkit.math.formulas import Symbol, formula
from teachkit.math.meanings import Meaning
from teachkit.math.operations.arguments import (
    quietly,
    settings,
    shape_of,
    told_shape,
    written_value,
)
from teachkit.math.rules import for_operations
from teachkit.math.subjects import Array, Subject

Function = Callable[..., Any]

# As \name(x), and the same for a terminal.
_NAMED: dict[str, tuple[str, Function]] = {
    "Angle": ("angle", np.angle),
    "Arccos": ("arccos", np.arccos),
    "Arccosh": ("arcosh", np.arccosh),
    "Arcsin": ("arcsin", np.arcsin),
    "Arcsinh": ("arsinh", np.arcsinh),
    "Arctan": ("arctan", np.arctan),
    "Arctanh": ("artanh", np.arctanh),
    "Cos": ("cos", np.cos),
    "Cosh": ("cosh", np.cosh),
    "Erf": ("erf", special.erf),
    "Erfinv": ("erfinv", special.erfinv),
    "Exp": ("exp", np.exp),
    "Imag": ("Im", np.imag),
    "Log": ("log", np.log),
    "Real": ("Re", np.real),
    "Sign": ("sign", np.sign),
    "Sin": ("sin", np.sin),
    "Sinh": ("sinh", np.sinh),
    "Tan": ("tan", np.tan),
    "Tanh": ("tanh", np.tanh),
    "Trunc": ("trunc", np.trunc),
}

# As LaTeX and as text.
_WRITTEN: dict[str, tuple[str, str, Function]] = {
    "Absolute Abs Fabs": (r"\left| $x \right|", "|$x|", np.abs),
    "Cbrt": (r"\sqrt[3]{$x}", "cube root($x)", np.cbrt),
    "Ceil": (r"\lceil $x \rceil", "ceil($x)", np.ceil),
    "Conjugate Conj": (r"\overline{$x}", "conjugate($x)", np.conjugate),
    "Copy": ("$x", "$x", np.copy),
    "Deg2rad": (r"$x \frac{\pi}{180}", "$x × π/180", np.deg2rad),
    "Erfc": (r"1 - \operatorname{erf}($x)", "1 - erf($x)", special.erfc),
    "Exp2": (r"2^{$x}", "2^$x", np.exp2),
    "Expm1": (r"\exp($x) - 1", "exp($x) - 1", np.expm1),
    "Floor": (r"\lfloor $x \rfloor", "floor($x)", np.floor),
    "I0": (r"I_0($x)", "I0($x), the modified Bessel function", special.i0),
    "Log10": (r"\log_{10}($x)", "log10($x)", np.log10),
    "Log1p": (r"\log(1 + $x)", "log(1 + $x)", np.log1p),
    "Log2": (r"\log_{2}($x)", "log2($x)", np.log2),
    "Negative": ("-$x", "-$x", np.negative),
    "Rad2deg": (r"$x \frac{180}{\pi}", "$x × 180/π", np.rad2deg),
    "Reciprocal": (r"\frac{1}{$x}", "1 / $x", lambda x: 1 / x),
    "Rsqrt": (r"\frac{1}{\sqrt{$x}}", "1 / √($x)", lambda x: 1 / np.sqrt(x)),
    "Sinc": (r"\frac{\sin(\pi $x)}{\pi $x}", "sin(π $x) / (π $x)", np.sinc),
    "Sqrt": (r"\sqrt{$x}", "√($x)", np.sqrt),
    "Square": (r"$x^{2}", "${x}²", np.square),
}


def _as_type(x: Array, dtype: str) -> Array:
    kind = "float64" if "float" in dtype else dtype
    return np.asarray(x).astype(kind)


def _saturated(x: Array, dtype: str) -> Array:
    if "float" in dtype:
        return _as_type(x, dtype)
    limits = np.iinfo(dtype)
    return np.clip(x, limits.min, limits.max).astype(dtype)


def _round(x: Array, decimals: int) -> Array:
    return np.round(x, decimals)


def _nan_to_num(x: Array, nan: Any, posinf: Any, neginf: Any) -> Array:
    largest = float(np.finfo("float32").max)
    top = largest if posinf is None else posinf
    bottom = -largest if neginf is None else neginf
    return np.nan_to_num(x, nan=nan, posinf=top, neginf=bottom)


# The same with `$name` for what the operation was made with, and notes.
_WITH_SETTINGS: dict[str, tuple[Any, ...]] = {
    "Cast": (
        r"$x \text{ as } $dtype",
        "$x as $dtype",
        _as_type,
        "From float to int the digits after the point are cut off.",
    ),
    "Clip": (
        r"\min(\max($x, $x_min), $x_max)",
        "min(max($x, $x_min), $x_max)",
        lambda x, x_min, x_max: np.clip(x, x_min, x_max),
    ),
    "NanToNum": (
        r"$x \text{ with NaN} \to $nan, \; \infty \to $posinf, \; -\infty \to $neginf",
        "$x with NaN → $nan, infinity → $posinf, -infinity → $neginf",
        _nan_to_num,
    ),
    "OnesLike": ("1", "1", lambda x, dtype: np.ones(x.shape)),
    "Round": (
        r"\operatorname{round}($x, $decimals)",
        "round($x, $decimals)",
        _round,
        "A number half way goes to the even neighbour: 0.5 to 0, 1.5 to 2.",
    ),
    "SaturateCast": (
        r"$x \text{ as } $dtype",
        "$x as $dtype",
        _saturated,
        "A number outside the range of the dtype becomes the nearest end of it.",
    ),
    "ZerosLike": ("0", "0", lambda x, dtype: np.zeros(x.shape)),
}


def each_number(
    latex: str, text: str, function: Function, *notes: str
) -> Callable[[Subject], Meaning]:
    """Return the rule for a function of each number by itself.

    Arguments:
        latex: what comes out, with `$x` for the number.
        text: the same for a terminal.
        function: NumPy for it.
        notes: what one should know.
    """
    quiet = quietly(function)

    def rule(subject: Subject) -> Meaning:
        shape = shape_of(subject.given.first)
        x = Symbol("x", "x", shape, "input")
        y = Symbol("y", "y", shape, "output")
        return Meaning(
            formula=formula(f"$y = {latex}", f"$y = {text}", y=y, x=x),
            shapes=(shape,),
            shape_rule=f"each number by itself: the shape stays {told_shape(shape)}",
            evaluate=lambda given: quiet(given.first),
            notes=notes,
        )

    return rule


_UNTOLD = {
    "neginf": "the smallest number of the dtype",
    "posinf": "the largest number of the dtype",
}
"""What is meant where an argument is None."""


def with_settings(
    latex: str, text: str, function: Function, *notes: str
) -> Callable[[Subject], Meaning]:
    """Return the rule for a function of a number and of what it was made with.

    Arguments:
        latex: what comes out, with `$x` for the number and `$name` for a setting.
        text: the same for a terminal.
        function: NumPy for it, with the settings by name.
        notes: what one should know.
    """

    def rule(subject: Subject) -> Meaning:
        own = settings(subject.operation)
        forms = latex, text
        # Longer names first: one may begin with another.
        for name in sorted(own, key=len, reverse=True):
            value = _UNTOLD.get(name) if own[name] is None else own[name]
            sign = written_value(value)
            forms = (
                forms[0].replace(f"${name}", sign.latex),
                forms[1].replace(f"${name}", sign.text),
            )
        made = each_number(*forms, lambda x: function(x, **own), *notes)
        return made(subject)

    return rule


def _register() -> None:
    for name, (sign, function) in _NAMED.items():
        latex = rf"\operatorname{{{sign}}}($x)"
        for_operations(name)(each_number(latex, f"{sign}($x)", function))
    for names, (latex, text, function) in _WRITTEN.items():
        for_operations(*names.split())(each_number(latex, text, function))
    for names, row in _WITH_SETTINGS.items():
        for_operations(*names.split())(with_settings(*row))


_register()
