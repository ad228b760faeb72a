"""The port of each argument, for all the ways in which a layer can be called."""

from __future__ import annotations

from collections import OrderedDict, namedtuple

import keras
import numpy as np
import pytest

from teachkit.keras_reader.ports import (
    arguments_of,
    default_of,
    first_parameter,
    leaves_with_path,
    map_leaves,
)

X, Y, Z = (keras.KerasTensor((None, 4), name=name) for name in "xyz")
Pair = namedtuple("Pair", ["one", "two"])


class Named:
    def call(self, first, second=None, *rest, scale=1.0, **others):
        """Take arguments of each kind."""


class Unnamed:
    def call(self, **others):
        """Take nothing by position."""


class Odd:
    call = 3


def ports(args=(), kwargs=None, operation=Named):
    """Return the ports at which tensors arrive, with the names of the tensors."""
    found = arguments_of(operation(), args, kwargs or {})
    return [(a.port, a.value.name) for a in found if a.is_tensor]


class TestPorts:
    def test_positions_go_by_the_names_of_the_call(self):
        assert ports((X, Y)) == [("first", "x"), ("second", "y")]

    def test_those_beyond_go_by_the_name_of_the_rest(self):
        expected = [("first", "x"), ("second", "y"), ("rest[0]", "z"), ("rest[1]", "x")]

        assert ports((X, Y, Z, X)) == expected

    def test_keywords_go_by_themselves(self):
        assert ports((X,), {"scale": Y, "new": Z}) == [
            ("first", "x"),
            ("scale", "y"),
            ("new", "z"),
        ]

    def test_members_of_a_list_are_numbered_and_none_has_a_number_too(self):
        assert ports(([X, None, Y],)) == [("first[0]", "x"), ("first[2]", "y")]

    def test_keys_and_numbers_are_told_at_any_depth(self):
        nested = {"b": [X, {"a": (Y,)}], 3: Z}

        assert ports((nested,)) == [
            ("first['b'][0]", "x"),
            ("first['b'][1]['a'][0]", "y"),
            ("first[3]", "z"),
        ]

    @pytest.mark.parametrize("operation", [Unnamed, Odd])
    def test_a_call_without_names_has_numbers(self, operation):
        assert ports((X, Y), operation=operation) == [
            ("args[0]", "x"),
            ("args[1]", "y"),
        ]

    def test_a_list_of_plain_values_stays_whole(self):
        (found,) = arguments_of(Named(), (((1, 1), (2, 2)),), {})

        assert (found.port, found.value) == ("first", ((1, 1), (2, 2)))

    def test_a_constant_opens_the_list_it_stands_in(self):
        found = arguments_of(Named(), ([1, np.ones(3)],), {})

        assert [(a.port, a.is_constant) for a in found] == [
            ("first[0]", False),
            ("first[1]", True),
        ]


class TestConstants:
    @pytest.mark.parametrize(
        "value",
        [np.ones(2), keras.ops.ones(2), keras.ops.array(1.0), keras.Variable([1.0])],
    )
    def test_arrays_tensors_and_variables_are_constants(self, value):
        (found,) = arguments_of(Named(), (value,), {})

        assert found.is_constant
        assert not found.is_tensor

    @pytest.mark.parametrize(
        "value", [None, 2, 2.5, "same", slice(3), ..., np.array(2)]
    )
    def test_plain_values_are_none(self, value):
        (found,) = arguments_of(Named(), (value,), {})

        assert not found.is_constant
        assert not found.is_tensor


class TestSignatures:
    def test_the_default_of_an_argument_is_found(self):
        assert default_of(Named(), "scale") == 1.0

    def test_what_has_no_default_says_so(self):
        assert default_of(Named(), "first") is default_of(Named(), "unheard of")

    @pytest.mark.parametrize(
        ("operation", "name"),
        [(Named, "first"), (Unnamed, "args[0]"), (Odd, "args[0]")],
    )
    def test_the_first_argument_has_a_name(self, operation, name):
        assert first_parameter(operation()) == name


class TestStructures:
    def test_leaves_come_in_the_order_of_the_author_with_their_path(self):
        structure = {"z": 1, "a": [2, (3,)]}

        assert list(leaves_with_path(structure)) == [
            ("['z']", 1),
            ("['a'][0]", 2),
            ("['a'][1][0]", 3),
        ]

    def test_a_single_leaf_has_an_empty_path(self):
        assert list(leaves_with_path(5)) == [("", 5)]

    def test_mapping_keeps_the_structure(self):
        structure = [1, (2, Pair(3, 4)), {"b": 5}]

        mapped = map_leaves(lambda n: n * 10, structure)

        assert type(mapped[1][1]) is Pair
        assert mapped == [
            10,
            (20, Pair(30, 40)),
            {"b": 50},
        ]

    def test_mapping_keeps_a_dict_ordered_that_is(self):
        mapped = map_leaves(str, OrderedDict(b=1, a=2))

        assert type(mapped) is OrderedDict
        assert list(mapped) == ["b", "a"]
