"""An exercise in Jupyter: its buttons reach Python, and Python's answer is shown."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.ui.axe import violations

IMPORTS = """
import os, tempfile
os.environ["TEACHKIT_PROGRESS"] = tempfile.mkdtemp() + "/progress.json"
import teachkit as tk
from keras import Input, Model
from keras.layers import Dense
"""
ANSWER = """
inputs = Input((32,))
x = Dense(64, activation="relu")(inputs)
x = Dense(32)(x)
model = Model(inputs, Dense(1, activation="sigmoid")(x))
"""
SHOW = "tk.exercise('four-steps')"
ORDER = "lines = tk.exercise('order-the-chain')\nlines"


@pytest.fixture(scope="module")
def notebook(front_end):
    """Show two exercises after an answer, and see that nothing was wrong at the end."""
    if "mo." in front_end.shown:
        pytest.skip("marimo shows a widget alone; its names are not those of IPython")
    with front_end.opened([IMPORTS, ANSWER, SHOW, ORDER]) as opened:
        opened.page.get_by_role("button", name="Check").first.wait_for()
        yield opened
        assert opened.faults == []
        assert opened.outside == []


def shown(notebook, title):
    """Return the view of an exercise."""
    return notebook.page.get_by_role("group", name=f"Exercise: {title}")


def test_hint_check_and_solution(notebook):
    view = shown(notebook, "Complete the four steps")
    view.get_by_role("button", name="Solution").click()
    expect(view.get_by_role("status")).to_contain_text("An answer of your own first")
    view.get_by_role("button", name="Hint").click()
    expect(view.locator(".tkx-hints")).to_contain_text("1 of 3 hints")
    view.get_by_role("button", name="Check").click()
    expect(view.locator(".tkx-feedback")).to_contain_text("Not yet")
    expect(view.locator(".tkx-feedback svg .ring").first).to_be_attached()
    expect(view.get_by_role("status")).to_contain_text("Not yet")
    view.get_by_role("button", name="Solution").click()
    expect(view.locator(".tkx-solution")).to_contain_text("A solution")
    expect(view.locator(".tkx-solution svg")).to_be_visible()


def test_lines_reach_python_by_keyboard_and_the_notebook_stays(notebook):
    view = shown(notebook, "Put the lines in order")
    cells = notebook.page.locator(".jp-Cell").count()
    view.get_by_role("button", name="Use line 1").focus()
    for key in ("ArrowRight", "b", "d", "d", "ArrowUp"):
        notebook.page.keyboard.press(key)
    view.get_by_role("button", name="Check").click()
    expect(view.locator(".tkx-feedback")).to_contain_text("Line 1 ")
    assert notebook.page.locator(".jp-Cell").count() == cells


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_shut_out(notebook, scheme):
    notebook.page.emulate_media(color_scheme=scheme)
    expect(notebook.page.locator(".tkx").first).to_be_visible()
    assert violations(notebook.page, ".tkx") == []
