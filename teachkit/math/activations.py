"""The activation functions of Keras: how they are written, and NumPy for them."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np

from teachkit.math.activation_forms import Activation
from teachkit.math.activation_functions import (
    elu,
    gelu,
    glu,
    hard_sigmoid,
    log_softmax,
    relu6,
    sigmoid,
    softmax,
    softplus,
    sparsemax,
)
from teachkit.math.explaining import evaluated_function
from teachkit.math.formulas import latex_safe

_SELU = 1.0507009873554805, 1.6732632423543772
"""Scale and alpha, of Klambauer et al. 2017, arXiv:1706.02515."""

_SPARSEMAX_NOTE = (
    "Keras 3.15 gets sparsemax wrong: it adds up running sums for the threshold, so "
    "that its numbers need not sum to one. The formula here is the one of the paper "
    "(rule 6)."
)
_GLU_NOTE = (
    "The activation glu halves the last axis, but Keras 3.15 tells the shape from "
    "before as the shape of this layer, so that a layer after it may be built wrong "
    "(rule 2)."
)


def activation_of(function: Any) -> Activation:
    """Return the activation behind the attribute of a layer: a function, or None."""
    if function is None:
        return ACTIVATIONS["linear"]
    name = str(getattr(function, "__name__", type(function).__name__))
    # No index of a convolution and no gate of a cell is called g.
    name = "g" if name in ("<lambda>", "partial") else name
    known = getattr(keras.activations, name, None)
    if known is function and name in ACTIVATIONS:
        return ACTIVATIONS[name]
    return Activation(
        name,
        rf"\text{{{latex_safe(name)}}}(z)",
        f"{name}(z)",
        lambda z: evaluated_function(function, z),
        elementwise=False,
        own=function,
    )


def _table() -> list[Activation]:
    scale, alpha = _SELU
    exp = r"e^{z}"
    return [
        Activation("linear", "z", "z", lambda z: z),
        Activation("relu", r"\max(0, z)", "max(0, z)", lambda z: np.maximum(z, 0)),
        Activation("relu6", r"\min(\max(0, z), 6)", "min(max(0, z), 6)", relu6),
        Activation("sigmoid", r"\frac{1}{1 + e^{-z}}", "1 / (1 + exp(-z))", sigmoid),
        Activation(
            "softmax",
            r"\frac{e^{z_i}}{\sum\limits_j e^{z_j}}",
            "exp(z_i) / Σ_j exp(z_j)",
            softmax,
            elementwise=False,
        ),
        Activation(
            "log_softmax",
            r"z_i - \log \, \sum\limits_j e^{z_j}",
            "z_i - log Σ_j exp(z_j)",
            log_softmax,
            elementwise=False,
        ),
        Activation(
            "tanh",
            r"\frac{e^{z} - e^{-z}}{e^{z} + e^{-z}}",
            "(exp(z) - exp(-z)) / (exp(z) + exp(-z))",
            np.tanh,
        ),
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
        Activation(
            "gelu",
            r"z \, \Phi(z), \; \Phi \text{ the normal distribution}",
            "z Φ(z), Φ the normal distribution",
            gelu,
        ),
        Activation(
            "elu",
            r"\max(0, z) + \min(0, e^{z} - 1)",
            "max(0, z) + min(0, exp(z) - 1)",
            elu,
        ),
        Activation(
            "selu",
            rf"{scale:.4f} (\max(0, z) + {alpha:.4f} \min(0, e^{{z}} - 1))",
            f"{scale:.4f} (max(0, z) + {alpha:.4f} min(0, exp(z) - 1))",
            lambda z: scale * elu(z, alpha),
        ),
        Activation(
            "celu",
            r"\max(0, z) + \min(0, e^{z} - 1)",
            "max(0, z) + min(0, exp(z) - 1)",
            elu,
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
            hard_sigmoid,
        ),
        Activation(
            "hard_silu",
            r"z \min(\max(0, \frac{z}{6} + \frac{1}{2}), 1)",
            "z min(max(0, z/6 + 1/2), 1)",
            lambda z: z * hard_sigmoid(z),
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
            r"z \, \tanh(\log(1 + e^{z}))",
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
            "(z + √(z² + 4)) / 2",
            lambda z: (z + np.sqrt(z**2 + 4)) / 2,
        ),
        Activation(
            "sparse_plus",
            r"0 \text{ if } z \le -1, \; z \text{ if } z \ge 1, "
            r"\text{ else } \frac{(z + 1)^2}{4}",
            "0 if z ≤ -1, z if z ≥ 1, else (z + 1)² / 4",
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
            elementwise=False,
            notes=(_SPARSEMAX_NOTE,),
        ),
        Activation(
            "glu",
            r"z_{\text{first half}} \odot \text{sigmoid}(z_{\text{second half}})",
            "first half of z ⊙ sigmoid(second half of z)",
            glu,
            keeps_shape=False,
            elementwise=False,
            notes=(_GLU_NOTE,),
        ),
    ]


ACTIVATIONS = {one.name: one for one in _table()}
ACTIVATIONS["swish"] = ACTIVATIONS["silu"]
ACTIVATIONS["hard_swish"] = ACTIVATIONS["hard_silu"]

__all__ = [
    "ACTIVATIONS",
    "Activation",
    "activation_of",
    "elu",
    "gelu",
    "glu",
    "log_softmax",
    "sigmoid",
    "softmax",
    "softplus",
    "sparsemax",
]
