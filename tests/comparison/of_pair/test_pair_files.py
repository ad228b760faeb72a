"""What a saved file lost shows when the model is compared with it."""

from __future__ import annotations

import keras
import numpy as np
import pytest
from keras import layers

from teachkit.comparison.of_pair.pair import compare_pair
from teachkit.keras_reader import record_model
from tests.models import build


class Power(layers.Layer):
    """Forgets to tell its argument."""

    def __init__(self, power=1, **options):
        super().__init__(**options)
        self.power = power

    def build(self, shape):
        self.factor = self.add_weight(shape=(shape[-1],), initializer="ones")

    def call(self, inputs):
        return (inputs * self.factor) ** self.power

    def get_config(self):
        return super().get_config()


class PlainPower(layers.Layer):
    """Forgets it as well, and has no weights."""

    def __init__(self, power=1, **options):
        super().__init__(**options)
        self.power = power

    def call(self, inputs):
        return inputs**self.power

    def get_config(self):
        return super().get_config()


@pytest.fixture
def loaded(tmp_path):
    def save_and_load(model):
        path = tmp_path / "model.keras"
        model.save(path)
        custom = {"Power": Power, "PlainPower": PlainPower}
        return keras.models.load_model(path, custom_objects=custom)

    return save_and_load


def compared(left, right):
    return compare_pair(record_model(left), record_model(right))


def test_a_sequential_model_that_uses_a_layer_again_keeps_only_the_first_use(loaded):
    again = layers.Dense(4, name="again")
    stack = [keras.Input((4,)), again, layers.ReLU(name="act"), again]
    model = keras.Sequential(stack, name="stack")
    finding = compared(model, loaded(model))
    assert not finding.same
    assert [(one.code, one.text) for one in finding.differences] == [
        (
            "removed",
            "Only the left calls 'again' (Dense, units=4) once more, as 'again:2', on "
            "'act'. The right keeps only the first use of 'again'.",
        )
    ]
    assert not finding.agreement.equal


def test_a_layer_shared_with_a_nested_model_is_lost(loaded):
    model = build("outer_and_nested")
    finding = compared(model, loaded(model))
    assert not finding.same
    cause, *removed = finding.differences
    assert cause.code == "sharing"
    assert "and its nested model 'inner'; on the right 'inner' is gone" in cause.text
    assert {one.code for one in removed} == {"removed"}
    assert "calls 'dense' (Dense, units=4) once more" in removed[0].text
    assert {path for one in removed for path in one.left} == {
        "inner/dense",
        "dense:2",
    }


def test_a_layer_called_on_a_constant_is_a_constant_in_both(loaded):
    model = build("layer_on_a_constant")
    assert compared(model, loaded(model)).same
    other = build("layer_on_a_constant")
    finding = compared(model, other)
    assert [one.code for one in finding.differences] == ["constants"]


def test_a_variable_of_the_authors_own_becomes_a_constant(loaded):
    model = build("variable")
    finding = compared(model, loaded(model))
    text = (
        "'multiply' reads a variable on the left and a constant on the right. Only a "
        "variable can train."
    )
    assert [(one.code, one.text) for one in finding.differences] == [
        ("constants", text)
    ]


def test_numbers_show_what_no_config_tells(loaded):
    x = keras.Input((4,), name="x")
    model = keras.Model(x, Power(2, name="power")(x))
    finding = compared(model, loaded(model))
    assert not finding.same
    assert [one.code for one in finding.differences] == ["behaviour"]
    assert "Code of your own runs in 'power'" in finding.differences[0].text
    assert finding.differences[0].left == ("power",)
    assert not finding.agreement.equal


def test_without_weights_the_code_is_followed_instead(loaded):
    x = keras.Input((4,), name="x")
    model = keras.Model(x, PlainPower(2, name="power")(x))
    finding = compared(model, loaded(model))
    text = "'power' computes 'x' ** 2 on the left and 'x' ** 1 on the right."
    assert [(one.code, one.text) for one in finding.differences] == [("changed", text)]


@pytest.mark.parametrize(
    "name",
    [
        "chain",
        "u_net",
        "siamese",
        "masked_lstm",
        "dict_inputs",
        "slices",
        "numpy_constant",
    ],
)
def test_a_file_that_lost_nothing_is_the_same_strictly(loaded, name):
    model = build(name)
    finding = compare_pair(
        record_model(model), record_model(loaded(model)), strict=True
    )
    assert finding.same
    assert finding.notes == ()


def test_weights_that_a_file_does_not_have(loaded):
    model = build("chain")
    other = loaded(model)
    other.layers[1].kernel.assign(np.zeros(other.layers[1].kernel.shape))
    finding = compared(model, other)
    assert finding.same
    assert [one.code for one in finding.notes] == ["weights"]
    assert "'hidden' kernel by up to" in finding.notes[0].text
