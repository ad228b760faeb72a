from __future__ import annotations

import keras
import numpy as np
import pytest
import tensorflow as tf
from keras import layers, ops

from tests.keras_runner.tracing import (
    CANNOT_RUN,
    data_for,
    numbers,
    run_of,
    state_of,
    sum_error,
)
from tests.models import ZOO, build

SUM = 1e-6
"""So close is the sum of the shares of all calls to the total."""


def plain_gradients(model, data, targets, loss, training=None):
    """Return the gradients of `compile` and an ordinary pass, by name of the weight."""
    model.compile(loss=loss)
    options = {} if training is None else {"training": training}
    moved = [(v, v.numpy()) for v in model.non_trainable_variables]
    with tf.GradientTape() as tape:
        total = model.compute_loss(y=targets, y_pred=model(data, **options))
    variables = model.trainable_variables
    found = tape.gradient(total, [v.value for v in variables])
    for variable, value in moved:
        variable.assign(value)
    arrays = [None if g is None else ops.convert_to_numpy(g) for g in found]
    return float(total), {v.path: a for v, a in zip(variables, arrays, strict=True)}


def check(model, data, targets, loss="mse", training=None):
    """Compare the shares with an ordinary pass; return the gradients."""
    before = state_of(model)
    found = run_of(model, data, targets=targets, loss=loss, training=training).gradients
    assert state_of(model) == before
    total, wanted = plain_gradients(model, data, targets, loss, training)
    assert found.total == pytest.approx(total, rel=1e-6)
    assert sum_error(found) < SUM
    assert len(found.of_weights) == len(wanted)
    for weight, truth in zip(found.of_weights, wanted.values(), strict=True):
        shares = [one.array for one in weight.calls.values() if one is not None]
        shares += [weight.penalty.array] if weight.penalty is not None else []
        if truth is None:
            assert weight.total is None
            assert not shares
        else:
            assert np.linalg.norm(sum(shares) - truth) <= SUM * np.linalg.norm(truth)
    return found


def shares(found, name):
    (weight,) = (one for one in found.of_weights if one.weight == name)
    return {path: None if g is None else g.norm for path, g in weight.calls.items()}


def dense_twice():
    x, y = keras.Input((10,), name="x"), keras.Input((10,), name="y")
    dense = layers.Dense(64, activation="relu", name="shared")
    end = layers.Dense(1)(layers.Concatenate()([dense(x), dense(y)]))
    return keras.Model([x, y], end), [numbers(16, 10), numbers(16, 10, seed=1)]


def siamese():
    i = keras.Input((10, 10, 3), name="i")
    h = layers.Conv2D(4, 3, activation="relu", name="conv")(i)
    h = layers.BatchNormalization(name="normal")(h)
    h = layers.GlobalAveragePooling2D()(h)
    encoder = keras.Model(i, layers.Dense(8, name="code")(h), name="encoder")
    x, y = keras.Input((10, 10, 3), name="x"), keras.Input((10, 10, 3), name="y")
    end = layers.Dense(1)(layers.Subtract()([encoder(x), encoder(y)]))
    return keras.Model([x, y], end), [
        numbers(6, 10, 10, 3),
        numbers(6, 10, 10, 3, seed=1),
    ]


def a_b_a_b():
    x = keras.Input((5,), name="x")
    a = layers.Dense(5, activation="tanh", name="a")
    b = layers.Dense(5, activation="tanh", name="b")
    return keras.Model(x, a(b(a(b(x))))), numbers(16, 5)


def models_in_models():
    a = layers.Dense(5, activation="tanh", name="a")
    b = layers.Dense(5, activation="tanh", name="b")
    i, j = keras.Input((5,), name="i"), keras.Input((5,), name="j")
    one = keras.Model(i, a(layers.Dropout(0.5)(b(i))), name="one")
    two = keras.Model(j, one(a(one(j))), name="two")
    x = keras.Input((5,), name="x")
    ends = layers.Add()([two(one(x)), two(x), b(x)])
    return keras.Model(x, ends), numbers(16, 5)


def two_lengths(layer):
    x, y = keras.Input((5, 3), name="x"), keras.Input((7, 3), name="y")
    end = layers.Dense(1)(layers.Concatenate()([layer(x), layer(y)]))
    return keras.Model([x, y], end), [numbers(8, 5, 3), numbers(8, 7, 3, seed=1)]


def gru_at_two_lengths():
    return two_lengths(layers.GRU(6, name="gru"))


def bidirectional_twice():
    return two_lengths(layers.Bidirectional(layers.LSTM(3), name="both"))


