"""A trace in real front ends: Python and hands move one view."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.ui.axe import violations

SHOW = """
import numpy as np
import teachkit as tk
from tests.front_ends.models import residual

trace = tk.trace(
    residual(),
    np.ones((1, 16), "float32"),
    targets=np.eye(3)[:1],
    loss="categorical_crossentropy",
)
player = trace.widget

def tell(change):
    player.highlighted = [trace.steps[change.new - 1].path]

player.observe(tell, "step")
"""
MOVE = "player.step = 3"


@pytest.fixture(scope="module")
def notebook(front_end):
    """Show one trace, which Python moves to its third step."""
    shown = front_end.shown.format("trace.widget")
    with front_end.opened([SHOW, shown, MOVE]) as opened:
        opened.page.locator(".tkw-player .tkw-box").first.wait_for()
        yield opened


def lit(notebook, kind):
    """Return the box with a class."""
    return notebook.page.locator(f".tkw-box.{kind}")


def test_python_moves_the_view_and_a_hand_reaches_python(notebook):
    page = notebook.page
    title = page.locator(".tkw-step-title")
    expect(title).to_contain_text("Step 3 of 5 – second (Dense)")
    expect(lit(notebook, "tkw-current")).to_have_attribute("data-key", "second")
    page.get_by_role("button", name="Next step").click()
    expect(title).to_contain_text("Step 4 of 5 – around (Add)")
    expect(lit(notebook, "tkw-current")).to_have_attribute("data-key", "around")
    # Python answers by lighting the call that it was told of.
    expect(lit(notebook, "tkw-lit")).to_have_attribute("data-key", "around")


def test_backwards(notebook):
    page = notebook.page
    page.get_by_role("button", name="Backwards").click()
    expect(page.locator(".tkw-step-title")).to_contain_text("backwards – around (Add)")
    expect(page.locator(".tkw-values")).to_contain_text("gradient")


def test_the_tables_are_there_and_nobody_is_shut_out(notebook):
    page = notebook.page
    page.get_by_text("Tables of all steps").click()
    expect(page.locator(".tkw-more table").first).to_be_visible()
    assert violations(page, ".tkw") == []


def test_nothing_was_wrong_and_nothing_left_this_machine(notebook):
    assert notebook.faults == []
    assert notebook.outside == []
