"""Blocks that differ in a few arguments are written once, as a function."""

from __future__ import annotations

import keras
import pytest
from hypothesis import given
from hypothesis import strategies as st
from keras import layers

from teachkit.keras_reader import dry, record_model
from teachkit.keras_reader.bodies import bodies_of
from teachkit.normal_form import find_isomorphism, normal_form
from teachkit.source_code import to_code
from tests.graphs import FIXED
from tests.source_code.round_trip import round_trip, run


def convolved(x, filters, strides=1):
    for step in (strides, 1):
        x = layers.Conv2D(filters, 3, strides=step, padding="same")(x)
        x = layers.BatchNormalization()(x)
        x = layers.ReLU()(x)
    return x


def u_net():
    inputs = x = keras.Input((32, 32, 3))
    skips = []
    for filters in (4, 8, 16):
        skips.append(convolved(x, filters))
        x = layers.MaxPooling2D()(skips[-1])
    x = convolved(x, 32)
    for filters, skip in zip((16, 8, 4), reversed(skips), strict=True):
        x = layers.Conv2DTranspose(filters, 2, strides=2)(x)
        x = convolved(layers.Concatenate()([x, skip]), filters)
    return keras.Model(inputs, layers.Conv2D(1, 1)(x))


def residual_net():
    inputs = keras.Input((16, 16, 3))
    x = layers.Conv2D(4, 3, padding="same")(inputs)
    for number, filters in enumerate((4, 8, 16)):
        for again in (False, True):
            strides = 2 if number and not again else 1
            shortcut = x
            x = convolved(x, filters, strides)
            if strides == 2:
                shortcut = layers.Conv2D(filters, 1, strides=2)(shortcut)
            x = layers.ReLU()(layers.Add()([x, shortcut]))
    return keras.Model(inputs, layers.Dense(3)(layers.GlobalAveragePooling2D()(x)))


def vgg():
    inputs = x = keras.Input((64, 64, 3))
    for filters in (2, 4, 8, 16, 32):
        x = layers.MaxPooling2D()(convolved(x, filters))
    return keras.Model(inputs, layers.Dense(3)(layers.Flatten()(x)))


def inception():
    inputs = x = keras.Input((16, 16, 3))
    for filters in (2, 4, 6, 8, 12):
        several = [
            layers.Conv2D(filters, 1)(x),
            convolved(x, filters),
            layers.Conv2D(filters, 5, padding="same")(layers.Conv2D(filters, 1)(x)),
        ]
        x = layers.Concatenate()(several)
    return keras.Model(inputs, x)


def transformer():
    inputs = keras.Input((7,))
    x = layers.Embedding(20, 8)(inputs)
    for heads, units in ((1, 8), (2, 16), (4, 32)):
        seen = layers.MultiHeadAttention(heads, 4)(x, x)
        x = layers.LayerNormalization()(layers.Add()([x, seen]))
        h = layers.Dense(8)(layers.Dense(units, activation="gelu")(x))
        x = layers.LayerNormalization()(layers.Add()([x, h]))
    return keras.Model(inputs, layers.GlobalAveragePooling1D()(x))


TRANSFORMER = """\
def attention_block(x, num_heads, units):
    shortcut = x
    x = layers.MultiHeadAttention(num_heads=num_heads, key_dim=4)(x, x)
    x = layers.Add()([shortcut, x])
    x = layers.LayerNormalization()(x)
    shortcut = x
    x = layers.Dense(units, activation="gelu")(x)
    x = layers.Dense(8)(x)
    x = layers.Add()([shortcut, x])
    x = layers.LayerNormalization()(x)
    return x


inputs = keras.Input((7,))
x = layers.Embedding(20, 8)(inputs)
x = attention_block(x, 1, units=8)
x = attention_block(x, 2, units=16)
x = attention_block(x, 4, units=32)
outputs = layers.GlobalAveragePooling1D()(x)
model = keras.Model(inputs, outputs)
"""


VGG = """\
def conv_block(x, filters):
    x = layers.Conv2D(filters, 3, padding="same")(x)
    x = layers.BatchNormalization()(x)
    x = layers.ReLU()(x)
    x = layers.Conv2D(filters, 3, padding="same")(x)
    x = layers.BatchNormalization()(x)
    x = layers.ReLU()(x)
    x = layers.MaxPooling2D()(x)
    return x


inputs = keras.Input((64, 64, 3))
x = conv_block(inputs, 2)
x = conv_block(x, 4)
x = conv_block(x, 8)
x = conv_block(x, 16)
x = conv_block(x, 32)
x = layers.Flatten()(x)
outputs = layers.Dense(3)(x)
model = keras.Model(inputs, outputs)
"""


