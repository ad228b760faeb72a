"""Multiply, Maximum and Minimum look for the masks of their inputs themselves."""

import keras
import numpy as np
import pytest
from keras import layers

import teachkit as tk

INDICES = [
    np.array([[1, 0, 2, 0], [0, 0, 3, 1]]),
    np.array([[1, 2, 0, 0], [3, 0, 0, 1]]),
]


def merged(layer, *masked):
    inputs = [keras.Input((4,), name=f"indices{k}") for k in range(2)]
    embedded = [
        layers.Embedding(5, 3, mask_zero=mask)(one)
        for one, mask in zip(inputs, masked, strict=True)
    ]
    return keras.Model(inputs, layer(embedded))


class TestMasksOfInputs:
    @pytest.mark.parametrize("masked", [(True, True), (True, False), (False, True)])
    @pytest.mark.parametrize("kind", ["Multiply", "Maximum", "Minimum", "Add"])
    def test_numpy_agrees(self, kind, masked):
        model = merged(getattr(layers, kind)(), *masked)

        assert tk.explain(model, inputs=INDICES).verified is True

    def test_a_subclass_that_changes_nothing(self):
        class Mine(layers.Multiply):
            """Multiplies."""

        model = merged(Mine(), True, True)
        assert tk.explain(model, inputs=INDICES).verified is True
