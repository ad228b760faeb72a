"""Which weights each output of a model depends on: a table of gradients."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from teachkit.keras_reader.ports import leaves_with_path
from teachkit.keras_reader.recording import Recording
from teachkit.keras_runner.guard import nothing_moved
from teachkit.keras_runner.running import (
    State,
    arguments_for,
    failed,
    model_of,
    training_for,
    variables_of,
)

Table = dict[str, dict[int, float]]
"""By path of the output and `id` of the variable: the largest gradient."""


def gradient_table(
    recording: Recording, arrays: Mapping[str, Any], state: State = ()
) -> Table:
    """Return how much each output moves with each variable, at inference.

    Of an output its numbers are summed with random weights: the plain sum of a softmax
    is 1 and moves with nothing.

    Arguments:
        recording: of the model, which is never changed.
        arrays: one for each input, by the id of the input.
        state: values that variables have instead of their own.

    Raises:
        ModelError: code of the model fails.
    """
    model = model_of(recording)
    args, kwargs = arguments_for(recording, arrays)
    kwargs |= training_for(model, training=False)
    known = _tensors(recording, state)
    try:
        with nothing_moved(model), tf.GradientTape(persistent=True) as tape:
            tape.watch([tensor for _, tensor in known])
            with keras.StatelessScope(state_mapping=known, initialize_variables=False):
                outputs = model(*args, **kwargs)
            sums = {
                path: tf.reduce_sum(tf.cast(leaf, "float32") * _factors(path, leaf))
                for path, leaf in leaves_with_path(outputs)
            }
    except Exception as error:
        raise failed(recording, error) from error
    return {path: _gradients(tape, value, known) for path, value in sums.items()}


def _tensors(recording: Recording, state: State) -> list[tuple[Any, Any]]:
    drawn = {id(variable): value for variable, value in state}
    return [
        (variable, tf.cast(drawn.get(id(variable), variable.value), variable.dtype))
        for variable in variables_of(recording)
        if keras.backend.is_float_dtype(variable.dtype)
    ]


def _factors(path: str, leaf: Any) -> np.ndarray[Any, Any]:
    generator = np.random.default_rng(zlib.crc32(path.encode()))
    return generator.standard_normal(tuple(leaf.shape)).astype("float32")


def _gradients(
    tape: tf.GradientTape, value: Any, known: list[tuple[Any, Any]]
) -> dict[int, float]:
    found = tape.gradient(value, [tensor for _, tensor in known])
    return {
        id(variable): _largest(gradient)
        for (variable, _), gradient in zip(known, found, strict=True)
    }


def _largest(gradient: Any) -> float:
    if gradient is None:
        return 0.0
    numbers = np.abs(np.asarray(tf.convert_to_tensor(gradient)))
    return float(np.nanmax(numbers)) if numbers.size else 0.0
