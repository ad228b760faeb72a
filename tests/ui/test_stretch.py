"""Random nested graphs with random groups open: nothing overlaps, all stays joined."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teachkit.layout import Choices
from teachkit.layout.levels import draw_levels
from teachkit.views.widget.assets import source
from teachkit.views.widget.graph_data import level_data
from teachkit.views.widget.names import groups_of
from tests.graphs import FIXED, graphs

SLACK = 0.6
"""Coordinates come rounded to a tenth of a pixel, and openings add up."""


@pytest.fixture(scope="module")
def compose(browser):
    """Return the function of the browser that opens groups in a drawing."""
    page = browser.new_page()
    page.add_script_tag(content=source("stretch"))

    def composed(level, opened, turned):
        return page.evaluate(
            """([level, opened, turned]) => {
              const { boxes, wires, width, height, points } =
                compose(level, new Set(opened), turned);
              const bare = boxes.map(({ key, x, y, width, height, open, frame }) =>
                ({ key, x, y, width, height, open, frame }));
              return { boxes: bare, width, height, points: Object.fromEntries(points),
                wires: wires.map(({ data, points }) => ({ points, source: data.source,
                  target: data.target, into: data.into, outOf: data.outOf })) };
            }""",
            [level, opened, turned],
        )

    yield composed
    page.close()


def overlap(one, other):
    return all(
        one[at] + one[length] > other[at] + SLACK
        and other[at] + other[length] > one[at] + SLACK
        for at, length in (("x", "width"), ("y", "height"))
    )


def holds(outer, inner):
    return all(
        inner[at] >= outer[at] - SLACK
        and inner[at] + inner[length] <= outer[at] + outer[length] + SLACK
        for at, length in (("x", "width"), ("y", "height"))
    )


def around(box, known):
    """Return the keys of the frames around a box."""
    found = []
    while box.get("frame") is not None:
        found.append(box["frame"])
        box = known[box["frame"]]
    return found


def check_boxes(drawn):
    """Check that each box is in its frame and over no box but its frames."""
    known = {box["key"]: box for box in drawn["boxes"]}
    page = {"x": 0, "y": 0, "width": drawn["width"], "height": drawn["height"]}
    for box in drawn["boxes"]:
        assert holds(known.get(box.get("frame"), page), box), box
    for k, one in enumerate(drawn["boxes"]):
        for other in drawn["boxes"][k + 1 :]:
            if one["key"] not in around(other, known) and other["key"] not in around(
                one, known
            ):
                assert not overlap(one, other), (one, other)


def check_ends(drawn, flow):
    """Check that wires leave and reach the borders of their boxes."""
    known = {box["key"]: box for box in drawn["boxes"]}
    at, length = (("x", "width"), ("y", "height"))[flow]
    across, breadth = (("y", "height"), ("x", "width"))[flow]
    for wire in drawn["wires"]:
        for name, way, place, far in (
            ("source", "outOf", 0, True),
            ("target", "into", -1, False),
        ):
            box, end = known.get(wire[name]), wire["points"][place]
            if box is None:
                continue  # the end of a model, a point
            if box["open"] and wire.get(way) in drawn["points"]:
                assert end == pytest.approx(drawn["points"][wire[way]], abs=SLACK)
                continue
            if box["open"] and wire.get(way):
                box = known[wire[way]]
            border = box[at] + (box[length] if far else 0)
            assert end[flow] == pytest.approx(border, abs=SLACK), wire
            assert (
                box[across] - SLACK
                <= end[1 - flow]
                <= box[across] + box[breadth] + SLACK
            )


@FIXED
@given(st.data())
def test_boxes_stand_apart_and_wires_hold_on(compose, data):
    graph = data.draw(graphs())
    direction = data.draw(st.sampled_from(["TB", "LR"]))
    level = draw_levels(
        graph, Choices("collapsed", ("shape",), False), direction=direction,
        engine="layered", tell=lambda _: None,
    )  # fmt: skip
    groups = groups_of(level)
    opened = [key for key in groups if data.draw(st.booleans())]
    drawn = compose(level_data(level, ""), opened, direction == "LR")
    check_boxes(drawn)
    check_ends(drawn, 1 if direction == "TB" else 0)
