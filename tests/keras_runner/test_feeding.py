from __future__ import annotations

import warnings

import keras
import numpy as np
import pytest
import tensorflow as tf
from keras import layers, ops

import teachkit as tk
from teachkit.errors import TeachkitError
from teachkit.keras_reader import record_model
from teachkit.keras_runner.feeding import fed, notes_on, shape_told
from tests.keras_runner.tracing import CANNOT_RUN, data_for, numbers
from tests.models import ZOO, build


def two_inputs():
    a, b = keras.Input((4,), name="a"), keras.Input((5,), name="b")
    return keras.Model([a, b], layers.Concatenate()([a, b]), name="two")


def one_input(shape=(4,), dtype="float32"):
    x = keras.Input(shape, dtype=dtype, name="x")
    return keras.Model(x, ops.copy(x) if dtype != "string" else x, name="one")


def with_keys():
    a, b = keras.Input((4,), name="a"), keras.Input((5,), name="b")
    with warnings.catch_warnings():  # Keras warns that keys are other than the names
        warnings.simplefilter("ignore")
        return keras.Model({"u": a, "v": b}, layers.Concatenate()([a, b]), name="keys")


def refused(model, given):
    with pytest.raises(TeachkitError) as error:
        fed(record_model(model), given)
    return error.value


@pytest.mark.parametrize(
    "given",
    [
        [numbers(2, 4), numbers(2, 5)],
        (numbers(2, 4), numbers(2, 5)),
        {"b": numbers(2, 5), "a": numbers(2, 4)},
        [numbers(2, 4).tolist(), numbers(2, 5).tolist()],
        [ops.convert_to_tensor(numbers(2, 4)), numbers(2, 5)],
        [numbers(1, 4), numbers(2, 5)],
    ],
)
def test_inputs_are_taken_in_every_form(given):
    found = fed(record_model(two_inputs()), given)

    assert {name: array.shape[1:] for name, array in found.items()} == {
        "a": (4,),
        "b": (5,),
    }


@pytest.mark.parametrize("names", ["uv", "ab"])
def test_a_dict_goes_by_its_keys_or_by_the_names_of_the_inputs(names):
    given = dict(zip(names, (numbers(2, 4), numbers(2, 5)), strict=True))

    assert fed(record_model(with_keys()), given)["a"].shape == (2, 4)


@pytest.mark.parametrize(
    "given", [[[1, 2, 3, 4]], [numbers(1, 4)], {"x": numbers(1, 4)}, np.ones((1, 4))]
)
def test_a_single_input_is_taken_in_every_form(given):
    assert fed(record_model(one_input()), given)["x"].shape == (1, 4)


def test_a_last_axis_of_length_one_may_be_left_out_as_in_keras():
    found = fed(record_model(one_input((1,))), numbers(3))

    assert found["x"].shape == (3,)


