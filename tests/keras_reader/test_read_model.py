"""Whatever is handed in: a graph, or an error that says what to do."""

from __future__ import annotations

import warnings

import keras
import numpy as np
import pytest
from keras import layers

import teachkit as tk
from teachkit.errors import ModelError, WrongTypeError
from tests.models import build


class NoInit(keras.Model):
    """A model that forgets `super().__init__()`."""

    def __init__(self):
        """Forget it."""


class Broken(keras.Model):
    """A model that fails wherever one looks."""

    def __init__(self, **options):
        super().__init__(**options)
        self.built = True

    @property
    def weights(self):
        raise RuntimeError("weights are\nsecret")

    def call(self, inputs):
        return inputs


class Refusing(layers.Layer):
    """A layer that does not say what it is."""

    def call(self, inputs):
        return inputs

    def get_config(self):
        raise RuntimeError("no")


class Cautious(keras.Model):
    """A model that warns whenever it is called."""

    def call(self, inputs):
        warnings.warn("beware", stacklevel=2)
        return inputs * 2


class TestNoModel:
    @pytest.mark.parametrize(
        ("value", "found"),
        [
            (None, "None"),
            (3, "type int"),
            ([], "type list"),
            (layers.Dense(2, name="dense"), "the layer 'dense' (Dense)"),
            (keras.KerasTensor((None, 4)), "a tensor of shape (None, 4)"),
            (keras.Model, "the class Model itself"),
            (layers.Dense, "the class Dense itself"),
            (np.ones((2, 3)), "numbers of shape (2, 3) (ndarray)"),
            (keras.Variable([1.0]), "numbers of shape (1,)"),
            (lambda: None, "type function"),
            (b"model.keras", "type bytes"),
        ],
    )
    def test_it_is_refused_and_named(self, value, found):
        with pytest.raises(WrongTypeError) as caught:
            tk.read(value)

        assert found in caught.value.found
        assert "keras.Model(inputs, outputs)" in caught.value.action
        assert isinstance(caught.value, (tk.TeachkitError, TypeError))

    def test_a_list_of_models_is_refused(self, zoo):
        with pytest.raises(WrongTypeError):
            tk.read([zoo["chain"].model])

    def test_a_graph_is_returned_as_it_is(self, zoo):
        graph = zoo["chain"].graph

        assert tk.read(graph) is graph


class TestBrokenModels:
    @pytest.mark.parametrize(
        ("kind", "reason"), [(NoInit, ""), (Broken, "weights are")]
    )
    def test_what_its_code_says_is_told(self, kind, reason):
        with pytest.raises(ModelError) as caught:
            tk.read(kind())

        assert kind.__name__ in caught.value.found
        assert reason in caught.value.found
        assert "\n" not in caught.value.found

    def test_what_fails_in_keras_itself_is_for_us(self):
        model = build("chain")
        del vars(model)["_inputs_struct"]
        with pytest.raises(ModelError) as caught:
            tk.read(model)

        assert "tell the authors" in caught.value.action

    def test_a_layer_without_a_configuration_is_read_without(self):
        x = keras.Input((4,), name="x")
        graph = tk.read(keras.Model(x, Refusing(name="refusing")(x)))

        assert dict(graph.call("refusing").config) == {}

    def test_warnings_of_a_learners_code_are_not_shown(self):
        with pytest.warns(UserWarning, match="beware"):
            model = keras.Model(x := keras.Input((4,)), Cautious(name="inner")(x))

        assert tk.read(model).call("inner").nested is not None


class TestWhatStaysAsItWas:
    def test_a_scope_around_it_is_still_there_afterwards(self, zoo):
        model = zoo["siamese"].model  # is built here if it was not before
        with keras.StatelessScope() as scope:
            tk.read(model)
            keras.Variable("zeros", shape=(1,)).assign([5.0])

        assert len(scope.state_mapping) == 1

    def test_it_can_be_read_while_other_models_are_built(self):
        x = keras.Input((4,), name="x")
        h = layers.Dense(4, name="one")(x)
        tk.read(keras.Model(x, h))
        end = layers.Dense(2, name="two")(h)

        assert len(tk.read(keras.Model(x, end)).calls) == 3
