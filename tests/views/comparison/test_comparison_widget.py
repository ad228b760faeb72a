"""The widget of a comparison: what it is told, what it tells, what it knows."""

from __future__ import annotations

import base64
import json
import re
import zlib
from dataclasses import replace

import keras
import pytest
from keras import layers

import teachkit as tk
from teachkit.comparison.findings import Difference
from teachkit.errors import WrongValueError
from teachkit.views.comparison import PairComparison, TwinComparison
from teachkit.views.widget.assets import module, styles
from tests.views.comparison.findings import pair, with_twin, without_twin

MOST_BYTES = 60_000


def unpacked(text):
    return json.loads(zlib.decompress(base64.b64decode(text)))


def shown(view):
    """Return what a browser gets when a notebook shows a comparison."""
    view._repr_mimebundle_()
    return unpacked(view.widget.get_state()["_data"])


def on_the_page(html):
    """Return what a browser gets when it opens the page."""
    state = re.search(
        r'<script type="application/json" id="tk-state-1">(.*?)</script>', html
    )
    return unpacked(json.loads(state[1])["state"]["_data"])


def inside():
    """Return a comparison whose one difference lies inside a nested model."""
    one = Difference("changed", "conv differs", ("encoder/conv",), ("a",))
    return PairComparison(replace(pair(), differences=(one,), pairs=()))


class TestWhatIsSent:
    def test_both_sides_with_their_titles_and_facts(self):
        sides = shown(PairComparison(pair()))["sides"]
        assert [side["title"] for side in sides] == ["'siamese'", "'other'"]
        assert [side["facts"] for side in sides] == [
            "Functional, 5 calls, 0 parameters",
            "Functional, 4 calls, 0 parameters",
        ]

    def test_a_model_without_a_twin_stands_alone(self):
        data = shown(TwinComparison(without_twin()))
        assert len(data["sides"]) == 1
        assert data["points"][0] == {
            "code": "branch",
            "text": "The output of 'a' goes to 2 calls.",
            "calls": [["a", "b", "sum"], []],
        }

    def test_pairs_and_differences(self):
        data = shown(PairComparison(pair()))
        assert data["pairs"] == [["left", "x"]]
        assert [one["code"] for one in data["points"]] == [
            "removed",
            "added",
            "changed",
            "sharing",
        ]
        assert data["points"][2]["calls"] == [["left"], ["x"]]

    def test_marks_of_both_sides(self):
        left, right = shown(PairComparison(pair()))["sides"]
        assert left["marks"]["right"]["label"] == "1 removed"
        assert right["marks"]["b"]["label"] == "2 added"
        assert not right["marks"]["b"]["own"]

    def test_the_number_of_a_pair_stays_on_its_box(self):
        finding = replace(pair(), differences=(), pairs=(("encoder/conv", "a"),))
        left, _ = shown(PairComparison(finding))["sides"]
        assert left["marks"]["encoder/conv"]["own"]

    def test_a_notebook_gets_what_stands_around_the_drawings(self):
        data = shown(TwinComparison(with_twin()))
        assert "could be a Sequential model" in data["before"]
        assert data["before"].count("<pre") == 2
        assert "<table>" in data["after"]
        assert "<svg" not in data["before"] + data["after"]

    def test_a_page_tells_that_itself(self):
        html = TwinComparison(with_twin()).html()
        assert set(on_the_page(html)) == {"sides", "pairs", "points"}
        assert "could be a Sequential model" in html

    def test_a_page_lists_the_differences_without_scripts(self):
        html = PairComparison(pair()).html()
        quiet = re.search(r"<noscript>(.*?)</noscript>", html, re.DOTALL)[1]
        assert quiet.count("<li>") == 4

    def test_saving_a_page_opens_no_channel(self):
        view = PairComparison(pair())
        view.html()
        assert view.widget.comm is None
        assert view.widget.get_state()["_data"] == ""

    def test_module_and_styles_are_small(self):
        size = len(module("comparison").encode()) + len(styles("comparison").encode())
        assert size < MOST_BYTES

    @pytest.mark.parametrize("make", [pair, with_twin, without_twin])
    def test_twice_the_same(self, make):
        kind = PairComparison if make is pair else TwinComparison
        assert shown(kind(make())) == shown(kind(make()))


