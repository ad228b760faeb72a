"""The code as it is read: that of a few models, word for word."""

from __future__ import annotations

import keras
import pytest
from keras import layers, ops

from teachkit.keras_reader import record_model
from teachkit.source_code import to_code
from tests.models import build
from tests.source_code.round_trip import round_trip, run


def code_of(model):
    return to_code(record_model(model))


def perceptron():
    inputs = keras.Input((784,))
    x = layers.Dense(64, activation="relu")(inputs)
    x = layers.Dropout(0.5)(x)
    return keras.Model(inputs, layers.Dense(10, activation="softmax")(x), name="mlp")


PERCEPTRON = """\
import keras
from keras import layers

inputs = keras.Input((784,))
x = layers.Dense(64, activation="relu")(inputs)
x = layers.Dropout(0.5)(x)
outputs = layers.Dense(10, activation="softmax")(x)
model = keras.Model(inputs, outputs, name="mlp")
"""


def residual_blocks():
    inputs = keras.Input((32, 32, 3))
    x = layers.Conv2D(16, 3, padding="same")(inputs)
    for filters in (16, 32):
        if filters == 32:
            body = layers.Conv2D(32, 3, strides=2, padding="same")(x)
            x = layers.Add()([body, layers.Conv2D(32, 1, strides=2)(x)])
        for _ in range(3):
            body = layers.Conv2D(filters, 3, padding="same")(x)
            body = layers.ReLU()(layers.BatchNormalization()(body))
            x = layers.Add()([x, body])
    return keras.Model(inputs, layers.GlobalAveragePooling2D()(x))


RESIDUAL_BLOCKS = """\
import keras
from keras import layers

inputs = keras.Input((32, 32, 3))
x = layers.Conv2D(16, 3, padding="same")(inputs)
for _ in range(3):
    shortcut = x
    x = layers.Conv2D(16, 3, padding="same")(x)
    x = layers.BatchNormalization()(x)
    x = layers.ReLU()(x)
    x = layers.Add()([shortcut, x])
residual = layers.Conv2D(32, 3, strides=2, padding="same")(x)
x = layers.Conv2D(32, 1, strides=2)(x)
x = layers.Add()([residual, x])
for _ in range(3):
    shortcut = x
    x = layers.Conv2D(32, 3, padding="same")(x)
    x = layers.BatchNormalization()(x)
    x = layers.ReLU()(x)
    x = layers.Add()([shortcut, x])
outputs = layers.GlobalAveragePooling2D()(x)
model = keras.Model(inputs, outputs)
"""


def blocks_that_start_at_the_input():
    inputs = x = keras.Input((8, 8, 4))
    for _ in range(4):
        narrow = layers.Conv2D(2, 1)(x)
        wide = layers.Conv2D(2, 3, padding="same")(layers.Conv2D(2, 1)(x))
        x = layers.Concatenate()([narrow, wide])
    return keras.Model(inputs, layers.Flatten()(x))


BLOCKS_THAT_START_AT_THE_INPUT = """\
import keras
from keras import layers

inputs = keras.Input((8, 8, 4))
x = inputs
for _ in range(4):
    branch = layers.Conv2D(2, 1)(x)
    x = layers.Conv2D(2, 1)(x)
    x = layers.Conv2D(2, 3, padding="same")(x)
    x = layers.Concatenate()([branch, x])
outputs = layers.Flatten()(x)
model = keras.Model(inputs, outputs)
"""


SIAMESE = """\
import keras
from keras import layers, ops


def build_encoder():
    image = keras.Input((None, None, 3), name="image")
    x = layers.Conv2D(4, 3, name="conv")(image)
    outputs = layers.GlobalAveragePooling2D(name="pool")(x)
    return keras.Model(image, outputs, name="encoder")


encoder = build_encoder()

left = keras.Input((9, 9, 3), name="left")
right = keras.Input((7, 7, 3), name="right")
left_encoded = encoder(left)
right_encoded = encoder(right)
x = left_encoded - right_encoded
x = ops.abs(x)
outputs = layers.Dense(1, activation="sigmoid", name="same")(x)
model = keras.Model([left, right], outputs, name="siamese")
"""


