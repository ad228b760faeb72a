"""Selecting: what the panel tells, what lights up, what is found, and all routes."""

from __future__ import annotations

import pytest

from tests.ui import models
from tests.ui.looking import box, calm, in_sight, names_with, panel, press, wire

EDGE = "left->encoder:inputs"
TIP = ".tkw-tip"


def told(page):
    """Return what the panel tells: title and text."""
    return panel(page).evaluate(
        """panel => Object.fromEntries([...panel.querySelectorAll("dt")].map(
          term => [term.textContent, term.nextElementSibling.textContent]))"""
    )


def search(page):
    return page.get_by_role("searchbox")


def test_a_call_is_explained(opened):
    page = opened(models.siamese())
    box(page, "same").click()
    facts = told(page)
    assert "(None, 1)" in facts["shape"]
    assert facts["parameters"].endswith("= 4 + 1 = 5")
    assert "NumPy agrees" in facts["check"]
    assert "units=1" in facts["arguments"]
    assert panel(page).locator("math").count() >= 1
    assert "same Dense" in panel(page).inner_text()
    assert box(page, "same").get_attribute("aria-selected") == "true"
    assert page.locator("[aria-selected=true]").count() == 1


def test_formulas_are_drawn_as_mathematics(opened):
    page = opened(models.siamese())
    box(page, "same").click()
    namespace = panel(page).locator("math").first.evaluate("e => e.namespaceURI")
    assert namespace.endswith("MathML")
    assert panel(page).locator("math").first.bounding_box()["height"] > 15


def test_an_edge_tells_from_to_port_and_shape(opened):
    page = opened(models.siamese())
    wire(page, EDGE).first.click(force=True)
    assert told(page) == {
        "from": "left",
        "to": "encoder",
        "port": "inputs",
        "shape": "(None, 9, 9, 3) float32",
    }
    assert names_with(page, "tkw-selected") == {EDGE}


def test_an_edge_tells_which_output_of_several(opened):
    page = opened(models.two_outputs())
    wire(page, "memory->one:inputs").first.click(force=True)
    assert told(page)["from"] == "memory (output 1)"


def test_links_of_the_panel_lead_on(opened):
    page = opened(models.siamese())
    box(page, "subtract").click()
    links = panel(page).get_by_role("button")
    links.filter(has_text="encoder:2 as").click()
    assert names_with(page, "tkw-selected") == {"encoder:2->subtract:x2"}
    links.filter(has_text="encoder:2").click()
    assert names_with(page, "tkw-selected") == {"encoder:2"}
    assert page.evaluate("document.activeElement.dataset.key") == "encoder:2"


def test_paper_and_the_cross_clear_the_selection(opened):
    page = opened(models.siamese())
    box(page, "same").click()
    press(page, "Close details")
    assert panel(page).is_hidden()
    box(page, "same").click()
    calm(page)
    page.locator(".tkw-svg").click(position={"x": 5, "y": 5})
    assert panel(page).is_hidden()
    assert names_with(page, "tkw-selected") == set()


def test_all_calls_of_a_shared_layer_light_up(opened):
    page = opened(models.siamese())
    box(page, "encoder").click()
    assert names_with(page, "tkw-mate") == {"encoder:2"}
    assert "One set of weights with" in panel(page).inner_text()
    box(page, "same").click()
    assert names_with(page, "tkw-mate") == set()


def test_calls_inside_of_a_model_light_up_too(opened):
    page = opened(models.shared_inside())
    box(page, "dense").click()
    # The call inside of the closed tower is shown by the tower.
    assert names_with(page, "tkw-mate") == {"tower", "dense:2"}
    press(page, "Open all groups")
    box(page, "dense").click()
    assert names_with(page, "tkw-mate") == {"tower/dense", "dense:2"}
    box(page, "tower/dense").click()
    assert names_with(page, "tkw-mate") == {"dense", "dense:2"}


@pytest.mark.parametrize("name", ["encoder/conv", "encoder:2/conv"])
def test_selecting_inside_tells_of_the_calls_in_both_towers(opened, name):
    page = opened(models.siamese_of_graphs())
    press(page, "Open all groups")
    box(page, name).click()
    other = {"encoder/conv", "encoder:2/conv"} - {name}
    assert names_with(page, "tkw-mate") == other


def test_resting_on_a_wire_tells_its_shape(opened):
    page = opened(models.siamese())
    assert page.locator(TIP).is_hidden()
    wire(page, EDGE).first.hover(force=True)
    assert (
        page.locator(TIP).inner_text()
        == "left → encoder (inputs)\n(None, 9, 9, 3) float32"
    )
    assert page.locator(TIP).is_visible()
    page.mouse.move(2, 2)
    assert page.locator(TIP).is_hidden()


