"""The losses that exercises ask for, as formulas of their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

Numbers = np.ndarray[Any, Any]
_SMALLEST = 1e-7


@dataclass(frozen=True, slots=True)
class KnownLoss:
    """A loss as an exercise asks for it.

    Attributes:
        name: as a sentence has it: `mean_squared_error`.
        target: makes targets of an output's shape.
        value: of targets and outputs.
        of_scores: it is taken of probabilities, or of logits that become some.
    """

    name: str
    target: Callable[[np.random.Generator, tuple[int, ...]], Numbers]
    value: Callable[[Numbers, Numbers], float]
    of_scores: bool = False


def known_loss(name: str) -> KnownLoss:
    """Return a loss by its name in an exercise: `mse`, `sparse_cce`.

    Raises:
        KeyError: there is none of this name.
    """
    return _LOSSES[name]


def is_probability(output: Numbers) -> bool:
    """Tell whether all numbers lie in [0, 1]."""
    return bool(output.min() >= -_SMALLEST and output.max() <= 1 + _SMALLEST)


def is_distribution(output: Numbers) -> bool:
    """Tell whether the numbers of each sample are probabilities whose sum is 1."""
    sums = output.sum(-1)
    return is_probability(output) and bool(np.allclose(sums, 1, atol=1e-3))


def _numbers(generator: np.random.Generator, shape: tuple[int, ...]) -> Numbers:
    return generator.uniform(0, 1, shape).astype("float32")


def _bits(generator: np.random.Generator, shape: tuple[int, ...]) -> Numbers:
    return generator.integers(0, 2, shape).astype("float32")


def _classes(generator: np.random.Generator, shape: tuple[int, ...]) -> Numbers:
    return generator.integers(0, shape[-1], shape[:-1])


def _one_hot(generator: np.random.Generator, shape: tuple[int, ...]) -> Numbers:
    classes = _classes(generator, shape)
    return np.eye(shape[-1], dtype="float32")[classes]


def _squared(target: Numbers, output: Numbers) -> float:
    return float(np.mean((target - output) ** 2))


def _absolute(target: Numbers, output: Numbers) -> float:
    return float(np.mean(np.abs(target - output)))


def _binary(target: Numbers, output: Numbers) -> float:
    scores = output if is_probability(output) else 1 / (1 + np.exp(-output))
    scores = np.clip(scores, _SMALLEST, 1 - _SMALLEST)
    return float(-np.mean(target * np.log(scores) + (1 - target) * np.log(1 - scores)))


def _categorical(target: Numbers, output: Numbers) -> float:
    if is_distribution(output):
        logs = np.log(np.clip(output, _SMALLEST, 1))
    else:
        shifted = output - output.max(-1, keepdims=True)
        logs = shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))
    return float(-np.mean((target * logs).sum(-1)))


def _sparse(target: Numbers, output: Numbers) -> float:
    return _categorical(np.eye(output.shape[-1])[target], output)


_LOSSES = {
    "mse": KnownLoss("mean_squared_error", _numbers, _squared),
    "mae": KnownLoss("mean_absolute_error", _numbers, _absolute),
    "bce": KnownLoss("binary_crossentropy", _bits, _binary, of_scores=True),
    "cce": KnownLoss(
        "categorical_crossentropy", _one_hot, _categorical, of_scores=True
    ),
    "sparse_cce": KnownLoss(
        "sparse_categorical_crossentropy", _classes, _sparse, of_scores=True
    ),
}
KNOWN_NAMES = frozenset(one.name for one in _LOSSES.values())
"""As Keras tells them."""
