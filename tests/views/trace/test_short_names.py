"""Long names are cut, and those that differ never look alike."""

from __future__ import annotations

import pytest

from teachkit.views.trace.short_names import distinct, shortened

LONG = "a_very_long_name_of_layer_{}_in_the_middle_of_a_very_long_name"


def test_short_ones_stay():
    assert distinct(["a", "b", "a"], 20) == ["a", "b", "a"]


def test_the_middle_is_left_out():
    assert shortened("abcdefghij", 7) == "abc…hij"


def test_the_place_where_they_differ_is_shown():
    assert distinct([LONG.format(k) for k in range(3)], 30) == [
        "…_of_layer_0_in_the_middle_of…",
        "…_of_layer_1_in_the_middle_of…",
        "…_of_layer_2_in_the_middle_of…",
    ]


def test_a_difference_in_two_places():
    inner = ("one/projection_of_all_features", "one/inner/projection_of_all_features")
    names = [f"{outer}/{rest}" for outer in ("encoder", "encoder:2") for rest in inner]
    assert len(set(distinct(names, 20))) == 4


@pytest.mark.parametrize("room", [12, 13, 20, 36])
def test_never_alike(room):
    names = [f"{'x' * k}{'y' * 50}{'x' * j}" for k in range(9) for j in range(40, 49)]
    found = distinct(names, room)
    assert len(set(found)) == len(names)
    assert max(map(len, found)) <= room


def test_the_same_name_twice_stays_the_same():
    assert len(set(distinct([LONG] * 3, 20))) == 1
