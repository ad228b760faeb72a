"""The weights that a model of a class gets with its first call."""

from __future__ import annotations

from typing import Any

import keras

from teachkit.keras_reader import internals, record_model
from teachkit.keras_runner.running import arguments_for, model_of


def build_inner_layers(model: Any) -> None:
    """Give the layers of a model their weights, where `build(shape)` alone did not.

    A class without a `build` of its own then says to be built, and has no weights
    before its first call. Calls without weights of their own would read other random
    numbers each time. A model that fails is left to whoever runs it.
    """
    if getattr(model, "inputs", None) or not model.built:
        return
    if all(layer.built for layer in internals.flat_layers(model)):
        return
    try:
        recording = record_model(model)
        tensors = {
            end.call: keras.KerasTensor(end.shape, dtype=end.dtype)
            for end in recording.graph.inputs
        }
        arguments, named = arguments_for(recording, tensors)
        model_of(recording)(*arguments, **named)
    except Exception:  # noqa: BLE001 - code of a student may raise whatever it likes; running it tells
        return
