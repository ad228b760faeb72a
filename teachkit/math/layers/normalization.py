"""Normalization of each sample for itself: mean 0 and variance 1."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from teachkit.graph import Shape
from teachkit.math.amounts import Amount
from teachkit.math.formulas import Formula, Line, Symbol, formula
from teachkit.math.meanings import Meaning
from teachkit.math.moments import (
    ALONE,
    STAYS,
    axes_of,
    axes_words,
    laid,
    moment_lines,
    moments_by_hand,
    scaled_by_hand,
    size_amount,
    standardized,
    weights_of,
    without,
)
from teachkit.math.numbers import numbers
from teachkit.math.rules import for_layers
from teachkit.math.scaling import (
    STANDARDIZED,
    Indices,
    are_last,
    letters_of,
    scaled_line,
)
from teachkit.math.subjects import Arguments, Array, Subject

_NOT_RMS = (
    "rms_scaling=True divides by the standard deviation and does not subtract the "
    "mean: that is not the root mean square. RMSNormalization is."
)


_DEVIATION = Line(
    r"\frac{$x}{\sqrt{$variance + $epsilon}}", "$x / √($variance + $epsilon)"
)


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
    indices = _layer_indices(axes, shape)
    lines = scaled_line(shape, layer.epsilon, weights, moments, indices)
    # Without letters mean and variance keep the axes, of length 1, as NumPy does it.
    kept = tuple(1 if axis in axes else n for axis, n in enumerate(shape))
    return Meaning(
        formula=moment_lines(where, without(shape, axes) if indices.x else kept)
        + lines,
        shapes=(shape,),
        shape_rule=STAYS,
        params=_params(weights, sizes, axes),
        evaluate=lambda given: _evaluate_layer(layer, axes, given.first),
        by_hand=lambda given, found: _by_hand(layer, axes, given, found),
        notes=(ALONE, _NOT_RMS) if rms else (ALONE,),
    )


def _layer_indices(axes: tuple[int, ...], shape: Shape) -> Indices:
    """Return letters if the weights are not along the last axes."""
    if are_last(axes, shape):
        return Indices()
    letters = letters_of(shape)
    along = "".join(letters[axis] for axis in axes)
    return Indices(letters, "".join(k for k in letters if k not in along), along)


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
    counted = "the one channel" if channels == layer.groups else f"the {each} channels"
    letters = letters_of(shape)
    channel = letters[layer.axis]
    alone = channels == layer.groups
    indices = Indices(letters, f"n{channel if alone else 'g'}", channel)
    where = f"over all places and {counted} of a group"
    return Meaning(
        formula=moment_lines(where, (shape[0], layer.groups))
        + scaled_line(shape, layer.epsilon, weights, STANDARDIZED, indices)
        + (Formula(()) if alone else _group_line(channel, each)),
        shapes=(shape,),
        shape_rule=f"{STAYS}; for the moments the channels are cut into {layer.groups}"
        f" groups of {each}",
        params=_params(weights, (channels,), (layer.axis,)),
        evaluate=lambda given: _evaluate_groups(layer, given.first),
        notes=(ALONE,),
    )


def _group_line(channel: str, each: str) -> Formula:
    told = ", the group of the channel, both counted from 0"
    return formula(
        rf"g = \lfloor {channel} / {each} \rfloor \text{{{told}}}",
        f"g = ⌊{channel} / {each}⌋{told}",
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
