"""Functional models as they stand in textbooks, and what is odd about plain ones."""

from __future__ import annotations

import keras
import numpy as np
from keras import layers, ops

HOSTILE = (
    '<script>alert("1")</script>',
    "a\nb",
    "naïve ☃ 🚀",
    "' or '1'='1",
    "x" * 10_000,
)


def chain():
    x = keras.Input((4,), name="x")
    h = layers.Dense(3, activation="relu", name="hidden")(x)
    return keras.Model(x, layers.Dense(2, name="answer")(h), name="chain")


def residual():
    x = keras.Input((8,), name="x")
    h = layers.Dense(8, name="first")(x)
    h = layers.Dense(8, name="second")(h)
    return keras.Model(x, layers.Add(name="sum")([x, h]), name="residual")


def u_net():
    image = keras.Input((8, 8, 1), name="image")
    top = layers.Conv2D(2, 3, padding="same", name="down")(image)
    low = layers.MaxPooling2D(name="pool")(top)
    low = layers.Conv2D(4, 3, padding="same", name="bottom")(low)
    up = layers.UpSampling2D(name="up")(low)
    joined = layers.Concatenate(name="skip")([top, up])
    mask = layers.Conv2D(1, 1, activation="sigmoid", name="mask")(joined)
    return keras.Model(image, mask, name="u_net")


def inception():
    image = keras.Input((6, 6, 3), name="image")
    small = layers.Conv2D(2, 1, name="one")(image)
    wide = layers.Conv2D(2, 1, name="before_three")(image)
    wide = layers.Conv2D(2, 3, padding="same", name="three")(wide)
    pooled = layers.MaxPooling2D(3, 1, padding="same", name="pool")(image)
    joined = layers.Concatenate(name="join")([small, wide, pooled])
    return keras.Model(image, joined, name="inception")


def transformer_block():
    words = keras.Input((5, 8), name="words")
    seen = layers.MultiHeadAttention(2, 4, name="attention")(words, words)
    h = layers.LayerNormalization(name="norm")(layers.Add(name="add")([words, seen]))
    wide = layers.Dense(16, activation="gelu", name="wide")(h)
    narrow = layers.Dense(8, name="narrow")(wide)
    end = layers.LayerNormalization(name="norm_2")(
        layers.Add(name="add_2")([h, narrow])
    )
    return keras.Model(words, end, name="transformer_block")


def repeated_edges():
    x = keras.Input((4,), name="x")
    double = layers.Add(name="double")([x, x])
    joined = layers.Concatenate(name="join")([double, x, double])
    return keras.Model(x, ops.multiply(joined, joined), name="repeated_edges")


def unused_input():
    used = keras.Input((4,), name="used")
    unused = keras.Input((3,), name="unused")
    end = layers.Dense(2, name="dense")(used)
    return keras.Model([unused, used], end, name="unused_input")


def several_ends():
    title = keras.Input((6,), name="title")
    body = keras.Input((9,), name="body")
    joined = layers.Concatenate(name="join")([title, body])
    priority = layers.Dense(1, name="priority")(joined)
    department = layers.Dense(4, name="department")(joined)
    return keras.Model([body, title], [department, priority], name="several_ends")


def output_is_input():
    x = keras.Input((4,), name="x")
    return keras.Model(x, [layers.ReLU(name="relu")(x), x], name="output_is_input")


def identity():
    x = keras.Input((4,), name="x")
    return keras.Model(x, x, name="identity")


def duplicated_outputs():
    x = keras.Input((4,), name="x")
    one = layers.Dense(2, name="one")(x)
    two = layers.Dense(3, name="two")(x)
    ends = {"b": one, "a": one, "c": [two, one]}
    return keras.Model(x, ends, name="duplicated_outputs")


def intermediate_output():
    whole = chain()
    return keras.Model(whole.input, whole.layers[1].output, name="intermediate_output")


def cut_out():
    x = keras.Input((4,), name="x")
    middle = layers.Dense(3, name="before")(x)
    after = layers.Dense(3, name="after")(middle)
    end = layers.Add(name="sum")([middle, after])
    keras.Model(x, end)
    return keras.Model(middle, end, name="cut_out")


def on_its_own_input():
    x = keras.Input((4,), name="x")
    inner = keras.Model(x, layers.Dense(4, name="dense")(x), name="inner")
    return keras.Model(inner.input, inner(inner.output), name="on_its_own_input")


def optional_input():
    image = keras.Input((4,), name="image")
    hint = keras.Input((4,), name="hint", optional=True)
    both = OptionalSum(name="both")(image, hint)
    alone = OptionalSum(name="alone")(image, None)
    return keras.Model([image, hint], [both, alone], name="optional_input")


class OptionalSum(layers.Layer):
    def call(self, one, other=None):
        return one if other is None else one + other

    def compute_output_shape(self, one_shape, other_shape=None):
        return one_shape


class Tied(layers.Layer):
    """Dense with the transposed weights of an Embedding."""

    def __init__(self, embedding, **options):
        super().__init__(**options)
        self.embedding = embedding

    def call(self, inputs):
        return ops.matmul(inputs, ops.transpose(self.embedding.embeddings))


def tied_weights():
    token = keras.Input((5,), dtype="int32", name="token")
    embedding = layers.Embedding(10, 4, name="embedding")
    return keras.Model(
        token, Tied(embedding, name="tied")(embedding(token)), name="tied_weights"
    )


def explicit_training():
    x = keras.Input((4,), name="x")
    h = layers.BatchNormalization(name="frozen")(x, training=False)
    h = layers.Dropout(0.5, name="always")(h, training=True)
    inner = keras.Model(x, layers.Dropout(0.5, name="inside")(x), name="base")
    return keras.Model(x, inner(h, training=False), name="explicit_training")


def hostile_names():
    x = h = keras.Input((2,), name="ü\t<&>\"'")
    for name in HOSTILE:
        # Keras keeps "/" for paths, and so refuses it in the name of a layer.
        h = layers.Activation("relu", name=name.replace("/", "\\"))(h)
    return keras.Model(x, h, name="]]>\x00--")


def frozen_layer():
    x = keras.Input((4,), name="x")
    base = layers.Dense(3, name="base", trainable=False)
    return keras.Model(x, layers.Dense(2, name="head")(base(x)), name="frozen_layer")


def numpy_lengths():
    x = keras.Input((np.int64(4),), name=np.str_("x"))
    drop = layers.Dropout(np.float64(0.5), name="drop")
    return keras.Model(x, drop(x), name="numpy_lengths")


def dtypes():
    token = keras.Input((3,), dtype="int32", name="token")
    half = layers.Dense(2, dtype="mixed_float16", name="half")(token)
    return keras.Model(token, ops.cast(half, "int64"), name="dtypes")


ZOO = {
    build.__name__: build
    for build in (
        chain,
        residual,
        u_net,
        inception,
        transformer_block,
        repeated_edges,
        unused_input,
        several_ends,
        output_is_input,
        identity,
        duplicated_outputs,
        intermediate_output,
        cut_out,
        on_its_own_input,
        optional_input,
        tied_weights,
        explicit_training,
        hostile_names,
        frozen_layer,
        numpy_lengths,
        dtypes,
    )
}
