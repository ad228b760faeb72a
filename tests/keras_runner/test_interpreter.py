from __future__ import annotations

import random

import keras
import numpy as np
import pytest
import tensorflow as tf
from keras import layers, ops

from teachkit.errors import ModelError, WrongValueError
from tests.keras_runner.tracing import (
    CANNOT_RUN,
    called,
    data_for,
    largest_difference,
    numbers,
    run_of,
    state_of,
    sum_error,
)
from tests.models import ZOO, build

KERAS_IS_WRONG = {"attention_by_keyword"}
"""The shape that Keras says of the scores of an attention is that of other keys."""


@pytest.mark.parametrize("training", [None, True])
@pytest.mark.parametrize("name", sorted(set(ZOO) - CANNOT_RUN))
def test_the_numbers_are_those_of_the_model_and_nothing_is_left_behind(name, training):
    model = build(name)
    data = data_for(name, model)
    before, chance = state_of(model), random.getstate()

    run = run_of(model, data, training=training)

    assert state_of(model) == before
    assert random.getstate() == chance
    assert largest_difference(run.outputs, called(name, model, data, training)) == 0


@pytest.mark.parametrize("name", sorted(set(ZOO) - CANNOT_RUN))
def test_every_call_of_the_graph_has_a_value_of_its_shape(name):
    model = build(name)

    run = run_of(model, data_for(name, model))

    assert {call.id for call in run.graph.calls} <= set(run.paths)
    for step in run.steps:
        for spec, value in zip(step.call.outputs, step.outputs, strict=False):
            if spec.shape is not None and not fits(value.array.shape, spec.shape):
                assert name in KERAS_IS_WRONG
                assert f"'{value.name}'" in run.notes[0]
            elif spec.shape is not None:
                assert value.dtype == spec.dtype


def fits(shape, wanted):
    return len(shape) == len(wanted) and all(
        length in (None, found) for found, length in zip(shape, wanted, strict=True)
    )


def test_values_are_those_of_a_model_cut_out_at_the_same_place():
    x = keras.Input((4,), name="x")
    dense = layers.Dense(4, activation="tanh", name="dense")
    first = dense(x)
    inner = keras.Model(x, layers.ReLU(name="relu")(first), name="inner")
    second = dense(inner(first))
    model = keras.Model(x, layers.Dense(1, name="end")(second))
    rows = numbers(3, 4)

    run = run_of(model, rows)

    kernel, bias = (v.numpy() for v in dense.variables)
    one = np.tanh(rows @ kernel + bias)
    two = np.tanh(one @ kernel + bias)
    three = np.tanh(np.maximum(two, 0) @ kernel + bias)
    wanted = {"dense": one, "inner/dense": two, "inner": np.maximum(two, 0)}
    for path, array in {**wanted, "dense:2": three}.items():
        assert np.allclose(run[path], array, atol=1e-6)


def test_a_shared_dropout_draws_in_the_order_of_keras():
    x, y = keras.Input((50,), name="x"), keras.Input((50,), name="y")
    drop = layers.Dropout(0.5, seed=1, name="drop")
    late = layers.ReLU()(drop(layers.ReLU()(layers.ReLU()(x))))
    model = keras.Model([x, y], [drop(y), late, drop(late)])
    data = [np.ones((2, 50), "float32")] * 2

    run = run_of(model, data, training=True)

    assert largest_difference(run.outputs, model(data, training=True)) == 0
    assert run["drop"].min() == 0


def test_a_recorded_training_argument_is_kept_or_overridden_as_keras_does():
    x = keras.Input((200,), name="x")
    drop = layers.Dropout(0.5, name="drop")(x, training=True)
    model = keras.Model(x, layers.Dropout(0.5, name="after")(drop))
    ones = np.ones((1, 200), "float32")

    zeros = {
        training: run_of(model, ones, training=training).value("drop").summary.zeros
        for training in (None, False, True)
    }

    assert 0.3 < zeros[None] < 0.7
    assert zeros[False] == 0
    assert 0.3 < zeros[True] < 0.7