def test_resting_on_a_box_tells_its_shape(opened):
    page = opened(models.siamese())
    box(page, "right").hover()
    assert "(None, 7, 7, 3)" in page.locator(TIP).inner_text()


def test_a_tip_at_the_border_stays_in_the_view(opened):
    page = opened(models.siamese(), viewport={"width": 360, "height": 900})
    for name in ("right", "#output0"):
        box(page, name).hover()
        outer = page.locator(".tkw-stage").bounding_box()
        tip = page.locator(TIP).bounding_box()
        assert tip["x"] >= outer["x"]
        assert tip["x"] + tip["width"] <= outer["x"] + outer["width"]
        assert tip["y"] + tip["height"] <= outer["y"] + outer["height"]


class TestSearch:
    """By name or type, in closed groups too."""

    def test_by_name_and_enter_goes_around(self, opened):
        page = opened(models.routes())
        search(page).fill("LO")
        assert page.locator(".tkw-count").inner_text() == "2 found"
        assert names_with(page, "tkw-match") == {"low", "alone"}
        first = []
        for place in ("1 of 2 found", "2 of 2 found", "1 of 2 found"):
            search(page).press("Enter")
            assert page.locator(".tkw-count").inner_text() == place
            first += names_with(page, "tkw-selected")
        assert first[0] == first[2] != first[1]
        search(page).press("Shift+Enter")
        assert page.locator(".tkw-count").inner_text() == "2 of 2 found"

    def test_shift_and_enter_begin_at_the_end(self, opened):
        page = opened(models.routes())
        search(page).fill("Dense")
        count = int(page.locator(".tkw-count").inner_text().split()[0])
        search(page).press("Shift+Enter")
        assert page.locator(".tkw-count").inner_text() == f"{count} of {count} found"

    def test_by_type(self, opened):
        page = opened(models.routes())
        search(page).fill("add")
        assert names_with(page, "tkw-match") == {"join", "last"}

    def test_a_closed_group_is_opened(self, opened):
        page = opened(models.three_deep())
        search(page).fill("relu")
        assert names_with(page, "tkw-match") == {"depth2"}
        search(page).press("Enter")
        assert names_with(page, "tkw-selected") == {"depth2/depth1/depth0/relu"}
        assert names_with(page, "tkw-match") == {"depth2/depth1/depth0/relu"}
        calm(page)
        assert in_sight(page, "depth2/depth1/depth0/relu")

    def test_far_away(self, opened):
        page = opened(models.long_chain(), viewport={"width": 800, "height": 1000})
        search(page).fill("dense_777")
        search(page).press("Enter")
        box(page, "dense_777").wait_for()
        calm(page)
        assert in_sight(page, "dense_777")

    def test_nothing_and_escape(self, opened):
        page = opened(models.routes())
        search(page).fill("no such thing")
        assert page.locator(".tkw-count").inner_text() == "0 found"
        search(page).press("Enter")
        search(page).press("Escape")
        assert search(page).input_value() == ""
        assert page.locator(".tkw-count").inner_text() == ""


class TestRoutes:
    """All ways from an input to an output."""

    def test_all_are_lit_and_counted(self, opened):
        page = opened(models.routes())
        press(page, "Routes from an input to an output")
        page.get_by_label("From", exact=True).select_option("left")
        assert page.locator(".tkw-told").inner_text() == "4 routes over 9 boxes"
        lit = names_with(page, "tkw-lit")
        assert {"left", "fork", "up", "down", "join", "last", "fork->up:inputs"} <= lit
        assert not lit & {"right", "alone"}
        press(page, "Done: hide the routes")
        assert names_with(page, "tkw-lit") == set()

    def test_no_route(self, opened):
        page = opened(models.routes())
        press(page, "Routes from an input to an output")
        page.get_by_label("From", exact=True).select_option("right")
        assert page.locator(".tkw-told").inner_text() == "no route"
        assert names_with(page, "tkw-lit") == set()
        page.get_by_label("To", exact=True).select_option("#output1")
        assert page.locator(".tkw-told").inner_text() == "1 route over 3 boxes"

    def test_through_open_groups(self, opened):
        page = opened(models.three_deep())
        press(page, "Routes from an input to an output")
        # How many there are is a fact of the model, and not of what is open.
        assert page.locator(".tkw-told").inner_text() == "3 routes over 3 boxes"
        press(page, "Open all groups")
        assert page.locator(".tkw-told").inner_text().startswith("3 routes ")
        assert "depth2/depth1/depth0/relu" in names_with(page, "tkw-lit")

    def test_more_than_anybody_counts(self, opened):
        page = opened(models.many_routes())
        press(page, "Routes from an input to an output")
        assert "more than a million routes" in page.locator(".tkw-told").inner_text()
