"""How far predictions are from targets."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np

from teachkit.math.activations import log_softmax, softplus
from teachkit.math.operations.arguments import shape_of
from teachkit.math.operations.tables import Row, by_choice, by_row
from teachkit.math.subjects import Array

_KEPT = (
    "Probabilities that are given are kept between epsilon and 1 - epsilon, so that "
    "log is finite."
)


def _clipped(x: Array) -> Array:
    epsilon = float(keras.config.epsilon())
    return np.clip(x, epsilon, 1 - epsilon)


def _binary(target: Array, output: Array, from_logits: bool) -> Array:
    if from_logits:
        # log(sigmoid(z)) = -log(1 + exp(-z)), without overflow.
        likely, unlikely = -softplus(-output), -softplus(output)
    else:
        kept = _clipped(output)
        likely, unlikely = np.log(kept), np.log(1 - kept)
    return np.asarray(-(target * likely + (1 - target) * unlikely))


def _log(output: Array, from_logits: bool, axis: int) -> Array:
    if from_logits:
        return log_softmax(output, axis)
    return np.asarray(np.log(_clipped(output)))


def _categorical(target: Array, output: Array, from_logits: bool, axis: int) -> Array:
    if not from_logits:
        output = output / output.sum(axis=axis, keepdims=True)
    return np.asarray(-(target * _log(output, from_logits, axis)).sum(axis=axis))


def _sparse(target: Array, output: Array, from_logits: bool, axis: int) -> Array:
    if target.ndim == output.ndim and target.shape[-1] == 1:
        target = target[..., 0]
    if not from_logits:
        # Keras clips, and takes the logarithms for logits: they are normalized too.
        output = np.log(_clipped(output))
    logs = log_softmax(output, axis)
    chosen = np.take_along_axis(logs, np.asarray(target, int)[..., None], axis)
    return np.asarray(-chosen[..., 0])


def _signal_to_noise(x1: Array, x2: Array, max_val: float) -> Array:
    return np.asarray(10 * np.log10(max_val**2 / ((x1 - x2) ** 2).mean()))


def _without_last(own: Any) -> Any:
    return (shape_of(own["output"])[:-1],)


_SIGMOID = {
    True: (r"\operatorname{sigmoid}($output)", "sigmoid($output)"),
    False: ("$output", "$output"),
}
_SOFTMAX = {
    True: (r"\operatorname{softmax}($output)", "softmax($output)"),
    False: ("$output", "$output"),
}

by_choice(
    "BinaryCrossentropy",
    "from_logits",
    _SIGMOID,
    Row(
        latex=r"-($target \, \log \, p + (1 - $target) \, \log(1 - p)), \; p = @",
        text="-($target log p + (1 - $target) log(1 - p)), p = @",
        function=_binary,
        shape_rule="a loss for each number",
        notes=(_KEPT,),
    ),
)
by_choice(
    "CategoricalCrossentropy",
    "from_logits",
    _SOFTMAX,
    Row(
        latex=r"-\sum\limits_{k} ${target}_{k} \, \log \, p_{k}, \; p = @",
        text="-Σ_k ($target)_k log p_k, p = @",
        function=_categorical,
        shape_rule="a loss for each sample: the axis of the classes goes away",
        shapes=_without_last,
        notes=(_KEPT,),
    ),
)
by_choice(
    "SparseCategoricalCrossentropy",
    "from_logits",
    _SOFTMAX,
    Row(
        latex=r"-\log \, p_{$target}, \; p = @",
        text="-log p[$target], p = @",
        function=_sparse,
        shape_rule="a loss for each sample: the axis of the classes goes away",
        shapes=_without_last,
        notes=(_KEPT,),
    ),
)
by_row(
    "PSNR",
    Row(
        latex=r"10 \, \log_{10} \frac{$max_val^{2}}"
        r"{\operatorname{mean}(($x1 - $x2)^{2})}",
        text="10 log10(${max_val}² / mean(($x1 - $x2)²))",
        function=_signal_to_noise,
        shape_rule="a single number",
        shapes=lambda own: ((),),
    ),
)