def test_statistics_and_seeds_do_not_move_in_training():
    x = keras.Input((3,), name="x")
    normal = layers.BatchNormalization(name="normal")
    model = keras.Model(x, layers.Dropout(0.5)(normal(normal(x))))
    rows = numbers(8, 3) * 5
    before = state_of(model)

    one, again = (run_of(model, rows, training=True) for _ in range(2))

    assert state_of(model) == before
    assert (one.outputs == again.outputs).all()
    assert abs(one["normal"].mean()) < 1e-5


def test_hidden_masks_are_passed_along():
    words = keras.Input((5,), dtype="int32", name="words")
    read = layers.Embedding(9, 4, mask_zero=True, name="read")(words)
    seen = layers.MultiHeadAttention(1, 4, name="seen")(read, read)
    model = keras.Model(words, layers.LSTM(3, name="sum")(seen))
    ids = np.array([[1, 2, 0, 0, 0], [3, 0, 0, 0, 0]])

    run = run_of(model, ids)

    assert largest_difference(run.outputs, model(ids)) == 0
    assert [step.path for step in run.steps] == ["words", "read", "seen", "sum"]


class Branching(keras.Model):
    """A model that takes another way in training."""

    def __init__(self, **options):
        super().__init__(**options)
        self.dense = layers.Dense(4, name="dense")
        self.counted = 0

    def call(self, inputs, training=None):
        self.counted += 1
        found = self.dense(inputs)
        return self.dense(found) if training else found


def test_a_model_that_takes_another_way_than_was_read_is_one_call():
    x = keras.Input((4,), name="x")
    inner = Branching(name="inner")
    model = keras.Model(x, layers.ReLU(name="relu")(inner(x)))
    rows = numbers(2, 4)

    open_run = run_of(model, rows)
    closed = run_of(model, rows, training=True)

    assert [step.path for step in open_run.steps] == [
        "x",
        "inner",
        "inner/inputs",
        "inner/dense",
        "relu",
    ]
    assert [step.path for step in closed.steps] == ["x", "inner", "relu"]
    assert "'inner' ran as one call" in closed.notes[0]
    assert largest_difference(closed.outputs, model(rows, training=True)) == 0


def test_a_whole_model_that_takes_another_way_is_told_too():
    model = Branching(name="whole")
    rows = numbers(2, 4)
    model(rows)
    counted = model.counted

    run = run_of(model, rows, training=True, targets=rows, loss="mse")

    assert model.counted == counted
    assert [step.path for step in run_of(model, rows, training=True).steps] == [
        "inputs"
    ]
    assert "The model ran as one call" in run.notes[0]
    assert largest_difference(run.outputs, model(rows, training=True)) == 0
    assert sum_error(run.gradients) < 1e-6


class Bypassing(keras.Model):
    """A Functional model whose own code never runs its graph."""

    def __init__(self, **options):
        x = keras.Input((4,), name="x")
        super().__init__(x, layers.Dense(4, name="dense")(x), **options)

    def call(self, inputs, training=None):
        return self.get_layer("dense")(inputs) * 2


def test_a_graph_that_never_runs_is_told():
    x = keras.Input((4,), name="x")
    inner = Bypassing(name="inner")
    outer = keras.Model(x, layers.ReLU(name="relu")(inner(x)))
    rows = numbers(2, 4)

    for model, steps in ((inner, ["x"]), (outer, ["x", "inner", "relu"])):
        run = run_of(model, rows, targets=rows, loss="mse")

        assert [step.path for step in run.steps] == steps
        assert "as one call" in run.notes[0]
        assert largest_difference(run.outputs, model(rows)) == 0
        assert sum_error(run.gradients) < 1e-6
        assert [s.path for s in run_of(model, rows).steps] == steps


