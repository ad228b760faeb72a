"""Subclassed models are followed through their `call`, and put back as they were."""

from __future__ import annotations

import keras
import numpy as np
import pytest
from keras import layers, ops

import teachkit as tk
from teachkit.keras_reader.tracing import reason_of
from tests.zoo.subclassed import ROWS, Perceptron, WithTraining


def notices(graph):
    return [notice.code for notice in graph.notices]


def operations(graph):
    return [call.id for call in graph.calls if call.kind == "operation"]


class Follows(keras.Model):
    """A model that does with its arguments what it is told to."""

    def __init__(self, does, **options):
        super().__init__(**options)
        self.does = does

    def call(self, inputs):
        return self.does(inputs)


class WithMask(keras.Model):
    """A model that must be told of a mask, and of whether it trains."""

    def call(self, inputs, mask, training):
        return inputs * 2 if mask is None and training is False else inputs


class Rest(keras.Model):
    """A model that takes any number of tensors."""

    def call(self, *tensors):
        return ops.add(*tensors)


class TestWhatIsFollowed:
    def test_it_says_so(self, zoo):
        (notice,) = zoo["subclassed"].graph.notices

        assert notice.code == "traced"
        assert "'perceptron' (Perceptron)" in notice.text
        assert "float32 is assumed" in notice.text

    def test_a_nested_one_knows_its_dtype(self, zoo):
        (notice,) = zoo["subclassed_nested"].graph.notices

        assert notice.calls == ("inner",)
        assert "float32" not in notice.text

    def test_operations_are_named_alike_whatever_was_made_in_between(self):
        model = Perceptron(name="model")
        model(ROWS)
        before = tk.read(model)
        ops.add(keras.KerasTensor((1,)), 1)
        ops.relu(keras.KerasTensor((1,)))

        assert operations(tk.read(model)) == operations(before) == ["add", "relu"]

    def test_a_model_called_in_the_same_way_is_followed_once(self):
        calls = []
        inner = Follows(lambda t: calls.append(1) or t * 2, name="inner")
        x = keras.Input((None, 4), name="x")
        y = keras.Input((3, 4), name="y")
        model = keras.Model([x, y], [inner(x), inner(y), inner(inner(x))])
        calls.clear()
        tk.read(model)

        # A second time Keras asks for shapes: those of the call with another length.
        assert len(calls) <= 2

    def test_arguments_without_a_default_are_filled_in(self):
        x = keras.Input((4,), name="x")
        graph = tk.read(
            keras.Model(x, WithMask(name="inner")(x, mask=None, training=False))
        )

        assert operations(graph.call("inner").nested) == ["multiply"]

    def test_the_way_of_training_is_the_one_of_the_call(self):
        x = keras.Input((4,), name="x")
        graph = tk.read(
            keras.Model(x, WithMask(name="inner")(x, mask=None, training=True))
        )

        assert operations(graph.call("inner").nested) == []

    def test_any_number_of_tensors_is_taken(self):
        x = keras.Input((4,), name="x")
        y = keras.Input((4,), name="y")
        graph = tk.read(keras.Model([x, y], Rest(name="rest")(x, y)))
        inner = graph.call("rest").nested

        assert [t.port for t in graph.incoming("rest")] == ["tensors[0]", "tensors[1]"]
        assert [end.path for end in inner.inputs] == ["[0]", "[1]"]

    def test_floats_are_cast_as_the_model_casts_them(self):
        x = keras.Input((4,), name="x", dtype="float64")
        inner = Follows(lambda t: t * 2, name="inner", dtype="float16")
        nested = tk.read(keras.Model(x, inner(x))).call("inner").nested

        assert [call.outputs[0].dtype for call in nested.calls] == ["float16"] * 2

    def test_an_explicit_training_is_no_mistake_in_it(self, zoo):
        assert notices(zoo["training_argument"].graph) == ["traced"]

    def test_weights_of_its_own_are_constants_that_nobody_is_warned_of(self):
        model = OwnWeight(name="own")
        model(ROWS)
        graph = tk.read(model)

        assert [c.id for c in graph.calls] == ["inputs", "variable", "multiply"]
        assert graph.call("variable").config["weight"] == graph.weights[0].id
        assert notices(graph) == ["traced"]

    def test_a_loaded_one_is_followed_too(self, tmp_path):
        keras.saving.register_keras_serializable("tests")(Perceptron)
        model = Perceptron(name="perceptron")
        model(ROWS)
        model.save(tmp_path / "model.keras")

        assert tk.read(tmp_path / "model.keras").tensors == tk.read(model).tensors

    def test_another_value_is_another_way(self):
        x = keras.Input((4,), name="x")
        inner = Times(name="inner")
        ends = [inner(x, factor=factor) for factor in (1, 2, 3, 2)]
        graph = tk.read(keras.Model(x, ends))
        words = [call.nested.calls[1].arguments for call in graph.calls[2:]]

        assert words == [("x2=2",), ("x2=3",), ("x2=2",)]

    def test_a_mask_that_keras_passes_along_makes_no_difference(self):
        token = keras.Input((5,), dtype="int32", name="token")
        h = layers.Embedding(9, 4, mask_zero=True, name="embedding")(token)
        plain = keras.Input((5, 4), name="plain")
        inner = Times(name="inner")
        graph = tk.read(keras.Model([token, plain], [inner(h), inner(plain)]))
        nested = [graph.call(name).nested for name in ("inner", "inner:2")]

        assert [t.port for t in graph.incoming("inner")] == ["inputs", "mask"]
        assert [[c.id for c in one.calls] for one in nested] == [
            ["inputs", "dense"]
        ] * 2
        assert [one.calls for one in graph.layers if one.name == "dense"] == [
            ("inner/dense",)
        ]

    def test_arguments_are_those_of_its_build(self):
        model = Built(name="built")
        model(np.ones((2, 3)), np.ones((2, 4)))
        graph = tk.read(model)

        assert [(c.id, c.outputs[0].shape) for c in graph.calls[:2]] == [
            ("right", (None, 4)),
            ("left", (None, 3)),
        ]

    def test_training_inside_is_no_mistake_of_its_author(self):
        x = keras.Input((4,), name="x")
        graph = tk.read(keras.Model(x, WithTraining(name="inner")(x, training=True)))

        assert notices(graph) == ["traced", "explicit-training"]
        assert graph.call("inner/drop").arguments == ("training=True",)


