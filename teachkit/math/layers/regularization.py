"""Layers that make training harder, and do nothing at inference."""

from __future__ import annotations

import math
from typing import Any

import keras
import numpy as np

from teachkit.graph import Shape
from teachkit.math.formulas import Formula, Line, Symbol
from teachkit.math.layers.same_shape import of_input, same_shape
from teachkit.math.meanings import Meaning
from teachkit.math.numbers import relative_error
from teachkit.math.rules import for_layers
from teachkit.math.subjects import Arguments, Array, Subject

_SCALE, _ALPHA = 1.0507009873554805, 1.6732632423543772
"""Those of selu."""

_CHANCE = 6
"""So many standard errors away is no chance any more."""

_SPATIAL = (
    keras.layers.SpatialDropout1D,
    keras.layers.SpatialDropout2D,
    keras.layers.SpatialDropout3D,
)

_PENALTY = (
    "Nothing is changed on the way; only training feels the larger loss. The sums go "
    "over all numbers of a batch of n samples."
)


@for_layers("ActivityRegularization")
def activity_regularization(subject: Subject) -> Meaning:
    """Y = x, and its size is added to the loss."""
    layer = subject.operation
    terms = [
        (f"{layer.l1:g}", r"|x_i|", "|x_i|") if layer.l1 else None,
        (f"{layer.l2:g}", r"x_i^{2}", "x_i²") if layer.l2 else None,
    ]
    told = [one for one in terms if one is not None]
    latex = " + ".join(rf"{rate} \sum\limits_i {term}" for rate, term, _ in told)
    text = " + ".join(f"{rate} Σ_i {term}" for rate, _, term in told)
    penalty = Line(
        rf"\text{{added to the loss: }} \frac{{1}}{{n}} ({latex or 0})",
        f"added to the loss: 1/n ({text or 0})",
    )
    return same_shape(
        subject,
        of_input(subject, "$y = $x") + Formula((penalty,)),
        lambda given: given.first,
        notes=(_PENALTY,),
    )


@for_layers("Dropout", "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D")
def dropout(subject: Subject) -> Meaning:
    """In training numbers become zero by chance, and the others are scaled up."""
    layer, rate = subject.operation, float(subject.operation.rate)
    note = _dropout_note(
        rate, "a whole channel" if _is_spatial(layer) else "each number"
    )
    shared = _shared_axes(layer, subject.shape)
    if not subject.trains or rate == 0:
        return _unchanged(subject, note)
    if rate == 1:
        told = of_input(subject, "$y = 0", "$y = 0")
        return same_shape(subject, told, lambda given: given.first * 0, notes=(note,))
    told = of_input(
        subject,
        rf"$y = \frac{{1}}{{{1 - rate:g}}} \, $m \odot $x",
        f"$y = 1/{1 - rate:g} × $m ⊙ $x",
        m=_mask(subject.shape, shared),
    )
    return same_shape(
        subject,
        told + _chances(1 - rate),
        None,
        residual=lambda given, outputs: _distance(
            given.first / (1 - rate), 0 * given.first, outputs, shared
        ),
        notes=(note,),
    )


def _dropout_note(rate: float, what: str) -> str:
    if rate == 1:
        return "Its rate is 1: in training all becomes 0. At inference y = x."
    return (
        f"Only in training {what} is set to 0 with probability {rate:g}, and what is "
        f"left is divided by {1 - rate:g}, so that the mean stays. At inference y = x."
    )


def _is_spatial(layer: Any) -> bool:
    return isinstance(layer, _SPATIAL)


@for_layers("AlphaDropout")
def alpha_dropout(subject: Subject) -> Meaning:
    """In training numbers become the lowest of selu; mean and variance stay."""
    layer, rate = subject.operation, float(subject.operation.rate)
    low = -_SCALE * _ALPHA
    note = (
        f"Only in training each number is set to {low:.4f}, the lowest that selu can "
        f"give, with probability {rate:g}; then all are scaled and moved so that mean "
        "and variance stay. At inference y = x."
    )
    if not subject.trains or rate in (0, 1):
        return _unchanged(subject, note)
    a = ((1 - rate) * (1 + rate * low**2)) ** -0.5
    b = -a * low * rate
    shared = _shared_axes(layer, subject.shape)
    told = of_input(
        subject,
        rf"$y = {a:.4f} ($m \odot $x - {-low:.4f} (1 - $m)) + {b:.4f}",
        f"$y = {a:.4f} ($m ⊙ $x - {-low:.4f} (1 - $m)) + {b:.4f}",
        m=_mask(subject.shape, shared),
    )

    def residual(given: Arguments, outputs: list[Array]) -> float:
        x = given.first
        return _distance(a * x + b, 0 * x + a * low + b, outputs, shared)

    return same_shape(
        subject, told + _chances(1 - rate), None, residual=residual, notes=(note,)
    )


