"""What an operation says of itself, completed where Keras says too little.

A layer with a lambda may refuse to tell its config, and a layer that was adapted to
data does not tell what it learned from them, though it computes with it.
"""

from __future__ import annotations

import inspect
import warnings
from typing import Any

import keras

_ONLY_WHEN_SET = frozenset(
    {"activity_regularizer", "lora_alpha", "lora_rank", "quantization_config"}
)
"""Arguments that Keras leaves out of a config while they are None."""
_SPECIAL = {"include_special_tokens": False}


def raw_config(operation: Any) -> dict[str, Any]:
    """Return the config of an operation, with what an adapted layer computes with.

    Raises:
        Exception: an operation of the learner's own cannot tell its config.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Keras warns of lambdas
        try:
            config = dict(operation.get_config())
        except Exception:
            if not type(operation).__module__.startswith("keras."):
                raise
            config = _by_parameters(operation)
        return {**config, **adapted(operation)}


def _statistics(layer: Any) -> dict[str, Any]:
    """Return mean and variance of a Normalization that was adapted to data."""
    known = [getattr(layer, name, None) for name in ("mean", "variance")]
    if any(numbers is None for numbers in known):
        return {}
    mean, variance = (keras.ops.convert_to_numpy(n).squeeze() for n in known)
    if not mean.any() and (variance == 1).all():  # as it was made
        return {}
    return {"mean": mean.tolist(), "variance": variance.tolist()}


def _words(layer: Any) -> list[Any]:
    words = layer.get_vocabulary(**_SPECIAL)
    return [word.item() if hasattr(word, "item") else word for word in words]


def _by_parameters(operation: Any) -> dict[str, Any]:
    """Return what an operation keeps of each argument that its class takes."""
    names = inspect.signature(type(operation)).parameters
    known = {n: getattr(operation, n) for n in names if hasattr(operation, n)}
    told = {n: v for n, v in known.items() if v is not None or n not in _ONLY_WHEN_SET}
    return {name: _serialised(value) for name, value in told.items()}


def _serialised(value: Any) -> Any:
    if value is None or isinstance(value, (bool, int, float, str, list, tuple)):
        return value
    try:
        return keras.saving.serialize_keras_object(value)
    except Exception:  # noqa: BLE001 - whatever it is, Keras cannot tell it
        return {"class_name": "__lambda__"}


def adapted(layer: Any) -> dict[str, Any]:
    """Return the arguments with which a layer that was adapted would be the same.

    Example:
        >>> layer = keras.layers.StringLookup(vocabulary=["cat", "dog"])
        >>> adapted(layer)
        {'vocabulary': ['cat', 'dog']}
    """
    layers = keras.layers
    if isinstance(layer, layers.Normalization) and layer.input_mean is None:
        return _statistics(layer)
    if isinstance(layer, layers.Discretization) and layer.bin_boundaries:
        return {"bin_boundaries": list(layer.bin_boundaries), "num_bins": None}
    lookups = (layers.StringLookup, layers.IntegerLookup, layers.TextVectorization)
    if isinstance(layer, lookups):
        return {"vocabulary": _words(layer) or None}
    return {}
