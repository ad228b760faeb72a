"""Layers and models that are called more than once, at one depth or at several."""

from __future__ import annotations

import keras
from keras import layers, ops


def siamese():
    left = keras.Input((9, 9, 3), name="left")
    right = keras.Input((7, 7, 3), name="right")
    image = keras.Input((None, None, 3), name="image")
    h = layers.Conv2D(4, 3, name="conv")(image)
    h = layers.GlobalAveragePooling2D(name="pool")(h)
    encoder = keras.Model(image, h, name="encoder")
    distance = ops.abs(encoder(left) - encoder(right))
    same = layers.Dense(1, activation="sigmoid", name="same")(distance)
    return keras.Model([left, right], same, name="siamese")


def shared_layer():
    a = keras.Input((4,), name="a")
    b = keras.Input((4,), name="b")
    dense = layers.Dense(3, name="dense")
    # Called on b first: the calls count in the order in which they were made.
    second, first = dense(b), dense(a)
    return keras.Model([a, b], layers.Add(name="sum")([first, second]), name="shared")


def outer_and_nested():
    x = keras.Input((4,), name="x")
    dense = layers.Dense(4, name="dense")
    i = keras.Input((4,), name="i")
    inner = keras.Model(i, dense(i), name="inner")
    return keras.Model(x, dense(inner(dense(x))), name="outer_and_nested")


def two_submodels_share():
    x = keras.Input((4,), name="x")
    dense = layers.Dense(4, name="dense")
    i, j = keras.Input((4,), name="i"), keras.Input((4,), name="j")
    one = keras.Model(i, layers.ReLU(name="relu")(dense(i)), name="one")
    two = keras.Model(j, layers.Softmax(name="softmax")(dense(j)), name="two")
    return keras.Model(x, two(one(x)), name="two_submodels_share")


def a_of_b_of_a():
    x = keras.Input((4,), name="x")
    i, j = keras.Input((4,), name="i"), keras.Input((4,), name="j")
    a = keras.Model(i, layers.Dense(4, name="dense")(i), name="a")
    b = keras.Model(j, layers.Dense(4, name="dense")(j), name="b")
    return keras.Model(x, a(b(a(x))), name="a_of_b_of_a")


def two_depths():
    x = keras.Input((4,), name="x")
    dense = layers.Dense(4, name="dense")
    once = dense(x)
    twice = dense(layers.ReLU(name="relu")(dense(x)))
    return keras.Model(x, [once, twice], name="two_depths")


def three_deep():
    x = keras.Input((6,), name="x")
    block = keras.Input((None,), name="level0")
    model = keras.Model(block, layers.ReLU(name="relu")(block), name="depth0")
    for depth in (1, 2):
        block = keras.Input((None,), name=f"level{depth}")
        double = layers.Concatenate(name=f"join{depth}")([model(block), block])
        model = keras.Model(block, double, name=f"depth{depth}")
    return keras.Model(x, model(x), name="three_deep")


def nested_sequential():
    x = keras.Input((4,), name="x")
    block = keras.Sequential(
        [layers.Dense(8, name="wide"), layers.Dense(4, name="narrow")], name="block"
    )
    return keras.Model(x, block(block(x)), name="nested_sequential")


def calls_outside_this_model():
    """A layer that was called three times, twice of it in other models."""
    dense = layers.Dense(4, name="dense")
    for name in ("first", "second"):
        x = keras.Input((4,), name=name)
        keras.Model(x, dense(x))
    x = keras.Input((4,), name="x")
    return keras.Model(x, dense(x), name="calls_outside_this_model")


def names_that_look_like_calls():
    x = keras.Input((4,), name="x")
    dense = layers.Dense(4, name="dense")
    other = layers.Dense(4, name="dense:2")
    return keras.Model(x, dense(other(dense(x))), name="names_that_look_like_calls")


def functional_in_many_shapes():
    i = keras.Input((None, 2), name="i")
    h = layers.Conv1D(2, 3, name="conv")(i)
    halves = layers.Concatenate(axis=1, name="twice")([h, h])
    block = keras.Model(i, halves, name="block")
    x = keras.Input((5, 2), name="x")
    return keras.Model(x, block(block(block(x))), name="functional_in_many_shapes")


ZOO = {
    build.__name__: build
    for build in (
        siamese,
        shared_layer,
        outer_and_nested,
        two_submodels_share,
        a_of_b_of_a,
        two_depths,
        three_deep,
        nested_sequential,
        calls_outside_this_model,
        names_that_look_like_calls,
        functional_in_many_shapes,
    )
}
