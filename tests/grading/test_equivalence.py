"""Two models are the same or not, whatever names, order and spelling they have."""

from __future__ import annotations

import keras
import pytest
from keras import Input, Model, Sequential, layers, ops

from teachkit.grading.predicates.equality import differs_from
from tests.grading.subjects import subject


def reference():
    x = Input((8,))
    a = layers.Dense(6, activation="relu")(x)
    b = layers.Dense(4, activation="tanh")(x)
    return Model(x, layers.Dense(2)(layers.Concatenate()([a, b])))


def swapped():
    x = Input((8,))
    b = layers.Dense(4, activation="tanh")(x)
    a = layers.Dense(6, activation="relu")(x)
    return Model(x, layers.Dense(2)(ops.concatenate([b, a], axis=-1)))


def dropped():
    x = Input((8,))
    a = layers.Dropout(0.5)(layers.ReLU()(layers.Dense(6)(x)))
    b = ops.tanh(layers.Dense(4)(x))
    joined = layers.Identity()(layers.Concatenate(axis=1)([a, b]))
    return Model(x, layers.Dense(2)(joined))


def nested():
    x = Input((8,), name="any name")
    arm = Sequential([Input((8,)), layers.Dense(6), layers.Activation(ops.relu)])
    b = layers.Dense(4, activation="tanh", kernel_initializer="zeros")(x)
    return Model({"x": x}, layers.Dense(2)(layers.concatenate([arm(x), b])))


def half():
    x = Input((8,))
    a = layers.Dense(6, activation="relu", dtype="mixed_float16")(x)
    b = layers.Dense(4, activation="tanh", dtype="mixed_float16")(x)
    return Model(x, layers.Dense(2, dtype="float32")(layers.Concatenate()([a, b])))


class Both(keras.layers.Layer):
    """Two arms in one layer of the student's own."""

    def build(self, shape):
        kernel = {"shape": (shape[-1], 6), "name": "k1"}
        self.k1 = self.add_weight(**kernel)
        self.b1 = self.add_weight(shape=(6,), name="b1")
        self.k2 = self.add_weight(shape=(shape[-1], 4), name="k2")
        self.b2 = self.add_weight(shape=(4,), name="b2")

    def call(self, x):
        a = ops.relu(ops.matmul(x, self.k1) + self.b1)
        return ops.concatenate([a, ops.tanh(ops.matmul(x, self.k2) + self.b2)], -1)


def custom():
    x = Input((8,))
    return Model(x, layers.Dense(2)(Both()(x)))


@pytest.mark.filterwarnings("ignore:When providing `inputs` as a dict")
@pytest.mark.parametrize(
    "make",
    [reference, swapped, dropped, nested, half, custom],
    ids=lambda f: f.__name__,
)
def test_the_same_in_another_spelling(make):
    assert not differs_from(subject(make()), subject(reference()))


def chained():
    x = Input((8,))
    a = layers.Dense(6, activation="relu")(x)
    b = layers.Dense(4, activation="tanh")(a)
    return Model(x, layers.Dense(2)(layers.Concatenate()([a, b])))


def exchanged():
    x = Input((8,))
    a = layers.Dense(6, activation="tanh")(x)
    b = layers.Dense(4, activation="relu")(x)
    return Model(x, layers.Dense(2)(layers.Concatenate()([a, b])))


def linear():
    x = Input((8,))
    a, b = layers.Dense(6)(x), layers.Dense(4, activation="tanh")(x)
    return Model(x, layers.Dense(2)(layers.Concatenate()([a, b])))


def without_bias():
    x = Input((8,))
    a = layers.Dense(6, activation="relu", use_bias=False)(x)
    b = layers.Dense(4, activation="tanh")(x)
    return Model(x, layers.Dense(2)(layers.Concatenate()([a, b])))


@pytest.mark.parametrize(
    "make", [chained, exchanged, linear, without_bias], ids=lambda f: f.__name__
)
def test_another_model_is_told_apart(make):
    assert differs_from(subject(make()), subject(reference()))


def arms(units, activations):
    x = Input((8,))
    made = [layers.Dense(units, activation=one)(x) for one in activations]
    return Model(x, layers.Dense(1)(made[0] - made[1] * made[2]))


def test_layers_of_the_same_shapes_are_tried_in_each_order():
    names = ("relu", "tanh", "sigmoid")
    x = Input((8,))
    third, second, first = (layers.Dense(5, activation=n)(x) for n in names[::-1])
    model = Model(x, layers.Dense(1)(ops.subtract(first, second * third)))
    assert not differs_from(subject(model), subject(arms(5, names)))
    assert differs_from(subject(arms(5, names[::-1])), subject(arms(5, names)))


def test_shared_is_not_separate():
    def tower(shared):
        a, b = Input((4,), name="a"), Input((4,), name="b")
        one = layers.Dense(3)
        two = one if shared else layers.Dense(3)
        return Model([a, b], one(a) - two(b))

    assert differs_from(subject(tower(True)), subject(tower(False)))
    assert differs_from(subject(tower(False)), subject(tower(True)))
