"""Layers that were adapted to data, and objects that Keras does not know."""

from __future__ import annotations

import keras
import numpy as np
import pytest
from keras import layers, ops

import teachkit as tk
from teachkit.errors import ModelError
from tests.source_code.round_trip import round_trip


def one_layer(layer, shape=(4,), **options):
    x = keras.Input(shape, **options)
    return keras.Model(x, layer(x))


def adapted(layer, data):
    layer.adapt(data)
    return layer


WORDS = np.array(["u", "v", "v"])
ADAPTED = {
    "normalization": lambda: one_layer(
        adapted(layers.Normalization(), np.arange(8.0, dtype="float32").reshape(2, 4))
    ),
    "one number": lambda: one_layer(
        adapted(layers.Normalization(axis=None), np.array([1.0, 5.0], "float32"))
    ),
    "bins": lambda: one_layer(
        adapted(layers.Discretization(num_bins=3), np.arange(10.0)), (1,)
    ),
    "words": lambda: one_layer(
        adapted(layers.StringLookup(), WORDS), (1,), dtype="string"
    ),
    "texts": lambda: one_layer(
        adapted(layers.TextVectorization(output_sequence_length=4), WORDS),
        (1,),
        dtype="string",
    ),
}


@pytest.mark.parametrize("name", ADAPTED)
def test_what_a_layer_learned_from_data_is_written(name):
    model = ADAPTED[name]()
    trip = round_trip(model)

    assert trip.isomorphism() is not None
    assert tk.compare(model, trip.model, strict=True).same


def test_a_normalization_that_was_not_adapted_is_written_plainly():
    assert "layers.Normalization()(inputs)" in tk.to_code(
        one_layer(layers.Normalization())
    )


class Ones(keras.initializers.Initializer):
    """An initializer that is not registered."""

    def __call__(self, shape, dtype=None):
        return ops.ones(shape, dtype)

    def get_config(self):
        return {}


def test_an_initializer_that_keras_does_not_know_is_written_with_its_class():
    model = one_layer(layers.Dense(3, kernel_initializer=Ones()))
    code = tk.to_code(model)

    assert "layers.Dense(3, kernel_initializer=Ones())(inputs)" in code
    assert tk.compare(model).equivalent


def test_a_function_that_reads_a_tensor_from_outside_is_refused_in_words():
    x = keras.Input((4,), name="x")
    model = keras.Model(x, ops.cond(ops.sum(x) > 0, lambda: x * 2, lambda: x))

    with pytest.raises(ModelError, match="into a layer of your own") as caught:
        tk.to_code(model)
    assert "it reads 'x' of the function around it" in str(caught.value)
