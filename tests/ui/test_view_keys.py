"""Everything with the keyboard only."""

from __future__ import annotations

import pytest

from tests.ui import models
from tests.ui.looking import (
    box,
    calm,
    focused,
    in_sight,
    keys_of,
    names_with,
    panel,
    place,
    zoom,
)


def enter(page, times=40):
    """Press Tab until a box is reached; returns what was passed on the way."""
    box(page, keys_of(page)[0]).wait_for()
    passed = []
    for _ in range(times):
        page.keyboard.press("Tab")
        at = focused(page)
        if at["key"] is not None:
            return passed
        passed.append(at["words"])
    raise AssertionError(passed)


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def tab_to(page, found, times=40):
    """Press Tab until what the keyboard is at is the one that is looked for."""
    passed = []
    for _ in range(times):
        press(page, "Tab")
        reached = focused(page)
        if found(reached):
            return
        passed.append(reached["words"][:60])
    raise AssertionError(passed)


def inside_panel(page):
    """Tell whether the keyboard is at something in the panel."""
    inside: bool = panel(page).evaluate("one => one.contains(document.activeElement)")
    return inside


def at(page):
    return focused(page)["key"]


def test_tab_goes_from_the_buttons_over_one_box_to_the_panel(opened):
    page = opened(models.siamese())
    passed = enter(page)
    assert passed == [
        "Zoom out", "Zoom in", "Fit: show all", "Open all groups",
        "Routes from an input to an output", "Search calls by name or type", "Menu",
    ]  # fmt: skip
    assert at(page) == "left"
    press(page, "Enter", "Tab")
    assert inside_panel(page)
    press(page, "Shift+Tab")
    assert at(page) == "left"
    press(page, "Shift+Tab")
    assert focused(page)["words"] == "Menu"


def test_arrows_go_along_the_wires_and_to_the_side(opened):
    page = opened(models.siamese())
    enter(page)
    visited = []
    for key in (
        "ArrowRight",
        "ArrowDown",
        "ArrowLeft",
        "ArrowDown",
        "ArrowUp",
        "ArrowUp",
    ):
        press(page, key)
        visited.append(at(page))
    assert visited == ["right", "encoder:2", "encoder", "subtract", "encoder", "left"]


def test_arrows_turn_with_the_drawing(opened):
    page = opened(models.wide())
    enter(page)
    press(page, "ArrowRight", "ArrowRight")
    assert at(page) == "dense_1"
    press(page, "ArrowLeft")
    assert at(page) == "dense_0"


def test_home_and_end(opened):
    page = opened(models.siamese())
    enter(page)
    press(page, "End")
    assert at(page) == "#output0"
    press(page, "Home")
    assert at(page) == "left"


def test_a_walk_over_a_long_chain_stays_in_sight(opened):
    page = opened(models.long_chain(), viewport={"width": 800, "height": 900})
    enter(page)
    press(page, *["ArrowDown"] * 30)
    assert at(page) == "dense_29"
    calm(page)
    assert in_sight(page, "dense_29")
    press(page, "End")
    calm(page)
    assert in_sight(page, "#output0")
    press(page, "Home")
    calm(page)
    assert in_sight(page, "x")


def test_enter_and_space_select_and_escape_clears(opened):
    page = opened(models.siamese())
    enter(page)
    press(page, "Enter")
    assert names_with(page, "tkw-selected") == {"left"}
    press(page, "Escape")
    assert names_with(page, "tkw-selected") == set()
    assert panel(page).is_hidden()
    assert at(page) == "left"
    scrolled = page.evaluate("scrollY")
    press(page, "Space")
    assert names_with(page, "tkw-selected") == {"left"}
    assert page.evaluate("scrollY") == scrolled


def test_space_opens_and_closes_a_group_and_arrows_go_inside(opened):
    page = opened(models.three_deep())
    enter(page)
    press(page, "ArrowDown", "Space")
    assert at(page) == "depth2"
    assert "depth2/level2" in keys_of(page)
    press(page, "ArrowDown")
    assert at(page) == "depth2/level2"
    press(page, "ArrowDown")
    assert at(page) == "depth2/depth1"
    press(page, "ArrowUp", "ArrowUp")
    assert at(page) == "depth2"
    press(page, "Space")
    assert at(page) == "depth2"
    assert "depth2/level2" not in keys_of(page)


