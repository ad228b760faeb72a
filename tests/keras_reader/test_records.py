"""Layers and weights, each once."""

from __future__ import annotations

import keras
import pytest
from keras import layers

import teachkit as tk
from teachkit.keras_reader.records import family_of


class Own(layers.Dense):
    """A layer of the learner's own."""


def weights(graph):
    return [(weight.id, weight.shape, weight.trainable) for weight in graph.weights]


class TestWeights:
    def test_they_are_named_after_their_layer(self, zoo):
        assert weights(zoo["chain"].graph) == [
            ("hidden/kernel", (4, 3), True),
            ("hidden/bias", (3,), True),
            ("answer/kernel", (3, 2), True),
            ("answer/bias", (2,), True),
        ]

    def test_those_of_nested_layers_are_named_after_the_layer_and_not_its_model(
        self, zoo
    ):
        assert [w.id for w in zoo["siamese"].graph.weights] == [
            "encoder/conv/kernel",
            "encoder/conv/bias",
            "same/kernel",
            "same/bias",
        ]

    def test_tied_weights_count_once(self, zoo):
        graph = zoo["tied_weights"].graph
        owners = [layer.weights for layer in graph.layers if layer.weights]

        assert owners == [("embedding/embeddings",)] * 2
        assert (graph.params, graph.call("tied").params) == (40, 40)

    def test_a_layer_called_twice_counts_once(self, zoo):
        graph = zoo["shared_layer"].graph

        assert graph.params == graph.call("dense").params == 15

    def test_frozen_ones_do_not_train(self, zoo):
        graph = zoo["frozen_layer"].graph

        assert [w.trainable for w in graph.weights] == [False, False, True, True]
        assert [graph.call(name).trainable for name in ("base", "head")] == [
            False,
            True,
        ]

    def test_statistics_do_not_train(self, zoo):
        trainable = [w[2] for w in weights(zoo["explicit_training"].graph)]

        assert trainable == [True, True, False, False]

    def test_a_function_has_those_of_its_layers(self, zoo):
        graph = zoo["bare_function"].graph

        assert [w.id for w in graph.weights] == ["dense/kernel", "dense/bias"]
        assert graph.params == 20

    def test_a_nested_graph_has_its_own(self, zoo):
        inner = zoo["siamese"].graph.call("encoder").nested

        assert (inner.params, len(inner.weights)) == (112, 2)

    def test_many_of_one_name_are_told_apart(self):
        x = keras.Input((3, 4), name="x")
        model = keras.Model(x, layers.MultiHeadAttention(1, 2, name="a")(x, x))
        ids = [weight.id for weight in tk.read(model).weights]

        assert len(set(ids)) == len(ids) == 8


class Elsewhere(layers.Dense):
    """A layer of a package that has a folder of layers too."""

    __module__ = "elsewhere.layers.strange"


class TestFamilies:
    @pytest.mark.parametrize(
        ("operation", "family"),
        [
            (layers.Dense(1), "core"),
            (layers.Conv2D(1, 1), "convolutional"),
            (layers.Add(), "merging"),
            (layers.LSTM(1), "rnn"),
            (layers.Dropout(0.5), "regularization"),
            (layers.MultiHeadAttention(1, 1), "attention"),
            (layers.InputLayer((1,)), "input"),
            (keras.Sequential(), "model"),
            (Own(1), "custom"),
            (Elsewhere(1), "custom"),
            (keras.Operation(name="op"), "operation"),
        ],
    )
    def test_it_is_the_folder_of_the_class(self, operation, family):
        assert family_of(operation) == family
