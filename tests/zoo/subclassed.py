"""Sequential and subclassed models: those that Keras has a graph of, and the others."""

from __future__ import annotations

import keras
import numpy as np
from keras import layers, ops

ROWS = np.ones((2, 4), "float32")


def sequential():
    return keras.Sequential(
        [
            keras.Input((4,), name="x"),
            layers.Dense(3, name="hidden"),
            layers.Dense(2, name="answer"),
        ],
        name="sequential",
    )


def unbuilt_sequential():
    relu = layers.ReLU(name="relu")
    dense = layers.Dense(3, name="hidden")
    return keras.Sequential([dense, relu, _encoder(), relu], name="unbuilt_sequential")


def sequential_called_on_data():
    model = keras.Sequential([layers.Dense(3, name="hidden")], name="called_on_data")
    model(ROWS)
    return model


def sequential_reusing_a_layer():
    dense = layers.Dense(4, name="dense")
    return keras.Sequential(
        [keras.Input((4,), name="x"), dense, layers.ReLU(name="relu"), dense],
        name="sequential_reusing_a_layer",
    )


def sequential_of_several_inputs():
    model = keras.Sequential(
        [layers.Add(name="sum"), layers.Dense(2, name="dense")], name="several_inputs"
    )
    model([ROWS, ROWS])
    return model


def _encoder():
    i = keras.Input((3,), name="i")
    return keras.Model(i, layers.Dense(3, name="code")(i), name="encoder")


class Perceptron(keras.Model):
    """A model that can be followed: it uses layers and operations of Keras."""

    def __init__(self, **options):
        super().__init__(**options)
        self.first = layers.Dense(4, name="first")
        self.second = layers.Dense(2, name="second")

    def call(self, inputs):
        return self.second(ops.relu(self.first(inputs) + inputs))


class Branching(Perceptron):
    """A model that cannot be followed: the way depends on the numbers."""

    def call(self, inputs):
        return self.second(inputs if float(ops.sum(inputs)) > 0 else self.first(inputs))


class ClosedInTensorflow(Perceptron):
    """A model that Keras can build, but only TensorFlow can follow."""

    def call(self, inputs):
        import tensorflow as tf

        return self.second(tf.nn.relu(self.first(inputs)))


class TwoArguments(keras.Model):
    """A model whose call takes two arguments, and a switch."""

    def __init__(self, **options):
        super().__init__(**options)
        self.dense = layers.Dense(3, name="dense")

    def call(self, left, right, scale=1.0):
        return {"sum": self.dense(left) + right, "as_it_was": left * scale}


class ListInput(keras.Model):
    """A model whose call takes a list."""

    def __init__(self, **options):
        super().__init__(**options)
        self.join = layers.Concatenate(name="join")

    def call(self, inputs, training=None):
        one, two = inputs
        return self.join([two, one])


class WithTraining(keras.Model):
    """A model whose call must be told whether it trains."""

    def __init__(self, **options):
        super().__init__(**options)
        self.drop = layers.Dropout(0.5, name="drop")

    def call(self, inputs, training):
        return self.drop(inputs, training=training)


class Mutating(Perceptron):
    """A model whose call counts, collects, assigns and makes layers."""

    def __init__(self, **options):
        super().__init__(**options)
        self.count = 0
        self.seen = []
        self.steps = self.add_weight(shape=(), initializer="zeros", name="steps")
        self.late = layers.Dense(4, name="late")

    def build(self, input_shape):
        self.first.build(input_shape)
        self.second.build(input_shape)

    def call(self, inputs):
        self.count += 1
        self.seen.append("call")
        self.extra = self.count
        self.steps.assign_add(1.0)
        return self.second(self.late(self.first(inputs)))


class Halves(keras.Model):
    """A Functional model with a class of its own, which changes nothing."""

    def __init__(self, **options):
        x = keras.Input((4,), name="x")
        super().__init__(x, layers.Dense(2, name="dense")(x), **options)


class Overridden(Halves):
    """A Functional model whose class has another `call`."""

    def call(self, inputs):
        return super().call(inputs) * 2


def subclassed():
    model = Perceptron(name="perceptron")
    model(ROWS)
    return model


def subclassed_built():
    model = Perceptron(name="perceptron")
    model.build((None, 4))
    return model


def subclassed_nested():
    x = keras.Input((4,), name="x")
    inner = Perceptron(name="inner")
    return keras.Model(x, layers.ReLU(name="relu")(inner(x)), name="subclassed_nested")


def untraceable():
    model = Branching(name="branching")
    model(ROWS)
    return model


def untraceable_nested():
    x = keras.Input((4,), name="x")
    inner = ClosedInTensorflow(name="inner")
    return keras.Model(x, inner(x), name="untraceable_nested")


def two_arguments():
    model = TwoArguments(name="two_arguments")
    model(ROWS, np.ones((2, 3), "float32"))
    return model


def two_arguments_nested():
    """Called twice: with other shapes, and with another switch."""
    left = keras.Input((None, 4), name="left")
    right = keras.Input((None, 3), name="right")
    inner = TwoArguments(name="inner")
    ends = inner(left, right)
    row = keras.Input((5, 4), name="row")
    other = keras.Input((5, 3), name="other")
    again = inner(row, right=other)
    scaled = inner(row, other, scale=2.0)
    ends = [ends["sum"], again["sum"], scaled["sum"], scaled["as_it_was"]]
    return keras.Model([left, right, row, other], ends, name="two_arguments_nested")


def list_input():
    model = ListInput(name="list_input")
    model([ROWS, np.ones((2, 3), "float32")])
    return model


def training_argument():
    model = WithTraining(name="training_argument")
    model(ROWS, training=True)
    return model


def mutating():
    model = Mutating(name="mutating")
    model.build((None, 4))
    return model


def functional_subclass():
    return Halves(name="functional_subclass")


def overridden_call():
    return Overridden(name="overridden_call")


ZOO = {
    build.__name__: build
    for build in (
        sequential,
        unbuilt_sequential,
        sequential_called_on_data,
        sequential_reusing_a_layer,
        sequential_of_several_inputs,
        subclassed,
        subclassed_built,
        subclassed_nested,
        untraceable,
        untraceable_nested,
        two_arguments,
        two_arguments_nested,
        list_input,
        training_argument,
        mutating,
        functional_subclass,
        overridden_call,
    )
}
