"""Pages and drawings in a real browser: fonts, themes, and no network."""

from __future__ import annotations

import os
import shutil

import pytest

from teachkit.views.graph_view import GraphView
from tests.graphs import HOSTILE, Sketch, siamese, spec

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is missing")
QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
OVERFLOW = """() => [...document.querySelectorAll('.tk .box')].flatMap(box => {
  const room = box.querySelector('rect').getBBox();
  return [...box.querySelectorAll(':scope > text')].filter(text => {
    const own = text.getBBox();
    return own.width && (own.x < room.x || own.x + own.width > room.x + room.width
      || own.y < room.y || own.y + own.height > room.y + room.height);
  }).map(text => text.textContent);
})"""
COLOURS = """() => {
  const style = name => getComputedStyle(document.querySelector(name));
  return [style('.tk .box rect').fill, style('.tk .box text').fill,
    style('.tk .paper').fill];
}"""


@pytest.fixture(scope="module")
def browser():
    """Start Chromium: the system's own, or the one that playwright downloaded."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    program = next(filter(None, map(shutil.which, names)), None)
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    arguments = QUIET + ["--no-sandbox"] * root
    with sync_api.sync_playwright() as playwright:
        try:
            started = playwright.chromium.launch(
                executable_path=program, args=arguments
            )
        except sync_api.Error as error:
            pytest.skip(f"no Chromium can be started: {str(error).splitlines()[0]}")
        yield started
        started.close()


@pytest.fixture
def opened(browser, tmp_path):
    """Open a page from a file; what it says and what it asks for is recorded."""
    contexts = []

    def open_page(text, scheme="light"):
        path = tmp_path / f"page{len(contexts)}.html"
        path.write_text(text, encoding="utf-8")
        context = browser.new_context(color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        page.said, page.asked = [], []
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.on("dialog", lambda dialog: page.said.append("dialog") or dialog.dismiss())
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(path.as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()


def view_of_words():
    """Return a view with wide letters, long names, several lines and badges."""
    sketch = Sketch("words")
    x = sketch.input("MMMMMMMM WWWWWWWW")
    for name in (*HOSTILE, "illicit_fill", "ALL_CAPITALS_AND_LONG", "x"):
        x = sketch.layer(
            name, [x], name or "T", params=1_234_567, outputs=(spec(64, 64, 1024),),
            arguments=("training=False",),
        )  # fmt: skip
    x = sketch.layer("x", [x], "MultiHeadAttention")
    sketch.output(x, path="['output of the model']")
    return GraphView(sketch.graph(), details=("shape", "dtype", "params"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_opens_without_errors_or_requests(opened, scheme):
    page = opened(view_of_words().html(), scheme)
    assert page.said == []
    assert all(url.startswith("file:") for url in page.asked)
    assert len(page.asked) == 1


def test_no_text_overflows_its_box_in_real_fonts(opened):
    page = opened(view_of_words().html())
    assert page.locator(".tk .box").count() > 20
    assert page.evaluate(OVERFLOW) == []


def test_a_page_follows_the_theme_of_the_system(opened):
    page = opened(GraphView(siamese()).html(), "light")
    light = page.evaluate(COLOURS)
    page.emulate_media(color_scheme="dark")
    dark = page.evaluate(COLOURS)
    assert all(a != b for a, b in zip(light, dark, strict=True))
    page.emulate_media(color_scheme="dark", media="print")
    assert page.evaluate(COLOURS) == light


def test_an_inline_drawing_follows_the_theme_of_jupyter(opened):
    svg = GraphView(siamese()).svg()
    page = opened(f'<body data-jp-theme-light="false">{svg}</body>', "light")
    dark = page.evaluate(COLOURS)
    page.evaluate("document.body.setAttribute('data-jp-theme-light', 'true')")
    light = page.evaluate(COLOURS)
    assert all(a != b for a, b in zip(light, dark, strict=True))
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(COLOURS) == light


def test_a_fixed_theme_stays(opened):
    page = opened(GraphView(siamese()).svg(theme="dark"), "light")
    dark = page.evaluate(COLOURS)
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(COLOURS) == dark
