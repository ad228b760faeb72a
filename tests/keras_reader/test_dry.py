"""Dry models have shapes and no numbers, and leave nothing behind."""

from __future__ import annotations

import contextlib

import keras
import numpy as np
import pytest
from keras import layers

import teachkit as tk
from teachkit.keras_reader.internals import pending_variables, without_numbers


def huge():
    """A model of 411 million weights, which would take 1.6 GB."""
    pixels = keras.Input((224, 224, 128), name="pixels")
    flat = layers.Flatten(name="flat")(pixels)
    return keras.Model(pixels, layers.Dense(64, name="dense")(flat), name="huge")


def small():
    x = keras.Input((4,), name="x")
    return keras.Model(x, layers.Dense(2, name="dense")(x))


def allocated(model):
    return [not without_numbers(variable) for variable in model.weights]


@pytest.fixture(autouse=True)
def _nothing_waits():
    pending_variables().clear()
    yield
    pending_variables().clear()


class TestBuilding:
    def test_nothing_is_allocated_and_everything_is_known(self):
        with tk.dry():
            model = huge()
        graph = tk.read(model)

        assert allocated(model) == [False, False]
        assert pending_variables() == []
        assert graph.params == 411_041_856
        assert [notice.code for notice in graph.notices] == ["dry"]

    def test_a_later_scope_elsewhere_allocates_nothing(self):
        with tk.dry():
            model = huge()
        other = layers.Dense(1)
        other.build((None, 1))
        other.stateless_call(other.trainable_variables, [], np.ones((1, 1)))
        with keras.StatelessScope():
            pass

        assert allocated(model) == [False, False]

    def test_reading_inside_the_block_allocates_nothing(self):
        with tk.dry():
            model = small()
            tk.read(model)

        assert allocated(model) == [False, False]

    def test_after_the_block_models_have_numbers_again(self):
        with tk.dry():
            small()

        assert allocated(small()) == [True, True]

    def test_a_model_with_numbers_does_not_say_that_it_is_dry(self):
        assert tk.read(small()).notices == ()


class TestBlocks:
    def test_one_after_the_other(self):
        with tk.dry():
            first = small()
        with tk.dry():
            second = small()

        assert allocated(first) + allocated(second) == [False] * 4
        assert pending_variables() == []

    def test_one_in_the_other(self):
        with tk.dry():
            before = small()
            with tk.dry():
                inside = small()
            after = small()

        assert allocated(before) + allocated(inside) + allocated(after) == [False] * 6
        assert pending_variables() == []

    def test_an_error_inside_is_the_callers_and_leaves_nothing(self):
        with contextlib.suppress(KeyError), tk.dry():
            model = small()
            raise KeyError

        assert allocated(model) == [False, False]
        assert pending_variables() == []
        assert allocated(small()) == [True, True]

    def test_variables_that_waited_before_still_wait(self):
        with keras.StatelessScope(initialize_variables=False):
            earlier = keras.Variable("ones", shape=(2,))
        with tk.dry():
            small()

        assert pending_variables() == [earlier]
        with keras.StatelessScope():
            pass
        assert earlier.numpy().tolist() == [1.0, 1.0]

    def test_reading_does_not_allocate_what_waits(self):
        with keras.StatelessScope(initialize_variables=False):
            earlier = keras.Variable("ones", shape=(2,))
        i = keras.Input((None, 2), name="i")
        inner = keras.Model(i, layers.Lambda(lambda t: t * 2)(i), name="inner")
        x = keras.Input((3, 2), name="x")
        model = keras.Model(x, inner(x))
        pending_variables()[:] = [earlier]
        earlier._value = None  # noqa: SLF001 - building the model gave it its numbers
        tk.read(model)

        assert pending_variables() == [earlier]
        assert without_numbers(earlier)

    def test_chance_is_still_chance_afterwards(self):
        keras.utils.clear_session(free_memory=False)
        with tk.dry():
            x = keras.Input((4,), name="x")
            keras.Model(x, layers.Lambda(lambda t: t + keras.random.normal((4,)))(x))
        one, two = (float(keras.random.normal((1,))[0]) for _ in range(2))

        assert one != two
