"""The names by which calls and layers go, at all levels."""

from __future__ import annotations

import keras
import pytest
from keras import layers

import teachkit as tk


def ids(graph):
    return [call.id for call in graph.calls]


def places(graph):
    """Return where each layer is called, but for the inputs."""
    layers_called = (one for one in graph.layers if one.family != "input")
    return {one.id: one.calls for one in layers_called}


class TestCalls:
    def test_they_are_numbered_as_they_were_made_and_not_as_they_are_read(self, zoo):
        graph = zoo["shared_layer"].graph

        assert [(c.id, c.ordinal) for c in graph.calls[2:]] == [
            ("dense:2", 2),
            ("dense", 1),
            ("sum", 1),
        ]

    def test_calls_in_other_models_do_not_count(self, zoo):
        assert ids(zoo["calls_outside_this_model"].graph) == ["x", "dense"]

    def test_a_second_model_of_a_notebook_cell_reads_like_the_first(self):
        x = keras.Input((4,), name="x")
        dense = layers.Dense(2, name="dense")
        first, second = (tk.read(keras.Model(x, dense(x), name="m")) for _ in range(2))

        assert first == second

    def test_a_layer_that_is_called_like_a_second_call_keeps_its_name(self):
        x = keras.Input((4,), name="x")
        dense = layers.Dense(4, name="dense")
        end = layers.Dense(4, name="dense:2")(dense(dense(x)))
        graph = tk.read(keras.Model(x, end))

        assert ids(graph) == ["x", "dense", "dense:2:2", "dense:2"]


class TestLayers:
    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            (
                "outer_and_nested",
                {"dense": ("dense", "dense:2", "inner/dense"), "inner": ("inner",)},
            ),
            (
                "two_submodels_share",
                {
                    "one": ("one",),
                    "two": ("two",),
                    "one/dense": ("one/dense", "two/dense"),
                    "one/relu": ("one/relu",),
                    "two/softmax": ("two/softmax",),
                },
            ),
            (
                "a_of_b_of_a",
                {
                    "a": ("a", "a:2"),
                    "b": ("b",),
                    "a/dense": ("a/dense",),
                    "b/dense": ("b/dense",),
                },
            ),
            (
                "two_depths",
                {"dense": ("dense", "dense:2", "dense:3"), "relu": ("relu",)},
            ),
            (
                "three_deep",
                {
                    "depth2": ("depth2",),
                    "depth2/depth1": ("depth2/depth1",),
                    "depth2/join2": ("depth2/join2",),
                    "depth2/depth1/depth0": ("depth2/depth1/depth0",),
                    "depth2/depth1/join1": ("depth2/depth1/join1",),
                    "depth2/depth1/depth0/relu": ("depth2/depth1/depth0/relu",),
                },
            ),
            (
                "two_arguments_nested",
                {
                    "inner": ("inner", "inner:2", "inner:3"),
                    # The third goes another way, so that it has a graph of its own.
                    "inner/dense": ("inner/dense", "inner:3/dense"),
                },
            ),
            ("function_as_operation", {}),
            ("shared_layer", {"dense": ("dense", "dense:2"), "sum": ("sum",)}),
            (
                "names_that_look_like_calls",
                {"dense": ("dense", "dense:2:2"), "dense:2": ("dense:2",)},
            ),
        ],
    )
    def test_each_tells_where_it_is_called(self, zoo, name, expected):
        assert places(zoo[name].graph) == expected

    @pytest.mark.parametrize(
        ("name", "shared"),
        [
            ("siamese", ["encoder"]),
            ("shared_layer", ["dense"]),
            ("outer_and_nested", ["dense"]),
            ("two_submodels_share", ["one/dense"]),
            ("on_its_own_input", ["dense"]),
            ("sequential_reusing_a_layer", ["dense"]),
            ("unbuilt_sequential", ["relu"]),
            ("chain", []),
        ],
    )
    def test_those_called_at_several_places_are_shared(self, zoo, name, shared):
        assert [one.id for one in zoo[name].graph.shared()] == shared

    def test_equal_names_in_different_models_are_told_apart(self):
        x = keras.Input((4,), name="x")
        h = x
        for _ in range(2):
            i = keras.Input((4,), name="i")
            h = keras.Model(i, layers.Dense(4, name="dense")(i), name=f"m{id(i)}")(h)
        graph = tk.read(keras.Model(x, h))
        denses = [one for one in graph.layers if one.name == "dense"]

        assert len({one.id for one in denses}) == 2

    def test_a_nested_graph_tells_its_own_layers(self, zoo):
        inner = zoo["outer_and_nested"].graph.call("inner").nested

        assert [one.id for one in inner.layers] == ["dense", "inner/i"]
