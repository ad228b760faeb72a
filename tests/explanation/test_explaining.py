"""What `teachkit.explain` tells of real models: sums, proofs, notes, refusals."""

from __future__ import annotations

import keras
import numpy as np
import pytest
from keras import layers

import teachkit as tk
from tests.models import ZOO, build

NO_INPUT = {"unbuilt_sequential"}
UNKNOWN = {"untraceable", "untraceable_nested", "two_arguments"}
"""Models with code of their own that cannot be followed."""


def mlp():
    inputs = keras.Input((32,), name="inputs")
    hidden = layers.Dense(64, activation="relu", name="hidden")(inputs)
    hidden2 = layers.Dense(32, activation="relu", name="hidden2")(hidden)
    score = layers.Dense(1, activation="sigmoid", name="score")(hidden2)
    return keras.Model(inputs, score, name="running_example")


class TestRunningExample:
    def test_the_model_is_a_composition_of_its_calls(self):
        assert tk.explain(mlp()).formula.text == (
            "output = score(hidden2(hidden(inputs)))"
        )

    def test_parameters_are_arithmetic(self):
        found = tk.explain(mlp())

        assert found.params == 4225
        assert found.params_text == "2,112 + 2,080 + 33 = 4,225"
        assert found["hidden"].params_text.endswith("(32 + 1) × 64 = 2,112")

    def test_multiplications_and_memory_are_counted(self):
        found = tk.explain(mlp())

        assert found.macs == 32 * 64 + 64 * 32 + 32
        assert found.finding.memory.weights == 4 * 4225
        assert found.finding.memory.activations == 4 * (32 + 64 + 32 + 1)

    def test_numpy_agrees(self):
        found = tk.explain(mlp())

        assert found.verified is True
        assert found.max_error < 1e-5
        assert "NumPy agrees with Keras on 3 calls" in found.text

    def test_one_call_is_the_same_as_among_all(self):
        model = mlp()
        inputs = np.ones((2, 32), "float32")

        alone = tk.explain(model, "hidden2", inputs=inputs)
        assert alone.text == tk.explain(model, inputs=inputs)["hidden2"].text

    def test_the_same_model_gives_the_same_text(self):
        model = mlp()

        assert tk.explain(model).text == tk.explain(model).text


KERAS_IS_WRONG = {"attention_by_keyword": ["attention"]}
"""It tells the shape of the scores as that of query and query."""


class TestZoo:
    @pytest.mark.parametrize("name", [n for n in ZOO if n not in NO_INPUT | UNKNOWN])
    def test_every_call_of_a_model_agrees(self, name):
        found = tk.explain(build(name))

        wrong = [c.path for c in found.calls if c.verified is False]
        unknown = [
            c.path
            for c in found.calls
            if c.verified is None and c.finding.meaning is not None
        ]
        assert (wrong, unknown) == (KERAS_IS_WRONG.get(name, []), [])

    @pytest.mark.parametrize("name", sorted(UNKNOWN))
    def test_what_cannot_be_followed_is_said(self, name):
        assert "not known" in tk.explain(build(name)).text

    @pytest.mark.parametrize("name", [n for n in ZOO if n not in NO_INPUT])
    def test_parameters_are_those_of_the_graph(self, name):
        model = build(name)
        found, graph = tk.explain(model), tk.read(model)

        assert found.params == graph.params
        told = {c.path: c.params for c in found.calls if c.path in graph_ids(graph)}
        assert told == {call.id: call.params for call in graph.visible().calls}


def graph_ids(graph):
    return {call.id for call in graph.visible().calls}


class TestDry:
    def giant(self):
        with tk.dry():
            image = keras.Input((224, 224, 3), name="image")
            text = keras.Input((50,), name="text")
            x = layers.Flatten(name="flat")(layers.Dense(128, name="colours")(image))
            words = layers.Embedding(10000, 64, name="words")(text)
            joined = layers.Concatenate(name="joined")(
                [x, layers.LSTM(128, name="reader")(words)]
            )
            hidden = layers.Dense(64, activation="relu", name="hidden")(joined)
            return keras.Model(
                [image, text], layers.Dense(1, name="answer")(hidden), name="giant"
            )

    def test_the_giant_of_the_articles_is_explained_without_its_gigabytes(self):
        found = tk.explain(self.giant())

        assert found.params == 411_789_441
        assert found["hidden"].params_text.endswith(
            "(6,422,656 + 1) × 64 = 411,050,048"
        )
        assert found.verified is None
        assert "no numbers" in found.text
        assert "1.5 GiB" in found.text


class TestSmall:
    def test_one_neuron_is_computed_by_hand(self):
        inputs = keras.Input((2,), name="x")
        layer = layers.Dense(3, activation="relu", name="hidden")
        model = keras.Model(inputs, layer(inputs))
        kernel, bias = [[1, 2, -1], [0.5, 1, -2]], [0.1, 0, 1]
        layer.set_weights([np.array(kernel), np.array(bias)])

        told = tk.explain(model, "hidden", inputs=np.array([[2.0, 4.0]])).text

        assert "z_1 = 2 × 1 + 4 × 0.5 + 0.1 = 4.1" in told
        assert "y_1 = relu(4.1) = 4.1" in told.replace("relu (", "relu(")


