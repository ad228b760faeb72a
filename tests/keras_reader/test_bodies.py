"""What layers with code of their own do is told by operations, or by a fingerprint."""

from __future__ import annotations

import keras
import numpy as np
import pytest
from keras import layers, ops

from teachkit.keras_reader import record_model
from teachkit.keras_reader.bodies import bodies_of
from teachkit.keras_reader.fingerprints import digest_of, fingerprint
from teachkit.keras_reader.internals import flat_layers
from tests.models import build
from tests.zoo.operations import Scale


def body_of(*stack, shape=(4,)):
    """Return what the last of some layers does."""
    x = h = keras.Input(shape, name="x")
    for layer in stack:
        h = layer(h)
    found = bodies_of(record_model(keras.Model(x, h)))
    return found.get(stack[-1].name)


def types(body):
    return [(call.type, call.arguments) for call in body.calls if call.kind != "input"]


def test_a_lambda_is_told_by_its_operations():
    body = body_of(layers.Lambda(lambda t: ops.relu(t) * 2))
    assert types(body) == [("Relu", ()), ("Multiply", ("x2=2",))]


def test_so_is_a_custom_layer_with_the_arguments_of_this_call():
    found = bodies_of(record_model(build("layer_with_arguments")))
    assert types(found["scale"]) == [
        ("Multiply", ("x2=2.0",)),
        ("Add", ("x2=1.5",)),
    ]
    assert types(found["default"])[0] == ("Multiply", ("x2=3.0",))


def test_each_call_in_a_nested_model_has_its_path():
    i = keras.Input((4,), name="i")
    inner = keras.Model(i, Scale(name="scale")(i), name="inner")
    x = keras.Input((4,), name="x")
    found = bodies_of(record_model(keras.Model(x, inner(inner(x)))))
    assert sorted(found) == ["inner/scale", "inner:2/scale"]


def asked_for_a_number(t):
    return t if float(ops.sum(t)) > 0 else -t


def test_what_cannot_be_followed_has_a_fingerprint():
    layer = layers.Lambda(asked_for_a_number, output_shape=(4,))
    assert isinstance(body_of(layer), str)


class Weighted(layers.Layer):
    def build(self, shape):
        self.factor = self.add_weight(shape=(shape[-1],))

    def call(self, inputs):
        return inputs * self.factor


class OtherWeighted(Weighted):
    def call(self, inputs):
        return inputs + self.factor


def test_layers_with_weights_have_the_fingerprint_of_their_class():
    one, other = body_of(Weighted()), body_of(OtherWeighted())
    assert isinstance(one, str)
    assert one == body_of(Weighted())
    assert one != other


def test_layers_of_keras_have_no_body():
    assert body_of(layers.Dense(3, activation="relu")) is None


def test_an_activation_of_the_authors_own_has_a_fingerprint():
    twice = body_of(layers.Dense(3, activation=lambda t: t * 2))
    assert twice == body_of(layers.Activation(lambda z: z * 2))
    assert twice != body_of(layers.Dense(3, activation=lambda t: t * 3))


def test_numbers_that_are_drawn_anew_are_not_followed():
    def noisy(t):
        return t + np.random.default_rng().normal(size=4).astype("float32")

    assert isinstance(body_of(layers.Lambda(noisy, output_shape=(4,))), str)


def test_small_constants_are_followed():
    def shifted(t):
        return t + np.arange(4, dtype="float32")

    body = body_of(layers.Lambda(shifted, output_shape=(4,)))
    assert [call.kind for call in body.calls] == ["input", "constant", "operation"]


def test_arrays_have_a_digest_of_their_numbers():
    found = bodies_of(record_model(build("big_constant")))
    assert found == {"constant": digest_of(np.ones(100, "float32"))}


@pytest.mark.parametrize(
    "name", ["lambda_layer", "layer_with_arguments", "dict_layer", "list_layer"]
)
def test_no_trace_stays_in_the_model(name):
    model = build(name)
    recording = record_model(model)
    before = [dict(vars(layer)) for layer in flat_layers(model)]
    outputs = [len(model.inputs), len(model.outputs)]
    bodies = bodies_of(recording)
    assert bodies == bodies_of(recording)
    for layer, attributes in zip(flat_layers(model), before, strict=True):
        assert vars(layer).keys() == attributes.keys()
    assert [len(model.inputs), len(model.outputs)] == outputs
    assert record_model(model).graph == recording.graph
    assert layers.Dense(1).name == "dense"


def made(number):
    return lambda t: t * number


HELPER = 2


def uses_a_global(t):
    return t * HELPER


def test_a_fingerprint_tells_what_a_function_has_taken_in():
    assert fingerprint(made(2)) == fingerprint(made(2))
    assert fingerprint(made(2)) != fingerprint(made(3))
    assert fingerprint(made(np.ones(2))) != fingerprint(made(np.zeros(2)))


def test_a_fingerprint_tells_the_globals_that_a_function_uses(monkeypatch):
    before = fingerprint(uses_a_global)
    monkeypatch.setitem(uses_a_global.__globals__, "HELPER", 3)
    assert fingerprint(uses_a_global) != before


def test_a_fingerprint_tells_defaults_and_inner_functions():
    def one(t, by=2):
        return [u * by for u in t]

    def other(t, by=3):
        return [u * by for u in t]

    assert fingerprint(one) != fingerprint(other)
    assert fingerprint(lambda t: (lambda u: u + 1)(t)) != fingerprint(
        lambda t: (lambda u: u + 2)(t)
    )


def test_a_function_that_uses_itself_has_a_fingerprint():
    def again(t):
        return again(t[1:]) if len(t) else t

    assert fingerprint(again) == fingerprint(again)


def test_a_global_of_the_name_of_an_attribute_does_not_matter():
    code = "def f(x): return x.w + limit"
    exec(code, one := {"limit": 1})  # noqa: S102
    exec(code, other := {"limit": 1, "w": 5})  # noqa: S102
    exec(code, third := {"limit": 2})  # noqa: S102

    assert fingerprint(one["f"]) == fingerprint(other["f"])
    assert fingerprint(one["f"]) != fingerprint(third["f"])


def test_where_a_function_stands_does_not_matter():
    exec("f = lambda t: t * t", namespace := {})  # noqa: S102

    assert fingerprint(namespace["f"]) == fingerprint(lambda t: t * t)
