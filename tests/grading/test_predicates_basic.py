"""Inputs and outputs, what has an effect, and how many there are."""

from __future__ import annotations

import keras
import pytest
from keras import Input, Model, Sequential, layers, ops

from teachkit.grading.predicates.counting import count, has, no, params, shape_at
from teachkit.grading.predicates.interface import inputs, outputs
from teachkit.grading.predicates.liveness import ignores, live, uses
from teachkit.grading.predicates.widths import width
from tests.grading.subjects import subject


def chain(shape=(32,), units=1):
    x = Input(shape, name="x")
    return Model(x, layers.Dense(units, name="y")(x))


@pytest.mark.parametrize(
    "made",
    [
        Input((32,)),
        Input(shape=[32]),
        Input(batch_shape=(None, 32)),
        Input(tensor=Input((32,))),
        Input((32,), dtype="int32"),
    ],
)
def test_an_input_may_be_written_in_many_ways(made):
    model = Model(made, layers.Dense(1)(ops.cast(made, "float32")))
    assert inputs(subject(model), x=[32]) is None


def test_the_batch_in_a_shape_is_told():
    found = inputs(subject(chain((16, 32))), x=[32])
    assert "16×32" in found.so
    assert found.misconception == "M06"
    assert found.calls == ("x",)


def test_another_shape_is_told_with_both():
    found = inputs(subject(chain((31,))), x=[32])
    assert "(31,)" in found.see
    assert "(32,)" in found.so


def test_another_number_of_inputs_is_told_with_their_shapes():
    found = inputs(subject(chain()), a={"shape": [32]}, b={"shape": [32]})
    assert "I see 1 input: 'x' (32,)" in found.see
    assert "2 inputs: 'a', 'b'" in found.so


def test_names_count_only_where_they_are_asked():
    wanted = {"score": [1]}
    assert outputs(subject(chain()), **wanted) is None
    found = outputs(subject(chain()), named=True, **wanted)
    assert "'y'" in found.see
    assert "'score'" in found.so
    assert found.misconception == "M19"


def test_names_may_be_keys_of_a_dict():
    x = Input((3,), name="x")
    made = {"score": layers.Dense(1)(x), "digit": layers.Dense(10)(x)}
    model = Model(x, made)
    assert outputs(subject(model), named=True, digit=[10], score=[1]) is None


def pair(merge):
    a, b = Input((4,), name="a"), Input((4,), name="b")
    return Model([a, b], layers.Dense(1)(merge(a, b)))


def test_an_input_that_feeds_nothing_is_not_live():
    found = live(subject(pair(lambda a, b: a)))
    assert "'b'" in found.see
    assert found.misconception == "M04"


def test_an_input_that_is_multiplied_by_zero_is_live_and_ignored():
    one = subject(pair(lambda a, b: a + 0 * b), "inputs = {a = [4], b = [4]}")
    assert live(one) is None
    assert "'b'" in uses(one).see
    assert uses(one, ["a"]) is None
    assert ignores(one, one.output(None), ["b"]) is None
    assert ignores(one, one.output(None), ["a"]) is not None


@pytest.mark.parametrize(
    "merge",
    [
        lambda a, b: ops.exp(-ops.sum(ops.square(a - b), -1, keepdims=True)),
        lambda a, b: ops.sigmoid(100 * (a - b)),
        lambda a, b: layers.Dense(4)(layers.Concatenate()([a, b])),
        lambda a, b: layers.Embedding(9, 4)(ops.cast(a > 0, "int32"))[:, 0] + b,
    ],
    ids=["exponential", "steep", "joined", "looked up"],
)
def test_an_effect_is_seen_though_it_is_small_or_at_its_end(merge):
    one = subject(pair(merge), "inputs = {a = [4], b = [4]}")
    assert uses(one) is None


def test_orphans_are_told_where_the_model_is_another_one():
    def made(lost):
        x = Input((4,), name="x")
        h = layers.Dense(8, name="first")(x)
        return Model(x, layers.Dense(2, name="last")(x if lost else h))

    found = live(subject(made(True), reference=made(False)))
    assert "'first' (Dense with 8 units)" in found.see
    assert live(subject(made(True))) is None
    assert live(subject(made(True)), orphans="fail") is not None


def test_parameters_are_counted_once_and_told_layer_by_layer():
    x = Input((4,), name="x")
    shared = layers.Dense(4, name="shared")
    model = Model(x, shared(shared(x)))
    assert params(subject(model), 20) is None
    assert params(subject(model), [3, 20]) is None
    found = params(subject(model), 40)
    assert "I count 20 parameters: 20 ('shared')" in found.see
    assert params(subject(model), max=20) is None
    assert "'shared' (Dense) alone has 20" in params(subject(model), max=19).see


def test_trainable_parameters_are_those_that_are_not_frozen():
    model = Sequential([Input((4,)), layers.Dense(4), layers.Dense(1)])
    model.layers[0].trainable = False
    assert params(subject(model), trainable=5) is None
    assert params(subject(model), trainable=25) is not None


def test_kinds_are_counted_in_each_spelling():
    x = Input((4,), name="x")
    y = layers.Dense(3, activation="relu")(x) + layers.ReLU()(layers.Dense(3)(x))
    one = subject(Model(x, y))
    assert count(one, "Dense", 2) is None
    assert count(one, "relu", 2) is None
    assert count(one, "Add", 1) is None
    assert "I count 2 Dense layers" in count(one, "Dense", 3).see
    assert count(one, "Dense", 9, min=2) is None
    assert has(one, ["Dense", "LSTM|relu"]) is None
    assert "LSTM" in has(one, "LSTM").see
    assert no(one, "Lambda") is None
    assert "Dense" in no(one, "Dense").so


def test_shapes_on_the_way_are_found_and_listed():
    x = Input((4,), name="x")
    model = Model(x, layers.Concatenate()([layers.Dense(3)(x), layers.Dense(5)(x)]))
    one = subject(model)
    assert shape_at(one, [8]) is None
    assert shape_at(one, [8], op="concatenate") is None
    found = shape_at(one, [9])
    assert "(8,)" in found.so
    assert shape_at(one, [3], op="concatenate|add") is not None


def test_messages_have_no_markup_trouble_with_strange_names():
    x = Input((4,), name="<script>")
    model = keras.Model(x, layers.Dense(1, name="{0}%s")(x))
    assert "<script>" in inputs(subject(model), x=[5]).see
    assert "{0}%s" in params(subject(model), 1).see


def test_widths_are_units_or_filters_of_layers_of_a_kind():
    x = Input((8, 8, 1), name="x")
    maps = layers.Flatten()(layers.Conv2D(4, 3)(x))
    one = subject(Model(x, layers.Dense(2, name="last")(layers.Dense(16)(maps))))
    assert width(one, 16) is None
    assert width(one, 4, op="Conv2D") is None
    assert width(one, 16, n=2) is not None
    found = width(one, 3)
    assert "'last' (Dense) with 2" in found.see
    assert "1 Dense layer with 3" in found.so
    assert "no LSTM or GRU" in width(one, 3, op="LSTM|GRU").see
