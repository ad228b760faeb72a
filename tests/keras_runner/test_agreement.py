from __future__ import annotations

import keras
import numpy as np
import pytest
from keras import layers, ops

import teachkit as tk
from teachkit.keras_reader import record_model
from teachkit.keras_runner.agreement import agreement
from tests.keras_runner.test_twins import state_of
from tests.models import build


def compared(left, right, layers=None):
    return agreement(record_model(left), record_model(right), layers)


def chain(*chain, shape=(4,), name="left", **options):
    x = h = keras.Input(shape, name="x", **options)
    for layer in chain:
        h = layer(h)
    return keras.Model(x, h, name=name)


def test_models_of_the_same_layers_agree_whatever_their_weights():
    found = compared(chain(layers.Dense(3)), chain(layers.Dense(3)))

    assert (found.equal, found.max_error, found.samples) == (True, 0.0, 32)
    assert found.text == (
        "On 32 random inputs both models gave the same numbers: largest difference 0.0."
    )


def test_another_activation_is_seen_and_told():
    found = compared(chain(layers.Dense(3)), chain(layers.Dense(3, activation="relu")))

    assert not found.equal
    assert found.max_error > 0.1
    assert "gave different numbers: largest difference" in found.text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # With fresh weights the first of each pair changes nothing.
        (layers.Dense(4), layers.Dense(4, kernel_initializer="identity")),
        (layers.BatchNormalization(epsilon=1e-3), layers.BatchNormalization(epsilon=1)),
    ],
)
def test_they_are_compared_with_random_weights_too(one, other):
    found = compared(chain(one), chain(other))

    assert found.equal is (type(one) is layers.Dense)


def test_fresh_biases_hide_nothing():
    class After(layers.Layer):
        """Adds its bias twice."""

        def build(self, shape):
            self.bias = self.add_weight(shape=(shape[-1],), initializer="zeros")

        def call(self, x):
            return x + 2 * self.bias

    class Before(After):
        """Adds its bias once."""

        def call(self, x):
            return x + self.bias

    assert not compared(chain(After()), chain(Before())).equal


def test_rounding_is_no_difference():
    x = keras.Input((64,), name="x")
    dense = layers.Dense(9)
    one = keras.Model(x, dense(x) / 3)
    other = keras.Model(x, layers.Dense(9)(x) * (1 / 3))

    found = compared(one, other)

    assert found.equal
    assert found.max_error > 0
    assert "the same numbers up to rounding" in found.text


def test_neither_model_is_changed():
    left, right = build("nested_sequential"), build("nested_sequential")
    before = state_of(left), state_of(right)

    compared(left, right)

    assert (state_of(left), state_of(right)) == before


def test_a_model_agrees_with_itself_though_its_layers_are_the_same_objects():
    model = build("siamese")

    assert compared(model, model).max_error == 0.0


def test_layers_are_matched_as_told():
    left = chain(layers.Dense(4, name="a"), layers.Dense(4, name="b"))
    right = chain(layers.Dense(4, name="c"), layers.Dense(4, name="d"))

    assert compared(left, right, (("a", "c"), ("b", "d"))).equal
    assert not compared(left, right, (("a", "d"), ("b", "c"))).equal


def test_layers_of_other_classes_match_by_the_shapes_of_their_weights():
    left = chain(layers.Dense(3), shape=(5, 4))
    right = chain(layers.TimeDistributed(layers.Dense(3)), shape=(5, 4))

    assert compared(left, right).equal


def test_layers_of_nested_models_are_matched_too():
    i = keras.Input((4,))
    inner = keras.Model(i, layers.Dense(3)(i))

    assert compared(chain(inner), chain(layers.Dense(3))).equal


def test_what_is_shared_in_one_and_separate_in_the_other_is_not_run():
    dense = layers.Dense(4, name="dense")
    left = chain(dense, dense)
    right = chain(layers.Dense(4, name="one"), layers.Dense(4, name="two"))

    found = compared(left, right)

    assert (found.equal, found.max_error, found.samples) == (False, None, 0)
    assert "'two' of 'left', whose weights ((4, 4), (4,))" in found.text


