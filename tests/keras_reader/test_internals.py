"""Counters and lists of Keras are left as they were found."""

from __future__ import annotations

import contextlib

import keras
from keras import layers, ops

from teachkit.keras_reader import internals


class TestNames:
    def test_they_start_anew_inside_and_go_on_outside(self):
        first = layers.Dense(1).name
        with internals.names_kept():
            inside = [layers.Dense(1).name, layers.Dense(1).name]
        keras.utils.clear_session(free_memory=False)
        outside = layers.Dense(1).name

        assert first.startswith("dense")
        assert inside == ["dense", "dense_1"]
        assert outside == "dense"

    def test_they_go_on_after_an_error(self):
        keras.utils.clear_session(free_memory=False)
        layers.Dense(1)
        with contextlib.suppress(KeyError), internals.names_kept():
            layers.Dense(1)
            raise KeyError

        assert layers.Dense(1).name == "dense_1"

    def test_there_may_be_no_counters_yet(self):
        keras.utils.clear_session(free_memory=False)
        with internals.names_kept():
            layers.Dense(1)

        assert layers.Dense(1).name == "dense"


class TestTensors:
    def test_a_bare_tensor_is_known_by_itself(self):
        one, two = keras.KerasTensor((1,)), keras.KerasTensor((1,))

        assert internals.tensor_key(one) == internals.tensor_key(one)
        assert internals.tensor_key(one) != internals.tensor_key(two)
        assert internals.node_of(one) is None
        assert internals.originals_of(one) == []

    def test_outputs_of_one_call_have_keys_of_their_own(self):
        one, two = ops.split(keras.Input((4,)), 2, axis=-1)

        assert internals.tensor_key(one)[:2] == internals.tensor_key(two)[:2]
        assert internals.tensor_key(one) != internals.tensor_key(two)

    def test_a_copy_may_be_that_of_any_other_call(self):
        dense = layers.Dense(2)
        start = layers.ReLU()(keras.Input((2,)))
        one, two = dense(start), dense(start)
        (copy,) = keras.Model(start, two).outputs

        assert internals.originals_of(two) == []
        assert internals.originals_of(copy)[:2] == [one, two]


class TestSeeds:
    def test_a_generator_made_inside_is_forgotten(self):
        keras.utils.clear_session(free_memory=False)
        with (
            internals.seeds_kept(),
            keras.StatelessScope(initialize_variables=False),
        ):
            keras.random.normal((1,))
        internals.pending_variables().clear()
        one, two = (float(keras.random.normal((1,))[0]) for _ in range(2))

        assert one != two
