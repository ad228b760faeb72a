"""Batch normalization: each channel by moments of the batch, or by remembered ones."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np

from teachkit.graph import Shape
from teachkit.math.amounts import amount
from teachkit.math.formulas import Formula, Line, Symbol, formula
from teachkit.math.meanings import Meaning
from teachkit.math.moments import (
    STAYS,
    axes_words,
    moment_lines,
    moments_by_hand,
    scaled_by_hand,
    small_number,
    weights_of,
)
from teachkit.math.numbers import numbers
from teachkit.math.rules import for_layers
from teachkit.math.scaling import (
    STANDARDIZED,
    Indices,
    letters_of,
    scaled_line,
)
from teachkit.math.subjects import Arguments, Array, Subject

_REMEMBERED = (
    "Outside of training it uses moving averages of mean and variance, which it "
    "remembers; they are weights that no gradient changes."
)
_FROZEN = "This layer is not trainable, so it uses its moving averages in training too."


_RENORMED = Line(
    rf"\left({STANDARDIZED.latex} \odot $r + $d\right)",
    f"({STANDARDIZED.text} ⊙ $r + $d)",
)


@for_layers("BatchNormalization")
def batch_normalization(subject: Subject) -> Meaning:
    """Each channel with mean 0 and variance 1, then scaled and moved."""
    layer, shape = subject.operation, subject.shape
    training = subject.trains and layer.trainable
    masked = subject.given.get("mask") is not None and training
    channels = amount(shape[layer.axis] or 0, "channels")
    # Moving mean and variance, and three more of batch renormalization.
    count = 2 + layer.scale + layer.center + 3 * _renorms(layer)
    return Meaning(
        formula=_formula(layer, shape, training, masked),
        shapes=(shape,),
        shape_rule=STAYS,
        params=weights_of(count, channels),
        evaluate=lambda given: _evaluate(layer, training, given),
        by_hand=lambda given, found: _by_hand(layer, training, given, found),
        notes=_notes(subject, layer),
    )


def _notes(subject: Subject, layer: Any) -> tuple[str, ...]:
    if not subject.trains:
        return (_REMEMBERED,)
    if not layer.trainable:
        return (_REMEMBERED, _FROZEN)
    kept = f"{layer.momentum:g} × old + {1 - layer.momentum:g} × of this batch"
    return (f"In training the moving mean and variance become {kept}.",)


def _renorms(layer: Any) -> bool:
    """Tell whether it is batch renormalization, which Keras 3.12 has not yet."""
    return bool(getattr(layer, "renorm", False))


def _formula(layer: Any, shape: Shape, training: bool, masked: bool) -> Formula:
    channels = (shape[layer.axis],)
    weights = [
        Symbol(r"\gamma", "γ", channels, "scale") if layer.scale else None,
        Symbol(r"\beta", "β", channels, "offset") if layer.center else None,
    ]
    renormed = training and _renorms(layer)
    moments = _RENORMED if renormed else STANDARDIZED
    whole = scaled_line(shape, layer.epsilon, weights, moments, _indices(layer, shape))
    if not training:
        return _remembered_lines(channels) + whole
    others = [axis for axis in range(len(shape)) if axis != layer.axis % len(shape)]
    where = f"over {axes_words(tuple(others))}"
    where += ", where the mask is 1" if masked else ""
    lines = moment_lines(where, channels)
    return (lines + _correction_lines(layer) if renormed else lines) + whole


def _indices(layer: Any, shape: Shape) -> Indices:
    """Return letters if the channels are not the last axis."""
    letters = letters_of(shape)
    channel = letters[layer.axis]
    return Indices() if channel == letters[-1] else Indices(letters, channel, channel)


def _remembered_lines(channels: Shape) -> Formula:
    mean = Symbol(r"\mu", "μ", channels, "moving mean")
    variance = Symbol(r"\sigma^2", "σ²", channels, "moving variance")
    return formula(
        r"$m = \text{moving mean}, \; $v = \text{moving variance}",
        "$m = moving mean, $v = moving variance",
        m=mean,
        v=variance,
    )


def _correction_lines(layer: Any) -> Formula:
    """Return what r and d of batch renormalization are, with their limits."""
    low, high, most = _limits(layer)
    limits = f", r from {low:g} to {high:g}, d from {-most:g} to {most:g}"
    limits = limits if layer.renorm_clipping else ""
    told = f"where m and s are moving mean and deviation{limits}"
    return formula(
        r"r = \frac{\sqrt{\sigma^2 + $e}}{s}, \; d = \frac{\mu - m}{s}, \; "
        rf"\text{{{told}}}",
        f"r = √(σ² + $e) / s, d = (μ - m) / s, {told}",
        e=small_number(layer.epsilon),
    )


def _limits(layer: Any) -> tuple[float, float, float]:
    """Return the smallest and the largest r, and the largest d."""
    given = layer.renorm_clipping or {}
    found = (given.get("rmin"), given.get("rmax"), given.get("dmax"))
    low, high, most = found
    return (
        0.0 if low is None else low,
        np.inf if high is None else high,
        np.inf if most is None else most,
    )


def _evaluate(layer: Any, training: bool, given: Arguments) -> Array:
    x = np.moveaxis(given.first, layer.axis, -1)
    if training:
        mean, variance = _batch_moments(layer, given)
    else:
        mean, variance = numbers(layer.moving_mean), numbers(layer.moving_variance)
    y = (x - mean) / np.sqrt(variance + layer.epsilon)
    if training and _renorms(layer):
        r, d = _corrections(layer, mean, variance)
        y = y * r + d
    if layer.scale:
        y = y * numbers(layer.gamma)
    if layer.center:
        y = y + numbers(layer.beta)
    return np.moveaxis(y, -1, layer.axis)


def _batch_moments(layer: Any, given: Arguments) -> tuple[Array, Array]:
    x = np.moveaxis(given.first, layer.axis, -1)
    counted = np.ones(given.first.shape)
    if given.get("mask") is not None:
        counted = counted * (np.asarray(given["mask"]) != 0)[..., None]
    counted = np.moveaxis(counted, layer.axis, -1)
    axes = tuple(range(x.ndim - 1))
    # Keras adds its epsilon to the number of steps of a mask, so that none is not 0.
    more = 0 if given.get("mask") is None else keras.config.epsilon()
    count = counted.sum(axis=axes) + more
    mean = np.where(counted, x, 0).sum(axis=axes) / count
    gaps = np.where(counted, x - mean, 0)
    return mean, (gaps**2).sum(axis=axes) / count


def _corrections(layer: Any, mean: Array, variance: Array) -> tuple[Array, Array]:
    low, high, most = _limits(layer)
    deviation = np.maximum(numbers(layer.renorm_stddev), np.sqrt(layer.epsilon))
    r = np.sqrt(variance + layer.epsilon) / deviation
    d = (mean - numbers(layer.renorm_mean)) / deviation
    return np.clip(r, low, high), np.clip(d, -most, most)


def _by_hand(
    layer: Any, training: bool, given: Arguments, found: list[Array]
) -> Formula | None:
    """Return the first number of the first channel."""
    x = np.moveaxis(given.first, layer.axis, -1)
    if not x.size or (training and (_renorms(layer) or given.get("mask") is not None)):
        return None
    seen = np.ravel(x[..., 0])
    if training:
        mean, variance = float(seen.mean()), float(seen.var())
    else:
        mean, variance = (
            float(numbers(one)[0]) for one in (layer.moving_mean, layer.moving_variance)
        )
    last = scaled_by_hand(
        float(seen[0]),
        (mean, variance, layer.epsilon),
        (
            float(numbers(layer.gamma)[0]) if layer.scale else None,
            float(numbers(layer.beta)[0]) if layer.center else None,
        ),
        float(found[0].flat[0]),
    )
    return moments_by_hand(seen) + last if training else last