def normalised_twice():
    x, y = keras.Input((6,), name="x"), keras.Input((6,), name="y")
    normal = layers.BatchNormalization(name="normal")
    end = layers.Dense(1)(layers.Multiply()([normal(x), normal(normal(y))]))
    return keras.Model([x, y], end), [numbers(8, 6), numbers(8, 6, seed=1) * 2]


def embedded_twice():
    x, y = (keras.Input((5,), dtype="int32", name=name) for name in "xy")
    read = layers.Embedding(10, 4, mask_zero=True, name="read")
    lstm = layers.LSTM(3, name="lstm")
    end = layers.Dense(1)(layers.Concatenate()([lstm(read(x)), lstm(read(y))]))
    draw = np.random.default_rng(0).integers
    return keras.Model([x, y], end), [draw(0, 10, (8, 5)), draw(0, 10, (8, 5))]


def outside_and_inside():
    dense = layers.Dense(4, name="dense")
    i = keras.Input((4,), name="i")
    inner = keras.Model(i, layers.ReLU()(dense(i)), name="inner")
    x = keras.Input((4,), name="x")
    return keras.Model(x, dense(inner(dense(x)))), numbers(8, 4)


def wrapped_and_bare():
    dense = layers.Dense(3, name="dense")
    x = keras.Input((5, 3), name="x")
    h = dense(layers.TimeDistributed(dense, name="each")(x))
    return keras.Model(x, layers.Flatten()(h)), numbers(8, 5, 3)


class Transposed(layers.Layer):
    """Multiplies with the kernel of another layer, the other way round."""

    def __init__(self, other, **options):
        super().__init__(**options)
        self.other = other

    def call(self, x):
        return ops.matmul(x, ops.transpose(self.other.kernel))


def tied():
    x = keras.Input((4,), name="x")
    code = layers.Dense(3, name="code")
    return keras.Model(x, Transposed(code, name="back")(code(x))), numbers(8, 4)


SHARED = (
    dense_twice,
    siamese,
    a_b_a_b,
    models_in_models,
    gru_at_two_lengths,
    bidirectional_twice,
    normalised_twice,
    embedded_twice,
    outside_and_inside,
    wrapped_and_bare,
    tied,
)


@pytest.mark.parametrize("training", [None, True])
@pytest.mark.parametrize("made", SHARED)
def test_shares_add_up_to_an_ordinary_pass(made, training):
    model, data = made()
    shape = model(data).shape

    found = check(model, data, numbers(*shape, seed=2), training=training)

    assert any(len(weight.calls) > 1 for weight in found.of_weights)


# One has whole numbers only as outputs; of the other nobody knows the outputs.
NO_LOSS = {"dtypes", "two_arguments"}


@pytest.mark.parametrize("name", sorted(set(ZOO) - CANNOT_RUN - NO_LOSS))
def test_shares_add_up_in_every_model_of_the_zoo(name):
    model = build(name)
    data = data_for(name, model)
    outputs = run_of(model, data).outputs
    targets = keras.tree.map_structure(lambda a: numbers(*a.shape, seed=2), outputs)
    loss = keras.tree.map_structure(
        lambda a: "mse" if a.dtype.kind in "fV" else None, outputs
    )

    run = run_of(model, data, targets=targets, loss=loss, training=True)

    assert sum_error(run.gradients) < SUM


def test_each_share_is_that_of_the_same_model_with_layers_of_its_own():
    shared, data = a_b_a_b()
    x = keras.Input((5,), name="x")
    h = x
    for name in ("b1", "a1", "b2", "a2"):
        h = layers.Dense(5, activation="tanh", name=name)(h)
    single = keras.Model(x, h)
    for layer in single.layers[1:]:
        layer.set_weights(shared.get_layer(layer.name[0]).get_weights())
    targets = numbers(16, 5, seed=2)
    _, wanted = plain_gradients(single, data, targets, "mse")

    found = run_of(shared, data, targets=targets, loss="mse").gradients

    names = {"b": "b1", "a": "a1", "b:2": "b2", "a:2": "a2"}
    kernels = {w.weight: w for w in found.of_weights}
    for path, name in names.items():
        share = kernels[f"{path[0]}/kernel"].calls[path]
        assert np.allclose(share.array, wanted[f"{name}/kernel"], atol=1e-8)


def test_gradients_of_tensors_are_those_of_a_tape():
    x = keras.Input((4,), name="x")
    first = layers.Dense(4, activation="tanh", name="first")
    second = layers.Dense(2, name="second")
    hidden = first(x)
    joined = layers.Add(name="sum")([hidden, x])
    model = keras.Model(x, second(joined))
    rows, targets = numbers(3, 4), numbers(3, 2, seed=1)

    found = run_of(model, rows, targets=targets, loss="mse").gradients

    with tf.GradientTape() as tape:
        a = tf.constant(rows)
        tape.watch(a)
        b = first(a)
        c = b + a
        d = second(c)
        loss = tf.reduce_mean((d - targets) ** 2)
    wanted = tape.gradient(loss, {"x": a, "first": b, "sum": c, "second": d})
    for name, gradient in wanted.items():
        assert np.allclose(found.of_tensors[name, 0].array, gradient, atol=1e-7)


