"""Models whose inside cannot be walked are shown as far as the truth goes."""

from __future__ import annotations

import keras
from keras import layers


class TestChain:
    def test_nothing_is_known_of_its_tensors(self, zoo):
        graph = zoo["unbuilt_sequential"].graph

        assert {(t.shape, t.dtype) for t in graph.tensors} == {(None, "unknown")}
        assert graph.inputs == ()
        assert [notice.code for notice in graph.notices] == ["no-input"]

    def test_a_layer_used_twice_is_one_layer_called_twice(self, zoo):
        graph = zoo["unbuilt_sequential"].graph
        calls = [(c.id, c.layer, c.ordinal) for c in graph.calls if c.type == "ReLU"]

        assert calls == [("relu", "relu", 1), ("relu:2", "relu", 2)]

    def test_ports_are_those_of_the_layers(self, zoo):
        model = keras.Sequential([layers.Embedding(3, 2), layers.LSTM(2)])
        from teachkit import read

        assert [tensor.port for tensor in read(model).tensors] == ["sequences"]

    def test_weights_that_are_there_are_counted(self, zoo):
        graph = zoo["unbuilt_sequential"].graph

        assert graph.call("encoder").params == 12
        assert graph.call("hidden").params == 0


class TestBox:
    def test_it_has_the_inputs_of_the_call_and_one_output(self, zoo):
        graph = zoo["two_arguments"].graph

        assert [call.id for call in graph.calls] == ["left", "right", "two_arguments"]
        assert [(e.call, e.path) for e in graph.inputs] == [
            ("left", "left"),
            ("right", "right"),
        ]
        assert [(e.call, e.shape) for e in graph.outputs] == [("two_arguments", None)]

    def test_what_is_known_of_shapes_is_told(self, zoo):
        graph = zoo["two_arguments"].graph

        assert graph.call("left").outputs[0].shape == (None, 4)
        assert graph.call("right").outputs[0].shape is None

    def test_its_weights_are_counted_under_their_own_paths(self, zoo):
        graph = zoo["untraceable"].graph
        box = graph.call("branching")

        assert (box.kind, box.nested, box.params) == ("model", None, 10)
        assert [w.id for w in graph.weights] == [
            "branching/second/kernel",
            "branching/second/bias",
        ]
        assert [layer.id for layer in graph.layers] == ["branching"]