def test_a_model_inside_a_wrapper_is_not_taken_for_a_call_of_its_own():
    i = keras.Input((4,), name="i")
    inner = keras.Model(i, layers.Dense(2, name="dense")(i), name="inner")
    x = keras.Input((3, 4), name="x")
    each = layers.TimeDistributed(inner, name="each")(x)
    model = keras.Model(x, [each, inner(x[:, 0])])
    rows = numbers(2, 3, 4)

    run = run_of(model, rows)

    assert largest_difference(run.outputs, model(rows)) == 0
    assert run["inner/i"].shape == (2, 4)
    assert "each/dense" not in run.paths


def test_an_error_names_the_innermost_call_and_what_it_reads():
    def odd(x):
        return ops.reshape(x, (7, -1)) if hasattr(x, "numpy") else x

    i = keras.Input((4,), name="i")
    inner = keras.Model(i, layers.Lambda(odd, name="odd")(i), name="inner")
    x = keras.Input((4,), name="x")
    model = keras.Model(x, inner(x), name="whole")

    with pytest.raises(ModelError) as error:
        run_of(model, numbers(2, 4))

    assert "call 'inner/odd' of 'whole', which reads (2, 4), fails" in str(error.value)
    assert "function_node" not in str(error.value)


def test_hooks_are_gone_after_an_error_too():
    model = build("siamese")
    with pytest.raises(ModelError):
        run_of(
            keras.Model(model.inputs, layers.Lambda(_failing)(model.outputs[0])),
            data_for("siamese", model),
        )

    hooked = [k for one in _all_layers(model) for k in vars(one) if "run_through" in k]
    assert hooked == []


def _failing(x):
    if hasattr(x, "numpy"):
        raise RuntimeError("no")
    return x


def _all_layers(model):
    found = [model]
    for one in found:
        found += [layer for layer in getattr(one, "layers", ()) if layer not in found]
    return found


def test_ids_that_an_embedding_has_no_row_for_are_told_with_its_name():
    ids = keras.Input((3,), dtype="int32", name="ids")
    model = keras.Model(ids, layers.Embedding(10, 4, name="words")(ids))

    with pytest.raises(WrongValueError, match=r"Embedding 'words'.*10\.\n.*id 10\."):
        run_of(model, [[1, 2, 10]])


def test_a_negative_id_is_noted():
    ids = keras.Input((3,), dtype="int32", name="ids")
    model = keras.Model(ids, layers.Embedding(10, 4, name="words")(ids))

    run = run_of(model, np.array([[1, 2, -1]]))

    assert largest_difference(run.outputs, model(np.array([[1, 2, -1]]))) == 0
    assert "id -1" in run.notes[0]


def test_mixed_precision_gives_the_numbers_of_the_model():
    x = keras.Input((4,), name="x")
    dense = layers.Dense(4, dtype="mixed_bfloat16", name="half")
    i = keras.Input((4,), name="i")
    inner = keras.Model(i, dense(i), name="inner")
    model = keras.Model(x, layers.Dense(2, dtype="float32")(inner(dense(x))))
    rows = numbers(3, 4)

    run = run_of(model, rows)

    assert largest_difference(run.outputs, model(rows)) == 0
    assert run.value("half").dtype == "bfloat16"
    assert run.value("half").summary.not_finite == 0


class MaybeAdd(layers.Layer):
    """Adds what may be left out."""

    def call(self, one, other=None):
        return one if other is None else one + other

    def compute_output_spec(self, one, other=None):
        return keras.KerasTensor(one.shape, one.dtype)


def test_an_input_that_may_be_left_out():
    x = keras.Input((3,), name="x")
    more = keras.Input((3,), name="more", optional=True)
    model = keras.Model([x, more], MaybeAdd(name="sum")(x, more))
    rows = numbers(2, 3)

    without, both = run_of(model, [rows, None]), run_of(model, [rows, rows])

    assert (without.outputs == rows).all()
    assert [step.path for step in without.steps] == ["x", "sum"]
    assert (both.outputs == 2 * rows).all()
    with pytest.raises(WrongValueError, match="an input: 'x'"):
        without.shuffle("more")


