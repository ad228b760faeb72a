"""Widgets of a notebook in its page: alive, shown as text, or named."""

from __future__ import annotations

import pytest

from teachkit.errors import FileError
from tests.lesson_export.notebooks import (
    STATE,
    alive,
    box,
    control,
    places,
    ran,
    states,
    stream,
    view,
    widgets,
)


class TestWidgets:
    def test_a_widget_stays_alive(self, exported):
        output = view("m1", text_plain="Counter <3>")
        page = exported(ran("1", output), **widgets(m1=alive(a=7)))
        assert [held["state"] for held in states(page).values()] == [{"a": 7}]
        assert (
            '<noscript><pre class="stdout">Counter &lt;3&gt;</pre></noscript>' in page
        )
        assert page.count("el.textContent = model.get('a')") == 1

    def test_ids_of_jupyter_do_not_reach_the_page(self, exported):
        pages = {
            exported(ran("1", view(name)), **widgets(**{name: alive(a=7)}))
            for name in ("abc", "def")
        }
        assert len(pages) == 1

    def test_binary_data(self, exported):
        buffers = [{"path": ["b", 0], "encoding": "base64", "data": "AP8="}]
        kind, module, state, _ = alive(b=[None])
        record = (kind, module, state, {"buffers": buffers})
        page = exported(ran("1", view("m1")), **widgets(m1=record))
        (held,) = states(page).values()
        assert held["buffers"] == [[["b", 0], "AP8="]]

    def test_a_widget_that_is_shown_twice_has_one_state(self, exported):
        page = exported(
            ran("1", view("m1")), ran("2", view("m1")), **widgets(m1=alive(a=7))
        )
        assert len(states(page)) == 1
        assert len(places(page)) == 2
        assert len(set(places(page))) == 1

    def test_a_box_shows_what_lives_and_names_what_does_not(self, exported):
        page = exported(
            ran("1", view("outer", text_plain="VBox(...)")),
            **widgets(
                outer=box("label", "inner", "html", "go", "gone"),
                inner=box("m1", "slider", "m2", kind="HBoxModel"),
                m1=alive(a=1),
                m2=alive(a=2),
                label=control("LabelModel", value="a < b"),
                html=control("HTMLModel", value="<b>bold</b>"),
                slider=control("IntSliderModel", description="epoch <1>"),
                go=control("ButtonModel", description=""),
            ),
        )
        assert [held["state"]["a"] for held in states(page).values()] == [1, 2]
        assert "a &lt; b" in page
        assert "<b>bold</b>" in page
        sentence = "Only in a running notebook: IntSlider “epoch &lt;1&gt;”, Button."
        assert page.count(sentence) == 1
        assert "VBox(...)" not in page

    def test_what_an_output_widget_caught(self, exported):
        caught = control("OutputModel", outputs=[stream("caught"), view("m1")])
        page = exported(ran("1", view("out")), **widgets(out=caught, m1=alive(a=1)))
        assert '<pre class="stdout">caught</pre>' in page
        assert len(places(page)) == 1

    def test_a_widget_without_state_shows_what_else_there_is(self, exported):
        svg = {"image_svg+xml": "<svg><path/></svg>", "text_plain": "words"}
        page = exported(ran("1", view("lost", **svg)), ran("2", view("lost")))
        assert "<svg><path/></svg>" in page
        assert "application/json" not in page

    def test_boxes_that_contain_themselves(self, exported):
        page = exported(
            ran("1", view("outer", text_plain="VBox(...)")),
            **widgets(
                outer=box("label", "inner", "outer"),
                inner=box("outer", "label", "caught"),
                label=control("LabelModel", value="said twice"),
                caught=control("OutputModel", outputs=[view("caught"), stream("a")]),
            ),
        )
        assert page.count("said twice") == 2
        assert page.count('<pre class="stdout">a</pre>') == 1
        assert "VBox(...)" not in page

    @pytest.mark.parametrize("children", [None, 3, "abc", {}])
    def test_a_box_without_a_list_is_named(self, exported, children):
        record = control("VBoxModel", children=children)
        page = exported(ran("1", view("m1")), **widgets(m1=record))
        assert "Only in a running notebook: VBox." in page

    def test_lines_that_an_output_widget_caught(self, exported):
        lines = {"output_type": "stream", "name": "stdout", "text": ["a\n", "b\n"]}
        caught = control("OutputModel", outputs=[lines])
        page = exported(ran("1", view("out")), **widgets(out=caught))
        assert '<pre class="stdout">a\nb</pre>' in page


def with_buffer(path, data="AP8="):
    kind, module, state, _ = alive(b=[None])
    return (kind, module, state, {"buffers": [{"path": path, "data": data}]})


class TestDamaged:
    @pytest.mark.parametrize(
        ("record", "words"),
        [
            ("a text", "has no state"),
            ([], "has no state"),
            ({"model_module": "anywidget"}, "has no state"),
            ({"model_module": "anywidget", "state": []}, "has no state"),
            (with_buffer(["b", 7]), "binary data without a place"),
            (with_buffer(["gone", "b"]), "binary data without a place"),
            (with_buffer(["_esm", 0]), "binary data without a place"),
            (with_buffer([]), "binary data without a place"),
            (with_buffer(None), "binary data without a place"),
            (with_buffer(["b", 0], "no letters of base64: é"), "binary data without"),
            (control("OutputModel", outputs=None), "None is not of type 'array'"),
            (control("OutputModel", outputs=[3]), "3 is not of type 'object'"),
        ],
    )
    def test_a_record(self, exported, record, words):
        metadata = widgets(m1=record if isinstance(record, tuple) else alive())
        if not isinstance(record, tuple):
            metadata["widgets"][STATE]["state"]["m1"] = record
        with pytest.raises(FileError) as caught:
            exported(ran("1", view("m1")), **metadata)
        assert "lesson.ipynb': which is damaged: the widget m1" in caught.value.found
        assert words in caught.value.found
        assert "--run" in caught.value.action

    @pytest.mark.parametrize("saved", [[], None, {STATE: []}, {STATE: {"state": []}}])
    def test_without_any_record_the_other_forms_are_shown(self, exported, saved):
        page = exported(ran("1", view("m1", text_plain="words")), widgets=saved)
        assert '<pre class="stdout">words</pre>' in page
