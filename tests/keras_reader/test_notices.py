"""What the author of a model is told."""

from __future__ import annotations

import keras
import pytest
from keras import layers

import teachkit as tk
from teachkit.keras_reader.notices import training_notices
from teachkit.keras_reader.walk import Visit
from tests.models import KERAS


def told(graph):
    return [(notice.code, notice.calls, notice.rule) for notice in graph.notices]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("chain", []),
        ("big_constant", [("constant", ("constant", "add"), 5)]),
        ("variable", [("constant", ("variable", "multiply"), 5)]),
        ("weight_read_directly", []),
        ("tied_weights", []),
        ("cut_out", [("cut-out", ("keras_tensorCLONE",), 3)]),
        ("overridden_call", [("overridden-call", (), None)]),
        ("unbuilt_sequential", [("no-input", (), 1)]),
        (
            "explicit_training",
            [
                ("explicit-training", (name,), 6)
                for name in ("frozen", "always", "base")
            ],
        ),
        (
            "two_arguments_nested",
            [("traced", ("inner",), None), ("traced", ("inner:3",), None)],
        ),
    ],
)
def test_what_is_told_of_the_zoo(zoo, name, expected):
    assert told(zoo[name].graph) == expected


@pytest.mark.skipif(KERAS < (3, 14), reason="Keras refused such a model")
def test_an_unused_input_is_told(zoo):
    assert told(zoo["unused_input"].graph) == [("unused-input", ("unused",), 5)]


@pytest.mark.skipif(KERAS >= (3, 14), reason="Keras refuses such a model")
def test_an_input_that_is_needed_and_missing_is_told():
    one, two = keras.Input((4,), name="one"), keras.Input((4,), name="two")
    graph = tk.read(keras.Model(one, layers.Add(name="sum")([one, two])))

    assert told(graph) == [("missing-input", ("two",), 5)]


def test_notices_from_inside_name_the_way_to_the_call():
    i = keras.Input((4,), name="i")
    inner = keras.Model(
        i, layers.Dropout(0.5, name="drop")(i, training=True), name="in"
    )
    x = keras.Input((4,), name="x")
    graph = tk.read(keras.Model(x, inner(inner(x))))
    (notice,) = graph.notices

    assert notice.calls == ("in/drop",)
    assert notice.text.startswith("In 'in': 'drop' is called with training=True.")


def test_a_switch_that_is_a_tensor_is_not_told():
    switch = keras.KerasTensor((), "bool")
    visit = Visit(layers.Dropout(0.5), [], kwargs={"training": switch})

    assert training_notices(visit, "drop") == []


def test_a_weight_that_trains_is_no_reason_to_warn(zoo):
    text = zoo["variable"].graph.notices[0].text

    assert "will not train" in text
    assert zoo["weight_read_directly"].graph.notices == ()