def test_weights_of_other_shapes_are_not_run():
    left, right = chain(layers.Dense(3, name="a")), chain(layers.Dense(5, name="b"))

    found = compared(left, right, (("a", "b"),))

    assert "'a' with weights of the shapes (4, 3), (3,) and 'b'" in found.text


def test_inputs_of_other_shapes_are_not_run():
    found = compared(chain(layers.ReLU()), chain(layers.ReLU(), shape=(5,)))

    assert found.max_error is None
    assert "shape (None, 4) and 'x' of 'left' (None, 5)" in found.text


def test_another_number_of_outputs_is_not_run():
    found = compared(build("chain"), build("output_is_input"))

    assert found.max_error is None


def test_outputs_in_another_number_are_told():
    x = keras.Input((4,), name="x")
    one = keras.Model(x, ops.relu(x), name="one")
    two = keras.Model(x, [ops.relu(x), x], name="two")

    assert "'one' has 1 output and 'two' 2" in compared(one, two).text


def test_inputs_correspond_by_their_keys_or_else_by_their_order():
    a, b = keras.Input((4,), name="a"), keras.Input((4,), name="b")
    by_key = keras.Model({"a": a, "b": b}, a - b)
    other_order = keras.Model({"b": b, "a": a}, a - b)
    swapped = keras.Model([b, a], a - b)

    assert compared(by_key, other_order).equal
    assert compared(keras.Model([a, b], a - b), by_key).equal
    assert not compared(keras.Model([a, b], a - b), swapped).equal


def test_an_open_shape_takes_that_of_the_other_model():
    fixed = chain(layers.ReLU(), shape=(5,))

    assert compared(chain(layers.ReLU(), shape=(None,)), fixed).equal


def test_ids_fit_both_models():
    x = keras.Input((5,), dtype="int32", name="x")
    as_they_are = keras.Model(x, x * 2)
    of_three = keras.Model(x, ops.take(np.array([0, 2, 4], "int32"), x))

    assert compared(as_they_are, of_three).equal


def test_a_dry_model_is_not_run():
    with tk.dry():
        dry = chain(layers.Dense(3), name="weightless")

    found = compared(dry, chain(layers.Dense(3)))

    assert found.max_error is None
    assert "'weightless', built inside teachkit.dry()" in found.text


def test_an_unbuilt_model_is_not_run():
    model = build("unbuilt_sequential")

    assert "has no input yet" in compared(model, model).text


class Noise(layers.Layer):
    """A layer that is random also at inference, as in a variational autoencoder."""

    def __init__(self, **options):
        super().__init__(**options)
        self.chance = keras.random.SeedGenerator(7)

    def call(self, x):
        return x + keras.random.normal(ops.shape(x), seed=self.chance)


def test_random_outputs_are_told_as_such():
    found = compared(chain(Noise(name="n")), chain(layers.ReLU()))

    assert found.max_error is None
    assert "random also at inference" in found.text


def test_random_outputs_of_the_same_seeds_are_equal_and_told():
    found = compared(chain(Noise(), layers.Dense(2)), chain(Noise(), layers.Dense(2)))

    assert found.max_error == 0.0
    assert found.text.endswith("draw random numbers; here from the same seeds.")


def test_dropout_does_not_make_outputs_random():
    x = keras.Input((4,), name="x")
    left = keras.Model(x, layers.Dropout(0.5)(x, training=True))

    found = compared(left, chain(layers.Dropout(0.5)))

    assert found.max_error == 0.0
    assert "random numbers" not in found.text


def test_what_gives_no_numbers_with_random_weights_is_compared_with_its_own():
    class Root(layers.Layer):
        least = -1.0

        def build(self, shape):
            self.inside = self.add_weight(shape=(shape[-1],), initializer="zeros")

        def call(self, x):
            return x + ops.sqrt(ops.maximum(self.inside, self.least))

    class SafeRoot(Root):
        least = 0.0

    found = compared(chain(Root()), chain(SafeRoot()))

    assert (found.equal, found.max_error) == (True, 0.0)


