"""Operations that bring numbers to a usual size: mean 0, length 1."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np

from teachkit.math.meanings import Meaning
from teachkit.math.operations.arguments import literal, shape_of
from teachkit.math.operations.axes import reduced, taken_axes
from teachkit.math.operations.tables import Row, all_arguments, by_row, row_rule
from teachkit.math.rules import for_operations
from teachkit.math.subjects import Array, Subject

_SAME = "the shape stays"
_PLUS = (" + ", " + ")


def _epsilon(epsilon: float | None) -> float:
    return float(keras.config.epsilon() if epsilon is None else epsilon)


def _axes(x: Array, axis: Any) -> tuple[int, ...]:
    return taken_axes(x.ndim, axis)


def _along(weight: Any, x: Array, axes: tuple[int, ...]) -> Array:
    """Return a weight in the shape in which it is multiplied, along some axes."""
    found = np.asarray(weight)
    if found.ndim in (0, x.ndim):
        return found
    return found.reshape([n if k in axes else 1 for k, n in enumerate(x.shape)])


def _scaled(
    x: Array, unit: Array, axes: tuple[int, ...], scale: Any = None, offset: Any = None
) -> Array:
    if scale is not None:
        unit = unit * _along(scale, x, axes)
    return unit if offset is None else unit + _along(offset, x, axes)


def _batch_norm(
    x: Array, mean: Array, variance: Array, axis: int, epsilon: float, **weights: Any
) -> Array:
    axes = _axes(x, axis)
    spread = np.sqrt(_along(variance, x, axes) + epsilon)
    return _scaled(x, (x - _along(mean, x, axes)) / spread, axes, **weights)


def _layer_norm(
    x: Array,
    axis: Any,
    epsilon: float | None,
    rms_scaling: bool,
    gamma: Any = None,
    beta: Any = None,
) -> Array:
    axes = _axes(x, axis)
    variance = x.var(axis=axes, keepdims=True) + _epsilon(epsilon)
    if rms_scaling:
        return _scaled(x, x / np.sqrt(variance), axes, gamma)
    unit = (x - x.mean(axis=axes, keepdims=True)) / np.sqrt(variance)
    return _scaled(x, unit, axes, gamma, beta)


def _rms_norm(x: Array, axis: Any, epsilon: float | None, scale: Any = None) -> Array:
    axes = _axes(x, axis)
    square = (x**2).mean(axis=axes, keepdims=True) + _epsilon(epsilon)
    return _scaled(x, x / np.sqrt(square), axes, scale)


def _normalize(x: Array, axis: Any, order: int, epsilon: float | None) -> Array:
    axes = _axes(x, axis)
    total = (np.abs(x) ** order).sum(axis=axes, keepdims=True)
    return np.asarray(x / np.maximum(total ** (1 / order), _epsilon(epsilon)))


def _moments(x: Array, axes: Any, keepdims: bool) -> tuple[Array, Array]:
    which = _axes(x, axes)
    return x.mean(which, keepdims=keepdims), x.var(which, keepdims=keepdims)


def _moment_shapes(own: Any) -> Any:
    shape = shape_of(own["x"])
    axes = taken_axes(len(shape), own["axes"])
    return (reduced(shape, axes, keepdims=own["keepdims"]),) * 2


def _register(name: str, latex: str, text: str, function: Any, *weights: str) -> None:
    """Register the rule of a layer that scales.

    Arguments:
        name: of the class.
        latex: what comes out before it is scaled, with `$eps` for epsilon.
        text: the same for a terminal.
        function: NumPy.
        weights: names of the factor and of what is added.
    """

    def rule(subject: Subject) -> Meaning:
        own = all_arguments(subject)
        signs = {weights[0]: (r" \odot ", " ⊙ "), **dict.fromkeys(weights[1:], _PLUS)}
        given = [one for one in signs if own.get(one) is not None]
        epsilon = literal(_epsilon(own["epsilon"]))
        row = Row(
            latex=latex.replace("$eps", epsilon.latex)
            + "".join(f"{signs[one][0]}${one}" for one in given)
            + r" \quad \text{over } $which",
            text=text.replace("$eps", epsilon.text)
            + "".join(f"{signs[one][1]}${one}" for one in given)
            + ", over $which",
            function=function,
            shape_rule=_SAME,
            shapes=lambda own: (shape_of(own["x"]),),
        )
        return row_rule(row)(subject)

    for_operations(name)(rule)


_register(
    "BatchNorm",
    r"\frac{$x - $mean}{\sqrt{$variance + $eps}}",
    "($x - $mean) / √($variance + $eps)",
    _batch_norm,
    "scale",
    "offset",
)
_register(
    "LayerNorm",
    r"\frac{$x - \mu}{\sqrt{\sigma^{2} + $eps}}",
    "($x - μ) / √(σ² + $eps)",
    _layer_norm,
    "gamma",
    "beta",
)
_register(
    "RMSNorm",
    r"\frac{$x}{\sqrt{\overline{x^{2}} + $eps}}",
    "$x / √(mean of x² + $eps)",
    _rms_norm,
    "scale",
)
by_row(
    "Normalize",
    Row(
        latex=r"\frac{$x}{\| x \|_{$order}} \quad \text{over } $which",
        text="$x / norm of order $order, over $which",
        function=_normalize,
        shape_rule=_SAME,
        notes=("A norm below epsilon counts as epsilon.",),
    ),
)
by_row(
    "Moments",
    Row(
        latex=r"\operatorname{mean}($x), \operatorname{variance}($x) \quad "
        r"\text{over } $which",
        text="mean and variance of $x over $which",
        function=_moments,
        shape_rule="of both, mean and variance: {gone}",
        shapes=_moment_shapes,
    ),
)
