"""The graph of an answer is asked the same questions however it is written."""

from __future__ import annotations

import keras
import pytest
from keras import Input, Model, Sequential, layers, ops

from tests.grading.subjects import subject


def flat():
    x = Input((4,), name="x")
    h = layers.Dense(3, activation="relu")(x)
    return Model(x, layers.Add()([h, layers.Dense(3)(x)]))


def operators():
    x = Input((4,), name="x")
    return Model(x, ops.relu(layers.Dense(3)(x)) + layers.Dense(3)(x))


def nested():
    x = Input((4,), name="x")
    arm = Sequential([Input((4,)), layers.Dense(3), layers.Activation("relu")])
    return Model(x, layers.add([arm(x), layers.Dense(3)(x)]))


def with_lambda():
    x = Input((4,), name="x")
    merge = layers.Lambda(lambda pair: ops.relu(pair[0]) + pair[1])
    return Model(x, merge([layers.Dense(3)(x), layers.Dense(3)(x)]))


@pytest.mark.parametrize("make", [flat, operators, nested, with_lambda])
def test_steps_are_the_same_in_all_spellings(make):
    structure = subject(make()).structure
    assert len(structure.of_kind("Dense")) == 2
    assert len(structure.of_kind("weighted")) == 2
    (merge,) = structure.of_kind("Add")
    (relu,) = structure.of_kind("relu")
    assert relu in structure.upstream(merge)
    assert merge in structure.downstream(relu)
    assert structure.shape(merge) == (None, 3)
    assert structure.shape(structure.outputs[0]) == (None, 3)
    assert structure.reached_by[merge] == {"x"}


def test_a_shared_layer_is_one_layer_of_two_steps():
    a, b = Input((4,), name="a"), Input((4,), name="b")
    shared = layers.Dense(2)
    structure = subject(Model([a, b], shared(a) - shared(b))).structure
    steps = structure.of_kind("Dense")
    assert len(steps) == 2
    assert len(structure.owners(steps)) == 1
    assert structure.weights(steps[0]) == structure.weights(steps[1])


def test_names_and_paths_are_those_of_the_model():
    x = Input((4,), name="x")
    inner = Sequential([Input((4,)), layers.Dense(2, name="deep")], name="inner")
    structure = subject(Model(x, inner(x))).structure
    steps = structure.of_kind("Dense")
    assert structure.paths(steps) == ("inner/deep",)
    assert structure.name(steps[0]) == "'inner/deep' (Dense)"


def test_kinds_do_not_depend_on_spelling():
    x = Input((4, 4, 1))
    model = Model(x, ops.abs(layers.LeakyReLU()(keras.layers.Flatten()(x))))
    structure = subject(model).structure
    for kind in ("abs", "Absolute", "leaky_relu", "LeakyReLU", "flatten", "Reshape"):
        assert structure.of_kind(kind), kind
