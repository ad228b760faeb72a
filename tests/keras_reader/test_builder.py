"""What a call tells of itself."""

from __future__ import annotations

import keras
import pytest
from keras import layers

import teachkit as tk


@pytest.mark.parametrize(
    ("name", "call", "told"),
    [
        ("chain", "x", ("x", "input", "InputLayer", "input", 0)),
        ("chain", "hidden", ("hidden", "layer", "Dense", "core", 15)),
        ("siamese", "encoder:2", ("encoder", "model", "Functional", "model", 112)),
        ("siamese", "subtract", (None, "operation", "Subtract", "operation", 0)),
        ("variable", "variable", (None, "constant", "Variable", "constant", 0)),
        ("dict_layer", "divide", ("divide", "layer", "Divide", "custom", 0)),
        ("subclassed", "inputs", (None, "input", "InputLayer", "input", 0)),
        ("function_as_operation", "double", (None, "model", "Function", "model", 0)),
        ("wrappers", "each", ("each", "layer", "TimeDistributed", "rnn", 10)),
    ],
)
def test_what_a_call_is(zoo, name, call, told):
    found = zoo[name].graph.call(call)

    assert told == (found.layer, found.kind, found.type, found.family, found.params)


def test_the_configuration_is_that_of_the_layer(zoo):
    config = zoo["chain"].graph.call("hidden").config

    assert (config["units"], config["activation"]) == (3, "relu")
    assert set(config.chosen) == {"units", "activation"}


def test_operations_tell_their_arguments_too(zoo):
    assert zoo["where"].graph.call("sum").config["axis"] == -1


def test_one_tensor_that_a_layer_gives_twice_is_its_last_output():
    x = keras.Input((4,), name="x")
    one, two = Twice(name="twice")(x)
    graph = tk.read(keras.Model(x, [layers.ReLU(name="relu")(one), two]))

    assert [tensor.index for tensor in graph.outgoing("twice")] == [1]


class Twice(layers.Layer):
    """A layer that gives the same tensor twice."""

    def call(self, inputs):
        return inputs, inputs

    def compute_output_spec(self, inputs):
        spec = keras.KerasTensor(inputs.shape, inputs.dtype)
        return [spec, spec]


def test_names_of_any_kind_are_kept_as_they_are(zoo):
    graph = zoo["hostile_names"].graph
    names = [layer.name for layer in zoo["hostile_names"].model.layers]

    assert [call.id for call in graph.calls] == names
    assert max(map(len, names)) == 10_000
    assert graph.call(names[-1]).layer == names[-1]
