"""The activation functions of Keras: how they are written, and NumPy for them."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np
from scipy import special  # type: ignore[import-untyped]

from teachkit.math.explaining import evaluated_function
from teachkit.math.formulas import Symbol, latex_safe, word
from teachkit.math.subjects import Array

_SELU = 1.0507009873554805, 1.6732632423543772
"""Scale and alpha, of Klambauer et al. 2017, arXiv:1706.02515."""


@dataclass(frozen=True, slots=True)
class Activation:
    r"""An activation function.

    Attributes:
        name: as Keras calls it.
        latex, text: its value for `z`: `\max(0, z)`.
        evaluate: NumPy, on double precision. A function of the author's own is
            followed into the operations it makes.
        keeps_shape: what it returns has the shape of what it is given.
    """

    name: str
    latex: str
    text: str
    evaluate: Callable[[Array], Array]
    keeps_shape: bool = True

    @property
    def symbol(self) -> Symbol:
        """Its name for use in a formula: `relu`."""
        return word(self.name)

    @property
    def is_linear(self) -> bool:
        """Tell whether it changes nothing."""
        return self.name == "linear"


def activation_of(function: Any) -> Activation:
    """Return the activation behind the attribute of a layer: a function, or None."""
    if function is None:
        return ACTIVATIONS["linear"]
    name = str(getattr(function, "__name__", type(function).__name__))
    name = "f" if name == "<lambda>" else name
    known = getattr(keras.activations, name, None)
    if known is function and name in ACTIVATIONS:
        return ACTIVATIONS[name]
    return Activation(
        name,
        rf"\text{{{latex_safe(name)}}}(z)",
        f"{name}(z)",
        lambda z: evaluated_function(function, z),
    )


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


def _relu6(z: Array) -> Array:
    return np.clip(z, 0, 6)


def _hard_sigmoid(z: Array) -> Array:
    return np.clip(z / 6 + 0.5, 0, 1)


def _elu(z: Array, alpha: float = 1.0) -> Array:
    return np.where(z > 0, z, alpha * np.expm1(np.minimum(z, 0)))


def _table() -> list[Activation]:
    scale, alpha = _SELU
    exp = r"e^{z}"
    return [
        Activation("linear", "z", "z", lambda z: z),
        Activation("relu", r"\max(0, z)", "max(0, z)", lambda z: np.maximum(z, 0)),
        Activation("relu6", r"\min(\max(0, z), 6)", "min(max(0, z), 6)", _relu6),
        Activation("sigmoid", r"\frac{1}{1 + e^{-z}}", "1 / (1 + exp(-z))", sigmoid),
        Activation(
            "softmax",
            r"\frac{e^{z_i}}{\sum\limits_j e^{z_j}}",
            "exp(z_i) / Σ_j exp(z_j)",
            softmax,
        ),
        Activation(
            "log_softmax",
            r"z_i - \log \sum\limits_j e^{z_j}",
            "z_i - log Σ_j exp(z_j)",
            log_softmax,
        ),
        Activation("tanh", r"\tanh(z)", "tanh(z)", np.tanh),
        Activation("exponential", exp, "exp(z)", np.exp),
        Activation("softplus", rf"\log(1 + {exp})", "log(1 + exp(z))", softplus),
        Activation(
            "softsign",
            r"\frac{z}{1 + |z|}",
            "z / (1 + |z|)",
            lambda z: z / (1 + abs(z)),
        ),
        Activation(
            "silu",
            r"\frac{z}{1 + e^{-z}}",
            "z / (1 + exp(-z))",
            lambda z: z * sigmoid(z),
        ),
        Activation("gelu", r"z \, \Phi(z)", "z Φ(z)", gelu),
        Activation(
            "elu",
            r"\max(0, z) + \min(0, e^{z} - 1)",
            "max(0, z) + min(0, exp(z) - 1)",
            _elu,
        ),
        Activation(
            "selu",
            rf"{scale:.4f} (\max(0, z) + {alpha:.4f} \min(0, e^{{z}} - 1))",
            f"{scale:.4f} (max(0, z) + {alpha:.4f} min(0, exp(z) - 1))",
            lambda z: scale * _elu(z, alpha),
        ),
        Activation(
            "celu",
            r"\max(0, z) + \min(0, e^{z} - 1)",
            "max(0, z) + min(0, exp(z) - 1)",
            _elu,
        ),
        Activation(
            "leaky_relu",
            r"\max(0, z) + 0.2 \min(0, z)",
            "max(0, z) + 0.2 min(0, z)",
            lambda z: np.where(z > 0, z, 0.2 * z),
        ),
        Activation(
            "hard_sigmoid",
            r"\min(\max(0, \frac{z}{6} + \frac{1}{2}), 1)",
            "min(max(0, z/6 + 1/2), 1)",
            _hard_sigmoid,
        ),
        Activation(
            "hard_silu",
            r"z \min(\max(0, \frac{z}{6} + \frac{1}{2}), 1)",
            "z min(max(0, z/6 + 1/2), 1)",
            lambda z: z * _hard_sigmoid(z),
        ),
        Activation(
            "hard_tanh",
            r"\min(\max(-1, z), 1)",
            "min(max(-1, z), 1)",
            lambda z: np.clip(z, -1, 1),
        ),
        Activation(
            "hard_shrink",
            r"z \text{ if } |z| \gt 0.5 \text{ else } 0",
            "z if |z| > 0.5 else 0",
            lambda z: np.where(abs(z) > 0.5, z, 0),
        ),
        Activation(
            "soft_shrink",
            r"\operatorname{sign}(z) \max(|z| - 0.5, 0)",
            "sign(z) max(|z| - 0.5, 0)",
            lambda z: np.sign(z) * np.maximum(abs(z) - 0.5, 0),
        ),
        Activation(
            "tanh_shrink", r"z - \tanh(z)", "z - tanh(z)", lambda z: z - np.tanh(z)
        ),
        Activation(
            "mish",
            r"z \tanh(\log(1 + e^{z}))",
            "z tanh(log(1 + exp(z)))",
            lambda z: z * np.tanh(softplus(z)),
        ),
        Activation(
            "log_sigmoid",
            r"-\log(1 + e^{-z})",
            "-log(1 + exp(-z))",
            lambda z: -softplus(-z),
        ),
        Activation(
            "squareplus",
            r"\frac{z + \sqrt{z^2 + 4}}{2}",
            "(z + sqrt(z² + 4)) / 2",
            lambda z: (z + np.sqrt(z**2 + 4)) / 2,
        ),
        Activation(
            "sparse_plus",
            r"0 \text{ if } z \le -1, \; z \text{ if } z \ge 1, "
            r"\text{ else } \frac{(z + 1)^2}{4}",
            "0 if z <= -1, z if z >= 1, else (z + 1)² / 4",
            lambda z: np.where(z <= -1, 0, np.where(z < 1, (z + 1) ** 2 / 4, z)),
        ),
        Activation(
            "sparse_sigmoid",
            r"\min(\max(0, \frac{z + 1}{2}), 1)",
            "min(max(0, (z + 1) / 2), 1)",
            lambda z: np.clip((z + 1) / 2, 0, 1),
        ),
        Activation(
            "sparsemax",
            r"\max(0, z_i - \tau(z))",
            "max(0, z_i - τ(z)), with τ such that the sum is 1",
            sparsemax,
        ),
        Activation(
            "glu",
            r"z_{\text{first half}} \odot \sigma(z_{\text{second half}})",
            "first half of z × sigmoid(second half of z)",
            glu,
            keeps_shape=False,
        ),
    ]


ACTIVATIONS = {one.name: one for one in _table()}
ACTIVATIONS["swish"] = ACTIVATIONS["silu"]
ACTIVATIONS["hard_swish"] = ACTIVATIONS["hard_silu"]