@for_layers("GaussianDropout")
def gaussian_dropout(subject: Subject) -> Meaning:
    """In training each number is multiplied by noise around one."""
    rate = float(subject.operation.rate)
    deviation = math.sqrt(rate / (1 - rate)) if rate < 1 else math.inf
    note = (
        "Only in training each number is multiplied by noise with mean 1 and standard "
        f"deviation √({rate:g} / {1 - rate:g}) = {deviation:.4g}. "
        "At inference y = x."
    )
    if not subject.trains or rate in (0, 1):
        return _unchanged(subject, note)

    def residual(given: Arguments, outputs: list[Array]) -> float:
        x = given.first
        return _unlikeliness((outputs[0] / x - 1) / deviation)

    told = _noisy(subject, r"$x \odot $e", "$x ⊙ $e", (1, deviation))
    return same_shape(subject, told, None, residual=residual, notes=(note,))


@for_layers("GaussianNoise")
def gaussian_noise(subject: Subject) -> Meaning:
    """In training noise around zero is added to each number."""
    deviation = float(subject.operation.stddev)
    note = (
        "Only in training noise with mean 0 and standard deviation "
        f"{deviation:g} is added to each number. At inference y = x."
    )
    if not subject.trains or deviation == 0:
        return _unchanged(subject, note)

    def residual(given: Arguments, outputs: list[Array]) -> float:
        return _unlikeliness((outputs[0] - given.first) / deviation)

    told = _noisy(subject, "$x + $e", "$x + $e", (0, deviation))
    return same_shape(subject, told, None, residual=residual, notes=(note,))


def _unchanged(subject: Subject, note: str) -> Meaning:
    told = of_input(subject, "$y = $x")
    return same_shape(subject, told, lambda given: given.first, notes=(note,))


def _shared_axes(layer: Any, shape: Shape) -> tuple[int, ...]:
    """Return the axes along which all numbers have one chance."""
    if _is_spatial(layer):
        first = getattr(layer, "data_format", "channels_last") == "channels_first"
        return tuple(range(2, len(shape)) if first else range(1, len(shape) - 1))
    given = getattr(layer, "noise_shape", None) or ()
    lengths = (*(1,) * (len(shape) - len(given)), *given) if given else ()
    return tuple(axis for axis, length in enumerate(lengths) if length == 1)


def _mask(shape: Shape, shared: tuple[int, ...]) -> Symbol:
    lengths = tuple(1 if axis in shared else n for axis, n in enumerate(shape))
    return Symbol("m", "m", lengths, "mask, by chance")


def _chances(kept: float) -> Formula:
    return Formula(
        (
            Line(
                rf"m_i = 1 \text{{ with probability }} {kept:g}, \text{{ else }} 0",
                f"m_i = 1 with probability {kept:g}, else 0",
            ),
        )
    )


def _noisy(
    subject: Subject, latex: str, text: str, normal: tuple[float, float]
) -> Formula:
    noise = Symbol(r"\varepsilon", "ε", subject.shape, "noise")
    mean, deviation = normal
    told = of_input(subject, f"$y = {latex}", f"$y = {text}", e=noise)
    drawn = Line(
        rf"\varepsilon_i \sim \mathcal{{N}}({mean:g}, {deviation:.4g}^{{2}})",
        f"ε_i drawn from N({mean:g}, {deviation:.4g}²)",
    )
    return told + Formula((drawn,))


def _distance(
    kept: Array, dropped: Array, outputs: list[Array], shared: tuple[int, ...]
) -> float:
    """Return how far outputs are from the mask that fits them best."""
    gaps = [np.abs(outputs[0] - one) for one in (kept, dropped)]
    sums = [gap.sum(axis=shared, keepdims=True) if shared else gap for gap in gaps]
    return relative_error([np.where(sums[0] <= sums[1], kept, dropped)], outputs)


def _unlikeliness(noise: Array) -> float:
    """Return how far numbers are from being drawn from the standard normal."""
    count = noise.size
    mean = abs(float(noise.mean())) - _CHANCE / math.sqrt(count)
    spread = abs(float(noise.std()) - 1) - _CHANCE / math.sqrt(2 * count)
    return max(mean, spread, 0.0)
