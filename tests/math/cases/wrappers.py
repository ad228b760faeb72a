"""Configurations of layers that hold another layer."""

import keras
from keras import layers

from tests.math.verifying import Case, In

SEQUENCE = In((2, 4, 3))
MASK = In(given=[[1, 1, 0, 1], [0, 1, 1, 0]], dtype="bool")
IMAGES = In((2, 3, 5, 5, 2))


def both(what, inner, kwargs=None, wrong=None, training=False, **options):
    return Case(
        f"Bidirectional {what}",
        lambda: layers.Bidirectional(inner(), **options),
        SEQUENCE,
        kwargs or {},
        training,
        wrong,
    )


def each(what, inner, inputs=SEQUENCE, kwargs=None, training=False):
    return Case(
        f"TimeDistributed {what}",
        lambda: layers.TimeDistributed(inner()),
        inputs,
        kwargs or {},
        training,
    )


def lstm(**options):
    return lambda: layers.LSTM(2, **options)


def gru(**options):
    return lambda: layers.GRU(2, **options)


def functional():
    x = keras.Input((3,))
    h = layers.Dense(4, activation="relu")(x)
    return keras.Model(x, layers.Add()([layers.Dense(3)(h), x]))


def sequential():
    return keras.Sequential([keras.Input((5, 5, 2)), layers.Flatten(), layers.Dense(3)])


class Doubled(layers.Wrapper):
    """A wrapper of one's own."""

    def call(self, x):
        return 2 * self.layer(x)


ALL = {"return_sequences": True, "return_state": True}
STATES = [In((2, 2)) for _ in range(4)]

CASES = [
    *[
        both(f"{mode} {kind.__name__} {count}", kind(**options), merge_mode=mode)
        for mode in ("concat", "sum", "mul", "ave", None)
        for kind, options, count in (
            (lstm, {}, "last"),
            (gru, {"return_sequences": True}, "sequences"),
            (lstm, ALL, "sequences and state"),
        )
    ],
    both("SimpleRNN state", lambda: layers.SimpleRNN(2, return_state=True)),
    both("mask", lstm(), {"mask": MASK}),
    both("mask sequences", lstm(**ALL), {"mask": MASK}),
    both("mask one after the other", gru(**ALL), {"mask": MASK}, merge_mode=None),
    both("initial state", lstm(), {"initial_state": STATES}),
    both("initial state GRU", gru(), {"initial_state": STATES[:2]}),
    both("stateful", gru(stateful=True)),
    both(
        "backward layer of its own",
        lstm(return_sequences=True),
        wrong=("Keras tells twice the units of the forward layer", "shape"),
        backward_layer=layers.GRU(4, return_sequences=True, go_backwards=True),
    ),
    both(
        "backward layer alone reads forwards",
        gru(return_sequences=True, go_backwards=True),
        backward_layer=layers.GRU(2, return_sequences=True),
        merge_mode="sum",
    ),
    both("in training", gru(), training=True),
    both("dropout in training", gru(dropout=0.5, **ALL), training=True),
    both(
        "dropout in training one after the other",
        gru(dropout=0.5, return_sequences=True),
        training=True,
        merge_mode=None,
    ),
    both("dropout at inference", lstm(dropout=0.5), merge_mode="sum"),
    both("RNN of a stack", lambda: layers.RNN([layers.GRUCell(2), layers.LSTMCell(3)])),
    each("Dense", lambda: layers.Dense(2)),
    each("Dense relu of images", lambda: layers.Dense(2, activation="relu"), IMAGES),
    each("Conv2D", lambda: layers.Conv2D(3, 3, padding="same"), IMAGES),
    each("Conv2D strides", lambda: layers.Conv2D(3, 2, strides=2), IMAGES),
    each("Flatten", layers.Flatten, IMAGES),
    each("Functional", functional),
    each("Sequential", sequential, IMAGES),
    each("LSTM", lambda: layers.LSTM(2), In((2, 3, 4, 2))),
    each(
        "GRU mask",
        lambda: layers.GRU(2),
        In((2, 3, 4, 2)),
        {"mask": In((2, 3, 4), "bool")},
    ),
    each(
        "mask that Dense does not take", lambda: layers.Dense(2), kwargs={"mask": MASK}
    ),
    each("TimeDistributed", lambda: layers.TimeDistributed(layers.Dense(2)), IMAGES),
    each("Dropout in training", lambda: layers.Dropout(0.5), training=True),
    Case("Wrapper of one's own", lambda: Doubled(layers.Dense(3)), In((2, 4))),
]
