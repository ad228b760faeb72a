"""Compute in full precision what a learner lets compute in half of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import keras

from teachkit.keras_reader import internals

_PLAIN = "float32"


@contextmanager
def policy_kept() -> Iterator[None]:
    """Keep the global dtype policy and float type, whatever runs inside."""
    policy, floats = keras.config.dtype_policy(), keras.config.floatx()
    try:
        yield
    finally:
        keras.config.set_floatx(floats)
        keras.config.set_dtype_policy(policy)


@contextmanager
def plain_policy() -> Iterator[None]:
    """Build layers as Keras does by default, whatever policy a learner has set."""
    with policy_kept():
        keras.config.set_floatx(_PLAIN)
        keras.config.set_dtype_policy(_PLAIN)
        yield


@contextmanager
def full_precision(models: Iterable[Any]) -> Iterator[None]:
    """Have layers of mixed precision compute in the type of their weights.

    Three digits of float16 are too few to tell rounding from a mistake. The policies
    are the learner's own again after the block.

    Arguments:
        models: those that run inside the block.
    """
    layers = [layer for model in models for layer in internals.flat_layers(model)]
    with ExitStack() as stack:
        for layer in filter(_is_mixed, layers):
            stack.callback(_set_policy, layer, layer.dtype_policy)
            _set_policy(layer, keras.DTypePolicy(layer.variable_dtype))
        yield


def _set_policy(layer: Any, policy: Any) -> None:
    layer.dtype_policy = policy


def _is_mixed(layer: Any) -> bool:
    policy = layer.dtype_policy
    # A map is shared by layers, and a quantized policy is more than a type.
    if isinstance(policy, keras.dtype_policies.DTypePolicyMap):
        return False
    is_plain = policy.quantization_mode is None
    return is_plain and policy.compute_dtype != policy.variable_dtype
