"""Inputs are known by name, else by shape, else by place."""

from __future__ import annotations

import pytest
from keras import Input, Model, layers, ops

from tests.grading.subjects import subject


def two(first, second, order=lambda a, b: [a, b]):
    a, b = first, second
    return Model(
        order(a, b), layers.Concatenate()([layers.Flatten()(a), layers.Flatten()(b)])
    )


WANTED = "inputs = {image = {shape = [8, 8, 1]}, text = {shape = [5]}}"


@pytest.mark.filterwarnings("ignore:When providing `inputs` as a dict")
@pytest.mark.parametrize(
    ("names", "order"),
    [
        (("image", "text"), lambda a, b: [a, b]),
        (("image", "text"), lambda a, b: [b, a]),
        (("text", "image"), lambda a, b: {"image": a, "text": b}),
        (("p", "q"), lambda a, b: [b, a]),
        (("p", "q"), lambda a, b: {"zeta": a, "alpha": b}),
    ],
)
def test_each_role_gets_the_input_that_is_meant(names, order):
    a = Input((8, 8, 1), name=names[0])
    b = Input((5,), name=names[1])
    found = subject(two(a, b, order), WANTED)
    assert found.inputs["image"].shape == (None, 8, 8, 1)
    assert found.inputs["text"].shape == (None, 5)


def test_inputs_of_the_same_shape_go_by_place():
    p, q = Input((3,), name="p"), Input((3,), name="q")
    found = subject(Model([q, p], p - q), "inputs = {a = [3], b = [3]}")
    assert (found.inputs["a"].call, found.inputs["b"].call) == ("q", "p")
    given = found.given()
    out = found.run(given, None)[found.output(None)]
    assert out == pytest.approx(given["b"] - given["a"], abs=1e-6)


def test_a_name_counts_more_than_a_place():
    a, b = Input((3,), name="a"), Input((3,), name="b")
    found = subject(Model([b, a], a - b), "inputs = {a = [3], b = [3]}")
    assert found.inputs["a"].call == "a"


def test_outputs_have_roles_too():
    x = Input((3,))
    digit = layers.Dense(10, name="first")(x)
    model = Model(x, {"score": ops.sum(x, -1, keepdims=True), "digit": digit})
    found = subject(model, "outputs = {digit = [10], score = [1]}")
    values = found.baseline()
    assert values["digit"].shape == (16, 10)
    assert values["score"].shape == (16, 1)


def test_several_shapes_will_do():
    x = Input(())
    model = Model(x, layers.Embedding(4, 2)(x))
    wanted = "inputs = {kind = {shapes = [[1], []], below = 3}}"
    assert subject(model, wanted).given()["kind"].max() == 2
