"""Normalization without a mean: by the root mean square, or by the length."""

from __future__ import annotations

from typing import Any

import numpy as np

from teachkit.graph import Shape
from teachkit.math.formulas import Formula, Line, Symbol, formula
from teachkit.math.meanings import Meaning
from teachkit.math.moments import (
    ALONE,
    STAYS,
    axes_of,
    axes_words,
    laid,
    size_amount,
    small_number,
)
from teachkit.math.rules import for_layers
from teachkit.math.scaling import (
    Indices,
    are_last,
    letters_of,
    placed,
    scaled,
)
from teachkit.math.subjects import Array, Subject

_SCALE_OF_LAST = (
    "Keras 3.15 multiplies scale along the last axes of the input, whatever axis is; "
    "the formula here scales along the axis that was asked for."
)


@for_layers("RMSNormalization")
def rms_normalization(subject: Subject) -> Meaning:
    """Divided by the root of the mean square over some axes, then scaled."""
    layer, shape = subject.operation, subject.shape
    axes = axes_of(layer.axis, shape)
    sizes = tuple(shape[axis] for axis in layer.axis)
    last = are_last(axes, shape)
    letters = letters_of(shape)
    indices = Indices(letters, "", "".join(letters[axis] for axis in axes))
    return Meaning(
        formula=_over_root(
            shape,
            f"mean of x² over {axes_words(axes)}",
            rf"\text{{mean of }} x^2 \text{{ over {axes_words(axes)}}}",
            small_number(layer.epsilon),
            Symbol(r"\gamma", "γ", sizes, "scale"),
            Indices() if last else indices,
        ),
        shapes=(shape,),
        shape_rule=STAYS,
        params=size_amount(sizes, axes),
        evaluate=lambda given: _evaluate_rms(layer, axes, given.first),
        notes=(ALONE,) if last else (ALONE, _SCALE_OF_LAST),
    )


@for_layers("UnitNormalization")
def unit_normalization(subject: Subject) -> Meaning:
    """Divided by its length, so that the squares over some axes sum to one."""
    shape = subject.shape
    axes = axes_of(subject.operation.axis, shape)
    told = f"over {axes_words(axes)}"
    return Meaning(
        formula=_over_root(
            shape, f"Σ x² {told}", rf"\sum x^2 \text{{ {told}}}", None, None, Indices()
        ),
        shapes=(shape,),
        shape_rule=STAYS,
        evaluate=lambda given: _evaluate_unit(axes, given.first),
        notes=("Where all numbers are 0 there is no length, and they stay 0.",),
    )


def _over_root(
    shape: Shape,
    text: str,
    latex: str,
    more: Symbol | None,
    scale: Symbol | None,
    indices: Indices,
) -> Formula:
    """Return `y = γ x / √(text + more)`."""
    symbols = {
        "y": Symbol("y", "y", shape, "output"),
        "x": Symbol("x", "x", shape, "input"),
    }
    after = Line("", "")
    if more is not None:
        after = Line(f" + {more.latex}", f" + {more.text}")
    forms = (
        rf"\frac{{$x}}{{\sqrt{{{latex}{after.latex}}}}}",
        f"$x / √({text}{after.text})",
    )
    if scale is not None:
        symbols["gamma"] = scale
        forms = scaled(*forms, is_array=not indices.x)
    return formula(
        placed(f"$y = {forms[0]}", indices, "latex"),
        placed(f"$y = {forms[1]}", indices, "text"),
        **symbols,
    )


def _evaluate_rms(layer: Any, axes: tuple[int, ...], x: Array) -> Array:
    mean = (x**2).mean(axis=axes, keepdims=True)
    return np.asarray(x / np.sqrt(mean + layer.epsilon) * laid(layer.scale, x, axes))


def _evaluate_unit(axes: tuple[int, ...], x: Array) -> Array:
    length = np.sqrt((x**2).sum(axis=axes, keepdims=True))
    return np.asarray(x / np.maximum(length, 1e-12))
