"""A comparison in real front ends: Python hears a click, and moves both drawings."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.ui.axe import violations

SHOW = """
import keras
import teachkit as tk

def net(units):
    x = keras.Input((8,), name="x")
    hidden = keras.layers.Dense(units, name="hidden")(x)
    return keras.Model(x, keras.layers.Dense(4, name="y")(hidden), name="net")

compared = tk.compare(net(5), net(6))
view = compared.widget

def light(path):
    view.highlighted = ["right/y"] if path == "left/hidden" else []

view.on_select(light)
"""


@pytest.fixture(scope="module")
def notebook(front_end):
    """Show one comparison, and see that nothing was wrong at the end."""
    with front_end.opened([SHOW, front_end.shown.format("view")]) as opened:
        opened.page.locator(".tkw-box").first.wait_for()
        yield opened
        assert opened.faults == []
        assert opened.outside == []


def box(notebook, side, name):
    """Return the box of a call on one side, 0 for the left."""
    drawing = notebook.page.locator(".tkw-side").nth(side)
    return drawing.locator(f"[role=option][data-key='{name}']")


def test_a_click_reaches_python_and_python_lights_the_other_side(notebook):
    box(notebook, 0, "hidden").click()
    expect(box(notebook, 1, "hidden")).to_have_attribute("aria-selected", "true")
    expect(notebook.page.locator(".tkw-side").nth(1).locator(".tkw-lit")).to_have_count(
        1
    )
    expect(box(notebook, 1, "y")).to_contain_class("tkw-lit")


def test_a_difference_is_told_and_nobody_is_shut_out(notebook):
    notebook.page.get_by_role("button", name="'hidden' has 5 units").click()
    expect(box(notebook, 0, "hidden")).to_contain_class("tkw-lit")
    assert violations(notebook.page, ".tkw-comparison") == []
