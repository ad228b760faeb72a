"""Functions and classes of the learner's own: imported, copied, followed or refused."""

from __future__ import annotations

import importlib.util
import sys
import textwrap

import keras
import numpy as np
import pytest
from keras import layers

from teachkit.errors import ModelError
from teachkit.keras_reader import record_model
from teachkit.source_code import to_code
from tests.source_code.round_trip import round_trip
from tests.zoo.operations import Scale


@pytest.fixture
def learner(tmp_path):
    """Give a function that runs code as a file that nobody can import."""

    def run(text):
        file = tmp_path / "answer.py"
        file.write_text(textwrap.dedent(text))
        spec = importlib.util.spec_from_file_location("answer_of_a_learner", file)
        module = importlib.util.module_from_spec(spec)
        sys.modules[spec.name] = module
        spec.loader.exec_module(module)
        return module

    yield run
    sys.modules.pop("answer_of_a_learner", None)


def model_of(*layers_of_it, width=4):
    x = h = keras.Input((width,))
    for layer in layers_of_it:
        h = layer(h)
    return keras.Model(x, h)


def refusal(model):
    with pytest.raises(ModelError) as refused:
        to_code(record_model(model))
    return refused.value.found


class TestClasses:
    def test_one_that_can_be_imported_is(self):
        trip = round_trip(model_of(Scale(3.0)))

        assert "from tests.zoo.operations import Scale\n" in trip.code
        assert "Scale(factor=3.0)" in trip.code
        assert trip.max_error() == 0.0

    def test_another_one_is_copied_with_what_it_needs(self, learner):
        answer = learner(
            """
            import keras
            import numpy as np
            from keras import ops
            from keras.layers import Layer

            FACTOR = 2.5
            options = "of no concern"

            def doubled(t):
                return ops.relu(t) * FACTOR

            class Doubling(Layer):
                '''Doubles.'''

                def __init__(self, n, act="relu", **options):
                    super().__init__(**options)
                    self.n = n
                    self.act = keras.activations.get(act)

                def build(self, shape):
                    self.scale = self.add_weight(shape=(shape[-1],), name="scale")

                def call(self, inputs):
                    return self.act(doubled(inputs)) * self.n * self.scale

                def get_config(self):
                    act = keras.activations.serialize(self.act)
                    return {**super().get_config(), "n": self.n, "act": act}
            """
        )
        trip = round_trip(model_of(answer.Doubling(3, act="tanh"), answer.Doubling(2)))

        assert "from keras.layers import Layer\n" in trip.code
        assert "FACTOR = 2.5\n" in trip.code
        assert "of no concern" not in trip.code
        assert trip.code.count("class Doubling(Layer):") == 1
        assert 'Doubling(3, act="tanh")' in trip.code
        assert trip.isomorphism() is not None
        assert trip.max_error() == 0.0

    def test_arguments_that_its_config_leaves_out_are_found(self, learner):
        answer = learner(
            """
            import keras

            class Forgetful(keras.layers.Layer):
                def __init__(self, factor=1.0, **options):
                    super().__init__(**options)
                    self.factor = factor

                def call(self, inputs):
                    return inputs * self.factor

                def get_config(self):
                    return super().get_config()
            """
        )
        trip = round_trip(model_of(answer.Forgetful(3.0)))

        assert "Forgetful(factor=3.0)" in trip.code
        assert trip.max_error() == 0.0

    def test_arguments_that_are_nowhere_to_be_found_are_told(self, learner):
        answer = learner(
            """
            import keras

            class Secret(keras.layers.Layer):
                def __init__(self, table, **options):
                    super().__init__(**options)
                    self.rows = list(table)

                def call(self, inputs):
                    return inputs * self.rows[0]
            """
        )

        assert refusal(model_of(answer.Secret(np.array([3.0]), name="mine"))) == (
            "'mine' (Secret): Secret does not tell its argument 'table'"
        )

    def test_one_whose_file_has_changed_is_refused(self, learner, tmp_path):
        text = """
            import keras

            class Times(keras.layers.Layer):
                def call(self, inputs):
                    return inputs * {factor}
            """
        answer = learner(text.format(factor=2))
        (tmp_path / "answer.py").write_text(textwrap.dedent(text.format(factor=3)))

        assert refusal(model_of(answer.Times(name="mine"))) == (
            "'mine' (Times): the file does not show what Times.call does"
        )

    def test_a_variable_is_never_called_like_a_class_or_function(self, learner):
        answer = learner(
            """
            import keras

            class head(keras.layers.Layer):
                def call(self, inputs):
                    return inputs * 2
            """
        )
        x = keras.Input((4,), name="x")
        first = layers.Dense(4, name="head")(x)
        model = keras.Model(x, [first, answer.head(name="other")(first)])

        assert round_trip(model).isomorphism() is not None


