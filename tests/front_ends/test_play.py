"""Live building in Jupyter: a slider rebuilds the model, and errors stay in the view.

marimo shows no box of ipywidgets, so that `play` is for Jupyter alone.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.ui.axe import violations

SHOW = """
import keras
import teachkit as tk

def build(units=16, depth=2, skip=False):
    x = inputs = keras.Input((16,), name="measurements")
    for _ in range(depth):
        y = keras.layers.Dense(units)(x)
        x = keras.layers.Add()([x, y]) if skip else y
    print("built")
    return keras.Model(inputs, keras.layers.Dense(3, name="species")(x), name="net")

play = tk.play(build, units=(8, 24, 8), depth=(1, 6), skip=False)
play
"""


@pytest.fixture(scope="module")
def notebook(front_end):
    """Show live building, and see that nothing was wrong at the end."""
    if "mo." in front_end.shown:
        pytest.skip("marimo shows no box of ipywidgets")
    with front_end.opened([SHOW]) as opened:
        opened.page.locator(".tkw-box").first.wait_for()
        yield opened
        assert opened.faults == []
        assert opened.outside == []


def choose(notebook, name, value):
    """Write a number beside a slider: Notebook 7 takes the arrow keys for itself."""
    row = notebook.page.locator(".widget-inline-hbox").filter(has_text=name)
    number = row.locator(".widget-readout")
    number.click()
    number.fill(value)
    number.press("Enter")


def test_a_slider_adds_a_layer_which_is_marked(notebook):
    choose(notebook, "depth", "3")
    expect(notebook.page.locator("[data-key=dense_2] .tkw-mark")).to_have_count(1)
    expect(notebook.page.locator(".tkw-mark")).to_have_count(1)
    expect(notebook.page.locator(".tkp-status")).to_contain_text("parameters")


def test_an_error_is_told_above_the_last_good_drawing(notebook):
    choose(notebook, "units", "24")
    expect(notebook.page.locator("[data-key=dense_2]")).to_contain_text("24")
    notebook.page.get_by_label("skip").click()
    problem = notebook.page.locator(".tkw-problem")
    expect(problem).to_contain_text("skip=True")
    expect(notebook.page.locator("[data-key=dense_2]")).to_be_visible()
    choose(notebook, "units", "16")
    expect(problem).to_be_hidden()
    expect(notebook.page.locator("[data-key=add]")).to_be_visible()


def test_nobody_is_shut_out(notebook):
    assert violations(notebook.page, ".tkp-play") == []
