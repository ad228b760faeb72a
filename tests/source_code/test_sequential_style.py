"""A chain of layers as `keras.Sequential([...])`, and why another model is none."""

from __future__ import annotations

import keras
import pytest
from keras import layers, ops

from teachkit.errors import ModelError, WrongValueError
from teachkit.keras_reader import record_model
from teachkit.source_code import to_code
from tests.models import build
from tests.source_code.round_trip import round_trip, run

CHAIN = """\
import keras
from keras import layers

model = keras.Sequential(
    [
        keras.Input((4,), name="x"),
        layers.Dense(3, activation="relu", name="hidden"),
        layers.Dense(2, name="answer"),
    ],
    name="chain",
)
"""

REUSING = """\
import keras
from keras import layers

dense = layers.Dense(4)
model = keras.Sequential(
    [keras.Input((4,), name="x"), dense, layers.ReLU(name="relu"), dense],
    name="sequential_reusing_a_layer",
)
"""

FUNCTIONAL = """\
import keras
from keras import layers

x = keras.Input((4,), name="x")
h = layers.Dense(3, name="hidden")(x)
outputs = layers.Dense(2, name="answer")(h)
model = keras.Model(x, outputs)
"""

UNBUILT = """\
import keras
from keras import layers


def build_encoder():
    i = keras.Input((3,), name="i")
    outputs = layers.Dense(3, name="code")(i)
    return keras.Model(i, outputs, name="encoder")


relu = layers.ReLU(name="relu")
encoder = build_encoder()
# Without an input its shapes are not known, and so it has no Functional form yet.
model = keras.Sequential(
    [layers.Dense(3, name="hidden"), relu, encoder, relu], name="unbuilt_sequential"
)
"""


def code_of(model, style):
    return to_code(record_model(model), style=style)


@pytest.mark.parametrize(
    ("name", "style", "code"),
    [
        ("chain", "sequential", CHAIN),
        ("sequential_reusing_a_layer", "sequential", REUSING),
        ("sequential", "functional", FUNCTIONAL),
        ("unbuilt_sequential", "functional", UNBUILT),
    ],
)
def test_it_reads_as_a_teacher_would_write_it(name, style, code):
    assert code_of(build(name), style) == code


def test_a_block_in_a_chain_stays_one():
    x = keras.Input((4,))
    block = keras.Model(x, layers.Add()([layers.Dense(4)(x), x]), name="block")
    x = keras.Input((4,))
    model = keras.Model(x, layers.Dense(2)(block(layers.ReLU()(x))))

    trip = round_trip(model, style="sequential")

    assert isinstance(trip.model, keras.Sequential)
    assert "keras.Sequential([keras.Input((4,)), layers.ReLU(), block, " in trip.code
    assert trip.isomorphism() is not None
    assert trip.max_error() == 0.0


def test_masks_that_keras_passes_along_are_no_obstacle():
    trip = round_trip(build("masked_lstm"), style="sequential")

    assert isinstance(trip.model, keras.Sequential)
    assert trip.isomorphism() is not None


def two_inputs():
    a, b = keras.Input((4,), name="a"), keras.Input((4,), name="b")
    return keras.Model([a, b], layers.Add(name="sum")([a, b]), name="two")


def operation():
    x = keras.Input((4,), name="x")
    return keras.Model(x, ops.relu(layers.Dense(4, name="dense")(x)), name="op")


def skip():
    x = keras.Input((4,), name="x")
    h = layers.Dense(4, name="dense")(x)
    return keras.Model(x, layers.Add(name="sum")([x, h]), name="skip")


def switch():
    x = keras.Input((4,), name="x")
    h = layers.Dropout(0.5, name="drop")(x, training=True)
    return keras.Model(x, h, name="switch")


def early_end():
    x = keras.Input((4,), name="x")
    h = layers.Dense(4, name="early")(x)
    return keras.Model(x, [h, layers.Dense(2, name="late")(h)], name="ends")


@pytest.mark.parametrize(
    ("model", "found"),
    [
        (two_inputs, "'b' of model 'two', which is a second input"),
        (operation, "'relu' of model 'op', which is an operation and no layer"),
        (
            skip,
            "'sum' of model 'skip', which does not read just the output of 'dense'",
        ),
        (switch, "'drop' of model 'switch', which is called with training="),
        (
            early_end,
            "'early' of model 'ends', which is an output and not the last call",
        ),
    ],
)
def test_what_is_no_chain_is_refused_with_the_first_call_that_prevents_it(model, found):
    with pytest.raises(ModelError) as refused:
        code_of(model(), "sequential")

    assert refused.value.found == found


def test_a_tensor_passed_by_its_name_is_passed_all_the_same():
    trip = round_trip(build("masked_by_keyword"), style="sequential")

    assert "layers.LSTM(3)" in trip.code or 'layers.LSTM(3, name="lstm")' in trip.code
    assert trip.max_error() == 0.0


def test_training_false_is_what_a_chain_does_outside_of_fit():
    inputs = keras.Input((4,))
    x = layers.BatchNormalization()(inputs, training=False)
    model = keras.Model(inputs, layers.Dense(2)(x))
    built = run(to_code(record_model(model), style="sequential"))
    built.set_weights(model.get_weights())
    numbers = keras.random.normal((5, 4), seed=1)

    assert isinstance(built, keras.Sequential)
    assert ops.all(built(numbers) == model(numbers))


def test_training_true_is_not_what_a_chain_does():
    inputs = keras.Input((4,))
    x = layers.BatchNormalization(name="norm")(inputs, training=True)
    recording = record_model(keras.Model(inputs, layers.Dense(2)(x)))

    with pytest.raises(ModelError, match=r"norm.*training="):
        to_code(recording, style="sequential")


@pytest.mark.parametrize("style", ["Functional", "", None, 3, ["sequential"], {}])
def test_there_are_no_other_styles(style):
    recording = record_model(build("chain"))

    with pytest.raises(WrongValueError) as caught:
        to_code(recording, style=style)

    shown = repr(style) if isinstance(style, str) else type(style).__name__
    assert shown in caught.value.found
    assert "'sequential'" in caught.value.expected
    assert "style='functional'" in caught.value.action
