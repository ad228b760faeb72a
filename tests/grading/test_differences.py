"""What is told about a model that differs from the solution."""

from __future__ import annotations

import pytest
from keras import Input, Model, Sequential, layers, ops
from keras.layers import (
    Activation,
    Add,
    Average,
    Concatenate,
    Conv2D,
    Dense,
    Flatten,
    Lambda,
)

from teachkit.exercise_format import find_exercise
from teachkit.grading.evidence.differences import difference_of
from teachkit.grading.evidence.subject import Case, subject_of


def told(model, reference, source="picture"):
    exercise = find_exercise("X13")
    case = Case(exercise, {"model": model}, reference={"model": reference})
    one = subject_of("model", model, case)
    found = difference_of(one, one.reference, source)
    assert found.see
    return f"{found.see} {found.so} {found.look}", found


def chain(*widths, activations=(), **options):
    model = Sequential([Input((32,))])
    for number, width in enumerate(widths):
        activation = activations[number] if number < len(activations) else "relu"
        model.add(Dense(width, activation, **options))
    return model


def arms(join=None, first="relu", second="relu"):
    x = Input((32,))
    a, b = Dense(64, first, name="arm_a")(x), Dense(32, second, name="arm_b")(x)
    return Model(x, Dense(1, "sigmoid")((join or Concatenate())([a, b])))


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        (lambda: chain(64, 23, 1), "23 units"),
        (lambda: chain(64, 1), "Yours goes 32 → 64 → 1"),
        (lambda: chain(32, 64, 1), "It runs, but it is a different network"),
        (lambda: chain(64, 32, 1, use_bias=False), "has no bias"),
        (lambda: chain(64, 32, 1, activations=["tanh"]), "tanh behind"),
        (lambda: chain(64, 32, 1, activations=[None]), "Two linear layers in a row"),
        (lambda: chain(64, 32, 1, activations=["relu", "relu", None]), "is linear"),
    ],
)
def test_a_chain_tells_what_is_different_in_it(model, expected):
    assert expected in told(model(), chain(64, 32, 1))[0]


def test_the_last_layer_makes_no_row_of_linear_layers():
    text, _ = told(chain(4, 1, activations=["relu", None]), chain(4, 1))
    assert "in a row" not in text


def test_a_softmax_over_one_unit_is_explained():
    one = chain(8, 1, activations=["relu", "softmax"])
    text, found = told(one, chain(8, 1, activations=["relu", "sigmoid"]))
    assert "1.00 each time" in text
    assert found.misconception == "M20"


def test_a_formula_names_its_bias():
    text, _ = told(chain(8, 1, use_bias=False), chain(8, 1), "formula")
    assert "b1 is in the formula" in text


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"filters": 4}, "4 filters"),
        ({"kernel_size": 5}, "kernel size 5×5"),
        ({"strides": 2}, "strides 2×2"),
        ({"padding": "same"}, "padding same"),
    ],
)
def test_a_convolution_tells_its_setting(options, expected):
    def model(**settings):
        x = Input((8, 8, 1))
        settings = {"filters": 8, "kernel_size": 3, **settings}
        return Model(x, Dense(2)(Flatten()(Conv2D(**settings)(x))))

    text, _ = told(model(**options), model())
    assert f"I see {expected}" in text


def test_a_branch_that_starts_after_the_first_is_told_so():
    x = Input((32,))
    a = Dense(64, "relu")(x)
    b = Dense(32, "relu")(a)
    model = Model(x, Dense(1, "sigmoid")(Concatenate()([a, b])))
    text, found = told(model, arms())
    assert "Your second branch starts after the first" in text
    assert "32 → 64 → 32, joined with its own middle" in text
    assert found.misconception == "M03"


def test_linear_arms_are_one_dense():
    text, found = told(arms(first=None, second=None), arms())
    assert "both arms together are one Dense(96)" in text
    assert found.misconception == "M13"


def test_another_merge_tells_the_widths():
    x = Input((32,))
    added = Add()([Dense(32, "relu")(x), Dense(32, "relu")(x)])
    text, found = told(Model(x, Dense(1, "sigmoid")(added)), arms())
    assert "joins 32 and 32 numbers to 32" in text
    assert "96" in text
    assert found.misconception == "M09"


def test_the_order_of_arms_hides_no_other_difference():
    x = Input((32,))
    b, a = Dense(32, "relu")(x), Dense(64, "tanh")(x)
    model = Model(x, Dense(1, "sigmoid")(Concatenate()([b, a])))
    text, _ = told(model, arms())
    assert "tanh behind" in text
    assert "units" not in text


def test_an_average_of_an_average_tells_the_weights():
    def model(merge):
        x = Input((16,))
        return Model(x, Dense(1)(merge([Dense(8, name=n)(x) for n in "pqr"])))

    def nested(t):
        return Average()([Average()(t[:2]), t[2]])

    text, found = told(model(nested), model(Average()))
    assert "1/4, 1/4, 1/2" in text
    assert "'r' (Dense) counts 2 times" in text
    assert found.calls


def test_one_layer_called_twice_is_told_with_its_weights():
    def model(shared):
        x = Input((16,))
        d = Dense(8)
        other = d if shared else Dense(8)
        return Model(x, Add()([ops.relu(d(x)), ops.tanh(other(x))]))

    text, found = told(model(True), model(False))
    assert "is called 2 times" in text
    assert found.misconception == "M02"
    text, _ = told(model(False), model(True))
    assert "2 Dense layers" in text


def test_a_lambda_is_looked_into():
    x = Input((32,))
    h = Lambda(lambda t: ops.tanh(t))(Dense(64)(x))
    model = Model(x, Dense(1, "sigmoid")(h))
    text, _ = told(model, chain(64, 1, activations=["relu", "sigmoid"]))
    assert "tanh behind" in text


def test_a_layer_of_ones_own_is_no_fault_of_ours():
    class Own(layers.Layer):
        def call(self, x):
            return x * 2

    x = Input((32,))
    model = Model(x, Activation("sigmoid")(Own()(Dense(1)(x))))
    assert told(model, chain(1, activations=["sigmoid"]))[0]
