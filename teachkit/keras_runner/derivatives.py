"""Slopes of what a model computes, for any values of its weights."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from teachkit.keras_reader.recording import Recording
from teachkit.keras_runner.guard import nothing_moved
from teachkit.keras_runner.running import (
    Arrays,
    State,
    arguments_for,
    model_of,
    training_for,
)

_MOST = 256
"""Outputs of more numbers are seen through so many random sums of them."""
Array = np.ndarray[Any, Any]


def slopes(
    recording: Recording, arrays: Mapping[str, Any], state: State
) -> list[tuple[str, Array]]:
    """Return the gradients of the sum of all outputs, by what they are taken at.

    Inputs come first, by the id of their call, then weights, by the path that Keras
    gives them. Whole numbers, and what the outputs do not depend on, are left out.

    Arguments:
        recording: of the model.
        arrays: one for each input, by the id of the input.
        state: values that variables have in this run instead of their own.
    """
    weights = [(v, tf.convert_to_tensor(value)) for v, value in state]
    tensors = {name: tf.convert_to_tensor(array) for name, array in arrays.items()}
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        sources = [*tensors.values(), *(value for _, value in weights)]
        tape.watch([one for one in sources if one.dtype.is_floating])
        outputs = _outputs(recording, tensors, weights)
        total = tf.add_n([tf.reduce_sum(tf.cast(one, "float32")) for one in outputs])
    names = [*tensors, *(str(variable.path) for variable, _ in weights)]
    found = zip(names, tape.gradient(total, sources), strict=True)
    return [(name, _numbers(one)) for name, one in found if one is not None]


def jacobian(
    recording: Recording, point: Arrays, state: State, input_id: str, output: int = 0
) -> Array:
    """Return the slopes of an output with respect to an input at one point.

    Each number of the output gets a copy of the point in one batch, so that a single
    pass backward gives them all.

    Arguments:
        recording: of the model.
        point: arrays of one sample for each input, by the id of the input.
        state: values that variables have in this run instead of their own.
        input_id: of the input.
        output: which one, in the author's order.

    Returns:
        A row for each number of the output, or for a random sum of them where they are
        more than 256; a column for each number of the input.
    """
    size = _size(recording, point, state, output)
    rows = min(size, _MOST)
    picked = np.eye(size, dtype="float32")
    if size > _MOST:
        generator = np.random.default_rng(0)
        picked = generator.normal(0, size**-0.5, (rows, size)).astype("float32")
    copies = {
        name: tf.convert_to_tensor(np.repeat(array[:1], rows, axis=0))
        for name, array in point.items()
    }
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch(copies[input_id])
        found = _outputs(recording, copies, state)[output]
        flat = tf.reshape(tf.cast(found, "float32"), (rows, size))
        total = tf.reduce_sum(flat * picked)
    gradient = tape.gradient(total, copies[input_id])
    if gradient is None:
        return np.zeros((rows, int(np.prod(point[input_id].shape[1:]))))
    return _numbers(gradient).reshape(rows, -1)


def _size(recording: Recording, point: Arrays, state: State, output: int) -> int:
    one = {name: tf.convert_to_tensor(array[:1]) for name, array in point.items()}
    return int(np.prod(_outputs(recording, one, state)[output].shape))


def _outputs(recording: Recording, tensors: Mapping[str, Any], state: State) -> Any:
    """Return the outputs of a run at inference, flat, in the author's order."""
    model = model_of(recording)
    args, kwargs = arguments_for(recording, tensors)
    kwargs |= training_for(model, training=False)
    with (
        nothing_moved(model),
        keras.StatelessScope(state_mapping=state, initialize_variables=False),
    ):
        return keras.tree.flatten(model(*args, **kwargs))


def _numbers(gradient: Any) -> Array:
    return np.asarray(tf.convert_to_tensor(gradient))