def test_a_layer_that_hands_its_input_on_has_a_gradient_of_its_own():
    x = keras.Input((3,), name="x")
    drop = layers.Dropout(0.5, name="drop")(x)
    model = keras.Model(x, layers.Add(name="sum")([3 * drop, x]))
    rows = numbers(2, 3)

    found = run_of(model, rows, targets=rows * 0, loss="mse").gradients.of_tensors

    assert np.allclose(found["drop", 0].array * 4, found["x", 0].array * 3)


def test_which_loss_reaches_which_weight():
    x = keras.Input((4,), name="x")
    trunk = layers.Dense(4, name="trunk", kernel_regularizer="l2")(x)
    ends = {
        "near": layers.Dense(1, name="near")(trunk),
        "far": layers.Dense(1, name="far")(ops.stop_gradient(trunk)),
    }
    model = keras.Model(x, ends)
    targets = {"near": numbers(3, 1), "far": numbers(3, 1, seed=1)}

    found = check(model, numbers(3, 4), targets, {"near": "mse", "far": "mae"})

    reached = {weight.weight: weight.reached_by for weight in found.of_weights}
    assert reached["trunk/kernel"] == ("near", "regularization")
    assert reached["trunk/bias"] == ("near",)
    assert reached["far/kernel"] == ("far",)
    assert [part.name for part in found.losses] == ["near", "far", "regularization"]


def test_what_no_loss_reaches_has_no_gradient():
    x = keras.Input((4,), name="x")
    lost = layers.Dense(4, name="lost")(x)
    end = layers.Dense(1, name="end")(ops.stop_gradient(lost))
    model = keras.Model(x, end)

    found = check(model, numbers(3, 4), numbers(3, 1))

    assert shares(found, "lost/kernel") == {"lost": None}
    assert found.of_tensors["lost", 0] is None
    assert found.by_depth[0] == ("lost", None)


def test_losses_that_layers_add_are_a_part_of_their_own():
    x = keras.Input((4,), name="x")
    dense = layers.Dense(4, activity_regularizer="l2", name="dense")
    end = layers.Dense(1, bias_regularizer="l1", name="end")
    model = keras.Model(x, end(dense(dense(x))))

    found = check(model, numbers(3, 4), numbers(3, 1))

    assert [part.name for part in found.losses] == ["end", "regularization"]
    assert len(shares(found, "dense/kernel")) == 2


def test_the_loss_of_a_compiled_model_with_its_weights():
    x = keras.Input((4,), name="x")
    ends = [layers.Dense(2, name="one")(x), layers.Dense(2, name="two")(x)]
    model = keras.Model(x, ends)
    model.compile(loss=["mse", "mae"], loss_weights=[0.25, 4.0])
    rows, targets = numbers(3, 4), [numbers(3, 2), numbers(3, 2, seed=1)]

    found = run_of(model, rows, targets=targets).gradients

    wanted = model.compute_loss(y=targets, y_pred=model(rows))
    assert found.total == pytest.approx(float(wanted), rel=1e-6)
    assert [part.weight for part in found.losses] == [0.25, 4.0]


def test_frozen_layers_have_no_gradient_and_let_it_through():
    x = keras.Input((4,), name="x")
    frozen = layers.Dense(4, name="frozen")
    model = keras.Model(x, frozen(layers.Dense(4, name="first")(x)))
    frozen.trainable = False

    found = check(model, numbers(3, 4), numbers(3, 4, seed=1))

    assert {weight.weight for weight in found.of_weights} == {
        "first/kernel",
        "first/bias",
    }
    assert found.of_tensors["first", 0].norm > 0


def test_kernels_by_depth_vanish_through_many_sigmoids():
    x = keras.Input((8,), name="x")
    h = x
    for number in range(12):
        h = layers.Dense(8, activation="sigmoid", name=f"d{number}")(h)
    model = keras.Model(x, h)

    found = run_of(model, numbers(4, 8), targets=numbers(4, 8), loss="mse").gradients

    norms = [gradient.norm for _, gradient in found.by_depth]
    assert [path for path, _ in found.by_depth] == [f"d{n}" for n in range(12)]
    assert norms[0] < norms[6] < norms[11]


def test_a_bias_that_no_loss_depends_on_is_not_taken_for_an_error():
    x = keras.Input((5, 4), name="x")
    model = keras.Model(x, layers.MultiHeadAttention(2, 4, name="seen")(x, x))

    found = run_of(
        model, numbers(3, 5, 4), targets=numbers(3, 5, 4), loss="mse"
    ).gradients

    assert sum_error(found) < SUM