def tickets():
    title = keras.Input((20,), dtype="int32", name="title")
    body = keras.Input((50,), dtype="int32", name="body")
    tags = keras.Input((4,), name="tags")
    embedding = layers.Embedding(1000, 8, mask_zero=True)
    x = layers.Concatenate()(
        [layers.LSTM(16)(embedding(title)), layers.LSTM(16)(embedding(body)), tags]
    )
    return keras.Model(
        {"title": title, "body": body, "tags": tags},
        {
            "priority": layers.Dense(1, activation="sigmoid", name="priority")(x),
            "department": layers.Dense(4, name="department")(x),
        },
    )


TICKETS = """\
import keras
from keras import layers

embedding = layers.Embedding(1000, 8, mask_zero=True)

title = keras.Input((20,), dtype="int32", name="title")
body = keras.Input((50,), dtype="int32", name="body")
tags = keras.Input((4,), name="tags")
x = embedding(title)
title_encoded = layers.LSTM(16)(x)
x = embedding(body)
body_encoded = layers.LSTM(16)(x)
x = layers.Concatenate()([title_encoded, body_encoded, tags])
priority = layers.Dense(1, activation="sigmoid", name="priority")(x)
department = layers.Dense(4, name="department")(x)
model = keras.Model(
    {"title": title, "body": body, "tags": tags},
    {"priority": priority, "department": department},
)
"""

U_NET = """\
import keras
from keras import layers

image = keras.Input((8, 8, 1), name="image")
down = layers.Conv2D(2, 3, padding="same", name="down")(image)
x = layers.MaxPooling2D(name="pool")(down)
x = layers.Conv2D(4, 3, padding="same", name="bottom")(x)
x = layers.UpSampling2D(name="up")(x)
x = layers.Concatenate(name="skip")([down, x])
outputs = layers.Conv2D(1, 1, activation="sigmoid", name="mask")(x)
model = keras.Model(image, outputs, name="u_net")
"""

RNN_STATES = """\
import keras
from keras import layers

x = keras.Input((5, 4), name="x")
encoded, state_h, state_c = layers.LSTM(3, return_state=True, name="encoder")(x)
decoder = layers.LSTM(3, name="decoder")(x, initial_state=[state_h, state_c])
model = keras.Model(x, [decoder, encoded], name="rnn_states")
"""

WRAPPERS = """\
import keras
from keras import layers


def build_look():
    image = keras.Input((6, 6, 1), name="image")
    x = layers.Conv2D(1, 3, name="conv")(image)
    outputs = layers.Flatten(name="flat")(x)
    return keras.Model(image, outputs, name="look")


look = build_look()

clips = keras.Input((3, 6, 6, 1), name="clips")
x = layers.TimeDistributed(look, name="each")(clips)
outputs = layers.Bidirectional(layers.GRU(2), name="both_ways")(x)
model = keras.Model(clips, outputs, name="wrappers")
"""

OUTER_AND_NESTED = """\
import keras
from keras import layers


def build_inner(dense):
    i = keras.Input((4,), name="i")
    outputs = dense(i)
    return keras.Model(i, outputs, name="inner")


dense = layers.Dense(4)
inner = build_inner(dense)

x = keras.Input((4,), name="x")
h = dense(x)
h = inner(h)
outputs = dense(h)
model = keras.Model(x, outputs, name="outer_and_nested")
"""

SUBCLASSED_NESTED = """\
import keras
from keras import layers, ops


def build_inner():
    # What the call of Perceptron does, step by step.
    inputs = keras.Input((4,))
    x = layers.Dense(4, name="first")(inputs)
    x = x + inputs
    x = ops.relu(x)
    outputs = layers.Dense(2, name="second")(x)
    return keras.Model(inputs, outputs, name="inner")


inner = build_inner()

x = keras.Input((4,), name="x")
h = inner(x)
outputs = layers.ReLU(name="relu")(h)
model = keras.Model(x, outputs, name="subclassed_nested")
"""


@pytest.mark.parametrize(
    ("model", "code"),
    [
        (perceptron, PERCEPTRON),
        (residual_blocks, RESIDUAL_BLOCKS),
        (blocks_that_start_at_the_input, BLOCKS_THAT_START_AT_THE_INPUT),
        (tickets, TICKETS),
        ("siamese", SIAMESE),
        ("u_net", U_NET),
        ("rnn_states", RNN_STATES),
        ("wrappers", WRAPPERS),
        ("outer_and_nested", OUTER_AND_NESTED),
        ("subclassed_nested", SUBCLASSED_NESTED),
    ],
)
def test_it_reads_as_a_teacher_would_write_it(model, code):
    assert code_of(build(model) if isinstance(model, str) else model()) == code


