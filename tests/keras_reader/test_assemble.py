"""Graphs inside graphs: each made once, and none too deep for Python's stack."""

from __future__ import annotations

import sys

import keras
from keras import layers

import teachkit as tk


def nested(depth, shape=(4,)):
    """Return a model in a model in a model, so many times."""
    x = keras.Input(shape, name="x")
    model = keras.Model(x, layers.ReLU(name="relu")(x), name="model0")
    for k in range(1, depth):
        x = keras.Input(shape, name="x")
        model = keras.Model(x, model(x), name=f"model{k}")
    return model


def levels(graph):
    """Return how deep graphs are nested."""
    depth = 1
    while inner := [call.nested for call in graph.calls if call.nested is not None]:
        depth, graph = depth + 1, inner[0]
    return depth


def test_models_are_nested_deeper_than_the_stack():
    model = nested(150)
    limit = sys.getrecursionlimit()
    frames = len(_frames())
    try:
        sys.setrecursionlimit(frames + 400)
        graph = tk.read(model)
    finally:
        sys.setrecursionlimit(limit)

    assert levels(graph) == 150


def _frames():
    frame, found = sys._getframe(), []  # noqa: SLF001 - only to count them
    while frame is not None:
        found.append(frame)
        frame = frame.f_back
    return found


def test_shapes_of_a_call_go_all_the_way_down():
    model = nested(4, (None, None))
    x = keras.Input((3, 5), name="x")
    graph = tk.read(keras.Model(x, model(x)))

    assert graph.call("model3/model2/model1/model0/relu").outputs[0].shape == (
        None,
        3,
        5,
    )


def test_outputs_of_a_dict_keep_apart_all_the_way_down():
    x = keras.Input((None, 2), name="x")
    longer = layers.ZeroPadding1D(1, name="longer")(x)
    inner = keras.Model(x, {"b": x * 2, "a": longer}, name="inner")
    y = keras.Input((None, 2), name="y")
    ends = inner(y)
    ends = {
        "b": layers.ReLU(name="b")(ends["b"]),
        "a": layers.ReLU(name="a")(ends["a"]),
    }
    middle = keras.Model(y, ends, name="middle")
    z = keras.Input((3, 2), name="z")
    graph = tk.read(keras.Model(z, middle(z)["b"])).call("middle").nested

    assert [graph.call(name).outputs[0].shape[1] for name in ("a", "b")] == [5, 3]


def test_equal_calls_have_one_graph_and_others_their_own(zoo):
    blocks = [
        c.nested for c in zoo["functional_in_many_shapes"].graph.calls if c.nested
    ]

    assert [b.call("i").outputs[0].shape[1] for b in blocks] == [5, 6, 8]


def test_graphs_with_the_shapes_of_the_definition_are_those_that_keras_recorded():
    model = nested(2)
    graph = tk.read(model)
    inner = tk.read(model.layers[1])

    assert graph.call("model0").nested.tensors == inner.tensors
