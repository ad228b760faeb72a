"""The names by which a view knows what is drawn."""

from __future__ import annotations

import pytest

from teachkit.layout import Choices
from teachkit.layout.levels import draw_levels
from teachkit.views.widget.names import edge_name, groups_of, inner_prefix, names_of
from tests.graphs import residual_stack, siamese, three_deep


def level_of(graph, *, fold=False):
    return draw_levels(
        graph, Choices("collapsed", ("shape",), fold), direction="TB", engine="rows",
        tell=pytest.fail,
    )  # fmt: skip


def test_boxes_and_edges_have_full_paths_at_every_depth():
    names = set(names_of(level_of(siamese())))
    assert {"left", "encoder:2", "encoder:2/conv", "#output0"} <= names
    assert {name for name in names if "->" in name and "encoder:2" in name} >= {
        "right->encoder:2:inputs",
        "encoder:2->minus:x2",
        "encoder:2/image->encoder:2/conv:inputs",
        "encoder:2/conv->encoder:2/embed:inputs",
    }


def test_no_two_things_have_one_name():
    names = list(names_of(level_of(siamese())))
    assert len(names) == len(set(names))


def test_a_repeated_block_adds_nothing_to_the_paths_inside():
    names = set(names_of(level_of(residual_stack(6), fold=True)))
    assert {"a0", "b0", "a0->b0:inputs"} <= names
    assert inner_prefix("a0#block", "encoder/", 6) == "encoder/"
    assert inner_prefix("encoder/part", "encoder/", 1) == "encoder/part/"


def test_groups_are_named_with_the_outermost_first():
    assert groups_of(level_of(siamese())) == ["encoder", "encoder:2"]
    deep = ["outer", "outer/middle", "outer/middle/inmost"]
    assert groups_of(level_of(three_deep())) == deep
    (group,) = groups_of(level_of(residual_stack(6), fold=True))
    assert group.startswith("a0")


def test_the_name_of_an_edge():
    assert edge_name("a:2", "b/c", "inputs[1]") == "a:2->b/c:inputs[1]"