REFUSED = {
    "order": (
        two_inputs,
        [numbers(2, 5), numbers(2, 4)],
        "input 'a' of shape (batch, 4)",
        "shape (2, 5)",
        "it fits 'b'",
    ),
    "shape": (
        two_inputs,
        {"a": numbers(32, 4), "b": numbers(32, 4)},
        "input 'b' of shape (batch, 5)",
        "shape (32, 4)",
        "it fits 'a'",
    ),
    "number": (
        two_inputs,
        numbers(2, 4),
        "2 inputs: 'a', 'b'",
        "1 input of shape (2, 4)",
        "{'a': ..., 'b': ...}",
    ),
    "name": (
        two_inputs,
        {"a": numbers(2, 4), "bb": numbers(2, 5)},
        "names of the inputs",
        "the name 'bb'",
        "did you mean 'b'?",
    ),
    "missing": (
        two_inputs,
        {"a": numbers(2, 4)},
        "something for each input",
        "nothing for 'b'",
        "{'a': ..., 'b': ...}",
    ),
    "nothing": (one_input, None, "numbers for the inputs", "None", "pass an array"),
    "left out": (
        two_inputs,
        [numbers(2, 4), None],
        "numbers for input 'b'",
        "None",
        "pass a NumPy array",
    ),
    "samples": (
        two_inputs,
        [numbers(2, 4), numbers(3, 5)],
        "the same number of samples",
        "2 for 'a', 3 for 'b'",
        "as many rows",
    ),
    "no samples": (
        one_input,
        numbers(0, 4),
        "at least one sample for input 'x'",
        "(0, 4)",
        "pass some rows",
    ),
    "batch axis": (
        one_input,
        numbers(4),
        "input 'x' of shape (batch, 4)",
        "shape (4,)",
        "array[None]",
    ),
    "words": (
        one_input,
        [["a", "b", "c", "d"]],
        "float32 for input 'x'",
        "dtype <U1",
        "turn the words into numbers",
    ),
    "no words": (
        lambda: one_input((1,), "string"),
        [[1]],
        "string for input 'x'",
        "dtype int64",
        "an array of words",
    ),
    "broken ids": (
        lambda: one_input((2,), "int32"),
        [[1.0, 2.5]],
        "whole numbers (int32) for input 'x'",
        "such as 2.5",
        "whole numbers",
    ),
    "rows": (
        one_input,
        [[1, 2, 3, 4], [1, 2]],
        "rows have the same length",
        "different lengths",
        "fill the rows up",
    ),
    "list for a dict": (
        with_keys,
        [numbers(2, 4), numbers(2, 5)],
        "a dict for the inputs 'u', 'v'",
        "a list",
        "{'u': ..., 'v': ...}",
    ),
    "complex": (
        one_input,
        numbers(2, 4) + 1j,
        "float32 for input 'x'",
        "complex numbers (complex64)",
        "array.real",
    ),
    "too large": (
        lambda: one_input((2,), "int32"),
        [[1, 10**12]],
        "numbers from -2147483648 to 2147483647 (int32) for input 'x'",
        "the number 1000000000000",
        "numbers that fit",
    ),
    "a set": (one_input, {1, 2}, "an array for input 'x'", "a set", "a NumPy array"),
    "a generator": (
        one_input,
        (row for row in numbers(2, 4)),
        "an array for input 'x'",
        "a generator",
        "next(iter(dataset))",
    ),
    "a dataset": (
        one_input,
        tf.data.Dataset.from_tensor_slices(numbers(2, 4)),
        "an array for input 'x'",
        "Dataset",
        "next(iter(dataset))",
    ),
    "a hole": (
        one_input,
        [[1, 2, None, 4]],
        "an array for input 'x'",
        "such as None",
        "a number in each place",
    ),
    "no numbers": (
        one_input,
        keras.KerasTensor((2, 4)),
        "numbers for input 'x'",
        "a tensor without numbers",
        "pass a NumPy array",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_does_not_fit_is_refused_by_name(name):
    made, given, expected, found, action = REFUSED[name]

    error = refused(made(), given)

    assert expected in error.expected
    assert found in error.found
    assert action in error.action


def test_a_dry_model_and_one_without_inputs_are_refused():
    with tk.dry():
        x = keras.Input((4,))
        dry = keras.Model(x, layers.Dense(3)(x), name="weightless")
    unbuilt = keras.Sequential([layers.Dense(2)], name="open")

    assert (
        "'weightless', built inside teachkit.dry()" in refused(dry, numbers(1, 4)).found
    )
    assert "'open', which has no input yet" in refused(unbuilt, numbers(1, 4)).found


def test_numbers_that_are_none_are_noted():
    array = numbers(2, 3)
    array[0, 1] = np.nan
    array[1, 1] = np.inf

    assert "'x' has 2 of 6 numbers" in notes_on({"x": array, "y": numbers(2, 2)})[0]
    assert notes_on({"y": np.array([1, 2])}) == []


def test_shapes_are_told_with_words_for_what_is_open():
    assert shape_told((None, 4)) == "(batch, 4)"
    assert shape_told((None, None, 3)) == "(batch, any, 3)"
    assert shape_told((2,)) == "(2,)"
    assert shape_told(None) == "(unknown)"


@pytest.mark.parametrize("name", [name for name in ZOO if name not in CANNOT_RUN])
def test_every_model_takes_a_dict_with_the_names_of_its_inputs(name):
    model = build(name)
    recording = record_model(model)
    by_name = fed(recording, data_for(name, model))

    again = fed(recording, dict(by_name))

    assert again.keys() == by_name.keys()
    assert all(again[key] is by_name[key] for key in again)


@pytest.mark.parametrize("key", ["it's", 'a "b"', "inputs[0]", "a]b", "'"])
def test_a_name_may_have_quotes_and_brackets(key):
    x, y = keras.Input((3,), name="x"), keras.Input((4,), name="y")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = keras.Model({key: x, "other": y}, layers.Concatenate()([x, y]))
    rows = numbers(2, 3), numbers(2, 4)

    found = fed(record_model(model), {"y": rows[1], key: rows[0]})

    assert found["x"] is rows[0]
    with pytest.raises(TeachkitError, match="a dict for the inputs"):
        fed(record_model(model), list(rows))
