"""Pages and drawings in a real browser: fonts, themes, and no network."""

from __future__ import annotations

import pytest

from teachkit.views.graph_view import GraphView
from tests.graphs import HOSTILE, Sketch, siamese, spec
from tests.ui.looking import check_theme

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
    page.wait_for_selector(".tkw-box")
    assert page.said == []
    asked = [url for url in page.asked if not url.startswith("blob:")]
    assert len(asked) == 1
    assert asked[0].startswith("file:")


def test_no_text_overflows_its_box_in_real_fonts(opened):
    page = opened(view_of_words().svg())
    assert page.locator(".tk .box").count() > 20
    assert page.evaluate(OVERFLOW) == []


def test_no_text_overflows_its_box_in_a_view(opened):
    page = opened(view_of_words().html())
    page.wait_for_selector(".tkw-box")
    assert page.locator(".tk .box").count() > 20
    assert page.evaluate(OVERFLOW) == []


def test_a_page_follows_the_theme_of_the_system(opened):
    check_theme(opened(GraphView(siamese()).svg(), "light"), COLOURS)


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
