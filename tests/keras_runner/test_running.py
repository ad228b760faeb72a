from __future__ import annotations

import random

import keras
import numpy as np
import pytest
from keras import layers

from teachkit.errors import ModelError
from teachkit.keras_reader import record_model
from teachkit.keras_reader.internals import pending_variables, without_numbers
from teachkit.keras_runner.running import run
from tests.models import build

ROWS = np.ones((2, 4), "float32")


def test_outputs_are_named_by_their_path_in_the_order_of_their_author():
    x = keras.Input((4,), name="x")
    ends = {"z": layers.ReLU()(x), "a": [x, layers.Softmax()(x)]}

    found = run(record_model(keras.Model(x, ends)), {"x": ROWS})

    assert list(found) == ["['z']", "['a'][0]", "['a'][1]"]
    assert np.allclose(found["['a'][1]"], 0.25)


def test_it_runs_at_inference_whatever_a_call_says():
    x = keras.Input((4,), name="x")
    model = keras.Model(x, layers.Dropout(0.5)(x, training=True))

    assert (run(record_model(model), {"x": ROWS})[""] == 1).all()


def test_variables_have_the_values_that_are_given_and_keep_their_own():
    x = keras.Input((4,), name="x")
    dense = layers.Dense(1, use_bias=False, kernel_initializer="zeros")
    recording = record_model(keras.Model(x, dense(x)))

    found = run(recording, {"x": ROWS}, [(dense.kernel, np.ones((4, 1)))])

    assert (found[""] == 4).all()
    assert not dense.kernel.numpy().any()


def test_a_function_and_a_subclassed_model_run_too():
    x = keras.KerasTensor((None, 4), name="x")
    function = keras.Function(x, keras.ops.relu(x) * 3)
    model = build("list_input")

    assert (run(record_model(function), {"x": ROWS})[""] == 3).all()
    arrays = {"inputs[0]": ROWS, "inputs[1]": np.zeros((2, 3), "float32")}
    assert run(record_model(model), arrays)[""].tolist() == [[0] * 3 + [1] * 4] * 2


def test_code_that_counts_and_collects_leaves_no_trace():
    model = build("mutating")
    before = model.count, list(model.seen), len(model.weights), random.getstate()

    run(record_model(model), {"inputs": ROWS})

    after = model.count, list(model.seen), len(model.weights), random.getstate()
    assert after == before


def test_weights_of_other_dry_models_are_not_allocated():
    chain = record_model(build("chain"))
    with keras.StatelessScope(initialize_variables=False):
        waiting = layers.Dense(3)
        waiting.build((None, 4))

    run(chain, {"x": ROWS})

    assert without_numbers(waiting.kernel)
    pending_variables().clear()


def test_a_seed_that_nobody_chose_is_still_open_after_a_run():
    class Noise(layers.Layer):
        def call(self, x):
            return x + keras.random.normal((4,))

    x = keras.Input((4,), name="x")
    recording = record_model(keras.Model(x, Noise()(x)))

    def drawn(*, after_a_run):
        keras.utils.clear_session(free_memory=False)
        keras.utils.set_random_seed(3)
        if after_a_run:
            run(recording, {"x": ROWS})
        return [keras.random.normal((2,)).numpy().tolist() for _ in range(2)]

    assert drawn(after_a_run=True) == drawn(after_a_run=False)


def test_an_error_names_the_model():
    with pytest.raises(ModelError, match="'chain' fails when it is run"):
        run(record_model(build("chain")), {"x": np.ones((2, 7), "float32")})