def spectral():
    x = keras.Input((4,), name="x")
    shared = layers.SpectralNormalization(layers.Dense(4), name="shared")
    return keras.Model(x, shared(shared(x))), numbers(3, 4)


def noisy():
    x = keras.Input((20,), name="x")
    h = layers.GaussianDropout(0.3)(layers.GaussianNoise(0.5)(x))
    return keras.Model(x, layers.AlphaDropout(0.3)(h)), numbers(3, 20)


def augmented():
    x = keras.Input((6, 6, 3), name="x")
    h = layers.RandomRotation(0.2)(layers.RandomFlip()(x))
    return keras.Model(x, layers.RandomTranslation(0.2, 0.2)(h)), numbers(3, 6, 6, 3)


def with_states():
    x = keras.Input(batch_shape=(3, 5, 2), name="x")
    lstm = layers.LSTM(2, stateful=True, dropout=0.2, recurrent_dropout=0.2)
    return keras.Model(x, lstm(x)), numbers(3, 5, 2)


def causal():
    x = keras.Input((5, 4), name="x")
    seen = layers.MultiHeadAttention(2, 4, dropout=0.2)
    return keras.Model(x, seen(x, x, use_causal_mask=True)), numbers(3, 5, 4)


@pytest.mark.parametrize("training", [None, True])
@pytest.mark.parametrize("made", [spectral, noisy, augmented, with_states, causal])
def test_what_is_random_or_has_states_gives_the_same(made, training):
    model, rows = made()
    before = state_of(model)

    values = run_of(model, rows, training=training)
    with_loss = run_of(
        model, rows, training=training, targets=values.outputs, loss="mse"
    )

    assert state_of(model) == before
    assert largest_difference(values.outputs, with_loss.outputs) == 0
    options = {} if training is None else {"training": training}
    assert largest_difference(values.outputs, model(rows, **options)) == 0


class Skip(keras.Model):
    """Reads a tensor twice."""

    def __init__(self):
        super().__init__(name="skip")
        self.a = layers.Dense(3, name="a")
        self.b = layers.Dense(3, name="b")

    def call(self, x):
        h = self.a(x)
        return h + self.b(h)


class Drop(keras.Model):
    """Drops out in training only."""

    def __init__(self):
        super().__init__(name="drop")
        self.dense = layers.Dense(3, name="dense")
        self.random = layers.Dropout(0.5, seed=1, name="random")

    def call(self, x, training=False):
        return self.random(self.dense(x), training=training)


class Fork(keras.Model):
    """Takes another way where the sum of its input is small."""

    def __init__(self):
        super().__init__(name="fork")
        self.dense = layers.Dense(3, name="dense")

    def call(self, x):
        h = self.dense(x)
        known = tf.executing_eagerly() and not isinstance(x, keras.KerasTensor)
        if known and float(ops.sum(x)) < 1:
            return h * 2
        return h + 0


def called_once(model):
    model(numbers(2, 3))
    return model


def test_numbers_inside_a_subclassed_model_are_replaced():
    model, rows = called_once(Skip()), numbers(2, 3)

    change = run_of(model, rows).replace("a", np.zeros((2, 3)))

    assert change.outputs_moved
    assert (change.after["a"] == 0).all()
    assert (change.after.outputs == model.b(np.zeros((2, 3))).numpy()).all()
    assert not change.after.notes


def test_an_edge_inside_a_nested_subclassed_model_is_cut():
    x = keras.Input((3,), name="x")
    model = keras.Model(x, layers.ReLU(name="relu")(called_once(Skip())(x)))
    run = run_of(model, numbers(2, 3), targets=numbers(2, 3), loss="mse")
    assert "skip/a" in run.paths

    change = run.without("skip/a->skip/b")

    assert np.allclose(change.after["skip"], run["skip/a"] + model.layers[1].b.bias)
    assert sum_error(change.after.gradients) < 1e-6


