"""What the other tests here rest on: a toy widget talks to Python and back."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

TOY = '''
import anywidget
import traitlets

class Counter(anywidget.AnyWidget):
    _esm = """
    export default { render({ model, el }) {
      const button = document.createElement("button");
      button.className = "toy";
      const show = () => { button.textContent = `${model.get("count")} counted`; };
      button.addEventListener("click", () => model.send("one more"));
      model.on("change:count", show);
      show();
      el.append(button);
      FURTHER
    } };
    """
    count = traitlets.Int(0).tag(sync=True)
'''
COUNT = """
counter = Counter()

def add(widget, content, buffers):
    assert content == "one more"
    widget.count += 1

counter.on_msg(add)
"""

# The canvas tells numbers, whatever the way in which a colour is written.
BACKGROUND = """() => {
  const pen = document.createElement("canvas").getContext("2d");
  pen.fillStyle = getComputedStyle(document.body).backgroundColor;
  pen.fillRect(0, 0, 1, 1);
  return [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3);
}"""


def toy(front_end, *later, further=""):
    """Return the arguments that open a notebook with a counter."""
    cells = ["from toy import Counter", COUNT, front_end.shown.format("counter")]
    return {
        "cells": [*cells, *later],
        "files": {"toy.py": TOY.replace("FURTHER", further)},
    }


def test_a_click_reaches_python_and_python_changes_the_page(front_end):
    with front_end.opened(**toy(front_end)) as notebook:
        button = notebook.page.locator(".toy")
        expect(button).to_have_text("0 counted")
        button.click()
        expect(button).to_have_text("1 counted")
        assert notebook.faults == []
        assert notebook.outside == []


def test_a_later_cell_changes_the_page(front_end):
    with front_end.opened(**toy(front_end, "counter.count = 41")) as notebook:
        button = notebook.page.locator(".toy")
        expect(button).to_have_text("41 counted")
        button.click()
        expect(button).to_have_text("42 counted")


def test_errors_and_requests_are_seen(front_end):
    further = """console.error("said by the toy");
      fetch("http://teachkit.invalid/").catch(() => {});
      setTimeout(() => { throw new Error("thrown by the toy"); });
      button.dataset.ready = "yes";"""
    with front_end.opened(**toy(front_end, "1 / 0", further=further)) as notebook:
        expect(notebook.page.locator(".toy[data-ready]")).to_be_visible()
        # A round trip later all that happened before has been told.
        notebook.page.locator(".toy").click()
        expect(notebook.page.locator(".toy")).to_have_text("1 counted")
        faults = "\n".join(notebook.faults)
        for fault in ("said by the toy", "thrown by the toy", "ZeroDivisionError"):
            assert fault in faults
        assert notebook.outside == ["http://teachkit.invalid/"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_theme_follows_the_browser(front_end, scheme):
    with front_end.opened(["1 + 1"], scheme=scheme) as notebook:
        red, green, blue = notebook.page.evaluate(BACKGROUND)
        assert (red + green + blue > 3 * 128) == (scheme == "light")
