"""Training and inference, the form of a model, and what comes back from a file."""

from __future__ import annotations

import keras
import numpy as np
import pytest
from keras import Input, Model, Sequential, layers, ops

from teachkit.grading.predicates.kinds import (
    functional,
    one_route,
    plain_list,
    rewritten,
    sequential,
)
from teachkit.grading.predicates.modes import deterministic, drops, train_infer_differ
from teachkit.grading.predicates.saving import roundtrip
from tests.grading.subjects import subject


def chain(*between, last="softmax"):
    x = inputs = Input((6,))
    x = layers.Dense(8, activation="relu")(x)
    for layer in between:
        x = layer(x)
    x = layers.Dense(5, activation="relu")(x)
    return Model(inputs, layers.Dense(3, activation=last)(x))


@pytest.mark.parametrize(
    "layer",
    [layers.Dropout(0.2), layers.BatchNormalization(), layers.GaussianNoise(0.5)],
)
def test_layers_that_work_in_training_only_are_seen(layer):
    assert train_infer_differ(subject(chain(layer))) is None


@pytest.mark.parametrize("layer", [layers.Dropout(0.0), layers.LayerNormalization()])
def test_a_model_that_is_the_same_in_training_is_told(layer):
    finding = train_infer_differ(subject(chain(layer)))
    assert finding.misconception == "M32"


def test_training_leaves_the_model_as_it_was():
    model = chain(layers.BatchNormalization(), layers.Dropout(0.5))
    before = [np.asarray(variable.value).copy() for variable in model.variables]
    train_infer_differ(subject(model))
    deterministic(subject(model))
    after = [np.asarray(variable.value) for variable in model.variables]
    assert all(np.array_equal(a, b) for a, b in zip(before, after, strict=True))


def test_what_is_said_of_dropout_is_the_same_each_time():
    x = inputs = Input((6,))
    x = layers.Dense(3, activation="softmax")(x)
    model = Model(inputs, layers.Dropout(0.2)(x))
    wanted = chain(layers.Dropout(0.2))
    first = drops(subject(model, reference=wanted))
    model(np.ones((2, 6)), training=True)  # moves the seeds of the model
    assert drops(subject(model, reference=wanted)) == first
    assert "do not sum to 1" in first.so


class Always(keras.Layer):
    """Drops values whenever it is called."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.seeds = keras.random.SeedGenerator(3)

    def call(self, x):
        return keras.random.dropout(x, 0.5, seed=self.seeds)


def test_random_numbers_at_inference_are_seen():
    assert deterministic(subject(chain(layers.Dropout(0.2)))) is None
    finding = deterministic(subject(chain(Always())))
    assert "twice" in finding.see


def test_the_dropout_of_the_solution_is_demanded_where_it_stands():
    wanted = chain(layers.Dropout(0.2))
    x = inputs = Input((6,))
    x = layers.Dropout(rate=0.2)(layers.Dense(8)(x))
    x = ops.relu(layers.Dense(5)(ops.relu(x)))
    moved = Model(inputs, layers.Softmax()(layers.Dense(3)(x)))
    more = chain(layers.Dropout(0.2), layers.Dropout(0.1))
    for right in (wanted, moved, more):
        assert drops(subject(right, reference=wanted)) is None


def test_another_rate_or_another_place_of_dropout_is_told():
    wanted = chain(layers.Dropout(0.2))
    rate = drops(subject(chain(layers.Dropout(0.5)), reference=wanted))
    assert "50%" in rate.see
    assert "20%" in rate.so
    place = chain(layers.Dense(4), layers.Dropout(0.2))
    assert "behind 2 layers" in drops(subject(place, reference=wanted)).see
    assert "no Dropout" in drops(subject(chain(), reference=wanted)).see


def test_a_layer_that_is_missing_below_is_no_fault_of_dropout():
    x = inputs = Input((6,))
    x = layers.Dropout(0.2)(layers.Dense(8, activation="relu")(x))
    short = Model(inputs, layers.Dense(3, activation="softmax")(x))
    assert drops(subject(short, reference=chain(layers.Dropout(0.2)))) is None


def test_a_functional_model_is_no_list_and_no_class():
    as_list = Sequential([Input((4,)), layers.Dense(2)])

    class Own(Model):
        def __init__(self):
            super().__init__()
            self.dense = layers.Dense(2)

        def call(self, x):
            return self.dense(x)

    own = Own()
    own(np.ones((1, 4)))
    assert functional(subject(chain())) is None
    assert "Sequential" in functional(subject(as_list)).see
    assert "class" in functional(subject(own)).see
    assert sequential(subject(as_list)) is None
    assert "Functional" in sequential(subject(chain())).see


def test_a_list_with_a_graph_inside_is_no_plain_list():
    graph = Sequential([chain()])
    assert plain_list(subject(graph)).calls
    lists = Sequential([Input((4,)), Sequential([layers.Dense(2)])])
    assert plain_list(subject(lists)) is None


def test_a_model_with_the_given_layers_is_no_rewrite():
    given = chain()
    ours = subject(Model(given.inputs, given.outputs))
    ours.case.namespace["given"] = given
    assert "`given`" in rewritten(ours, original="given").see
    new = subject(chain())
    new.case.namespace["given"] = given
    assert rewritten(new, original="given") is None


def test_one_route_has_no_place_where_two_tensors_meet():
    x = Input((4,))
    two = Model(x, layers.Add()([layers.Dense(4)(x), x]))
    assert "joins" in one_route(subject(two)).see
    assert one_route(subject(chain())) is None


@keras.saving.register_keras_serializable(package="tests_grading")
class Power(keras.Layer):
    """Takes a power, and forgets which one if it is told to."""

    def __init__(self, power=1, honest=True, **kwargs):
        super().__init__(**kwargs)
        self.power, self.honest = power, honest

    def call(self, x):
        return x**self.power

    def get_config(self):
        own = {"power": self.power} if self.honest else {}
        return {**super().get_config(), **own}


class Unknown(keras.Layer):
    """Is registered nowhere."""

    def call(self, x):
        return x * 2


def test_a_model_that_comes_back_as_it_was_passes():
    dense = layers.Dense(6)
    x = Input((6,))
    shared = Model(x, dense(dense(x)))
    for model in (chain(layers.Dropout(0.1)), shared, chain(Power(2))):
        assert roundtrip(subject(model)) is None


def test_what_a_config_forgets_shows_in_the_numbers():
    finding = roundtrip(subject(chain(Power(3, honest=False))))
    assert "differs by" in finding.see
    assert "__init__" in finding.look
    assert roundtrip(subject(chain(Power(1, honest=False)))) is None


def test_a_class_that_nobody_registered_does_not_load():
    model = chain(Unknown())
    assert "fails" in roundtrip(subject(model)).see
    objects = keras.saving.get_custom_objects()
    objects["Unknown"] = Unknown
    try:
        assert "fails" in roundtrip(subject(model)).see
        assert objects["Unknown"] is Unknown
    finally:
        del objects["Unknown"]


def test_a_class_that_is_handed_over_loads():
    ours = subject(chain(Unknown()))
    ours.case.namespace["Unknown"] = Unknown
    assert roundtrip(ours, custom=["Unknown"]) is None


def test_a_lambda_does_not_load_in_safe_mode():
    finding = roundtrip(subject(chain(layers.Lambda(lambda t: t * 2))))
    assert "safe mode" in finding.see
    assert len(finding.see) < 500
