"""Operations that take axes away: sums, means, maxima, and counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np
from scipy import special  # type: ignore[import-untyped]

from teachkit.graph import Shape
from teachkit.math.formulas import Symbol, formula
from teachkit.math.meanings import Meaning
from teachkit.math.operations.arguments import quietly, shape_of
from teachkit.math.operations.axes import (
    reduced,
    reduced_rule,
    taken_axes,
    told_axes,
)
from teachkit.math.operations.tables import all_arguments
from teachkit.math.rules import Rule, for_operations
from teachkit.math.subjects import Subject

_LETTERS = "ijklmpqrst"


@dataclass(frozen=True, slots=True)
class Reduction:
    r"""How many numbers become one.

    Attributes:
        latex: with `$x` for a number with its indices, `$j` for the indices that are
            taken away, and `$n` for how many numbers there are.
        text: with `$x` for the tensor, `$axes` for the axes, and `$n`.
        function: NumPy, called with the array, `axis` and `keepdims`.
        notes: what one should know.
    """

    latex: str
    text: str
    function: Callable[..., Any]
    notes: tuple[str, ...] = ()


def _of(name: str, function: Callable[..., Any], *notes: str) -> Reduction:
    return Reduction(
        rf"\underset{{$j}}{{\operatorname{{{name}}}}} $x",
        f"{name} of $x over $axes",
        function,
        notes,
    )


def _without_nan(name: str, function: Callable[..., Any]) -> Reduction:
    return _of(name, function, "Numbers that are NaN are left out.")


def _count(x: Any, axis: Any, keepdims: bool) -> Any:
    return np.count_nonzero(x, axis=axis, keepdims=keepdims)


_CENTRED = r"\frac{1}{$n} \sum\limits_{$j} ($x - \overline{${x}})^{2}"
_SQUARES = "mean of ($x - its mean)² over $axes"
_FIRST = "Of several equal numbers the first one counts."

_REDUCTIONS: dict[str, Reduction] = {
    "All": _of("all", np.all),
    "Any": _of("any", np.any),
    "Argmax": _of("argmax", np.argmax, _FIRST),
    "Argmin": _of("argmin", np.argmin, _FIRST),
    "CountNonzero": _of("count of nonzero", _count),
    "Logsumexp": Reduction(
        r"\log \sum\limits_{$j} \exp($x)",
        "log of the sum of exp($x) over $axes",
        special.logsumexp,
    ),
    "Max Amax": Reduction(r"\max\limits_{$j} $x", "max of $x over $axes", np.max),
    "Mean": Reduction(
        r"\frac{1}{$n} \sum\limits_{$j} $x", "mean of $x over $axes", np.mean
    ),
    "Median": _of("median", np.median),
    "Min Amin": Reduction(r"\min\limits_{$j} $x", "min of $x over $axes", np.min),
    "Nanargmax": _without_nan("argmax", np.nanargmax),
    "Nanargmin": _without_nan("argmin", np.nanargmin),
    "Nanmax": _without_nan("max", np.nanmax),
    "Nanmean": _without_nan("mean", np.nanmean),
    "Nanmedian": _without_nan("median", np.nanmedian),
    "Nanmin": _without_nan("min", np.nanmin),
    "Nanprod": _without_nan("product", np.nanprod),
    "Nanstd": _without_nan("standard deviation", np.nanstd),
    "Nansum": _without_nan("sum", np.nansum),
    "Nanvar": _without_nan("variance", np.nanvar),
    "Prod": Reduction(r"\prod\limits_{$j} $x", "product of $x over $axes", np.prod),
    "Ptp": Reduction(
        r"\max\limits_{$j} $x - \min\limits_{$j} $x",
        "max of $x - min of $x, over $axes",
        np.ptp,
    ),
    "Std": Reduction(rf"\sqrt{{{_CENTRED}}}", f"square root of the {_SQUARES}", np.std),
    "Sum": Reduction(r"\sum\limits_{$j} $x", "sum of $x over $axes", np.sum),
    "Var": Reduction(_CENTRED, _SQUARES, np.var),
}


def _rule(reduction: Reduction) -> Rule:
    quiet = quietly(reduction.function)

    def rule(subject: Subject) -> Meaning:
        own = all_arguments(subject)
        shape, keepdims = shape_of(subject.given.first), bool(own.get("keepdims"))
        axes = taken_axes(len(shape), own["axis"])
        result = reduced(shape, axes, keepdims=keepdims)
        # None and not a tuple of all axes: argmax knows no tuple.
        axis = _axis_argument(own["axis"])
        further = {"initial": own["initial"]} if own.get("initial") is not None else {}
        return Meaning(
            formula=_formula(reduction, shape, axes, result, keepdims),
            shapes=(result,),
            shape_rule=reduced_rule(shape, axes, keepdims=keepdims),
            evaluate=lambda given: quiet(
                given.first, axis=axis, keepdims=keepdims, **further
            ),
            notes=reduction.notes,
        )

    return rule


def _axis_argument(axis: Any) -> Any:
    return tuple(axis) if isinstance(axis, (list, tuple)) else axis


def _formula(
    reduction: Reduction,
    shape: Shape,
    axes: tuple[int, ...],
    result: Shape,
    keepdims: bool,
) -> Any:
    letters = _LETTERS[: len(shape)]
    gone = "".join(letters[k] for k in axes)
    # An axis that is kept has one place only.
    places = ["1" if k in axes else n for k, n in enumerate(letters)]
    left = "".join(n for k, n in enumerate(places) if keepdims or k not in axes)
    lengths = [shape[k] for k in axes]
    count = "n" if None in lengths else f"{prod(n for n in lengths if n):,}"
    below = f"_{{{left}}}" if left else ""
    indices = f"_{{{letters}}}" if letters else ""
    return formula(
        f"${{y}}{below} = " + reduction.latex.replace("$x", f"${{x}}{indices}"),
        f"$y = {reduction.text}",
        y=Symbol("y", "y", result, "output"),
        x=Symbol("x", "x", shape, "input"),
        j=gone,
        n=count.replace(",", "{,}"),
        axes=told_axes(axes, len(shape)),
    )


def _register() -> None:
    for names, reduction in _REDUCTIONS.items():
        for_operations(*names.split())(_rule(reduction))


_register()
