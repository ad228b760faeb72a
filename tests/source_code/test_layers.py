"""Layers of every family with unusual arguments: they come back with all of them."""

from __future__ import annotations

import keras
import numpy as np
import pytest
from keras import layers, ops

from tests.source_code.round_trip import round_trip

L2 = keras.regularizers.L2(1e-3)
CHAINS = {
    "convolution": (
        (16, 16, 3),
        lambda: [
            layers.Conv2D(4, (3, 5), strides=2, padding="same", kernel_regularizer=L2),
            layers.BatchNormalization(momentum=0.9),
            layers.MaxPooling2D(3, 2),
            layers.SeparableConv2D(4, 3),
            layers.Flatten(),
            layers.Dense(3, "softmax", kernel_constraint=keras.constraints.MaxNorm(3)),
        ],
    ),
    "regularisation": (
        (4,),
        lambda: [
            layers.Dense(3, activity_regularizer="l1", bias_regularizer=L2),
            layers.Dropout(0.3, seed=5),
            layers.GaussianNoise(0.1),
            layers.LeakyReLU(0.2),
            layers.PReLU(),
            layers.ReLU(6.0),
            layers.Dense(2, activation=layers.LeakyReLU(0.1)),
        ],
    ),
    "recurrent": (
        (5, 4),
        lambda: [
            layers.Bidirectional(layers.LSTM(3, return_sequences=True), "sum"),
            layers.Bidirectional(
                layers.GRU(3, return_sequences=True),
                backward_layer=layers.GRU(
                    3, return_sequences=True, go_backwards=True, activation="relu"
                ),
            ),
            layers.SimpleRNN(4, return_sequences=True, dropout=0.1),
            layers.RNN(layers.LSTMCell(3), return_sequences=True),
            layers.TimeDistributed(layers.Dense(2, name="inside")),
            layers.GRU(2, reset_after=False),
        ],
    ),
    "recurrent_images": (
        (4, 8, 8, 2),
        lambda: [
            layers.ConvLSTM2D(3, 3, return_sequences=True, padding="same"),
            layers.ConvLSTM2D(2, 3),
            layers.GlobalAveragePooling2D(keepdims=True),
            layers.GlobalMaxPooling2D(),
        ],
    ),
    "images": (
        (8, 8, 2),
        lambda: [
            layers.SpectralNormalization(layers.Conv2D(3, 3)),
            layers.GroupNormalization(3),
            layers.UnitNormalization(),
            layers.ZeroPadding2D(((1, 0), (0, 1))),
            layers.Cropping2D(1),
            layers.UpSampling2D(3, interpolation="bilinear"),
            layers.Conv2DTranspose(2, 3, strides=2),
            layers.DepthwiseConv2D(3, depth_multiplier=2),
            layers.Permute((3, 1, 2)),
            layers.Reshape((-1, 4)),
        ],
    ),
    "sequences": (
        (20, 3),
        lambda: [
            layers.Conv1D(4, 3, padding="causal", dilation_rate=2),
            layers.SpatialDropout1D(0.1),
            layers.LayerNormalization(epsilon=1e-6),
            layers.EinsumDense("abc,cd->abd", output_shape=(None, 5), bias_axes="d"),
            layers.GlobalMaxPooling1D(),
            layers.RepeatVector(3),
            layers.Cropping1D((1, 0)),
        ],
    ),
    "preprocessing": (
        (4,),
        lambda: [
            layers.Rescaling(1 / 255, offset=-1),
            layers.Normalization(
                mean=[1.0, 2.0, 3.0, 4.0], variance=[1.0, 1.0, 2.0, 2.0]
            ),
            layers.Discretization(bin_boundaries=[0.0, 1.0, 2.0]),
            layers.CategoryEncoding(5, output_mode="multi_hot"),
        ],
    ),
    "precision": (
        (4,),
        lambda: [
            layers.Dense(3, dtype=keras.DTypePolicy("mixed_bfloat16")),
            layers.Dense(2, dtype="float64"),
        ],
    ),
}


@pytest.mark.parametrize("name", sorted(CHAINS))
@pytest.mark.parametrize("style", ["functional", "sequential"])
def test_a_chain_of_them_comes_back(name, style):
    shape, make = CHAINS[name]
    keras.utils.clear_session(free_memory=False)
    inputs = x = keras.Input(shape)
    for layer in make():
        x = layer(x)
    trip = round_trip(keras.Model(inputs, x), style=style)

    assert trip.isomorphism() is not None
    assert trip.max_error() == 0.0


def merging():
    a, b = keras.Input((4,)), keras.Input((4,))
    kinds = (layers.Add, layers.Subtract, layers.Multiply, layers.Maximum)
    ends = [kind()([a, b]) for kind in kinds]
    ends.append(layers.Dot(axes=1, normalize=True)([a, b]))
    return keras.Model([a, b], ends)


def attention():
    a, b = keras.Input((5, 4)), keras.Input((5, 4))
    mask = ops.ones((1, 5, 5), dtype="bool")
    ends = [
        layers.Attention(use_scale=True)([a, b]),
        layers.MultiHeadAttention(2, 3, value_dim=2)(a, b, use_causal_mask=True),
        layers.MultiHeadAttention(2, 3)(a, b, attention_mask=mask),
        layers.GroupQueryAttention(3, 4, 2)(a, b),
    ]
    return keras.Model([a, b], ends)


def translation():
    source, target = keras.Input((5, 4)), keras.Input((6, 4))
    states = layers.LSTM(3, return_state=True)(source)[1:]
    h = layers.LSTM(3, return_sequences=True)(target, initial_state=states)
    return keras.Model([source, target], layers.Dense(5)(h))


def models_in_wrappers():
    i, x = keras.Input((4,)), keras.Input((5, 4))
    model = keras.Model(i, layers.Dense(3)(i))
    chain = keras.Sequential([layers.Dense(4), layers.ReLU()])
    twice = [layers.TimeDistributed(model)(x), layers.TimeDistributed(chain)(x)]
    return keras.Model(x, [*twice, model(x[:, 0])])


def shared_by_wrappers():
    x, dense = keras.Input((5, 4)), layers.Dense(4)
    h = dense(layers.TimeDistributed(dense)(x))
    return keras.Model(x, layers.TimeDistributed(dense)(h))


def nested_dicts():
    a, b = keras.Input((4,), name="a"), keras.Input((3,), name="b")
    inside = {"u": keras.Input((4,), name="u"), "v": keras.Input((3,), name="v")}
    ends = {"s": layers.Dense(2)(inside["u"]), "t": [inside["v"] * 2, inside["v"] + 1]}
    ends = keras.Model(inside, ends)({"u": a, "v": b})
    wanted = {"z": ends["t"][0], "q": [ends["s"], ends["t"][1]]}
    return keras.Model({"a": a, "b": b}, wanted)


def constants():
    words, embedding = keras.Input((5,), dtype="int32"), layers.Embedding(10, 4)
    h = layers.Dense(4)(embedding(words))
    return keras.Model(words, h - np.ones(4, "float32") + ops.sum(h, -1, keepdims=True))


@pytest.mark.parametrize(
    "make",
    [
        merging,
        attention,
        translation,
        models_in_wrappers,
        shared_by_wrappers,
        nested_dicts,
        constants,
    ],
)
def test_graphs_of_them_come_back(make):
    keras.utils.clear_session(free_memory=False)
    trip = round_trip(make())

    assert trip.isomorphism() is not None
    assert trip.max_error() == 0.0
