"""Pairs of models: equal in disguise, or different by exactly one thing.

`SAME` maps a name to two functions that each build a model; `DIFFERENT` has the code
and words of the sentence as well.
"""

from __future__ import annotations

import keras
import numpy as np
from keras import layers, ops

FOUR = np.arange(4, dtype="float32")


def dense(units=4, **more):
    return layers.Dense(units, **more)


def one_input(body, shape=(4,), dtype="float32"):
    """Return a builder of a model with the input `x`."""

    def build():
        x = keras.Input(shape, name="x", dtype=dtype)
        return keras.Model(x, body(x), name="model")

    return build


def two_inputs(body, shape=(4,), order=("a", "b")):
    """Return a builder of a model with the inputs `a` and `b`."""

    def build():
        given = {name: keras.Input(shape, name=name) for name in ("a", "b")}
        ends = body(given["a"], given["b"])
        return keras.Model([given[name] for name in order], ends, name="model")

    return build


def nested(name="block", shape=(4,), units=4):
    i = keras.Input(shape, name="i")
    return keras.Model(i, dense(units, name="inside")(i), name=name)


def normalised():
    i = keras.Input((4,), name="i")
    return keras.Model(i, layers.BatchNormalization(name="norm")(i), name="base")


def masked_lstm(act):
    def body(x):
        h = layers.Embedding(9, 4, mask_zero=True, name="e")(x)
        return layers.LSTM(3, name="l")(act(h))

    return one_input(body, (5,), "int32")


def words(body):
    return one_input(body, (5,), "int32")


def ring(*lengths):
    """Return sums of neighbours on rings of so many layers."""

    def body(x):
        sums = []
        for number, length in enumerate(lengths):
            parts = [dense(name=f"d{number}_{k}")(x) for k in range(length)]
            sums += [
                layers.Multiply(name=f"m{number}_{k}")(
                    [parts[k], parts[(k + 1) % length]]
                )
                for k in range(length)
            ]
        return layers.Average(name="all")(sums)

    return one_input(body)


def siamese(*names):
    """Return a net that calls one encoder twice, or one for each name."""

    def build():
        left, right = keras.Input((4,), name="left"), keras.Input((4,), name="right")
        encoders = [layers.Dense(7, name=name) for name in names]
        ends = [encoders[0](left), encoders[-1](right)]
        gap = layers.Subtract(name="gap")(ends)
        return keras.Model([left, right], gap, name="siamese")

    return build


def siamese_of_models(*names):
    def build():
        left, right = keras.Input((4,), name="left"), keras.Input((4,), name="right")
        encoders = []
        for name in names:
            i = keras.Input((4,), name="i")
            h = layers.Dense(7, name="wide")(i)
            encoders.append(keras.Model(i, layers.Dense(3, name="code")(h), name=name))
        gap = layers.Subtract(name="gap")([encoders[0](left), encoders[-1](right)])
        return keras.Model([left, right], gap, name="siamese")

    return build


class Scaled(layers.Layer):
    def __init__(self, factor=2.0, **options):
        super().__init__(**options)
        self.factor = factor

    def call(self, inputs):
        return inputs * self.factor

    def get_config(self):
        return {**super().get_config(), "factor": self.factor}


def sequential(*stack):
    return lambda: keras.Sequential(
        [keras.Input((4,), name="x"), *(s() for s in stack)]
    )


def dict_outputs(first, second):
    def build():
        x = keras.Input((4,), name="x")
        ends = {"a": dense(2, name=first)(x), "b": dense(2, name=second)(x)}
        return keras.Model(x, ends, name="model")

    return build


def stacked(x, count=2, **more):
    for k in range(count):
        x = dense(name=f"hidden_{k}", **more)(x)
    return x


def shared(x):
    layer = dense(name="again")
    return layer(layer(x))


def block_twice(x):
    block = nested()
    return block(block(x))


def flat_twice(x):
    inside = dense(name="inside")
    return inside(inside(x))


def shared_at_two_depths(x):
    layer = dense(name="deep")
    i = keras.Input((4,), name="i")
    inner = keras.Model(i, layer(i), name="inner")
    return layer(inner(x))


def attended(**more):
    def body(x):
        return layers.MultiHeadAttention(2, 3, name="attention")(x, x, **more)

    return one_input(body, (5, 4))


def image(body):
    return one_input(body, (6, 6, 2))


