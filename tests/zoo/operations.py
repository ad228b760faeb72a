"""Operations of `keras.ops`, constants, and layers of the learner's own."""

from __future__ import annotations

import keras
import numpy as np
from keras import layers, ops


def scalars():
    x = keras.Input((4,), name="x")
    h = 2.0 * x - 1
    h = ops.power(h, np.float32(3)) / np.array(2.0)
    return keras.Model(x, ops.clip(h, -1.0, 1.0), name="scalars")


def slices():
    x = keras.Input((6, 8), name="x")
    part = x[:, 1:-1, ::2]
    picked = ops.take(part[..., 0], np.array([0, 2]), axis=1)
    return keras.Model(x, [part, picked], name="slices")


def einsum():
    a = keras.Input((3, 4), name="a")
    b = keras.Input((4, 5), name="b")
    return keras.Model([a, b], ops.einsum("bij,bjk->bik", a, b), name="einsum")


def where():
    x = keras.Input((4,), name="x")
    end = ops.where(ops.greater(x, 0), x, ops.zeros_like(x))
    return keras.Model(x, ops.sum(end, axis=-1, keepdims=True), name="where")


def several_outputs():
    x = keras.Input((6,), name="x")
    one, two, three = ops.split(x, 3, axis=-1)
    stacked = ops.stack([three, one], axis=1)
    first, second = ops.unstack(stacked, axis=1)
    joined = ops.concatenate([second, two, first], axis=-1)
    return keras.Model(x, joined, name="several_outputs")


def numpy_constant():
    x = keras.Input((4,), name="x")
    weights = np.arange(4, dtype="float32")
    return keras.Model(x, (x * weights) + weights, name="numpy_constant")


def big_constant():
    x = keras.Input((100,), name="x")
    return keras.Model(x, x + np.ones(100, "float32"), name="big_constant")


def layer_on_a_constant():
    """A classic mistake: the weights of `position` never train."""
    token = keras.Input((5,), dtype="int32", name="token")
    word = layers.Embedding(10, 4, name="word")(token)
    position = layers.Embedding(5, 4, name="position")(np.arange(5))
    return keras.Model(token, word + position, name="layer_on_a_constant")


def variable():
    x = keras.Input((4,), name="x")
    factor = keras.Variable(np.ones(4, "float32"), name="factor")
    return keras.Model(x, x * factor, name="variable")


def weight_read_directly():
    x = keras.Input((4,), name="x")
    dense = layers.Dense(3, name="dense")
    h = dense(x)
    return keras.Model(x, ops.add(h, dense.bias), name="weight_read_directly")


def lambda_layer():
    x = keras.Input((4,), name="x")
    double = layers.Lambda(lambda t: t * 2, name="double")
    return keras.Model(x, double(x), name="lambda_layer")


class Scale(layers.Layer):
    """A layer with arguments of its call that are no tensors."""

    def __init__(self, factor=2.0, **options):
        super().__init__(**options)
        self.factor = factor

    def call(self, inputs, *, offset=0.0, mode="plain", other=None):
        return inputs * self.factor + offset


class Divide(layers.Layer):
    """A layer that returns a dict."""

    def call(self, inputs):
        half = inputs.shape[-1] // 2
        return {"right": inputs[..., half:], "left": inputs[..., :half]}


class Copies(layers.Layer):
    """A layer that returns a list, and takes any number of tensors."""

    def call(self, *tensors):
        return [tensor * (k + 1) for k, tensor in enumerate(tensors)]


def layer_with_arguments():
    x = keras.Input((4,), name="x")
    h = Scale(name="scale")(x, offset=1.5, mode="steep", other=x)
    return keras.Model(x, Scale(3.0, name="default")(h), name="layer_with_arguments")


def dict_layer():
    x = keras.Input((6,), name="x")
    parts = Divide(name="divide")(x)
    end = layers.Concatenate(name="join")([parts["right"], parts["left"]])
    return keras.Model(x, [end, parts], name="dict_layer")


def list_layer():
    x = keras.Input((4,), name="x")
    y = keras.Input((3,), name="y")
    one, two = Copies(name="copies")(x, y)
    return keras.Model([x, y], [two, one], name="list_layer")


def attention_by_keyword():
    q = keras.Input((3, 4), name="q")
    v = keras.Input((5, 4), name="v")
    k = keras.Input((5, 6), name="k")
    seen, scores = layers.MultiHeadAttention(1, 2, name="attention")(
        q, v, key=k, return_attention_scores=True
    )
    return keras.Model([q, v, k], [seen, scores], name="attention_by_keyword")


def wrappers():
    clips = keras.Input((3, 6, 6, 1), name="clips")
    image = keras.Input((6, 6, 1), name="image")
    look = layers.Flatten(name="flat")(layers.Conv2D(1, 3, name="conv")(image))
    look = keras.Model(image, look, name="look")
    each = layers.TimeDistributed(look, name="each")(clips)
    end = layers.Bidirectional(layers.GRU(2), name="both_ways")(each)
    return keras.Model(clips, end, name="wrappers")


ZOO = {
    build.__name__: build
    for build in (
        scalars,
        slices,
        einsum,
        where,
        several_outputs,
        numpy_constant,
        big_constant,
        layer_on_a_constant,
        variable,
        weight_read_directly,
        lambda_layer,
        layer_with_arguments,
        dict_layer,
        list_layer,
        attention_by_keyword,
        wrappers,
    )
}