class Times(keras.Model):
    """A model with a plain value and a mask among its arguments."""

    def __init__(self, **options):
        super().__init__(**options)
        self.supports_masking = True
        self.dense = layers.Dense(4, name="dense")

    def call(self, inputs, factor=1, mask=None):
        if mask is not None:
            inputs = ops.where(mask[..., None], inputs, 0.0)
        return self.dense(inputs) if factor == 1 else inputs * factor


class Built(keras.Model):
    """A model whose `build` names its arguments in another order than its `call`."""

    def build(self, right_shape, left_shape):
        """Have nothing to build."""

    def call(self, left, right):
        return ops.concatenate([left, right], axis=-1)


class OwnWeight(keras.Model):
    """A model with a weight that no layer has."""

    def build(self, input_shape):
        self.factor = self.add_weight(shape=(input_shape[-1],), name="factor")

    def call(self, inputs):
        return inputs * self.factor


class TestWhatStaysClosed:
    def test_its_call_is_not_tried_again_and_again(self):
        calls = []
        model = Follows(lambda t: calls.append(1) or np.ones(3), name="model")
        model.built = True
        model._build_shapes_dict = {"input_shape": (None, 4)}  # noqa: SLF001 - as built
        tk.read(model)

        # To follow it, and to ask for the shape of its output.
        assert len(calls) == 2

    @pytest.mark.parametrize(
        ("does", "reason"),
        [
            (lambda t: 3, "something else than tensors"),
            (lambda t: [t, None], "something else than tensors"),
            (lambda t: [], "something else than tensors"),
            (lambda t: 1 / 0, "ZeroDivisionError: division by zero"),
            (lambda t: np.ones(3), "something else than tensors"),
        ],
    )
    def test_it_tells_why(self, does, reason):
        model = Follows(does, name="model")
        model.built = True
        model._build_shapes_dict = {"input_shape": (None, 4)}  # noqa: SLF001 - as built
        graph = tk.read(model)

        assert notices(graph) == ["opaque"]
        assert reason in graph.notices[0].text

    def test_one_that_needs_numbers_is_a_box_of_its_name(self, zoo):
        graph = zoo["untraceable"].graph

        assert [call.id for call in graph.calls] == ["inputs", "branching"]
        assert "needs numbers" in graph.notices[0].text

    def test_a_nested_one_tells_the_error_of_keras_in_one_sentence(self, zoo):
        (notice,) = zoo["untraceable_nested"].graph.notices

        assert notice.text.endswith("cannot be used as input to a TensorFlow function.")

    def test_an_argument_whose_shape_keras_forgot_is_named(self, zoo):
        (notice,) = zoo["two_arguments"].graph.notices

        assert "argument 'right'" in notice.text


class TestReasons:
    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("plain", "ValueError: plain"),
            ("first. second", "ValueError: first"),
            ("", "ValueError"),
            ("\x1b[1mbold.\x1b[0m", "ValueError: bold"),
            (
                "Exception encountered when calling X.\n\n\x1b[1mwhy\x1b[0m\n\nmore",
                "ValueError: why",
            ),
            ("Could not infer.\nError encountered:\n\nwhy", "ValueError: why"),
        ],
    )
    def test_what_keras_wraps_around_is_left_out(self, text, reason):
        assert reason_of(ValueError(text)) == reason