class TestSharing:
    def test_a_second_call_says_whose_weights_it_has(self):
        found = tk.explain(build("shared_layer"))
        (second,) = [c for c in found.calls if c.finding.shared_with]

        assert "shared with" in second.params_text
        assert found.params < sum(c.params for c in found.calls)


class TestTraining:
    def nested(self, **call):
        inside = keras.Input((4,))
        h = layers.Dropout(0.3, name="drop")(layers.Dense(4)(inside))
        inner = keras.Model(
            inside, layers.BatchNormalization(name="norm")(h), name="inner"
        )
        outside = keras.Input((4,))
        return tk.explain(keras.Model(outside, inner(outside, **call)))

    def test_a_model_called_for_training_trains_inside(self):
        found = self.nested(training=True)

        assert found.verified is True
        assert "mean of x over axis 0" in found["inner/norm"].formula.text
        assert found["inner/norm"].training_formula is None

    def test_elsewhere_both_forms_are_told(self):
        found = self.nested()

        assert "moving mean" in found["inner/norm"].formula.text
        assert "mean of x over axis 0" in found["inner/norm"].training_formula.text


class TestCallsThatFail:
    def model(self):
        class Refuses(layers.Layer):
            def call(self, x):
                raise RuntimeError("not on this machine")

            def compute_output_shape(self, input_shape):
                return input_shape

        inputs = keras.Input((4,), name="inputs")
        h = layers.Dense(4, name="before")(inputs)
        h = Refuses(name="refuses")(h)
        return keras.Model(inputs, layers.Dense(4, name="after")(h))

    def test_those_before_are_checked(self):
        found = tk.explain(self.model())

        assert found["before"].verified is True
        assert found["after"].verified is None
        told = found.as_text(width=200)
        assert "The rest was not computed: call 'refuses'" in told
        assert "not on this machine" in told


class TestNumbersThatProveNothing:
    def test_agreeing_on_no_number_is_no_proof(self):
        found = tk.explain(mlp(), inputs=np.full((2, 32), np.nan))

        assert found.verified is None
        assert "Input 'inputs' has 64 of 64 numbers" in found.text
        assert "not computed: its numbers are not finite" in found["hidden"].text


class TestOpenLengths:
    def model(self):
        inputs = keras.Input((None, 3), name="steps")
        return keras.Model(inputs, layers.LSTM(2, name="lstm")(inputs))

    def test_multiplications_are_not_known(self):
        assert tk.explain(self.model()).macs is None

    def test_inputs_tell_them(self):
        found = tk.explain(self.model(), inputs=np.ones((2, 7, 3)))

        assert found.macs == 7 * (3 + 2) * 2 * 4


class TestNotes:
    def test_a_layer_on_a_constant_never_trains(self):
        assert "(rule 5)" in tk.explain(build("layer_on_a_constant")).text

    def test_explicit_training_is_overridden(self):
        assert "(rule 6)" in tk.explain(build("explicit_training")).text

    @pytest.mark.parametrize(("name", "rule"), [("sparsemax", 6), ("glu", 2)])
    def test_activations_that_keras_gets_wrong_are_told(self, name, rule):
        inputs = keras.Input((6,))
        model = keras.Model(inputs, layers.Activation(name, name="odd")(inputs))
        odd = tk.explain(model, "odd")

        assert odd.verified is False
        assert "Keras 3.15" in odd.text
        assert f"(rule {rule})" in odd.as_text(width=300)


class TestRefusals:
    def test_a_call_that_is_not_there(self):
        with pytest.raises(tk.TeachkitError, match="'hiden'"):
            tk.explain(mlp(), "hiden")

    @pytest.mark.parametrize("call", [3, layers.Dense(1, name="hidden")])
    def test_a_call_that_is_no_name(self, call):
        with pytest.raises(tk.TeachkitError, match="the id of a call"):
            tk.explain(mlp(), call)

    @pytest.mark.parametrize("call", [None, "hidden"])
    def test_a_model_that_has_seen_no_input(self, call):
        with pytest.raises(tk.TeachkitError, match="has no input yet"):
            tk.explain(build("unbuilt_sequential"), call)

    def test_a_graph_has_no_numbers(self):
        with pytest.raises(tk.TeachkitError, match="plain data"):
            tk.explain(tk.read(mlp()))

    def test_inputs_of_another_shape(self):
        with pytest.raises(tk.TeachkitError, match="inputs"):
            tk.explain(mlp(), inputs=np.ones((2, 31)))


@pytest.mark.parametrize(
    ("name", "giga"),
    [
        ("ResNet50", 3.858),
        ("MobileNetV2", 0.301),
        ("VGG16", 15.470),
        ("EfficientNetB0", 0.386),
    ],
)
def test_multiplications_of_known_models(name, giga):
    with tk.dry():
        model = getattr(keras.applications, name)(weights=None)

    assert round(tk.explain(model).macs / 1e9, 3) == giga


def test_the_model_is_left_as_it_was():
    model = build("siamese")
    before, graph = [w.copy() for w in model.get_weights()], tk.read(model)

    tk.explain(model)

    assert all((a == b).all() for a, b in zip(before, model.get_weights(), strict=True))
    assert tk.read(model) == graph
    assert layers.Dense(1).name == "dense"