def test_loops_build_all_blocks():
    trip = round_trip(residual_blocks())

    assert trip.isomorphism() is not None
    assert trip.max_error() == 0.0


def layer_code(make, shape=(8,), dtype="float32"):
    x = keras.Input(shape, dtype=dtype)
    text = code_of(keras.Model(x, make()(x)))
    lines = text.partition("outputs = ")[2].partition("(inputs)")[0].splitlines()
    return "".join(line.strip() for line in lines)


@pytest.mark.parametrize(
    ("make", "shape", "code"),
    [
        (lambda: layers.Dense(3, use_bias=True), (8,), "layers.Dense(3)"),
        (lambda: layers.MaxPooling1D(3, strides=3), (9, 2), "layers.MaxPooling1D(3)"),
        (
            lambda: layers.MaxPooling1D(3, strides=1),
            (9, 2),
            "layers.MaxPooling1D(3, strides=1)",
        ),
        (lambda: layers.Conv2D(4, (3, 3)), (8, 8, 2), "layers.Conv2D(4, 3)"),
        (lambda: layers.Conv2D(4, (3, 5)), (8, 8, 2), "layers.Conv2D(4, (3, 5))"),
        (lambda: layers.LayerNormalization(), (8,), "layers.LayerNormalization()"),
        (
            lambda: layers.Dense(3, kernel_initializer="he_normal"),
            (8,),
            'layers.Dense(3, kernel_initializer="he_normal")',
        ),
        (
            lambda: layers.Dense(3, kernel_regularizer=keras.regularizers.L2(0.5)),
            (8,),
            "layers.Dense(3, kernel_regularizer=keras.regularizers.L2(0.5))",
        ),
        (
            lambda: layers.Dense(3, bias_initializer=keras.initializers.Constant(0.5)),
            (8,),
            "layers.Dense(3, bias_initializer=keras.initializers.Constant(0.5))",
        ),
        (
            lambda: layers.Dense(3, dtype="float64"),
            (8,),
            'layers.Dense(3, dtype="float64")',
        ),
        (
            lambda: layers.Dense(3, trainable=False),
            (8,),
            "layers.Dense(3, trainable=False)",
        ),
        (lambda: layers.Dense(3, name="dense_7"), (8,), "layers.Dense(3)"),
        (lambda: layers.Dense(3, name="head"), (8,), 'layers.Dense(3, name="head")'),
        (
            lambda: layers.RNN([layers.GRUCell(3), layers.LSTMCell(2)]),
            (5, 4),
            "layers.RNN([layers.GRUCell(3), layers.LSTMCell(2)])",
        ),
        (
            lambda: layers.SpectralNormalization(layers.Dense(3)),
            (8,),
            "layers.SpectralNormalization(layers.Dense(3))",
        ),
        (
            lambda: layers.Activation(ops.tanh),
            (8,),
            'layers.Activation("tanh")',
        ),
    ],
)
def test_only_arguments_that_matter_are_written(make, shape, code):
    assert layer_code(make, shape) == code


@pytest.mark.parametrize(
    ("write", "code"),
    [
        (lambda x: 2.0 * x, "2.0 * inputs"),
        (lambda x: 1 - x, "1 - inputs"),
        (lambda x: x**2, "inputs ** 2"),
        (lambda x: -x, "-inputs"),
        (lambda x: x[:, 1:-1, ::2], "inputs[:, 1:-1, ::2]"),
        (lambda x: x[..., None, 0], "inputs[..., None, 0]"),
        (lambda x: ops.mean(x, axis=1), "ops.mean(inputs, axis=1)"),
        (lambda x: ops.mean(x, axis=(1, 2)), "ops.mean(inputs, axis=(1, 2))"),
        (lambda x: ops.less(1.0, x), "ops.less(1.0, inputs)"),
        (lambda x: ops.reshape(x, (-1, 3)), "ops.reshape(inputs, (-1, 3))"),
        (lambda x: ops.cast(x, "int32"), 'ops.cast(inputs, "int32")'),
        (lambda x: ops.expand_dims(x, -1), "ops.expand_dims(inputs, axis=-1)"),
        (lambda x: ops.divide(x, 2.0), "ops.divide(inputs, 2.0)"),
        (lambda x: x / 2.0, "inputs / 2.0"),
        (lambda x: ops.softmax(x), "ops.softmax(inputs)"),
        (lambda x: ops.clip(x, -1.0, 1.0), "ops.clip(inputs, -1.0, 1.0)"),
        (
            lambda x: ops.einsum("bij,bkj->bik", x, x),
            'ops.einsum("bij,bkj->bik", inputs, inputs)',
        ),
        (
            lambda x: ops.image.resize(x[..., None], (4, 4)),
            "ops.image.resize(h, (4, 4))",
        ),
    ],
)
def test_operations_are_written_as_one_would(write, code):
    inputs = keras.Input((6, 6))
    trip = round_trip(keras.Model(inputs, write(inputs)))

    assert f" = {code}\n" in trip.code.replace("(x, (4", "(h, (4")
    assert trip.isomorphism() is not None
    assert trip.max_error() == 0.0


