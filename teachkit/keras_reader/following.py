"""A layer or function as the graph of operations that it makes, with Keras' objects."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import keras

from teachkit.graph import TensorSpec
from teachkit.keras_reader import internals
from teachkit.keras_reader.discovery import Discovery
from teachkit.keras_reader.dry import dry
from teachkit.keras_reader.ports import map_leaves
from teachkit.keras_reader.recording import Recording, recording_of
from teachkit.keras_reader.tracing import Given, trace


def follow(layer: Any, kwargs: dict[str, Any]) -> Recording | None:
    """Return what a layer does to tensors, None if its `call` cannot be followed.

    The layer itself is left as it was.

    Arguments:
        layer: it has been built.
        kwargs: the arguments of `call`, with a `TensorSpec` for each tensor. The
            inputs of the recording are called by the ports of these.
    """
    with internals.names_kept(), dry(), warnings.catch_warnings(), ExitStack() as undo:
        warnings.simplefilter("ignore")
        source = trace(layer, _given(map_leaves(_tensor, kwargs)), undo)
        return (
            None if isinstance(source, str) else recording_of(Discovery(source, undo))
        )


class _Function(keras.layers.Layer):  # type: ignore[misc]  # Keras has no types
    """Makes a layer of a function of one tensor, so that it can be followed."""

    def __init__(self, function: Callable[[Any], Any]) -> None:
        super().__init__(name="function")
        self.function = function
        self.built = True

    def call(self, z: Any) -> Any:
        return self.function(z)


def follow_function(
    function: Callable[[Any], Any], spec: TensorSpec
) -> Recording | None:
    """Return what a function of one tensor does, as `follow`; its input is `z`."""
    with internals.names_kept():
        layer = _Function(function)
    return follow(layer, {"z": spec})


def _given(arguments: dict[str, Any]) -> Given:
    """Return arguments as a call takes them: `tensors[1]` comes by its position."""
    names = list(arguments)
    last = max((k for k, name in enumerate(names) if "[" in name), default=-1)
    args = tuple(arguments[name] for name in names[: last + 1])
    return Given(args, {name: arguments[name] for name in names[last + 1 :]})


def _tensor(leaf: Any) -> Any:
    if not isinstance(leaf, TensorSpec):
        return leaf
    return keras.KerasTensor(leaf.shape, dtype=leaf.dtype, name="given")
