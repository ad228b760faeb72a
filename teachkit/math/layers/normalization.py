"""Normalization of each sample for itself: mean 0 and variance 1."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from teachkit.graph import Shape
from teachkit.math.amounts import Amount
from teachkit.math.formulas import Formula, Line, Symbol
from teachkit.math.meanings import Meaning
from teachkit.math.moments import (
    ALONE,
    STANDARDIZED,
    STAYS,
    axes_of,
    axes_words,
    laid,
    moment_lines,
    moments_by_hand,
    scaled_by_hand,
    scaled_line,
    size_amount,
    standardized,
    weights_of,
    without,
)
from teachkit.math.numbers import numbers
from teachkit.math.rules import for_layers
from teachkit.math.subjects import Arguments, Array, Subject

_NOT_RMS = (
    "rms_scaling=True divides by the standard deviation and does not subtract the "
    "mean: that is not the root mean square. RMSNormalization is."
)


_DEVIATION = Line(r"\frac{$x}{\sqrt{\sigma^2 + $epsilon}}", "$x / √(σ² + $epsilon)")


@for_layers("LayerNormalization")
def layer_normalization(subject: Subject) -> Meaning:
    """Mean 0 and variance 1 within each sample, over some axes, then scaled."""
    layer, shape = subject.operation, subject.shape
    axes, rms = axes_of(layer.axis, shape), layer.rms_scaling
    sizes = tuple(shape[axis] for axis in layer.axis)
    moments = _DEVIATION if rms else STANDARDIZED
    weights = [
        Symbol(r"\gamma", "γ", sizes, "scale") if layer.scale or rms else None,
        Symbol(r"\beta", "β", sizes, "offset") if layer.center and not rms else None,
    ]
    where = f"over {axes_words(axes)}"
    lines = scaled_line(shape, layer.epsilon, weights, moments)
    return Meaning(
        formula=moment_lines(where, without(shape, axes)) + lines,
        shapes=(shape,),
        shape_rule=STAYS,
        params=_params(weights, sizes, axes),
        evaluate=lambda given: _evaluate_layer(layer, axes, given.first),
        by_hand=lambda given, found: _by_hand(layer, axes, given, found),
        notes=(ALONE, _NOT_RMS) if rms else (ALONE,),
    )


@for_layers("GroupNormalization")
def group_normalization(subject: Subject) -> Meaning:
    """Mean 0 and variance 1 within each group of channels of a sample, then scaled."""
    layer, shape = subject.operation, subject.shape
    channels = shape[layer.axis]
    weights = [
        Symbol(r"\gamma", "γ", (channels,), "scale") if layer.scale else None,
        Symbol(r"\beta", "β", (channels,), "offset") if layer.center else None,
    ]
    each = "?" if channels is None else f"{channels // layer.groups:,}"
    where = f"over all places and the {each} channels of a group"
    return Meaning(
        formula=moment_lines(where, (shape[0], layer.groups))
        + scaled_line(shape, layer.epsilon, weights, STANDARDIZED),
        shapes=(shape,),
        shape_rule=f"{STAYS}; for the moments the channels are cut into {layer.groups}"
        f" groups of {each}",
        params=_params(weights, (channels,), (layer.axis,)),
        evaluate=lambda given: _evaluate_groups(layer, given.first),
        notes=(ALONE,),
    )


def _params(
    weights: Sequence[Symbol | None], sizes: Shape, axes: tuple[int, ...]
) -> Amount:
    count = sum(one is not None for one in weights)
    return weights_of(count, size_amount(sizes, axes))


def _evaluate_layer(layer: Any, axes: tuple[int, ...], x: Array) -> Array:
    if layer.rms_scaling:
        variance = x.var(axis=axes, keepdims=True)
        y = np.asarray(x / np.sqrt(variance + layer.epsilon))
    else:
        y = standardized(x, axes, layer.epsilon)
    if layer.gamma is not None:
        y = y * laid(layer.gamma, x, axes)
    return y if layer.beta is None else y + laid(layer.beta, x, axes)


def _evaluate_groups(layer: Any, x: Array) -> Array:
    last = np.moveaxis(x, layer.axis, -1)
    shape = (len(x), -1, layer.groups, last.shape[-1] // layer.groups)
    y = standardized(last.reshape(shape), (1, 3), layer.epsilon).reshape(last.shape)
    if layer.scale:
        y = y * numbers(layer.gamma)
    if layer.center:
        y = y + numbers(layer.beta)
    return np.moveaxis(y, -1, layer.axis)


def _by_hand(
    layer: Any, axes: tuple[int, ...], given: Arguments, found: list[Array]
) -> Formula | None:
    """Return the moments of the first sample, and its first number."""
    x = given.first
    if layer.rms_scaling or 0 in axes:
        return None
    seen = np.ravel(x[tuple(slice(None) if a in axes else 0 for a in range(x.ndim))])
    weights = [
        None if one is None else float(np.ravel(numbers(one))[0])
        for one in (layer.gamma, layer.beta)
    ]
    moments = (float(seen.mean()), float(seen.var()), layer.epsilon)
    result = float(found[0].flat[0])
    last = scaled_by_hand(float(seen[0]), moments, (weights[0], weights[1]), result)
    return moments_by_hand(seen) + last