class TestTraits:
    def test_both_sides_can_be_named(self):
        widget = PairComparison(pair()).widget
        names = ("left/left", "left/encoder/conv", "right/sum", "right/a->b:inputs", "")
        for name in names:
            widget.selected = name
            assert widget.selected == name
        widget.highlighted = ["left/left", "right/x"]
        assert widget.highlighted == ["left/left", "right/x"]

    @pytest.mark.parametrize("trait", ["selected", "highlighted", "opened"])
    def test_names_that_come_close_are_told(self, trait):
        widget = PairComparison(pair()).widget
        wrong = "left/encoder/konv"
        with pytest.raises(WrongValueError, match="'left/encoder/conv'") as caught:
            setattr(widget, trait, wrong if trait == "selected" else [wrong])
        assert "'left/encoder/konv', which is on neither side" in str(caught.value)

    def test_who_forgets_the_side_is_told_both(self):
        with pytest.raises(WrongValueError, match=r"'left/dense_0'.*'right/dense_0'"):
            TwinComparison(with_twin()).widget.selected = "dense_0"

    def test_there_is_no_right_side_without_a_twin(self):
        with pytest.raises(WrongValueError, match="such as 'left/x'"):
            TwinComparison(without_twin()).widget.selected = "right/x"

    def test_what_a_person_selects_is_told(self):
        widget = PairComparison(pair()).widget
        heard = []
        widget.on_select(heard.append)
        widget.selected = "left/left"
        widget.answer({"event": "select", "path": "right/sum"})
        assert heard == ["right/sum"]

    def test_groups_with_a_difference_are_open(self):
        view = inside()
        shown(view)
        assert view.widget.opened == ["left/encoder"]

    def test_groups_that_somebody_opened_stay_as_they_are(self):
        view = inside()
        view.widget.opened = ["left/encoder:2"]
        shown(view)
        assert view.widget.opened == ["left/encoder:2"]

    def test_there_is_one_widget(self):
        view = PairComparison(pair())
        assert view.widget is view.widget
        assert view._display_() is view.widget


def small(units):
    x = keras.Input((4,), name="x")
    return keras.Model(x, layers.Dense(units, name="dense")(x), name="small")


class TestPanels:
    def test_the_formulas_of_both_models(self):
        sides = shown(tk.compare(small(2), small(3)))["sides"]
        told = [side["panels"]["dense"] for side in sides]
        assert all("<math" in panel for panel in told)
        assert "(4 + 1) × 2 = 10" in told[0]
        assert "(4 + 1) × 3 = 15" in told[1]

    def test_the_formulas_of_the_twin(self):
        sides = shown(tk.compare(small(2)))["sides"]
        assert [side["code"].count("Sequential") for side in sides] == [0, 1]
        assert all("<math" in side["panels"]["dense"] for side in sides)

    def test_a_graph_has_plain_panels(self):
        graph = tk.read(small(2))
        left, right = shown(tk.compare(graph, small(3)))["sides"]
        assert "<math" not in left["panels"]["dense"]
        assert "<math" in right["panels"]["dense"]

    def test_one_call_is_computed_when_it_is_asked_for(self, monkeypatch):
        widget = tk.compare(small(2), small(3)).widget
        sent = []
        monkeypatch.setattr(widget, "send", sent.append)
        widget.answer({"event": "compute", "path": "right/dense"})
        assert (sent[0]["event"], sent[0]["path"]) == ("panel", "right/dense")
        assert "NumPy agrees" in sent[0]["panel"]
        widget.answer({"event": "compute", "path": "left/none"})
        assert "&#x27;none&#x27;, which no call has" in sent[1]["panel"]