def test_numbers_that_are_missing_in_both_are_no_difference():
    x = keras.Input((4,), name="x")
    ends = ops.concatenate([x, ops.sqrt(-ops.abs(x[:, :1]) - 1)], axis=1)

    assert compared(keras.Model(x, ends), keras.Model(x, ends)).max_error == 0.0


def test_where_hardly_a_number_is_finite_nothing_is_judged():
    def hidden_by(layer):
        x = keras.Input((4,), name="x")
        return keras.Model(x, ops.log(ops.abs(x) * 0) + layer(x))

    one = hidden_by(layers.Dense(4))
    other = hidden_by(layers.Dense(4, activation="relu"))
    found = compared(one, other)

    assert (found.equal, found.max_error) == (False, None)
    assert "could not be judged: on random inputs hardly any" in found.text


@pytest.mark.parametrize("turned", [False, True])
def test_weights_that_are_shared_in_one_model_only_are_not_matched(turned):
    def model(one, other):
        x = keras.Input((3, 4), name="x")
        pair = [layers.TimeDistributed(one)(x), other(x)]
        return keras.Model(x, layers.Subtract()(pair))

    dense = layers.Dense(4)
    both = [model(dense, dense), model(layers.Dense(4), layers.Dense(4))]
    found = compared(*(reversed(both) if turned else both))

    assert found.max_error is None
    assert "stands for several weights of the other model" in found.text


def test_words_and_whole_numbers_are_compared():
    def looked_up(words):
        lookup = layers.StringLookup(vocabulary=words)
        return chain(lookup, shape=(1,), dtype="string")

    assert compared(looked_up(["a", "has"]), looked_up(["a", "has"])).equal
    assert not compared(looked_up(["a", "has"]), looked_up(["has", "a"])).equal


def test_the_numbers_are_the_same_each_time():
    def found():
        keras.utils.set_random_seed(1)
        return compared(chain(layers.Dense(3)), chain(layers.Dense(3, "tanh")))

    assert found() == found()


def test_weights_are_those_of_the_left_model():
    left, right = chain(layers.Dense(3)), chain(layers.Dense(3))
    right.layers[1].set_weights([np.ones((4, 3)), np.ones(3)])

    assert compared(left, right).max_error == 0.0


def test_each_output_is_measured_by_its_own_size():
    x = keras.Input((64,), name="x")

    def model(exactly, factor):
        large = layers.Dense(9, use_bias=False)(x) * 1e6
        large = large / 3 if exactly else large * (1 / 3)
        return keras.Model(x, {"large": large, "small": ops.tanh(x) * factor})

    rounded = compared(model(True, 1.0), model(False, 1.0))
    wrong = compared(model(True, 1.0), model(False, 1.0 + 1e-3))

    assert rounded.equal
    assert rounded.max_error > 1e-2
    assert not wrong.equal
    assert "in outputs of ['small'] of up to" in wrong.text


def test_words_that_differ_are_told_though_numbers_do_not():
    def looked_up(words):
        number, word = (
            keras.Input((1,), name="n"),
            keras.Input((1,), name="w", dtype="string"),
        )
        seen = layers.StringLookup(vocabulary=words, invert=True)
        return keras.Model(
            [number, word], [seen(ops.cast(number > 0, "int32")), number]
        )

    left, right = looked_up(["a"]), looked_up(["b"])

    assert not compared(left, right).equal


@pytest.mark.parametrize(("units", "odd"), [(1, 0), (310, 305)])
def test_one_activation_among_many_is_seen(units, odd):
    def model(last):
        stack = [layers.Dense(4, name=f"d{k}") for k in range(units)]
        stack.insert(odd, layers.Activation(last))
        return chain(*stack)

    assert compared(model("tanh"), model("tanh")).max_error == 0.0
    assert not compared(model("tanh"), model("linear")).equal
