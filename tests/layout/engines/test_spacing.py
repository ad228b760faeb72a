"""Boxes keep their distance, and routes keep off boxes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teachkit.layout.engines.problem import NODE_GAP
from teachkit.layout.engines.routes import Rows, x_at
from teachkit.layout.engines.spacing import apart
from tests.graphs import FIXED

NUMBERS = st.floats(-500, 500)


@given(row=st.lists(st.tuples(NUMBERS, st.floats(0, 200)), min_size=1, max_size=9))
@FIXED
def test_boxes_keep_their_distance(row):
    wanted, widths = [x for x, _ in row], [w for _, w in row]
    placed = apart(wanted, widths)
    assert len(placed) == len(row)
    for k in range(len(row) - 1):
        gap = placed[k + 1] - widths[k + 1] / 2 - placed[k] - widths[k] / 2
        assert gap >= NODE_GAP - 1e-6


def test_boxes_that_have_room_stay():
    assert apart([0, 200, 400], [90, 90, 90]) == [0, 200, 400]


def test_boxes_that_have_none_share_the_shift():
    assert apart([100, 100], [72, 72]) == [50, 150]


@given(x=st.floats(-300, 300))
@FIXED
def test_a_clear_place_touches_no_box(x):
    rows = Rows([(0.0, 0.0), (140.0, 0.0)], [(100.0, 40.0), (100.0, 60.0)])
    clear = rows.clear(x, 0.0)
    assert clear <= -50 or 50 <= clear <= 90 or clear >= 190
    assert clear == x or abs(clear - x) <= 62


def test_the_x_of_a_route():
    route = ((0.0, 0.0), (0.0, 5.0), (10.0, 5.0), (10.0, 10.0))
    assert x_at(route, 0.0) == pytest.approx(0, abs=0.01)
    assert x_at(route, 5.0) == pytest.approx(5, abs=0.01)
    assert x_at(route, 10.0) == pytest.approx(10, abs=0.01)