def test_names_stay_out_of_the_way():
    x = h = keras.Input((4,), name="layers")
    for name in ("keras", "ops", "for", "print", "np", "model", "0abc", "é", "x"):
        h = layers.Dense(4, name=name)(h) + x
    trip = round_trip(keras.Model(x, [h, h * 2], name="keras"))

    assert trip.isomorphism() is not None
    assert trip.model.name == "keras"
    assert [layer.name for layer in trip.model.layers if layer.weights] == [
        "keras", "ops", "for", "print", "np", "model", "0abc", "é", "x",
    ]  # fmt: skip


def test_a_name_that_keras_would_give_to_another_layer_is_no_trap():
    x = keras.Input((4,))
    _ = x * 1.0  # here `multiply` is given away already, in a new session it is not
    h = layers.ReLU(name="dense")(layers.Dense(4, name="dense_3")(x))
    h = layers.ReLU(name="multiply")(h) * 2.0

    assert round_trip(keras.Model(x, h)).isomorphism() is not None


def test_layers_that_do_not_train_stay_so():
    base = keras.Sequential([keras.Input((4,)), layers.Dense(3), layers.Dense(2)])
    base.trainable = False
    x = keras.Input((4,))
    head = keras.Model(x, layers.Dense(2)(layers.Dense(3)(base(x))))
    head.trainable = False
    head.layers[2].trainable = True
    trip = round_trip(head)

    assert trip.isomorphism() is not None
    flags = [[layer.trainable for layer in m.layers] for m in (head, trip.model)]
    assert flags[0] == flags[1]


def test_the_model_and_the_counters_of_keras_are_left_alone():
    model = build("transformer_block")
    before = [weight.numpy().tolist() for weight in model.weights]
    calls = [layer.name for layer in model.layers]

    code_of(model)

    assert layers.Dense(2).name == "dense"
    assert [weight.numpy().tolist() for weight in model.weights] == before
    assert [layer.name for layer in model.layers] == calls


def test_deeply_nested_models_are_written():
    model = None
    for level in range(40):
        x = keras.Input((4,))
        h = layers.Dense(4)(x) if model is None else model(x)
        model = keras.Model(x, h, name=f"level{level}")

    assert round_trip(model).isomorphism() is not None


def test_like_models_are_made_by_one_function():
    def encoder():
        x = keras.Input((4,))
        return keras.Model(x, layers.Dense(3)(x))

    a, b = keras.Input((4,)), keras.Input((4,))
    trip = round_trip(keras.Model([a, b], encoder()(a) - encoder()(b)))

    assert trip.code.count("def build_inner") == 1
    assert trip.isomorphism() is not None


def test_a_new_session_is_not_needed_to_run_it():
    code = code_of(residual_blocks())
    first, second = run(code), run(code)

    assert first.count_params() == second.count_params()


def test_weights_that_nothing_reads_are_told_to_be_left_out():
    remark = "# Left out, as no step reads them: its own weights steps.\n"

    assert remark in code_of(build("mutating"))


def test_what_only_from_config_asks_for_is_not_written():
    inputs = keras.Input((4, 4, 3))
    model = keras.Model(inputs, keras.layers.Rescaling(0.5)(inputs))

    assert "layers.Rescaling(0.5)(inputs)" in to_code(record_model(model))
