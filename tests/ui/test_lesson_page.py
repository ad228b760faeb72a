"""A lesson as a page, in a real browser: alive, folded, legible, without network."""

from __future__ import annotations

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from teachkit.lesson_export import export_lesson
from tests.ui.looking import check_theme

axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="no axe-core")
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="  # noqa: E501 - a picture
VIEW = "application/vnd.jupyter.widget-view+json"
STATE = "application/vnd.jupyter.widget-state+json"
COUNTER = """export default { render({ model, el }) {
  const button = document.createElement("button");
  const draw = () => { button.textContent = `clicks: ${model.get("count")}` };
  button.onclick = () => model.set("count", model.get("count") + 1);
  model.on("change:count", draw);
  draw();
  el.append(button);
} }"""
RUDE = """<script src="https://teachkit.invalid/a.js"></script>
<img src="https://teachkit.invalid/a.png" alt="far">
<style>@import "https://teachkit.invalid/a.css";</style>
<iframe src="https://teachkit.invalid/"></iframe>"""
LINE = "one very long line of words that a terminal prints " * 4
TOO_WIDE = "() => document.documentElement.scrollWidth > innerWidth"


@pytest.fixture
def lesson(tmp_path):
    """Return the text of the page of a notebook with these outputs."""

    def page(*outputs, **metadata):
        cells = [
            new_markdown_cell("# Lesson\n\n$$\\sum_{i=1}^n w_i x_i$$"),
            new_code_cell(f"# {LINE}", execution_count=1, outputs=[*outputs],
                          metadata=metadata),
        ]  # fmt: skip
        record = {
            "model_name": "AnyModel", "model_module": "anywidget",
            "state": {"_esm": COUNTER, "count": 0},
        }  # fmt: skip
        saved = {"widgets": {STATE: {"state": {"m1": record}}}}
        path = tmp_path / "lesson.ipynb"
        nbformat.write(new_notebook(cells=cells, metadata=saved), path)
        return export_lesson(path).read_text("utf-8")

    return page


def counter():
    return new_output("display_data", data={VIEW: {"model_id": "m1"}})


def test_a_view_answers_and_nothing_is_asked_for(opened, lesson):
    shown = opened(lesson(counter(), counter()))
    buttons = shown.get_by_role("button")
    buttons.first.click()
    assert buttons.all_text_contents() == ["clicks: 1"] * 2
    assert shown.said == []
    assert [url.partition(":")[0] for url in shown.asked] == ["file", "blob"]


def test_a_folded_view_starts_when_it_is_unfolded(opened, lesson):
    shown = opened(lesson(counter(), jupyter={"outputs_hidden": True}))
    assert shown.get_by_role("button", include_hidden=True).count() == 0
    shown.get_by_text("Result").click()
    shown.get_by_role("button").click()
    assert shown.get_by_text("clicks: 1").is_visible()


def test_what_an_output_asks_from_the_network_is_refused(opened, lesson):
    rude = new_output("display_data", data={"text/html": RUDE})
    answered = []
    shown = opened(lesson(rude, counter()))
    shown.on("response", lambda response: answered.append(response.url))
    shown.reload()
    shown.get_by_role("button").click()
    assert shown.get_by_text("clicks: 1").is_visible()
    assert [url for url in answered if "teachkit.invalid" in url] == []
    refused = [text for text in shown.said if "Content Security Policy" in text]
    assert len(refused) == len(shown.said) >= 8


@pytest.mark.parametrize("width", [360, 1100])
def test_the_page_is_never_wider_than_the_window(opened, lesson, width):
    table = "<table><tr>" + "<td>a wide cell</td>" * 40 + "</tr></table>"
    outputs = [
        counter(),
        new_output("stream", name="stdout", text=LINE),
        new_output("display_data", data={"text/html": table}),
        new_output("display_data", data={"image/svg+xml": '<svg width="2000"/>'}),
    ]
    shown = opened(lesson(*outputs))
    shown.set_viewport_size({"width": width, "height": 800})
    assert not shown.evaluate(TOO_WIDE)
    assert shown.evaluate("() => document.querySelector('math').clientWidth > 50")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_shuts_nobody_out(opened, lesson, scheme):
    outputs = [
        counter(),
        new_output("stream", name="stdout", text=f"\x1b[31mred \x1b[1;33m{LINE}"),
        new_output("stream", name="stderr", text="a remark"),
        new_output("display_data", data={"image/png": PIXEL}),
    ]
    shown = opened(lesson(*outputs), scheme)
    shown.set_viewport_size({"width": 360, "height": 800})
    shown.locator("pre[tabindex]").nth(1).wait_for()
    found = axe.Axe().run(shown).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []


def test_keys_reach_only_what_is_too_wide(opened, lesson):
    shown = opened(lesson(new_output("stream", name="stdout", text="short")))
    shown.locator(".highlight pre[tabindex]").wait_for()
    assert shown.locator("pre.stdout[tabindex]").count() == 0


def test_the_page_follows_the_theme_of_the_system(opened, lesson):
    colours = """() => ['body', '.highlight', 'summary'].map(name => {
      const style = getComputedStyle(document.querySelector(name));
      return `${style.color} on ${style.backgroundColor}` })"""
    shown = opened(lesson(counter(), jupyter={"outputs_hidden": True}), "light")
    check_theme(shown, colours)
