"""Drawings tell the truth about their graph, whichever engine places the boxes."""

from __future__ import annotations

import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teachkit.layout import Choices, draw
from tests.drawings import check_drawing, wires_over_boxes
from tests.graphs import FIXED, graphs

ENGINES = [
    "graphviz",
    pytest.param(
        "dot",
        marks=pytest.mark.skipif(
            shutil.which("dot") is None, reason="the program dot is not installed"
        ),
    ),
    "layered",
    "rows",
]
DIRECTIONS = ("TB", "LR")


def drawn(graph, *, engine="auto", direction="TB", **choices):
    """Return a drawing; an engine that fails is a fault here."""
    return draw(
        graph, Choices(**choices), direction=direction, engine=engine, tell=pytest.fail
    )


@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize("nested", ["collapsed", "expanded"])
@pytest.mark.parametrize("engine", ENGINES)
@given(graph=graphs())
@FIXED
def test_every_call_and_tensor_is_drawn_where_it_belongs(
    graph, engine, nested, direction
):
    drawing = drawn(graph, engine=engine, nested=nested, direction=direction)
    check_drawing(graph, drawing, expanded=nested == "expanded")


@pytest.mark.parametrize("engine", ENGINES)
@given(graph=graphs(), direction=st.sampled_from(DIRECTIONS))
@FIXED
def test_no_wire_runs_over_a_box(graph, engine, direction):
    drawing = drawn(graph, engine=engine, nested="expanded", direction=direction)
    assert wires_over_boxes(graph, drawing, expanded=True) == []
