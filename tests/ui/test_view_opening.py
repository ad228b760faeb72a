"""Nested models and repeated blocks, opened and closed in place."""

from __future__ import annotations

import pytest

from tests.ui import models
from tests.ui.looking import box, keys_of, panel, place, press

INNER = ["depth2/level2", "depth2/depth1", "depth2/join2"]


def sign(page, key):
    """Return the plus or minus of a group."""
    return page.locator(f".tkw [data-toggle='{key}']")


def inside(page, inner, outer):
    """Tell whether a box lies in the frame of a group."""
    one = place(page, inner)
    frame = page.locator(f".tkw .frame[data-key='{outer}'] rect")
    other = frame.evaluate("e => e.getBoundingClientRect().toJSON()")
    return all(one[side] > other[side] for side in ("left", "top")) and all(
        one[side] < other[side] for side in ("right", "bottom")
    )


def test_one_group_opens_where_it_stands_and_closes(opened):
    page = opened(models.three_deep())
    before = place(page, "depth2")
    sign(page, "depth2").click()
    assert set(INNER) < set(keys_of(page))
    after = place(page, "depth2")
    assert (after["x"], after["y"]) == pytest.approx(
        (before["x"], before["y"]), abs=0.2
    )
    assert all(inside(page, key, "depth2") for key in INNER)
    assert page.locator(".tkw-status").inner_text() == "depth2 opened."
    sign(page, "depth2").click()
    assert not set(INNER) & set(keys_of(page))
    assert page.locator(".tkw-status").inner_text() == "depth2 closed."


def test_two_depths(opened):
    page = opened(models.three_deep())
    sign(page, "depth2").click()
    sign(page, "depth2/depth1").click()
    assert inside(page, "depth2/depth1/level1", "depth2/depth1")
    assert inside(page, "depth2/depth1/level1", "depth2")
    assert "depth2/depth1/depth0/relu" not in keys_of(page)
    # What was open inside is open again after the outer group was closed.
    sign(page, "depth2").click()
    sign(page, "depth2").click()
    assert "depth2/depth1/level1" in keys_of(page)


def test_all_at_once(opened):
    page = opened(models.three_deep())
    press(page, "Open all groups")
    assert "depth2/depth1/depth0/relu" in keys_of(page)
    press(page, "Close all groups")
    assert keys_of(page) == ["x", "depth2", "#output0"]


def test_only_one_of_two_calls_opens(opened):
    page = opened(models.siamese_of_graphs())
    sign(page, "encoder:2").click()
    assert {"encoder:2/conv", "encoder"} < set(keys_of(page))
    assert "encoder/conv" not in keys_of(page)


def test_a_repeated_block_is_open_and_folds(opened):
    page = opened(models.blocks())
    block = next(key for key in keys_of(page) if key.endswith("#block"))
    unfolded = keys_of(page)
    sign(page, block).click()
    folded = keys_of(page)
    assert len(folded) < len(unfolded)
    assert "×" in box(page, block).text_content()
    sign(page, block).click()
    assert keys_of(page) == unfolded


def test_a_double_click_opens(opened):
    page = opened(models.three_deep())
    box(page, "depth2").dblclick(position={"x": 50, "y": 60})
    assert "depth2/level2" in keys_of(page)


def test_the_panel_opens_a_group(opened):
    page = opened(models.three_deep())
    box(page, "depth2").click(position={"x": 50, "y": 60})
    panel(page).get_by_role("button", name="Open this group").click()
    assert "depth2/level2" in keys_of(page)
    panel(page).get_by_role("button", name="Close this group").click()
    assert "depth2/level2" not in keys_of(page)


def test_closing_a_group_around_the_selection_leaves_the_group(opened):
    page = opened(models.three_deep())
    sign(page, "depth2").click()
    box(page, "depth2/join2").click()
    sign(page, "depth2").click()
    assert page.locator(".tkw .tkw-selected").count() <= 1
    assert page.said == []


def test_a_drawing_without_groups_offers_nothing_to_open(opened):
    page = opened(models.routes())
    box(page, "left").wait_for()
    assert page.locator(".tkw").get_by_role("button", name="Open all").count() == 0


def test_an_expanded_view_begins_open(opened):
    page = opened(models.expanded())
    assert "depth2/depth1/depth0/relu" in keys_of(page)
    sign(page, "depth2/depth1/depth0").click()
    assert "depth2/depth1/depth0/relu" not in keys_of(page)
    assert "depth2/depth1/level1" in keys_of(page)