class TestLambdas:
    def test_one_is_written_as_it_stands(self):
        trip = round_trip(model_of(layers.Lambda(lambda t: t * 2 + 1, name="line")))

        assert 'layers.Lambda(lambda t: t * 2 + 1, name="line")' in trip.code
        assert trip.max_error() == 0.0

    def test_of_two_on_one_line_it_is_the_right_one(self):
        pair = [layers.Lambda(lambda t: t * 2), layers.Lambda(lambda t: t * 3)]
        code = round_trip(model_of(*pair)).code

        assert code.index("t * 2") < code.index("t * 3")

    def test_plain_values_of_the_function_around_it_are_put_in(self):
        def times(factor):
            return layers.Lambda(lambda t: t * factor)

        trip = round_trip(model_of(times(7)))

        assert "lambda t: t * 7" in trip.code
        assert trip.max_error() == 0.0

    def test_its_arguments_are_kept(self):
        layer = layers.Lambda(lambda t, k: t * k, arguments={"k": 3})

        assert round_trip(model_of(layer)).max_error() == 0.0

    def test_without_source_it_is_followed(self):
        scope = {"scale": np.array([1.0, 2.0, 3.0, 4.0], "float32")}
        exec("from keras import ops\nf = lambda t: ops.relu(t) * scale", scope)  # noqa: S102
        trip = round_trip(model_of(layers.Lambda(scope["f"], name="scaled")))

        assert "def scaled(t):\n    x = ops.relu(t)\n" in trip.code
        assert 'layers.Lambda(scaled, name="scaled")' in trip.code
        assert trip.isomorphism(strict=False) is not None
        assert trip.max_error() == 0.0

    def test_what_can_be_neither_read_nor_followed_is_told(self):
        scope = {}
        exec("import tensorflow as tf\nf = lambda t: tf.nn.relu(t)", scope)  # noqa: S102

        assert refusal(model_of(layers.Lambda(scope["f"], name="mine"))) == (
            "'mine', a Lambda layer whose function cannot be written: its source is "
            "not to be had"
        )


class TestConstants:
    def test_large_arrays_are_refused(self):
        x = keras.Input((5000,))
        rows = np.arange(5000, dtype="float32") ** 2

        assert refusal(keras.Model(x, x * rows)) == (
            "'multiply' (Multiply) reads an array of 5,000 numbers"
        )

    @pytest.mark.parametrize(
        ("array", "code"),
        [
            (np.ones(3, "float32"), 'np.ones(3, "float32")'),
            (np.zeros((2, 3)), 'np.zeros((2, 3), "float64")'),
            (np.arange(3), 'np.arange(3, dtype="int64")'),
            (np.full(3, 0.1, "float32"), 'np.full(3, 0.1, dtype="float32")'),
            (np.array([0.1, 0.2, 0.3], "float32"), 'dtype="float32")'),
            (np.array([True, False, True]), "np.array([True, False, True])"),
            (
                np.array([np.inf, np.nan, -np.inf]),
                "np.array([np.inf, np.nan, -np.inf])",
            ),
        ],
    )
    def test_small_ones_are_spelled_out(self, array, code):
        x = keras.Input((3,))
        trip = round_trip(keras.Model(x, keras.ops.where(x > 0, x, array)))

        assert code in trip.code
        assert trip.isomorphism() is not None

    def test_what_a_layer_made_of_numbers_is_told_to_be_a_constant(self):
        token = keras.Input((5,), dtype="int32")
        place = layers.Embedding(5, 4)(np.arange(5))
        model = keras.Model(token, layers.Embedding(9, 4)(token) + place)

        assert "# A constant: whatever computed it is not in the model" in to_code(
            record_model(model)
        )
