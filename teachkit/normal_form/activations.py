"""Activations: by name, as a layer or as an operation, they are the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from teachkit.graph import Call

Activation = tuple[str, dict[str, Any]]
"""Canonical name and arguments; the name is `linear` for what does nothing."""

_DEFAULTS: dict[str, dict[str, Any]] = {
    "celu": {"alpha": 1.0},
    "elu": {"alpha": 1.0},
    "exponential": {},
    "gelu": {"approximate": False},
    "glu": {"axis": -1},
    "hard_shrink": {"threshold": 0.5},
    "hard_sigmoid": {},
    "hard_silu": {},
    "hard_tanh": {},
    "leaky_relu": {"negative_slope": 0.2},
    "log_sigmoid": {},
    "log_softmax": {"axis": -1},
    "relu": {},
    "relu6": {},
    "selu": {},
    "sigmoid": {},
    "silu": {},
    "soft_shrink": {"threshold": 0.5},
    "softmax": {"axis": -1},
    "softplus": {},
    "softsign": {},
    "sparse_plus": {},
    "sparsemax": {"axis": -1},
    "squareplus": {"b": 4},
    "tanh": {},
    "tanh_shrink": {},
    "threshold": {},
}
_OTHER_NAMES = {
    "swish": "silu",
    "hard_swish": "hard_silu",
    "exp": "exponential",
    "softmax_v2": "softmax",  # tf.nn.softmax
}
_FUSED = ("Dense", "EinsumDense", "Conv", "Depthwise", "Separable")
"""How the classes begin whose activation could as well be a layer of its own."""


def can_fuse(call: Call) -> bool:
    """Tell whether the activation of a layer could as well be a layer of its own."""
    own = call.kind == "layer" and call.family != "custom"
    recurrent = "LSTM" in call.type
    return own and call.type.startswith(_FUSED) and not recurrent


def activation_named(value: Any) -> Activation:
    """Return the activation that an argument `activation=` of a layer means."""
    if value is None:
        return "linear", {}
    if isinstance(value, Mapping):
        config = value.get("config")
        inside = dict(config) if isinstance(config, Mapping) else {}
        kind = str(value.get("class_name", "lambda"))
        return _of_layer(kind, inside) or (kind, inside)
    name = _OTHER_NAMES.get(str(value), str(value))
    return name, dict(_DEFAULTS.get(name, {}))


def activation_of(call: Call) -> Activation | None:
    """Return the activation that a call is, None if it is something else."""
    if call.family == "custom":
        return None
    if call.kind == "layer":
        return _of_layer(call.type, call.config)
    return _of_operation(call) if call.kind == "operation" else None


def _of_operation(call: Call) -> Activation | None:
    if call.type == "ReLU":  # of `keras.activations.relu`, called on a tensor
        return _relu(call.config)
    name = _snake(call.type)
    name = _OTHER_NAMES.get(name, name)
    if name not in _DEFAULTS:
        return None
    return name, {**_DEFAULTS[name], **call.config}


def _of_layer(kind: str, config: Mapping[str, Any]) -> Activation | None:
    if kind == "Activation":
        return activation_named(config.get("activation"))
    if kind == "ReLU":
        return _relu(config)
    if kind in {"LeakyReLU", "ELU", "Softmax"}:
        name = {"LeakyReLU": "leaky_relu", "ELU": "elu", "Softmax": "softmax"}[kind]
        known = {key: config[key] for key in _DEFAULTS[name] if key in config}
        return name, {**_DEFAULTS[name], **known}
    return None


def _relu(config: Mapping[str, Any]) -> Activation:
    most = config.get("max_value")
    slope = config.get("negative_slope") or 0
    start = config.get("threshold") or 0
    if start or (most is not None and (slope or most != 6)):
        return "relu", {"max_value": most, "negative_slope": slope, "threshold": start}
    if most is not None:
        return "relu6", {}
    return ("leaky_relu", {"negative_slope": slope}) if slope else ("relu", {})


def _snake(name: str) -> str:
    letters = (f"_{c.lower()}" if c.isupper() else c for c in name)
    return "".join(letters).removeprefix("_")
