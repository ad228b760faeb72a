"""Configurations become plain JSON values, whatever a layer says of itself."""

from __future__ import annotations

import enum
import json
import math

import keras
import numpy as np
import pytest
from keras import layers

from teachkit.graph import Config
from teachkit.keras_reader.configs import config_of, plain


class Size(enum.IntEnum):
    BIG = 7


def named():
    """Stand for a function of a learner."""


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        (True, True),
        (np.float32(0.5), 0.5),
        (np.float64(0.5), 0.5),
        (np.int64(3), 3),
        (np.bool_(1), True),
        (np.str_("name"), "name"),
        (Size.BIG, 7),
        (math.inf, "inf"),
        (np.array([1.0, -math.inf]), [1.0, "-inf"]),
        ((1, (2, None)), [1, [2, None]]),
        ({3, 1}, [1, 3]),
        ({1: (2,)}, {"1": [2]}),
        (named, "named"),
        (object(), "object"),
        ({"class_name": "function", "config": "relu"}, "relu"),
        ({"class_name": "__lambda__", "config": {"code": "4wEA"}}, "lambda"),
        ({"class_name": "Zeros", "config": None}, "Zeros"),
        (
            {"class_name": "L2", "config": {"l2": 0.1, "name": "x"}, "module": "keras"},
            {"class_name": "L2", "config": {"l2": 0.1}},
        ),
    ],
)
def test_values_become_plain(value, expected):
    found = plain(value)

    assert found == expected
    assert json.loads(json.dumps(found)) == expected


def test_nan_becomes_a_word():
    assert plain(math.nan) == "nan"


class Talking(layers.Layer):
    """A layer that says of itself what it is told to."""

    def __init__(self, says=None, **options):
        super().__init__(**options)
        self.says = says

    def get_config(self):
        return self.says()


def refuse():
    raise RuntimeError("not today")


def endless():
    config = {}
    config["itself"] = config
    return config


class Unprintable:
    def tolist(self):
        raise ValueError


@pytest.mark.parametrize(
    "says", [refuse, endless, lambda: None, lambda: 3, lambda: {"a": Unprintable()}]
)
def test_a_layer_that_cannot_tell_has_an_empty_configuration(says):
    assert config_of(Talking(says)) == Config({})


def test_it_is_asked_only_when_somebody_looks():
    asked = []
    config = config_of(Talking(lambda: asked.append(1) or {"a": 1}))

    assert asked == []
    assert (config["a"], config["a"], asked) == (1, 1, [1])


@pytest.mark.parametrize(
    ("layer", "chosen"),
    [
        (layers.Dense(3), {"units"}),
        (layers.Dense(3, "relu", use_bias=False), {"units", "activation", "use_bias"}),
        (layers.Dense(3, kernel_initializer="zeros"), {"units", "kernel_initializer"}),
        (layers.Dense(3, kernel_regularizer="l2"), {"units", "kernel_regularizer"}),
        (layers.Conv2D(2, 3), {"filters", "kernel_size"}),
        (layers.Conv2D(2, 3, strides=(1, 2)), {"filters", "kernel_size", "strides"}),
        (layers.Conv1D(2, 3), {"filters", "kernel_size"}),
        (layers.Conv1D(2, 3, strides=2), {"filters", "kernel_size", "strides"}),
        (layers.Embedding(9, 2), {"input_dim", "output_dim"}),
        (layers.Concatenate(), set()),
        (layers.InputLayer((4,), name="x"), {"batch_shape"}),
        (layers.Lambda(lambda t: t), {"function"}),
        (keras.layers.LSTM(2, return_state=True), {"units", "return_state"}),
    ],
)
def test_what_differs_from_the_defaults_was_chosen(layer, chosen):
    assert set(config_of(layer).chosen) == chosen


def test_names_and_dtypes_are_not_part_of_it():
    config = config_of(layers.Dense(3, name="d", dtype="float16", trainable=False))

    assert not {"name", "dtype", "trainable"} & set(config)


def without_source():
    """Return a function whose source Python cannot find."""
    exec("f = lambda t: t * t", namespace := {})  # noqa: S102
    return namespace["f"]


@pytest.mark.parametrize("function", [lambda t: t * t, without_source()])
def test_a_lambda_is_told_as_one_with_all_the_rest(function):
    told = config_of(layers.Dense(3, activation=function, use_bias=False))

    assert (told["units"], told["activation"], told["use_bias"]) == (3, "lambda", False)
    assert "lora_rank" not in told
    assert config_of(layers.Activation(function))["activation"] == "lambda"


def test_what_a_layer_was_adapted_to_is_told():
    scale = layers.Normalization()
    scale.adapt(np.array([[1.0, 2.0], [3.0, 2.0]], "float32"))
    words = layers.StringLookup()
    words.adapt(np.array(["b", "a", "a"]))
    bins = layers.Discretization(num_bins=2)
    bins.adapt(np.arange(8.0))

    assert config_of(scale)["mean"] == [2.0, 2.0]
    assert config_of(scale)["variance"] == [1.0, 0.0]
    assert config_of(words)["vocabulary"] == ["a", "b"]
    assert config_of(bins)["num_bins"] is None
    assert len(config_of(bins)["bin_boundaries"]) == 1


def each(wired_to_itself=False):
    i = keras.Input((4,))
    h = layers.Dense(4)(i)
    inner = keras.Model(i, layers.Add()([h, h if wired_to_itself else i]))
    return config_of(layers.TimeDistributed(inner))


def test_a_model_inside_a_layer_is_told_without_automatic_names():
    assert each() == each()
    assert each() != each(wired_to_itself=True)
