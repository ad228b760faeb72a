"""The page tells all of a model, needs no network, and lets no name break out."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given

from teachkit.graph import Notice
from teachkit.views.html import draw_html
from tests.graphs import FIXED, HOSTILE, Sketch, graphs, siamese

VOID = {"meta", "rect", "path", "circle", "polygon"}
ALLOWED = {
    "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "em", "p",
    "ul", "li", "figure", "svg", "div", "table", "thead", "tbody", "tr", "th", "td",
    "details", "summary", "pre",
}  # fmt: skip


class Page(HTMLParser):
    """Reads a page back: its tags, and the cells of its table."""

    def __init__(self, text):
        super().__init__()
        self.tags = []
        self.open = []
        self.rows = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        assert not [name for name, _ in attrs if name in {"src", "href", "id"}]
        assert not [name for name, _ in attrs if name.startswith("on")]
        if tag not in VOID:
            self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
        elif tag == "td":
            self.rows[-1].append("")

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] == "td":
            self.rows[-1][-1] += data


def page_of(graph, text="as text"):
    page = Page(draw_html(graph, "<svg></svg>", text))
    assert page.open == []
    assert set(page.tags) <= ALLOWED
    return page


def test_the_table_of_a_siamese_net():
    rows = page_of(siamese()).rows[1:]
    assert [row[:3] for row in rows] == [
        ["left", "Input", ""],
        ["right", "Input", ""],
        ["encoder", "Functional (call 1 of 2)", "left"],
        ["encoder/image", "Input", ""],
        ["encoder/conv", "Dense", "image"],
        ["encoder/embed", "Dense", "conv"],
        ["encoder:2", "Functional (call 2 of 2)", "right"],
        ["minus", "Subtract", "encoder, encoder:2"],
    ]


def test_a_layer_that_is_shared_across_levels():
    inner = Sketch("inner")
    inner.output(inner.layer("dense", [inner.input("x")]))
    sketch = Sketch()
    x = sketch.layer("dense", [sketch.input("a")])
    sketch.output(sketch.model("inner", inner.bare(), [x]))
    kinds = {row[0]: row[1] for row in page_of(sketch.graph()).rows[1:]}
    assert kinds["dense"] == "Dense (call 1 of 2)"
    assert kinds["inner/dense"] == "Dense (call 2 of 2)"


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_stays_text(name):
    sketch = Sketch(name)
    x = sketch.input("x")
    sketch.output(sketch.layer(name, [x], name, arguments=(name,)))
    graph = sketch.graph()
    object.__setattr__(graph, "notices", (Notice("x", name),))
    text = draw_html(graph, "<svg></svg>", name)
    text.encode()
    assert len(page_of(graph, name).rows) == 3


@given(graph=graphs())
@FIXED
def test_a_row_for_each_call_that_is_written(graph):
    seen, waiting, count = set(), [graph], 0
    for level in waiting:
        count += len(level.calls)
        for call in level.calls:
            if call.nested and call.layer_id not in seen:
                seen.add(call.layer_id)
                waiting.append(call.nested)
    assert len(page_of(graph).rows) == count + 1