SAME = {
    "names": (
        one_input(lambda x: dense(name="b")(dense(name="a")(x))),
        one_input(lambda x: dense(name="a")(dense(name="z")(x))),
    ),
    "fused activation": (
        one_input(lambda x: dense(activation="relu", name="hidden")(x)),
        one_input(lambda x: layers.ReLU(name="act")(dense(name="hidden")(x))),
    ),
    "activation as an operation": (
        one_input(lambda x: dense(activation="tanh")(x)),
        one_input(lambda x: ops.tanh(dense()(x))),
    ),
    "activation as a layer of any class": (
        one_input(lambda x: layers.Activation("relu")(x)),
        one_input(lambda x: layers.ReLU()(x)),
    ),
    "fused activation of a convolution": (
        image(lambda x: layers.Conv2D(3, 2, activation="elu")(x)),
        image(lambda x: layers.ELU()(layers.Conv2D(3, 2)(x))),
    ),
    "fused softmax": (
        one_input(lambda x: dense(activation="softmax")(x)),
        one_input(lambda x: layers.Softmax()(dense()(x))),
    ),
    "leaky relu with a slope": (
        one_input(lambda x: layers.LeakyReLU(negative_slope=0.2)(x)),
        one_input(lambda x: layers.Activation("leaky_relu")(x)),
    ),
    "swish is silu": (
        one_input(lambda x: dense(activation="swish")(x)),
        one_input(lambda x: ops.silu(dense()(x))),
    ),
    "linear activation": (
        one_input(lambda x: dense()(x)),
        one_input(lambda x: layers.Activation("linear")(dense(activation=None)(x))),
    ),
    "add as layer or plus": (
        two_inputs(lambda a, b: layers.Add()([a, b])),
        two_inputs(lambda a, b: a + b),
    ),
    "multiply as layer or star": (
        two_inputs(lambda a, b: layers.Multiply()([a, b])),
        two_inputs(lambda a, b: b * a),
    ),
    "subtract as layer or minus": (
        two_inputs(lambda a, b: layers.Subtract()([a, b])),
        two_inputs(lambda a, b: a - b),
    ),
    "order of a sum": (
        two_inputs(lambda a, b: layers.Add()([dense(2)(a), b[:, :2]])),
        two_inputs(lambda a, b: layers.Add()([b[:, :2], dense(2)(a)])),
    ),
    "order of an average": (
        two_inputs(lambda a, b: layers.Average()([a, ops.exp(b)])),
        two_inputs(lambda a, b: layers.Average()([ops.exp(b), a])),
    ),
    "a sum of sums": (
        two_inputs(lambda a, b: layers.Add()([a, b, ops.exp(a)])),
        two_inputs(lambda a, b: a + (b + ops.exp(a))),
    ),
    "a number on either side": (
        one_input(lambda x: 2 * x + 1),
        one_input(lambda x: 1.0 + x * 2.0),
    ),
    "concatenate with an axis counted from either end": (
        two_inputs(lambda a, b: layers.Concatenate()([a, b])),
        two_inputs(lambda a, b: ops.concatenate([a, b], axis=1)),
    ),
    "flatten or reshape": (
        one_input(lambda x: layers.Flatten()(x), (2, 3)),
        one_input(lambda x: ops.reshape(x, (-1, 6)), (2, 3)),
    ),
    "reshape layer or flatten": (
        one_input(lambda x: layers.Reshape((6,))(x), (2, 3)),
        one_input(lambda x: layers.Flatten()(x), (2, 3)),
    ),
    "permute or transpose": (
        one_input(lambda x: layers.Permute((2, 1))(x), (2, 3)),
        one_input(lambda x: ops.transpose(x, (0, 2, 1)), (2, 3)),
    ),
    "layers that do nothing": (
        one_input(lambda x: dense()(x)),
        one_input(lambda x: layers.Dropout(0.0)(dense()(layers.Identity()(x)))),
    ),
    "a flatten of what is flat": (
        one_input(lambda x: dense()(x)),
        one_input(lambda x: dense()(layers.Flatten()(x))),
    ),
    "nested or flat": (
        one_input(lambda x: nested()(x)),
        one_input(lambda x: dense(name="other")(x)),
    ),
    "a nested model called twice": (
        one_input(block_twice),
        one_input(flat_twice),
    ),
    "shared at two depths": (
        one_input(shared_at_two_depths),
        one_input(shared),
    ),
    "sequential or functional": (
        sequential(lambda: dense(3, activation="relu"), lambda: dense(2)),
        one_input(lambda x: dense(2)(dense(3, activation="relu")(x))),
    ),
    "lambda or operations": (
        one_input(lambda x: layers.Lambda(lambda t: ops.relu(t * 2))(x)),
        one_input(lambda x: layers.ReLU()(x * 2)),
    ),
    "the same lambda on two lines": (
        one_input(lambda x: layers.Lambda(lambda t: t[:, ::-1] - 1)(x)),
        one_input(lambda x: layers.Lambda(lambda z: z[:, ::-1] - 1)(x)),
    ),
    "layer of one's own without weights": (
        one_input(lambda x: Scaled(3.0)(x)),
        one_input(lambda x: 3.0 * x),
    ),
    "how weights begin": (
        one_input(lambda x: dense(kernel_initializer="he_normal")(x)),
        one_input(lambda x: dense(kernel_regularizer="l2")(x)),
    ),
    "frozen or not": (
        one_input(lambda x: dense(trainable=False)(x)),
        one_input(lambda x: dense()(x)),
    ),
    "a seed": (
        one_input(lambda x: layers.Dropout(0.3, seed=1)(x)),
        one_input(lambda x: layers.Dropout(0.3)(x)),
    ),
    "dense for each step": (
        one_input(lambda x: layers.TimeDistributed(dense(3))(x), (5, 4)),
        one_input(lambda x: dense(3)(x), (5, 4)),
    ),
    "equal constants": (
        one_input(lambda x: (x + FOUR) * FOUR),
        one_input(lambda x: (x + np.array(FOUR)) * np.array(FOUR)),
    ),
    "one layer without weights or two": (
        one_input(lambda x: layers.Softmax()(dense()(layers.Softmax()(x)))),
        one_input(
            lambda x: (lambda act: act(dense()(act(x))))(layers.Softmax(name="act"))
        ),
    ),
    "rings in another order": (ring(3, 6), ring(6, 3)),
    "masks that Keras passes along": (
        words(lambda x: layers.LSTM(3)(layers.Embedding(9, 4, mask_zero=True)(x))),
        words(
            lambda x: layers.LSTM(3, name="l")(
                sequences=layers.Embedding(9, 4, mask_zero=True)(x)
            )
        ),
    ),
    "an operation after which no mask flows": (
        words(lambda x: layers.Embedding(9, 4)(x) * 1.5),
        words(lambda x: 1.5 * layers.Embedding(9, 4)(x)),
    ),
    "keys of an attention that are its values": (
        attended(),
        one_input(lambda x: layers.MultiHeadAttention(2, 3)(x, x, key=x), (5, 4)),
    ),
    "a nested model that is not to train": (
        one_input(lambda x: normalised()(x, training=False)),
        one_input(lambda x: layers.BatchNormalization()(x, training=False)),
    ),
    "a cast to what it is": (
        one_input(lambda x: ops.cast(x, "float32") - 1),
        one_input(lambda x: x - 1),
    ),
    "dict or list of outputs": (
        dict_outputs("one", "two"),
        one_input(lambda x: [dense(2)(x), dense(2)(x)]),
    ),
}

