"""NumPy for activation functions that are more than an expression."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from scipy import special  # type: ignore[import-untyped]

from teachkit.math.subjects import Array


def softmax(z: Array, axis: Any = -1) -> Array:
    """Return exponentials that sum to one, without overflow."""
    powers = np.exp(z - z.max(axis=axis, keepdims=True))
    return np.asarray(powers / powers.sum(axis=axis, keepdims=True))


def sigmoid(z: Array) -> Array:
    """Return 1 / (1 + exp(-z)), without overflow."""
    return np.asarray(special.expit(z))


def gelu(z: Array, approximate: bool = False) -> Array:
    """Return z times the normal distribution, or its approximation by tanh.

    Hendrycks and Gimpel 2016, arXiv:1606.08415.
    """
    if approximate:
        inner = math.sqrt(2 / math.pi) * (z + 0.044715 * z**3)
        return np.asarray(0.5 * z * (1 + np.tanh(inner)))
    return np.asarray(0.5 * z * (1 + special.erf(z / math.sqrt(2))))


def sparsemax(z: Array, axis: int = -1) -> Array:
    """Return the nearest point of the simplex, Martins and Astudillo 2016, eq. 2."""
    z = np.moveaxis(z, axis, -1)
    ordered = -np.sort(-z, axis=-1)
    sums = np.cumsum(ordered, axis=-1)
    ranks = np.arange(1, z.shape[-1] + 1)
    count = (1 + ranks * ordered > sums).sum(axis=-1, keepdims=True)
    threshold = (np.take_along_axis(sums, count - 1, axis=-1) - 1) / count
    return np.moveaxis(np.maximum(z - threshold, 0), -1, axis)


def glu(z: Array, axis: int = -1) -> Array:
    """Return one half gated by the sigmoid of the other, arXiv:1612.08083."""
    value, gate = np.split(z, 2, axis=axis)
    return np.asarray(value * sigmoid(gate))


def log_softmax(z: Array, axis: Any = -1) -> Array:
    """Return the logarithm of softmax."""
    shifted = z - z.max(axis=axis, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=axis, keepdims=True)))


def softplus(z: Array) -> Array:
    """Return log(1 + exp(z))."""
    return np.asarray(np.logaddexp(0, z))


def relu6(z: Array) -> Array:
    """Return z, at least 0 and at most 6."""
    return np.clip(z, 0, 6)


def hard_sigmoid(z: Array) -> Array:
    """Return a straight line from 0 to 1 between -3 and 3."""
    return np.clip(z / 6 + 0.5, 0, 1)


def elu(z: Array, alpha: float = 1.0) -> Array:
    """Return z above zero, alpha (exp(z) - 1) below."""
    return np.where(z > 0, z, alpha * np.expm1(np.minimum(z, 0)))
