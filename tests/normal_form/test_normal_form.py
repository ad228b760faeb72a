"""What stays in the normal form, and what does not."""

from __future__ import annotations

from dataclasses import replace

import keras
import pytest
from keras import layers, ops

from teachkit.errors import ModelError
from teachkit.graph import Config, Tensor
from teachkit.keras_reader import read_model
from teachkit.normal_form import find_isomorphism, normal_form
from tests.graphs import Sketch, spec


def types(graph, **more):
    return [node.meaning.type for node in normal_form(graph, **more).nodes]


def read(body, shape=(4,)):
    x = keras.Input(shape, name="x")
    return read_model(keras.Model(x, body(x)))


def same(left, right, **more):
    forms = (normal_form(graph, **more) for graph in (left, right))
    return find_isomorphism(*forms) is not None


def test_a_fused_activation_is_a_step_of_its_own_at_the_same_path():
    graph = read(lambda x: layers.Dense(3, activation="relu", name="d")(x))
    nodes = normal_form(graph).nodes
    assert [(n.path, n.part, n.meaning.type) for n in nodes] == [
        ("x", "", "input"),
        ("d", "", "Dense"),
        ("d", "activation", "activation relu"),
        ("", "output", "output"),
    ]
    assert [n.owner for n in nodes] == [None, "d", None, None]


def test_the_activation_of_a_recurrent_layer_is_part_of_it():
    assert types(read(lambda x: layers.LSTM(3)(x), (5, 4)))[1:-1] == ["LSTM"]


def test_a_sum_that_something_else_reads_stays():
    def body(x):
        inner = x + ops.exp(x)
        return [inner + ops.sin(x), inner]

    assert types(read(body)).count("add") == 2


def test_a_sum_of_three_is_one_step_however_it_is_written():
    left = read(lambda x: (x + ops.exp(x)) + ops.sin(x))
    assert types(left).count("add") == 1
    assert same(left, read(lambda x: ops.sin(x) + (ops.exp(x) + x)))
    assert not same(left, read(lambda x: ops.sin(x) + (ops.exp(x) + ops.exp(x))))


def test_a_long_sum_is_flattened():
    sketch = Sketch()
    last = sketch.input("x")
    for k in range(3000):
        last = sketch.layer(f"sum{k}", [last, "x"], "Add")
    sketch.output(last)
    nodes = normal_form(sketch.graph()).nodes
    assert len(nodes) == 3
    assert len(nodes[1].reads) == 3001


def test_differences_are_not_flattened_or_exchanged():
    one = read(lambda x: (x - ops.exp(x)) - ops.sin(x))
    assert not same(one, read(lambda x: x - (ops.exp(x) - ops.sin(x))))


def test_a_layer_of_another_rank_is_no_plain_sum():
    a, b = keras.Input((3, 3), name="a"), keras.Input((3,), name="b")
    layer = read_model(keras.Model([a, b], layers.Add()([a, b])))
    operation = read_model(keras.Model([a, b], a + b))
    assert not same(layer, operation)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (lambda x: ops.stack([x, x], axis=-1), lambda x: ops.stack([x, x], axis=1)),
        (lambda x: ops.sum(x, axis=-1), lambda x: ops.sum(x, axis=0)),
        (lambda x: ops.gelu(x), lambda x: layers.Activation("gelu")(x)),
        (lambda x: layers.ReLU(6)(x), lambda x: layers.ReLU()(x)),
        (lambda x: layers.ReLU(5)(x), lambda x: layers.ReLU(6)(x)),
        (lambda x: layers.Softmax()(x), lambda x: ops.log_softmax(x)),
        (lambda x: ops.average(x), lambda x: ops.mean(x)),
        (lambda x: ops.stop_gradient(x), lambda x: x),
        (lambda x: 2 - x, lambda x: x - 2),
        (lambda x: layers.Dropout(0.1)(x), lambda x: layers.Dropout(0.0)(x)),
    ],
)
def test_what_is_only_alike_is_not_the_same(left, right):
    assert not same(read(left), read(right))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (lambda x: ops.stack([x, x], axis=-1), lambda x: ops.stack([x, x], axis=2)),
        (lambda x: ops.sum(x, axis=-1), lambda x: ops.sum(x, axis=1)),
        (lambda x: layers.ReLU(6)(x), lambda x: ops.relu6(x)),
        (lambda x: layers.LayerNormalization()(x), lambda x: norm_of_axis(1)(x)),
        (lambda x: layers.ReLU(negative_slope=0.2)(x), lambda x: ops.leaky_relu(x)),
        (lambda x: x / 2, lambda x: ops.divide(x, 2)),
        (lambda x: layers.GaussianNoise(0.0)(x), lambda x: x),
    ],
)
def test_what_means_the_same_is_the_same(left, right):
    assert same(read(left), read(right))


