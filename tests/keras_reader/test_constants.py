"""Arrays and variables that a call reads are nodes."""

from __future__ import annotations

import keras
import numpy as np
import pytest
import tensorflow as tf

import teachkit as tk


def constants(graph):
    return [call for call in graph.calls if call.kind == "constant"]


def added_to(value):
    """Return the graph of a model that adds a constant."""
    x = keras.Input((4,), name="x")
    return tk.read(keras.Model(x, keras.ops.add(x, value)))


class TestConstants:
    def test_the_same_array_is_one_node(self, zoo):
        graph = zoo["numpy_constant"].graph
        (constant,) = constants(graph)

        assert [t.target for t in graph.outgoing(constant.id)] == ["multiply", "add"]

    def test_equal_arrays_are_two_nodes(self):
        x = keras.Input((2,), name="x")
        end = keras.ops.add(keras.ops.add(x, np.ones(2)), np.ones(2))
        graph = tk.read(keras.Model(x, end))

        assert [c.id for c in constants(graph)] == ["constant", "constant:2"]

    def test_few_numbers_are_kept(self, zoo):
        (constant,) = constants(zoo["numpy_constant"].graph)

        assert constant.config["value"] == [0.0, 1.0, 2.0, 3.0]

    @pytest.mark.parametrize(("size", "kept"), [(16, True), (17, False)])
    def test_many_are_not(self, size, kept):
        x = keras.Input((size,), name="x")
        graph = tk.read(keras.Model(x, keras.ops.add(x, np.ones(size))))

        assert ("value" in constants(graph)[0].config) is kept

    def test_shape_and_dtype_are_told(self):
        (constant,) = constants(added_to(tf.ones((3, 1, 4), "float16")))

        assert (constant.outputs[0].shape, constant.outputs[0].dtype) == (
            (3, 1, 4),
            "float16",
        )

    def test_a_layer_called_on_numbers_leaves_its_result_and_no_weights(self, zoo):
        graph = zoo["layer_on_a_constant"].graph
        (constant,) = constants(graph)

        assert constant.outputs[0].shape == (5, 4)
        assert {layer.name for layer in graph.layers} == {"token", "word"}
        assert graph.params == 40

    def test_its_name_is_not_that_of_a_layer(self):
        x = keras.Input((2,), name="constant")
        graph = tk.read(keras.Model(x, keras.ops.add(x, np.ones(2))))

        assert [c.id for c in constants(graph)] == ["constant:2"]


class TestVariables:
    @pytest.mark.parametrize("kind", [keras.Variable, tf.Variable])
    def test_they_have_a_type_of_their_own_and_no_value(self, kind):
        (variable,) = constants(added_to(kind(np.ones(4, "float32"))))

        assert (variable.id, variable.type) == ("variable", "Variable")
        assert dict(variable.config) == {}

    def test_a_weight_of_the_model_is_told_as_one(self, zoo):
        (variable,) = constants(zoo["weight_read_directly"].graph)

        assert dict(variable.config) == {"weight": "dense/bias"}

    def test_one_without_numbers_can_be_read(self):
        with tk.dry():
            factor = keras.Variable("zeros", shape=(4,), name="factor")
            graph = added_to(factor)

        assert constants(graph)[0].outputs[0].shape == (4,)
