"""Widgets as HTML: what a page holds, and that it holds everything once."""

from __future__ import annotations

import json
import re

import anywidget
import pytest
import traitlets

from teachkit.views.widget.standalone import Live, again, live, page, piece, shared

HOSTILE = "</script><script>alert(1)</script><!-- <script> ]]> \u2028 &amp; \\ \" '"
COUNTER = Live("export default {}", ".counter { color: red }", {"count": 3})

MODULE = "export default { render() {} }"
STYLES = ".counter {}"


class Counter(anywidget.AnyWidget):
    _esm = MODULE
    _css = STYLES
    _packed = traitlets.Unicode("x").tag(sync=True)
    count = traitlets.Int(7).tag(sync=True)
    raw = traitlets.Bytes(b"\x00\xff").tag(sync=True)


def held(html):
    """Return the JSON of a page by the id of its element."""
    found = re.findall(
        r'<script type="application/json" id="([^"]+)">(.*?)</script>', html, re.DOTALL
    )
    return {name: json.loads(text) for name, text in found}


class TestPiece:
    def test_it_holds_its_state(self):
        state = held(piece(COUNTER, "a"))["tk-state-a"]
        assert state["state"] == {"count": 3}
        assert state["buffers"] == []

    def test_its_module_is_the_one_of_the_page(self):
        state = held(piece(COUNTER, "a"))["tk-state-a"]
        assert held(shared([COUNTER]))[state["module"]] == COUNTER.module

    def test_nothing_in_a_state_can_end_its_element(self):
        html = piece(Live("", "", {HOSTILE: [HOSTILE]}), "a")
        assert html.count("</script") == 1
        assert "<!--" not in html
        assert held(html)["tk-state-a"]["state"] == {HOSTILE: [HOSTILE]}

    @pytest.mark.parametrize("kind", [bytes, bytearray, memoryview])
    def test_bytes_stand_apart_with_their_path(self, kind):
        state = {"images": [{"data": kind(b"\x00\xff")}, 1], "raw": kind(b"a")}
        found = held(piece(Live("", "", state), "a"))["tk-state-a"]
        assert found["state"] == {"images": [{"data": None}, 1], "raw": None}
        assert found["buffers"] == [[["images", 0, "data"], "AP8="], [["raw"], "YQ=="]]

    def test_a_number_that_json_lacks_is_nothing(self):
        html = piece(Live("", "", {"loss": [float("nan"), float("inf"), 1.5]}), "a")
        assert held(html)["tk-state-a"]["state"] == {"loss": [None, None, 1.5]}

    def test_a_fallback_is_for_browsers_without_scripts(self):
        shown = Live("", "", {}, "<p>a <noscript>b</noscript></NOSCRIPT > c</p>")
        assert "<noscript><p>a b c</p></noscript>" in piece(shown, "a")
        assert "noscript" not in piece(COUNTER, "a")

    def test_a_further_view_has_no_state_of_its_own(self):
        assert 'data-live="a"' in again("a")
        assert held(again("a")) == {}


class TestShared:
    def test_twenty_views_carry_one_copy(self):
        html = page("many", [COUNTER] * 20)
        assert html.count(COUNTER.module) == 1
        assert html.count(COUNTER.styles) == 1
        assert html.count("data-live=") == 20

    def test_each_module_and_style_is_there(self):
        other = Live("export default 1", ".other {}", {})
        html = shared([COUNTER, other])
        assert set(held(html).values()) == {COUNTER.module, other.module}
        assert COUNTER.styles in html
        assert other.styles in html

    def test_nothing_in_a_module_or_style_can_end_its_element(self):
        html = shared([Live(HOSTILE, 'a::after { content: "</style><b>" }', {})])
        assert html.count("</script") == 2
        assert html.count("</style") == html.count("<style")
        assert list(held(html).values()) == [HOSTILE]

    def test_no_widget_needs_nothing(self):
        assert shared([]) == ""


class TestLive:
    def test_a_widget_gives_what_its_module_may_ask_for(self):
        shown = live(Counter().get_state(), "<p>7</p>")
        assert shown.module == MODULE
        assert shown.styles == STYLES
        assert shown.fallback == "<p>7</p>"
        assert {name: shown.state[name] for name in sorted(shown.state)} == {
            "_packed": "x", "count": 7, "raw": b"\x00\xff",
        }  # fmt: skip

    def test_a_widget_without_style(self):
        assert live({"_esm": "x", "_css": None, "a": 1}) == Live("x", "", {"a": 1})

    def test_two_widgets_give_the_same_text(self):
        pages = {page("one", [live(Counter().get_state())]) for _ in range(2)}
        assert len(pages) == 1


def test_a_page_has_its_title_and_lead():
    html = page("<counter>", [COUNTER], "<p>lead</p>")
    assert "<title>&lt;counter&gt;</title>" in html
    assert "<h1>&lt;counter&gt;</h1>\n<p>lead</p>\n<div" in html