def norm_of_axis(axis):
    return layers.LayerNormalization(axis=axis)


def test_calls_on_which_no_output_depends_are_left_out():
    inner = Sketch("inner")
    i = inner.input("i")
    inner.output(inner.layer("used", [i], params=3), "[0]")
    inner.output(inner.layer("unused", [i], params=4), "[1]")
    sketch = Sketch()
    call = sketch.model("inner", inner.bare(), [sketch.input("x")])
    sketch.output((call, 0))
    paths = [node.path for node in normal_form(sketch.graph()).nodes]
    assert paths == ["x", "inner/used", ""]


def test_an_input_that_nothing_reads_stays():
    a, b = Sketch(), Sketch()
    for sketch in (a, b):
        sketch.output(sketch.layer("d", [sketch.input("x")]))
    b.input("unused")
    assert not same(a.graph(), b.graph())


def test_a_model_that_gets_a_mask_of_the_authors_own_is_not_opened():
    inner = Sketch("inner")
    inner.output(inner.layer("d", [inner.input("i")], params=3))

    def outer(*ports):
        sketch = Sketch()
        x = sketch.input("x")
        sources = [x for _ in ports]
        sketch.output(sketch.model("inner", inner.bare(), sources, ports=list(ports)))
        return sketch.graph()

    assert same(outer("inputs"), outer("inputs"))
    assert not same(outer("inputs"), outer("inputs", "mask"))


def test_what_keras_casts_on_the_way_into_a_model_is_a_step():
    inner = Sketch("inner")
    inner.output(inner.layer("d", [inner.input("i")], params=3))
    sketch = Sketch()
    x = sketch.input("x")
    call = sketch.calls[x]
    sketch.calls[x] = replace(call, outputs=(spec(4, dtype="int32"),))
    sketch.output(sketch.model("inner", inner.bare(), [x]))
    assert types(sketch.graph()) == ["input", "cast", "Dense", "output"]


def test_masks_that_keras_added_are_left_out():
    sketch = Sketch()
    x = sketch.input("x")
    h = sketch.layer("h", [x], "LSTM", params=3)
    sketch.output(h)
    graph = sketch.graph()
    mask = Tensor(x, 0, h, "mask", (None, 4), "bool", implicit=True)
    masked = replace(graph, tensors=(*graph.tensors, mask))
    for strict in (False, True):
        assert same(graph, masked, strict=strict)
    shown = replace(graph, tensors=(*graph.tensors, replace(mask, implicit=False)))
    assert not same(graph, shown)


def test_strict_keeps_every_argument_but_names_and_seeds():
    def graph(**config):
        sketch = Sketch()
        config = Config({"units": 3, "seed": 1, "momentum": 0.9, **config})
        sketch.output(sketch.layer("d", [sketch.input("x")], config=config))
        return sketch.graph()

    assert same(graph(), graph(seed=2), strict=True)
    assert same(graph(), graph(momentum=0.5))
    assert not same(graph(), graph(momentum=0.5), strict=True)
    assert not same(graph(), graph(units=4))


def test_models_that_call_models_without_end_are_refused():
    sketch = Sketch("level0")
    sketch.output(sketch.layer("d", [sketch.input("x")]))
    graph = sketch.bare()
    for level in range(1, 20):
        sketch = Sketch(f"level{level}")
        x = sketch.input("x")
        once = sketch.model("inner", graph, [x])
        sketch.output(sketch.model("inner", graph, [once]))
        graph = sketch.bare()
    with pytest.raises(ModelError, match="at most 300,000 calls"):
        normal_form(graph)


def test_models_may_be_nested_deeper_than_pythons_stack():
    sketch = Sketch("level0")
    sketch.output(sketch.layer("d", [sketch.input("x")]))
    graph = sketch.bare()
    for level in range(1, 1500):
        sketch = Sketch(f"level{level}")
        sketch.output(sketch.model("inner", graph, [sketch.input("x")]))
        graph = sketch.bare()
    assert types(graph) == ["input", "Dense", "output"]
