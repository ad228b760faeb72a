"""Which way a model is opened, and those that cannot be yet."""

from __future__ import annotations

import keras
import pytest
from keras import layers

import teachkit as tk
from tests.zoo.subclassed import Branching, Perceptron


class TestUnbuilt:
    @pytest.mark.parametrize("kind", [Perceptron, Branching])
    def test_a_subclassed_model_that_was_never_called_is_refused(self, kind):
        with pytest.raises(tk.TeachkitError) as caught:
            tk.read(kind(name="early"))

        assert "'early'" in caught.value.found
        assert "never been called" in caught.value.found
        assert "model(x)" in caught.value.action

    def test_an_empty_sequential_model_is_refused(self):
        with pytest.raises(tk.TeachkitError, match="Sequential model 'nothing'"):
            tk.read(keras.Sequential(name="nothing"))

    def test_a_sequential_model_of_an_input_alone_is_refused(self):
        with pytest.raises(tk.TeachkitError, match="Sequential model 'alone'"):
            tk.read(keras.Sequential([keras.Input((4,))], name="alone"))


class TestInsideAnUnbuiltSequential:
    """Its layers get no tensor, and so its models none either."""

    def read(self, inner):
        model = keras.Sequential([layers.ReLU(name="relu"), inner], name="outer")
        return tk.read(model)

    def closed(self, inner):
        notices = {n.code: n.text for n in self.read(inner).notices}
        return notices.get("opaque", "")

    def test_a_subclassed_model_says_that_it_was_not_called(self):
        assert "it has never been called" in self.closed(Perceptron(name="inner"))

    def test_an_empty_sequential_model_says_so(self):
        assert "it has no layers yet" in self.closed(keras.Sequential(name="inner"))

    def test_a_sequential_model_is_a_chain_again(self):
        inner = keras.Sequential([layers.Dense(2, name="dense")], name="inner")
        graph = self.read(inner)

        assert [c.id for c in graph.call("inner").nested.calls] == ["dense"]

    def test_a_subclassed_model_that_was_called_is_followed(self, zoo):
        graph = self.read(zoo["subclassed"].model)

        assert graph.call("perceptron/second").outputs[0].shape == (None, 2)

    def test_a_functional_model_keeps_the_shapes_of_its_own(self, zoo):
        graph = self.read(zoo["siamese"].model.layers[2])

        assert graph.call("encoder/image").outputs[0].shape == (None, None, None, 3)