@pytest.mark.parametrize(
    "make", [u_net, residual_net, vgg, inception, transformer], ids=lambda f: f.__name__
)
def test_the_code_builds_the_same_model(make):
    keras.utils.clear_session(free_memory=False)
    trip = round_trip(make())

    assert "def " in trip.code
    assert trip.isomorphism() is not None
    assert trip.max_error() == 0.0
    assert max(map(len, trip.code.splitlines())) <= 88


@pytest.mark.parametrize(("make", "text"), [(transformer, TRANSFORMER), (vgg, VGG)])
def test_a_block_is_written_once_and_called_with_what_differs(make, text):
    code = to_code(record_model(make()))

    assert code.partition("\n\n\n")[2] == text


@pytest.mark.parametrize(
    ("name", "lines"), [("ResNet50", 70), ("MobileNetV2", 120), ("VGG16", 27)]
)
def test_names_come_from_what_their_beginnings_share(name, lines):
    with dry():
        model = getattr(keras.applications, name)(weights=None)
    recording = record_model(model)
    code = to_code(recording)
    with dry():
        again = record_model(run(code))
    forms = [
        normal_form(one.graph, bodies_of(one), strict=True)
        for one in (recording, again)
    ]

    assert find_isomorphism(*forms) is not None
    assert [one.name for one in again.root.model.layers[1:]] == [
        one.name for one in model.layers[1:]
    ]
    assert len(code.splitlines()) <= lines


def test_a_block_with_a_shared_layer_stays_as_it_is():
    inputs = x = keras.Input((8,))
    shared = layers.Dense(8, name="shared")
    for units in (1, 2, 3, 4, 5, 6, 7, 9):
        x = layers.Dense(8)(layers.Dense(units)(x))
        x = shared(layers.BatchNormalization()(x))
    trip = round_trip(keras.Model(inputs, x))

    functions = trip.code.partition("inputs = ")[0]
    assert "shared(" not in functions
    assert trip.isomorphism() is not None


def test_a_lambda_in_a_block_may_be_called_like_a_variable():
    inputs = x = keras.Input((8,))
    for units in (1, 2, 3, 4, 5, 6):
        x = layers.Dense(units)(x)
        x = layers.Lambda(lambda t: t * 2, name=f"skip_{units}")(x)
        x = layers.BatchNormalization()(layers.Dense(8)(x))
    trip = round_trip(keras.Model(inputs, x))

    assert trip.isomorphism() is not None


def test_few_and_short_blocks_stay_as_they_are():
    inputs = x = keras.Input((8,))
    for units in (1, 2, 3):
        x = layers.ReLU()(layers.Dense(units)(x))

    assert "def " not in to_code(record_model(keras.Model(inputs, x)))


BLOCKS = st.tuples(st.sampled_from("abcd"), st.integers(1, 3), st.booleans())


@FIXED
@given(st.lists(BLOCKS, min_size=3, max_size=24))
def test_random_rows_of_blocks_come_back(blocks):
    keras.utils.clear_session(free_memory=False)
    inputs = x = keras.Input((4,))
    early = None
    for kind, units, deep in blocks:
        h = layers.Dense(units, activation="relu" if deep else None)(x)
        h = layers.Dense(4)(layers.BatchNormalization()(h))
        if kind == "b":
            h = layers.Add()([x, h])
        if kind == "c" and early is not None:
            h = layers.Dense(4)(layers.Concatenate()([h, early]))
        if kind == "d":
            early = h
        x = layers.Dropout(0.1 * units)(h)
    recording = record_model(keras.Model(inputs, x))
    code = to_code(recording)
    forms = [
        normal_form(one.graph, strict=True)
        for one in (recording, record_model(run(code)))
    ]

    assert find_isomorphism(*forms) is not None
    assert code == to_code(recording)


def pooled(x, filters):
    branch = layers.Conv2D(filters, 1, activation="relu")(x)
    branch = layers.Conv2D(filters, 3, padding="same", activation="relu")(branch)
    branch = layers.Conv2D(filters, 1, activation="relu")(branch)
    x = layers.AveragePooling2D(3, strides=1, padding="same")(x)
    return layers.Concatenate()([branch, x])


def test_a_pooling_layer_keeps_its_strides_of_one():
    x = inputs = keras.Input((16, 16, 3))
    for filters in (4, 6, 8, 10):
        x = pooled(x, filters)
    trip = round_trip(keras.Model(inputs, x))

    assert "AveragePooling2D(3, strides=1, padding=" in trip.code
    assert "def " in trip.code
    assert trip.isomorphism() is not None
