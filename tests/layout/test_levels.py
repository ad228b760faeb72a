"""Each level of a model is drawn by itself, with its groups closed."""

from __future__ import annotations

import pytest

from teachkit.layout import Choices, levels
from teachkit.layout.levels import calls_at_all_depths, draw_levels
from tests.drawings import check_geometry
from tests.graphs import chain, residual_stack, siamese, three_deep


def drawn(graph, *, fold=False, engine="rows", tell=None):
    choices = Choices("collapsed", ("shape",), fold)
    return draw_levels(
        graph, choices, direction="TB", engine=engine, tell=tell or pytest.fail
    )


def keys(level):
    return {box.item.key for box in level.drawing.boxes}


def test_a_model_without_others_inside_is_one_level():
    level = drawn(chain(3))
    assert keys(level) == {"x", "dense_0", "dense_1", "dense_2", "#output0"}
    assert level.groups == {}
    assert set(level.ways) == {("", "")}
    assert len(level.ways) == len(level.drawing.wires) == 4


def test_groups_are_boxes_like_any_other():
    level = drawn(siamese())
    assert keys(level) == {"left", "right", "encoder", "encoder:2", "minus", "#output0"}
    closed = next(b for b in level.drawing.boxes if b.item.key == "encoder")
    assert closed.item.inner is None
    assert closed.item.lines == closed.item.closed_lines
    check_geometry(level.drawing)


def test_a_model_that_is_called_twice_is_drawn_for_each_call():
    groups = drawn(siamese()).groups
    assert list(groups) == ["encoder", "encoder:2"]
    for name, (item, inside) in groups.items():
        assert item.key == name
        assert item.inner is not None
        assert {f"{name}/{one}" for one in ("image", "conv", "embed")} <= keys(inside)
        check_geometry(inside.drawing)


def test_ways_name_where_a_wire_goes_on_inside():
    level = drawn(siamese())
    wires = zip(level.drawing.wires, level.ways, strict=True)
    ways = {(wire.source, wire.target): way for wire, way in wires}
    for left, name in (("left", "encoder"), ("right", "encoder:2")):
        inside = level.groups[name][1]
        arrives, comes = ways[left, name]
        assert (arrives, comes) == (f"{name}/image", "")
        arrives, comes = ways[name, "minus"]
        assert arrives == ""
        assert comes in keys(inside) | set(inside.points)
    assert ways["minus", "#output0"] == ("", "")


def test_every_depth_has_its_level():
    level, seen = drawn(three_deep()), []
    while level.groups:
        ((key, (_, level)),) = level.groups.items()
        seen.append(key)
    assert seen == ["outer", "outer/middle", "outer/middle/inmost"]
    assert "outer/middle/inmost/inmost_dense" in keys(level)


def test_blocks_that_repeat_are_a_group():
    level = drawn(residual_stack(6), fold=True)
    ((key, (item, inside)),) = level.groups.items()
    assert key == item.key
    assert item.repeats == 6
    assert {"a0", "b0", "add0"} <= keys(inside)
    assert "a0" not in keys(level)


def test_calls_are_counted_at_all_depths():
    assert calls_at_all_depths(siamese()) == 5 + 2 * 3
    assert calls_at_all_depths(three_deep()) == 3 + 3 + 3 + 2


@pytest.mark.parametrize(("most", "groups"), [(11, 2), (10, 0)])
def test_of_a_model_that_is_too_large_the_outermost_level_is_drawn(
    monkeypatch, most, groups
):
    monkeypatch.setattr(levels, "MOST_CALLS", most)
    level = drawn(siamese())
    assert len(level.groups) == groups
    assert "encoder:2" in keys(level)


def test_an_engine_that_failed_is_told_once(monkeypatch):
    monkeypatch.setenv("PATH", "")
    told = []
    level = drawn(siamese(), engine="dot", tell=told.append)
    assert keys(level.groups["encoder"][1])
    assert len(told) == 1
    assert "no program 'dot' on the PATH" in told[0]
