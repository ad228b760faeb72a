"""Protocol R: other weights and inputs, and nothing of it stays in the model."""

from __future__ import annotations

import keras
import numpy as np
import pytest
from keras import Input, Model, Sequential, layers, ops

from teachkit.errors import ModelError
from teachkit.keras_reader import record_model
from teachkit.keras_runner.probe import DRAWS, Probe
from tests.models import ZOO, build

NOT_RUN = {"two_arguments", "unbuilt_sequential"}


def chain():
    x = Input((4,))
    return Model(x, layers.Dense(3, name="out")(layers.Dense(5, "relu")(x)))


def sequential():
    return Sequential([Input((4,)), layers.Dense(5, "relu"), layers.Dense(3)])


def nested():
    x = Input((4,))
    return Model(x, layers.Dense(3)(sequential()(x)))


class Custom(keras.Model):
    """Follows its input through code of its own."""

    def __init__(self):
        super().__init__()
        self.dense = layers.Dense(3)

    def call(self, x):
        return self.dense(x) * 2


class Opaque(keras.Model):
    """Decides by numbers, so that nobody can follow it."""

    def __init__(self):
        super().__init__()
        self.dense = layers.Dense(3)

    def build(self, shape):
        self.dense.build(shape)

    def call(self, x):
        y = self.dense(x)
        try:
            big = bool(ops.convert_to_numpy(ops.max(y)) > 0)
        except (TypeError, ValueError):
            big = True
        return y if big else -y

    def compute_output_shape(self, shape):
        return (*shape[:-1], 3)


def inside(kind):
    def made():
        x = Input((4,))
        return Model(x, kind()(x))

    return made


KINDS = {
    "functional": chain,
    "sequential": sequential,
    "nested": nested,
    "subclassed inside": inside(Custom),
    "closed inside": inside(Opaque),
}


@pytest.mark.parametrize("make", KINDS.values(), ids=KINDS)
def test_other_weights_give_other_numbers_and_nothing_stays(make):
    model = make()
    before = [ops.convert_to_numpy(v).copy() for v in model.variables]
    chance = np.random.get_state()[1].copy()
    probe = Probe(record_model(model))
    arrays = probe.inputs()
    runs = [probe.run(arrays, probe.weights(draw))[0] for draw in range(DRAWS)]
    own = probe.run(arrays)[0]
    np.testing.assert_allclose(own, model(next(iter(arrays.values()))), rtol=1e-5)
    for one in runs:
        assert np.abs(one - own).max() > 1e-3
    assert np.abs(runs[0] - runs[1]).max() > 1e-3
    for value, variable in zip(before, model.variables, strict=True):
        np.testing.assert_array_equal(value, ops.convert_to_numpy(variable))
    np.testing.assert_array_equal(chance, np.random.get_state()[1])


@pytest.mark.parametrize("name", sorted(set(ZOO) - NOT_RUN))
def test_each_model_of_the_zoo_can_be_probed(name):
    try:
        probe = Probe(record_model(build(name)))
        arrays = probe.inputs(length=8)
        once, again = (probe.run(arrays, probe.weights(0)) for _ in range(2))
    except ModelError as error:
        pytest.skip(f"does not run on random numbers: {error.found[:60]}")
    assert [a.shape for a in once] == [a.shape for a in again]


def test_a_frozen_copy_is_drawn_anew_too():
    model = sequential()
    twin = keras.models.clone_model(model)
    twin.set_weights(model.get_weights())
    twin.name, twin.trainable = "twin", False
    x = Input((4,))
    both = Model(x, [model(x), twin(x)])
    probe = Probe(record_model(both))
    own, copied = probe.run(probe.inputs())
    np.testing.assert_allclose(own, copied)
    own, copied = probe.run(probe.inputs(), probe.weights())
    assert np.abs(own - copied).max() > 1e-2


def test_statistics_stay_positive_and_constants_stay():
    x = Input((4,))
    scaled = layers.Normalization(mean=2.0, variance=4.0)(x)
    model = Model(x, layers.BatchNormalization()(scaled))
    probe = Probe(record_model(model))
    names = {variable.name: value for variable, value in probe.weights()}
    assert set(names) == {"gamma", "beta", "moving_mean", "moving_variance"}
    assert (names["moving_variance"] > 0).all()


def test_seeds_and_counts_are_not_drawn():
    x = Input((4,))
    model = Model(x, layers.Dropout(0.5, seed=1)(layers.Dense(2)(x)))
    probe = Probe(record_model(model))
    assert {v.name for v, _ in probe.weights()} == {"kernel", "bias"}


def test_whole_numbers_stay_below_the_rows_of_what_embeds_them():
    x = Input((7,), dtype="int32", name="word")
    model = Model(x, layers.Embedding(5, 2)(x))
    arrays = Probe(record_model(model)).inputs()
    assert arrays["word"].max() == 4
    told = Probe(record_model(model), {"word": 3}).inputs()
    assert told["word"].max() == 2


def test_open_axes_have_the_length_that_is_asked():
    x = Input((None, 3), name="steps")
    probe = Probe(record_model(Model(x, layers.LSTM(2)(x))))
    assert probe.inputs()["steps"].shape == (16, 6, 3)
    assert probe.inputs(length=9)["steps"].shape == (16, 9, 3)


def test_after_the_budget_one_draw_must_do():
    probe = Probe(record_model(chain()), budget=0.0)
    assert list(probe.draws()) == [0, 1, 2]
    probe.run(probe.inputs())
    assert list(probe.draws()) == [0]


def test_zeroed_weights_are_zero_whatever_was_drawn():
    model = chain()
    probe = Probe(record_model(model))
    last = {id(v) for v in model.get_layer("out").variables}
    found = probe.run(probe.inputs(), probe.zeroed(probe.weights(), last))[0]
    assert not found.any()


def test_doubled_scale_gives_larger_numbers():
    probe = Probe(record_model(chain()))
    arrays = probe.inputs()
    one, two = (probe.run(arrays, probe.weights(0, scale))[0] for scale in (1, 2))
    assert two.std() > 2 * one.std()


def test_a_failing_model_is_told_as_a_model_error():
    x = Input((3,), dtype="int32", name="word")
    model = Model(x, layers.Embedding(2, 4)(x))
    probe = Probe(record_model(model), {"word": 9})
    with pytest.raises(ModelError, match="fails when it is run"):
        probe.run(probe.inputs())