def test_every_box_is_reached_with_arrows(opened):
    page = opened(models.three_deep())
    page.locator(".tkw").get_by_role("button", name="Open all groups").click()
    enter(page)
    reached, waiting = {"x"}, ["x"]
    while waiting:
        key = waiting.pop()
        for arrow in ("ArrowDown", "ArrowLeft", "ArrowRight", "ArrowUp"):
            box(page, key).focus()
            press(page, arrow)
            if at(page) not in reached:
                reached.add(at(page))
                waiting.append(at(page))
    assert reached == set(keys_of(page))


@pytest.mark.parametrize(("key", "larger"), [("+", True), ("=", True), ("-", False)])
def test_plus_and_minus_zoom(opened, key, larger):
    page = opened(models.siamese())
    enter(page)
    before = zoom(page)
    press(page, key)
    assert (zoom(page) > before) is larger
    press(page, "0")
    assert all(in_sight(page, key) for key in keys_of(page))


def test_shift_and_arrows_move_the_drawing(opened):
    page = opened(models.siamese())
    enter(page)
    before = place(page, "same")
    press(page, "Shift+ArrowUp", "Shift+ArrowLeft")
    after = place(page, "same")
    moved = after["x"] - before["x"], after["y"] - before["y"]
    assert moved == pytest.approx((80, 80), abs=0.1)
    assert at(page) == "left"


def test_a_slash_goes_to_the_search_and_back_to_what_is_found(opened):
    page = opened(models.siamese())
    enter(page)
    press(page, "/")
    page.keyboard.type("same")
    press(page, "Enter")
    assert names_with(page, "tkw-selected") == {"same"}
    press(page, "Tab", "Tab")
    assert at(page) == "same"


def test_an_edge_is_reached_by_the_panel(opened):
    page = opened(models.siamese())
    enter(page)
    press(page, "Enter")
    tab_to(page, lambda one: one["words"].startswith("encoder "))
    assert inside_panel(page)
    press(page, "Enter")
    assert names_with(page, "tkw-selected") == {"left->encoder:inputs"}
    assert inside_panel(page)


def test_the_menu_opens_moves_and_closes(opened):
    page = opened(models.siamese())
    enter(page)
    press(page, "Shift+Tab", "Enter")
    assert focused(page)["words"] == "Copy as code"
    press(page, "ArrowDown")
    assert focused(page)["words"] == "Copy as SVG"
    press(page, "ArrowUp", "ArrowUp")
    assert focused(page)["words"] == "Keyboard"
    press(page, "Escape")
    assert focused(page)["words"] == "Menu"
    assert page.locator(".tkw-menu-list").is_hidden()
    press(page, "Enter", "ArrowUp", "Enter")
    assert "go along the wires" in panel(page).inner_text()
    press(page, "Escape")
    assert panel(page).is_hidden()


def test_routes_are_chosen_with_keys(opened):
    page = opened(models.routes())
    box(page, "left").wait_for()
    page.get_by_role("button", name="Routes from").focus()
    press(page, "Enter")
    tab_to(page, lambda one: one["tag"] == "select")
    told = page.locator(".tkw-told")
    before = told.inner_text()
    press(page, "ArrowDown")
    assert told.inner_text() != before


def test_letters_end_in_the_view(opened):
    page = opened(models.siamese())
    page.evaluate(
        """() => { globalThis.heard = [];
          addEventListener("keydown", event => heard.push(event.key)); }"""
    )
    enter(page)
    page.evaluate("heard.length = 0")
    press(page, "b", "d", "Enter", "ArrowDown", "Control+s", "Escape", "Escape")
    # The first Escape cleared the selection; the second leaves the view.
    assert page.evaluate("heard") == ["Control", "s", "Escape"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_focus_is_seen(opened, scheme):
    page = opened(models.siamese(), scheme)
    enter(page)
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    width = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert (outline, width) == ("solid", "2px")
    press(page, "Enter")
    press(page, "Tab")
    styles = []
    while inside_panel(page):
        now = "getComputedStyle(document.activeElement).outlineStyle"
        styles.append(page.evaluate(now))
        assert len(styles) < 20
        press(page, "Tab")
    assert len(styles) >= 3
    assert set(styles) <= {"solid", "auto"}
