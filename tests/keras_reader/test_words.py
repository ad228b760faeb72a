"""What else a call was given, in words."""

from __future__ import annotations

import keras
import numpy as np
import pytest

from teachkit.keras_reader.ports import arguments_of
from teachkit.keras_reader.walk import Visit
from teachkit.keras_reader.words import words_of


class Layer:
    def call(self, inputs, scale=1.0, flag=False, mode=None, mask=None):
        """Take plain values beside the tensors."""


def words(*args, **kwargs):
    operation = Layer()
    return words_of(
        Visit(operation, [], args, kwargs, arguments_of(operation, args, kwargs))
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (2.5, "2.5"),
        (1, "1"),  # the default is 1.0
        (True, "True"),
        ("same", "'same'"),
        ((1, -1), "(1, -1)"),
        ([1, None], "[1, None]"),
        ({"a": 1}, "{'a': 1}"),
        (slice(None, -1), ":-1"),
        (slice(1, None, 2), "1::2"),
        ((..., slice(None)), "(..., :)"),
        (np.float32(0.5), "0.5"),
        (np.array(3), "3"),
        (len, "len"),
        (object(), "object"),
    ],
)
def test_values_are_told_shortly(value, text):
    assert words(scale=value) == (f"scale={text}",)


def test_defaults_are_not_told():
    assert words(scale=1.0, flag=False, mode=None) == ()


def test_a_value_that_only_equals_the_default_is_told():
    assert words(flag=0) == ("flag=0",)


def test_tensors_and_constants_are_not_told():
    assert words(keras.KerasTensor((1,)), mode=np.ones(3)) == ()


def test_masks_that_are_all_missing_are_not_told():
    assert words(mask=[None, None]) == ()


def test_a_mask_that_is_a_plain_value_is_told():
    assert words(mask=True) == ("mask=True",)