DIFFERENT = {
    "units": (
        one_input(lambda x: dense(64, name="hidden")(x)),
        one_input(lambda x: dense(32, name="hidden")(x)),
        "changed",
        "'hidden' has 64 units on the left and 32 on the right",
    ),
    "units in the middle of a chain": (
        one_input(lambda x: dense(2)(dense(8, name="wide")(dense(3)(x)))),
        one_input(lambda x: dense(2)(dense(9, name="wide")(dense(3)(x)))),
        "changed",
        "'wide' has 8 units on the left and 9 on the right",
    ),
    "units before a flatten": (
        one_input(lambda x: layers.Flatten()(dense(3, name="d")(x)), (2, 4)),
        one_input(lambda x: layers.Flatten()(dense(5, name="d")(x)), (2, 4)),
        "changed",
        "'d' has 3 units on the left and 5 on the right",
    ),
    "fused activation": (
        one_input(lambda x: dense(activation="relu", name="hidden")(x)),
        one_input(lambda x: dense(activation="tanh", name="hidden")(x)),
        "changed",
        "'hidden' has the activation 'relu' on the left and 'tanh' on the right",
    ),
    "activation left out": (
        one_input(lambda x: dense(activation="relu", name="hidden")(x)),
        one_input(lambda x: dense(name="hidden")(x)),
        "changed",
        "'hidden' has the activation 'relu' on the left, and none on the right",
    ),
    "activation layer": (
        one_input(lambda x: layers.Activation("relu", name="act")(x)),
        one_input(lambda x: layers.Activation("tanh", name="act")(x)),
        "changed",
        "'act' is the activation 'relu' on the left and 'tanh' on the right",
    ),
    "slope": (
        one_input(lambda x: layers.LeakyReLU(negative_slope=0.1, name="leaky")(x)),
        one_input(lambda x: layers.LeakyReLU(negative_slope=0.2, name="leaky")(x)),
        "changed",
        "'leaky' has negative_slope=0.1 on the left and negative_slope=0.2",
    ),
    "rate": (
        one_input(lambda x: layers.Dropout(0.5, name="drop")(x)),
        one_input(lambda x: layers.Dropout(0.25, name="drop")(x)),
        "changed",
        "'drop' has rate=0.5 on the left and rate=0.25 on the right",
    ),
    "kernel size": (
        image(lambda x: layers.Conv2D(3, 2, name="look")(x)),
        image(lambda x: layers.Conv2D(3, 3, name="look")(x)),
        "changed",
        "'look' has a kernel of (2, 2) on the left and (3, 3) on the right",
    ),
    "bias": (
        one_input(lambda x: dense(name="plain")(x)),
        one_input(lambda x: dense(name="plain", use_bias=False)(x)),
        "changed",
        "'plain' has use_bias=True on the left and use_bias=False on the right",
    ),
    "axis of a concatenate": (
        two_inputs(lambda a, b: layers.Concatenate(1, name="join")([a, b]), (2, 2)),
        two_inputs(lambda a, b: layers.Concatenate(2, name="join")([a, b]), (2, 2)),
        "changed",
        "'join' has axis=1 on the left and axis=2 on the right",
    ),
    "call argument": (
        attended(),
        attended(use_causal_mask=True),
        "changed",
        "'attention' is called without use_causal_mask=True on the left",
    ),
    "number": (
        one_input(lambda x: x * 2.0),
        one_input(lambda x: x * 3.0),
        "changed",
        "'multiply' ('multiply_1' on the right) multiplies by 2 on the left and 3 on",
    ),
    "slice": (
        one_input(lambda x: x[:, 1:]),
        one_input(lambda x: x[:, :-1]),
        "changed",
        "is called with key=(:, 1:) on the left and with key=(:, :-1) on the right",
    ),
    "type of a merge": (
        two_inputs(lambda a, b: layers.Add(name="merge")([a, b])),
        two_inputs(lambda a, b: layers.Concatenate(name="merge")([a, b])),
        "changed",
        "'merge' is Add on the left and Concatenate on the right",
    ),
    "type of a recurrent layer": (
        one_input(lambda x: layers.LSTM(3, name="reader")(x), (5, 4)),
        one_input(lambda x: layers.GRU(3, name="reader")(x), (5, 4)),
        "changed",
        "'reader' is LSTM on the left and GRU on the right",
    ),
    "layer added": (
        one_input(lambda x: dense(2, name="end")(dense(3, name="start")(x))),
        one_input(
            lambda x: dense(2, name="end")(
                layers.Dropout(0.5, name="drop")(dense(3, name="start")(x))
            )
        ),
        "added",
        "Only the right has 'drop' (Dropout, rate=0.5), which reads 'start'",
    ),
    "layer removed from a chain of alike": (
        one_input(lambda x: stacked(x, 4)),
        one_input(lambda x: stacked(x, 3)),
        "removed",
        "Only the left has 'hidden_3' (Dense, units=4)",
    ),
    "skip connection": (
        one_input(lambda x: layers.Add(name="sum")([x, dense(name="h")(x)])),
        one_input(lambda x: dense(name="h")(x)),
        "removed",
        "Only the left has 'sum' (Add), which reads 'x' and 'h'",
    ),
    "operand": (
        two_inputs(lambda a, b: layers.Add(name="sum")([ops.exp(b), a, b])),
        two_inputs(lambda a, b: layers.Add(name="sum")([ops.exp(b), a, a])),
        "rewired",
        "'sum' reads 'exp', 'a' and 'b' on the left, 'exp_1', 'a' and 'a' on the right",
    ),
    "the same tensor twice": (
        two_inputs(
            lambda a, b: [layers.Add(name="sum")([a, b]), layers.ReLU(name="r")(b)]
        ),
        two_inputs(
            lambda a, b: [layers.Add(name="sum")([a, a]), layers.ReLU(name="r")(b)]
        ),
        "rewired",
        "'sum' reads 'a' and 'b' on the left, 'a' twice on the right",
    ),
    "where a branch starts": (
        one_input(
            lambda x: (lambda h: [dense(2, name="one")(h), dense(3, name="two")(h)])(
                dense(name="h")(x)
            )
        ),
        one_input(
            lambda x: (lambda h: [dense(2, name="one")(h), dense(3, name="two")(x)])(
                dense(name="h")(x)
            )
        ),
        "rewired",
        "'two' reads 'h' on the left, 'x' on the right",
    ),
    "operands of a subtraction": (
        two_inputs(lambda a, b: layers.Subtract(name="gap")([a, b])),
        two_inputs(lambda a, b: layers.Subtract(name="gap")([b, a])),
        "swapped",
        "'gap' reads 'a' and 'b' in this order on the left, and 'b' and 'a'",
    ),
    "operands of a concatenate": (
        two_inputs(lambda a, b: layers.Concatenate(name="join")([a, b])),
        two_inputs(lambda a, b: layers.Concatenate(name="join")([b, a])),
        "swapped",
        "'join' reads 'a' and 'b' in this order on the left, and 'b' and 'a'",
    ),
    "minus as an operation": (
        two_inputs(lambda a, b: a - b),
        two_inputs(lambda a, b: b - a),
        "swapped",
        "'subtract' ('subtract_1' on the right) reads 'a' and 'b' in this order on the",
    ),
    "inputs exchanged": (
        two_inputs(lambda a, b: layers.Subtract(name="gap")([a, b])),
        two_inputs(lambda a, b: layers.Subtract(name="gap")([a, b]), order=("b", "a")),
        "swapped",
        "The inputs are given in another order: 'a', 'b' on the left, 'b', 'a' on the",
    ),
    "outputs exchanged": (
        one_input(lambda x: [dense(2, name="one")(x), dense(3, name="two")(x)]),
        one_input(lambda x: [dense(3, name="two")(x), dense(2, name="one")(x)]),
        "swapped",
        "The outputs come in another order: 'one', 'two' on the left, 'two', 'one' on",
    ),
    "another output": (
        one_input(lambda x: (lambda h: [dense(name="o")(h), h])(dense(name="h")(x))),
        one_input(lambda x: (lambda h: [dense(name="o")(h), x])(dense(name="h")(x))),
        "outputs",
        "Output 2 is 'h' on the left and 'x' on the right",
    ),
    "an output more": (
        one_input(lambda x: dense(2, name="one")(dense(3, name="two")(x))),
        one_input(
            lambda x: (lambda h: [dense(2, name="one")(h), h])(dense(3, name="two")(x))
        ),
        "outputs",
        "Only the right returns 'two'",
    ),
    "a layer and an output more": (
        one_input(lambda x: [dense(2, name="p")(x), dense(3, name="q")(x)]),
        one_input(lambda x: [dense(2, name="p")(x)]),
        "removed",
        "Only the left has 'q' (Dense, units=3), which reads 'x', and returns it",
    ),
    "shape of the input": (
        one_input(lambda x: dense(name="d")(x), (4,)),
        one_input(lambda x: dense(name="d")(x), (5,)),
        "inputs",
        "The input 'x' has shape (None, 4) on the left and (None, 5) on the right",
    ),
    "dtype of the input": (
        one_input(lambda x: dense(name="d")(x)),
        one_input(lambda x: dense(name="d")(x), dtype="int32"),
        "inputs",
        "The input 'x' is float32 on the left and int32 on the right",
    ),
    "dtype of a cast": (
        one_input(lambda x: ops.cast(x, "int32")),
        one_input(lambda x: ops.cast(x, "float16")),
        "changed",
        "'cast' ('cast_1' on the right) gives int32 on the left and float16 on",
    ),
    "shared or not": (
        siamese("encoder"),
        siamese("enc_a", "enc_b"),
        "sharing",
        "The left calls one Dense 'encoder' twice (35 parameters); the right has two "
        "layers 'enc_a' and 'enc_b' (70 parameters)",
    ),
    "separate or shared": (
        siamese("enc_a", "enc_b"),
        siamese("encoder"),
        "sharing",
        "The right calls one Dense 'encoder' twice (35 parameters); the left has two "
        "layers 'enc_a' and 'enc_b' (70 parameters)",
    ),
    "a shared model or two": (
        siamese_of_models("encoder"),
        siamese_of_models("enc_a", "enc_b"),
        "sharing",
        "The left calls one model 'encoder' twice (59 parameters); the right has two "
        "models 'enc_a' and 'enc_b' (118 parameters)",
    ),
    "applied again or stacked": (
        one_input(shared),
        one_input(stacked),
        "sharing",
        "The left calls one Dense 'again' twice (20 parameters); the right has two "
        "layers 'hidden_0' and 'hidden_1' (40 parameters)",
    ),
    "one ring or two": (ring(6), ring(3, 3), "rewired", "'m0_2' reads 'd0_2' and 'd0_"),
    "constant": (
        one_input(lambda x: x + FOUR),
        one_input(lambda x: x + np.ones(4, "float32")),
        "constants",
        "'add' reads has other numbers: [0.0, 1.0, 2.0, 3.0] on the left and [1.0,",
    ),
    "large constant": (
        one_input(lambda x: x + np.arange(40, dtype="float32"), (40,)),
        one_input(lambda x: x + np.ones(40, "float32"), (40,)),
        "constants",
        "The constant that 'add' reads has other numbers in the two models",
    ),
    "lambda": (
        one_input(lambda x: layers.Lambda(lambda t: t * 2, name="twice")(x)),
        one_input(lambda x: layers.Lambda(lambda t: t * 3, name="twice")(x)),
        "changed",
        "'twice' multiplies by 2 on the left and 3 on the right",
    ),
    "config of a layer of one's own": (
        one_input(lambda x: Scaled(2.0, name="scale")(x)),
        one_input(lambda x: Scaled(3.0, name="scale")(x)),
        "changed",
        "'scale' multiplies by 2 on the left and 3 on the right",
    ),
    "inside a nested model": (
        one_input(lambda x: nested(units=3)(x)),
        one_input(lambda x: nested(units=5)(x)),
        "changed",
        "'block/inside' has 3 units on the left and 5 on the right",
    ),
    "mask dropped": (
        masked_lstm(layers.ReLU(name="relu")),
        masked_lstm(lambda h: ops.relu(h)),
        "changed",
        "'relu' passes the mask of what it reads on, on the left; on the right it is",
    ),
    "order of two layers": (
        one_input(
            lambda x: layers.BatchNormalization(name="norm")(layers.ReLU(name="act")(x))
        ),
        one_input(
            lambda x: layers.ReLU(name="act")(layers.BatchNormalization(name="norm")(x))
        ),
        "swapped",
        "'act' comes before 'norm' on the left, and after it on the right",
    ),
    "a branch more": (
        one_input(
            lambda x: layers.Concatenate(name="join")([dense(3, name="a")(x), x])
        ),
        one_input(
            lambda x: layers.Concatenate(name="join")(
                [dense(2, name="b")(x), dense(3, name="a")(x), x]
            )
        ),
        "added",
        "Only the right has 'b' (Dense, units=2), which reads 'x'",
    ),
    "a layer inside a layer": (
        one_input(lambda x: layers.Bidirectional(layers.GRU(3), name="b")(x), (5, 4)),
        one_input(lambda x: layers.Bidirectional(layers.GRU(2), name="b")(x), (5, 4)),
        "changed",
        "'b' has layer=GRU(units=3) on the left and layer=GRU(units=2) on the right",
    ),
    "precision": (
        one_input(lambda x: dense(name="d")(x)),
        one_input(lambda x: dense(name="d", dtype="mixed_float16")(x)),
        "changed",
        "'d' gives float32 on the left and float16 on the right",
    ),
    "training of a nested model": (
        one_input(lambda x: normalised()(x, training=False)),
        one_input(lambda x: normalised()(x)),
        "changed",
        "'base/norm' is called with training=False on the left and without it",
    ),
    "a shared layer": (
        one_input(lambda x: (lambda d: d(d(x)))(dense(name="d"))),
        one_input(lambda x: (lambda d: d(d(x)))(dense(name="d", use_bias=False))),
        "changed",
        "'d' has use_bias=True on the left and use_bias=False on the right",
    ),
    "query and value": (
        two_inputs(
            lambda a, b: layers.MultiHeadAttention(2, 3, name="m")(a, b), (5, 4)
        ),
        two_inputs(
            lambda a, b: layers.MultiHeadAttention(2, 3, name="m")(b, a), (5, 4)
        ),
        "swapped",
        "'m' reads 'a' as query and 'b' as value in this order on the left, and 'b' as",
    ),
    "mask": (
        words(lambda x: layers.Embedding(9, 4, mask_zero=True, name="e")(x)),
        words(lambda x: layers.Embedding(9, 4, name="e")(x)),
        "changed",
        "'e' has mask_zero=True on the left and mask_zero=False on the right",
    ),
}