class Two(layers.Layer):
    """Returns two outputs, one computed from the other one."""

    def call(self, x):
        double = x * 2.0
        return double, double * 3.0


def total(targets, outputs):
    del targets
    return ops.sum(outputs)


def test_one_output_of_several_is_not_read_by_the_others_in_its_call():
    x = keras.Input((3,), name="x")
    one, other = Two(name="two")(x)
    data = {"targets": numbers(2, 3), "loss": total}

    both = run_of(keras.Model(x, one + other), numbers(2, 3), **data)
    single = run_of(keras.Model(x, other + 0), numbers(2, 3), **data)

    gradients = both.gradients.of_tensors
    assert (gradients["two", 0].array == 1).all()
    assert (gradients["two", 1].array == 1).all()
    assert (gradients["x", 0].array == 8).all()
    assert single.gradients.of_tensors["two", 0] is None


def test_the_state_of_a_recurrent_layer_that_nobody_reads_has_no_gradient():
    x = keras.Input((5, 3), name="x")
    sequence, _ = layers.GRU(4, return_sequences=True, return_state=True, name="gru")(x)
    model = keras.Model(x, layers.Dense(1)(sequence))

    found = run_of(model, numbers(2, 5, 3), targets=numbers(2, 5, 1), loss="mse")

    assert found.gradients.of_tensors["gru", 1] is None
    assert found.gradients.of_tensors["gru", 0].norm > 0


@pytest.mark.parametrize("memory", [2**30, 0])
@pytest.mark.parametrize("loss", ["sparse_", ""])
def test_probabilities_have_the_gradient_of_the_definition(loss, memory):
    i, x = keras.Input((4,), name="i"), keras.Input((3,), name="x")
    inner = keras.Model(i, layers.Softmax(name="soft")(i), name="inner")
    model = keras.Model(x, inner(layers.Dense(4, name="dense")(x)))
    classes = np.array([1, 3])
    one_hot = np.eye(4, dtype="float32")[classes]

    run = run_of(
        model,
        numbers(2, 3),
        targets=classes if loss else one_hot,
        loss=f"{loss}categorical_crossentropy",
        memory=memory,
    )

    wanted = -one_hot / run.outputs / 2
    for path in ("inner", "inner/soft"):
        gradient = run.gradients.of_tensors[path, 0]
        assert np.allclose(gradient.array, wanted, rtol=1e-4, atol=1e-6)
    dense = run.gradients.of_tensors["dense", 0].array
    assert np.allclose(dense, (run.outputs - one_hot) / 2, atol=1e-6)
    assert any("computed beside the others" in note for note in run.notes)


def test_the_gradient_of_a_sigmoid_is_that_of_the_definition():
    x = keras.Input((3,), name="x")
    model = keras.Model(x, layers.Dense(1, activation="sigmoid", name="p")(x))
    y = np.array([[1.0], [0.0]])

    run = run_of(model, numbers(2, 3), targets=y, loss="binary_crossentropy")

    p = run.outputs
    wanted = (-y / p + (1 - y) / (1 - p)) / 2
    assert np.allclose(run.gradients.of_tensors["p", 0].array, wanted, rtol=1e-4)


def test_another_loss_of_probabilities_is_not_counted_twice():
    x = keras.Input((3,), name="x")
    model = keras.Model(x, layers.Softmax(name="soft")(x))
    y = numbers(2, 3)

    run = run_of(model, numbers(2, 3), targets=y, loss="mse")

    wanted = 2 * (run.outputs - y) / 6
    assert np.allclose(run.gradients.of_tensors["soft", 0].array, wanted, atol=1e-6)
    assert not run.notes


def test_a_layer_that_assigns_its_own_weight_is_told():
    x = keras.Input((3,), name="x")
    norm = layers.SpectralNormalization(layers.Dense(3), name="spectral")
    model = keras.Model(x, norm(x))

    run = run_of(model, numbers(2, 3), targets=numbers(2, 3), loss="mse", training=True)

    assert "'spectral' gives new numbers to its own weight 'kernel'" in run.notes[0]


def test_a_loss_that_no_gradient_leaves_is_told():
    x = keras.Input((3,), name="x")
    model = keras.Model(x, layers.Dense(2, name="end")(x))

    def loss(targets, outputs):
        return tf.constant(np.mean(np.asarray(outputs - targets) ** 2))

    run = run_of(model, numbers(2, 3), targets=numbers(2, 2), loss=loss)

    assert "No gradient leaves the loss of 'end'" in run.notes[0]
    assert "keras.ops" in run.notes[0]