def test_a_change_inside_a_model_that_then_takes_another_way_is_refused():
    x = keras.Input((3,), name="x")
    model = keras.Model(x, called_once(Fork())(layers.ReLU(name="relu")(x)))
    run = run_of(model, np.ones((2, 3)))
    assert "fork/dense" in run.paths

    closed = run.replace("relu", -np.ones((2, 3))).after
    inside = run.replace("fork/dense", np.ones((2, 3))).after

    assert "fork/dense" not in closed.paths
    with pytest.raises(WrongValueError, match="'fork', which takes another way"):
        inside.replace("relu", -np.ones((2, 3)))


def test_numbers_of_a_subclassed_model_come_again_in_training():
    model, rows = called_once(Drop()), numbers(2, 3)
    whole = run_of(model, rows, training=True)

    bounded = run_of(model, rows, training=True, memory=0)

    assert [step.path for step in bounded.steps][1:] == ["dense", "random"]
    for step in bounded.steps:
        assert (bounded[step.path] == whole[step.path]).all()


class Noise(layers.Layer):
    """Adds random numbers of NumPy or TensorFlow."""

    def __init__(self, draw, **others):
        super().__init__(**others)
        self.draw = draw

    def call(self, x):
        return x + ops.cast(ops.convert_to_tensor(self.draw()), x.dtype)

    def compute_output_spec(self, x):
        return keras.KerasTensor(x.shape, x.dtype)


def noisy(draw):
    x = keras.Input((3,), name="x")
    h = layers.ReLU(name="relu")(Noise(draw, name="noise")(x))
    return keras.Model(x, layers.Dense(2, name="dense")(h))


def test_random_numbers_of_numpy_are_the_same_in_each_run_and_are_not_used_up():
    options = {"targets": numbers(2, 2), "loss": "mse", "memory": 0}
    before = np.random.get_state()[2]

    run = run_of(noisy(lambda: np.random.normal(size=3)), numbers(2, 3), **options)
    change = run.without("relu->dense")

    assert run.value("noise").summary.mean == pytest.approx(run["noise"].mean())
    assert sum_error(run.gradients) < 1e-6
    assert {moved.path for moved in change.moved} == {"dense"}
    assert np.random.get_state()[2] == before
    assert not run.notes


def test_random_numbers_that_cannot_be_set_back_are_told():
    model = noisy(lambda: tf.random.normal((3,)))

    run = run_of(model, numbers(2, 3), targets=numbers(2, 2), loss="mse")
    change = run_of(model, numbers(2, 3)).without("relu->dense")

    assert "do not come out twice" in run.notes[0]
    assert "do not come out twice" in change.after.notes[0]


@pytest.mark.parametrize("dtype", ["int32", "int64", "float32"])
def test_an_id_is_told_as_it_was_given(dtype):
    x = keras.Input((2,), dtype=dtype, name="x")
    model = keras.Model(x, layers.Embedding(5, 3, name="read")(x))

    with pytest.raises(WrongValueError, match=r"'read'(?s:.*)the id 1000000000000"):
        run_of(model, [[1, 10**12]])


def test_an_input_that_may_be_left_out_may_be_missing_in_a_dict():
    x = keras.Input((3,), name="x")
    more = keras.Input((3,), name="more", optional=True)
    model = keras.Model([x, more], MaybeAdd(name="sum")(x, more))
    rows = numbers(2, 3)

    for given in ({"x": rows}, {"x": rows, "more": None}, [rows, None]):
        assert (run_of(model, given).outputs == rows).all()
    with pytest.raises(WrongValueError, match="nothing for 'x'"):
        run_of(model, {"more": rows})
