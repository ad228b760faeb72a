"""The interactive graph in real front ends: clicks, keys, themes, and no network."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.ui.axe import violations

SHOW = """
import teachkit as tk
from tests.front_ends.models import residual

view = tk.show(residual())
FOLLOWERS = {"first": "second", "second": "around"}

def light_the_next(path):
    view.highlighted = [FOLLOWERS[path]] if path in FOLLOWERS else []

view.on_select(light_the_next)
"""
CELLS = ".jp-Cell, [data-testid=cell-editor]"


@pytest.fixture(scope="module")
def notebook(front_end):
    """Show one view, which the tests of a front end touch one after the other.

    Whatever they did, nothing was wrong after it and nothing left this machine.
    """
    with front_end.opened([SHOW, front_end.shown.format("view")]) as opened:
        box(opened, "first").wait_for()
        yield opened
        assert opened.faults == []
        assert opened.outside == []


def box(notebook, name):
    """Return the box of a call."""
    return notebook.page.locator(f".tkw [role=option][data-key='{name}']")


def panel(notebook):
    """Return the panel with the details of the selected call."""
    return notebook.page.locator(".tkw-panel")


@pytest.mark.parametrize(
    ("clicked", "lit"), [("first", "second"), ("second", "around")]
)
def test_a_click_opens_the_panel_and_python_lights_a_box(notebook, clicked, lit):
    box(notebook, clicked).click()
    expect(panel(notebook)).to_be_visible()
    expect(panel(notebook)).to_contain_text(clicked)
    expect(notebook.page.locator(".tkw-lit")).to_have_attribute("data-key", lit)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_shut_out(notebook, scheme):
    notebook.page.emulate_media(color_scheme=scheme)
    box(notebook, "first").click()
    expect(panel(notebook)).to_be_visible()
    assert violations(notebook.page, ".tkw") == []


def test_keys_move_and_never_change_the_notebook(notebook):
    count = notebook.page.locator(CELLS).count()
    assert count >= 2
    box(notebook, "first").click()
    for key in ("b", "a", "d", "d", "x", "m"):
        notebook.page.keyboard.press(key)
    notebook.page.keyboard.press("ArrowDown")
    notebook.page.keyboard.press("Enter")
    # Python's answer comes after whatever the front end made of the keys.
    expect(notebook.page.locator(".tkw-lit")).to_have_attribute("data-key", "around")
    assert notebook.page.locator(CELLS).count() == count


def test_python_selects(front_end):
    later = "view.selected = 'around'"
    with front_end.opened([SHOW, front_end.shown.format("view"), later]) as notebook:
        expect(panel(notebook)).to_contain_text("around")
        expect(box(notebook, "around")).to_have_attribute("aria-selected", "true")
