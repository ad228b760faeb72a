"""A comparison tells the same in every form, and marks what it tells."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from teachkit.comparison.findings import Difference, Reason
from teachkit.errors import FileError, WrongValueError
from teachkit.views.comparison import PairComparison, TwinComparison
from tests.graphs import HOSTILE, chain
from tests.views.comparison.findings import pair, with_twin, without_twin

WIDGET = "application/vnd.jupyter.widget-view+json"
SVG = "{http://www.w3.org/2000/svg}"


def marks(view):
    """Return the class and the words of each mark in the SVG, from left to right."""
    root = ET.fromstring(view.svg().encode())
    found = []
    for group in root.iter(f"{SVG}g"):
        kind = group.get("class", "").split()
        if kind[:1] == ["mark"]:
            found.append((kind[1], group.find(f"{SVG}text").text))
    return found


def tips(view):
    root = ET.fromstring(view.svg().encode())
    groups = root.iter(f"{SVG}g")
    found = (g for g in groups if g.get("class", "").startswith("mark"))
    return [g.find(f"{SVG}title").text for g in found]


class TestWithoutTwin:
    def test_the_attributes(self):
        view = TwinComparison(without_twin())
        assert (view.equivalent, view.same) == (False, False)
        assert (view.sequential, view.functional) == (None, None)
        assert (view.max_error, view.code) == (None, "")
        assert [reason.code for reason in view.reasons] == ["branch", "merge"]
        assert view.longest_chain == ("x", "a", "b")
        assert [one.code for one in view.nuances] == ["block-as-layer"]

    def test_the_text(self):
        assert TwinComparison(without_twin()).text == (
            "'fork' has no Sequential twin: 2 reasons.\n"
            "\n"
            "  1. branch: The output of 'a' goes to 2 calls.\n"
            "  2. merge: 'sum' reads 2 tensors.\n"
            "\n"
            "The longest part that could be Sequential has 3 calls: x → a → b.\n"
            "\n"
            "Good to know:\n"
            "  - A block can be one layer."
        )

    def test_each_reason_is_marked_where_it_arises(self):
        view = TwinComparison(without_twin())
        assert marks(view) == [("reason", "1 branch"), ("reason", "2 merge")]
        assert tips(view)[0] == "1. The output of 'a' goes to 2 calls."

    def test_every_input_is_marked_when_there_are_several(self):
        both = Reason("several-inputs", "Two inputs.", ("x", "a"))
        view = TwinComparison(replace(without_twin(), reasons=(both,)))
        assert [label for _, label in marks(view)] == ["1 input"] * 2

    def test_two_reasons_at_one_call_share_a_mark(self):
        one = without_twin()
        more = Reason("operation", "'sum' has no layer.", ("sum",))
        view = TwinComparison(replace(one, reasons=(*one.reasons, more)))
        assert marks(view) == [("reason", "1 branch"), ("reason", "2, 3")]
        assert tips(view)[1] == "2. 'sum' reads 2 tensors.\n3. 'sum' has no layer."

    def test_a_hundred_reasons_are_counted(self):
        many = tuple(Reason("merge", f"reason {k}", ("sum",)) for k in range(100))
        text = TwinComparison(replace(without_twin(), reasons=many)).text
        assert "reason 39" in text
        assert "reason 40" not in text
        assert "... and 60 more of this kind." in text

    def test_a_long_chain_is_shortened_in_words(self):
        chain_ids = tuple(f"c{k}" for k in range(12))
        view = TwinComparison(replace(without_twin(), longest_chain=chain_ids))
        told = "12 calls: c0 → c1 → c2 → c3 → ... → c9 → c10 → c11."
        assert told in view.as_text(width=200)


class TestWithTwin:
    def test_the_attributes(self):
        finding = with_twin()
        view = TwinComparison(finding)
        assert (view.equivalent, view.max_error) == (True, 0.0)
        assert view.sequential is finding.twin
        assert view.functional is None
        assert view.code == finding.sequential_code

    def test_of_a_sequential_model_the_twin_is_functional(self):
        finding = with_twin()
        graph = replace(finding.graph, type="Sequential")
        view = TwinComparison(replace(finding, graph=graph))
        assert view.functional is finding.twin
        assert view.sequential is None
        assert view.code == finding.functional_code
        assert "and this is its Functional form." in view.text

    def test_pairs_have_one_number_and_one_colour(self):
        found = marks(TwinComparison(with_twin()))
        assert found[:4] == found[4:]
        assert [label for _, label in found[:4]] == ["1", "2", "3", "4"]
        assert found[0][0] == "shared-0"

    def test_code_stands_side_by_side(self):
        text = TwinComparison(with_twin()).text
        assert "Functional                │ Sequential\n" in text
        assert "x = f(y)                  │ model = keras.Sequential([f])\n" in text

    def test_code_stands_below_each_other_where_there_is_no_room(self):
        text = TwinComparison(with_twin()).as_text(width=50)
        assert "Sequential:\n\nmodel = keras.Sequential([f])" in text
        assert "│" not in text

    def test_plain_letters(self):
        assert TwinComparison(with_twin()).as_text(charset="ascii").isascii()

    def test_hundreds_of_pairs_have_no_numbers(self):
        graph = chain(70)
        pairs = tuple((call.id, call.id) for call in graph.calls)
        finding = replace(with_twin(), graph=graph, twin_graph=graph, pairs=pairs)
        assert marks(TwinComparison(finding)) == []

    def test_the_page_has_both_codes(self):
        page = TwinComparison(with_twin()).html()
        assert page.count("<pre>") == 2
        assert "Equal outputs on 32 random inputs." in page
        assert "The input has a line of its own." in page


class TestPair:
    def test_the_attributes(self):
        view = PairComparison(pair())
        assert (view.same, view.max_error) == (False, 0.5)
        assert len(view.differences) == 4
        assert len(view.disguises) == 1

    def test_the_text(self):
        text = PairComparison(pair()).text
        assert text.startswith("'siamese' and 'other' are not the same: 4 differences.")
        assert "They differ by up to 0.5." in text
        assert "  2. added: 'b' is only on the right." in text
        assert "  - 'relu' is a layer of its own on the left." in text

    def test_differences_are_marked_on_their_side(self):
        assert marks(PairComparison(pair())) == [
            ("changed", "3, 4"),
            ("removed", "1 removed"),
            ("changed", "3 changed"),
            ("added", "2 added"),
        ]

    def test_a_difference_inside_a_model_opens_it(self):
        inside = Difference("changed", "conv", ("encoder/conv",), ("a",))
        view = PairComparison(replace(pair(), differences=(inside,)))
        assert ("changed", "1 changed") in marks(view)
        assert len([box for box in view.svg().split("\n") if '"frame ' in box]) == 2

    def test_pairs_without_a_difference_are_numbered(self):
        finding = replace(pair(), differences=())
        assert marks(PairComparison(finding)) == [("shared-0", "1"), ("shared-0", "1")]

    def test_a_pair_inside_a_closed_model_is_not_shown_on_it(self):
        finding = replace(pair(), differences=(), pairs=(("encoder/conv", "a"),))
        assert marks(PairComparison(finding)) == [("shared-0", "1")]

    def test_models_of_one_name_are_told_apart(self):
        finding = pair()
        right = replace(finding.right, name="siamese")
        text = PairComparison(replace(finding, right=right)).text
        assert text.startswith("The left 'siamese' and the right 'siamese' are not")
        assert "the left 'siamese'" in text.partition("parameters")[0]

    def test_a_file_is_named(self):
        finding = pair()
        right = replace(finding.right, name="siamese")
        view = PairComparison(replace(finding, right=right, files=("", "net.keras")))
        assert view.text.startswith("'siamese' and 'siamese' in net.keras are not")

    def test_what_else_to_know(self):
        note = Difference("weights", "The weights of 'a' differ.", ("a",), ("a",))
        view = PairComparison(replace(pair(), notes=(note,)))
        assert "Good to know:\n  - The weights of 'a' differ." in view.text
        assert "<li>The weights of &#x27;a&#x27; differ.</li>" in view.html()

    @pytest.mark.parametrize("strict", [True, False])
    def test_the_same(self, strict):
        finding = replace(pair(), same=True, strict=strict, differences=())
        how = "in all but names" if strict else "call by call"
        verdict = f"'siamese' and 'other' are the same, {how}."
        assert PairComparison(finding).text.startswith(verdict)


@pytest.mark.parametrize(
    "view", [TwinComparison(with_twin()), PairComparison(pair())], ids=["twin", "pair"]
)
class TestEveryForm:
    @pytest.mark.parametrize("ending", ["svg", "html", "png", "pdf", "txt"])
    def test_files(self, view, ending, tmp_path):
        path = view.save(tmp_path / f"view.{ending}")
        assert path.stat().st_size > 500

    def test_no_graphviz(self, view, tmp_path):
        with pytest.raises(FileError, match="save each model by itself"):
            view.save(tmp_path / "view.gv")

    def test_a_notebook(self, view):
        bundle = view._repr_mimebundle_()
        assert set(bundle) == {WIDGET, "text/html", "text/plain"}
        assert bundle["text/plain"] == repr(view) == view.text
        assert "<svg" in bundle["text/html"]
        assert "<html" not in bundle["text/html"]

    def test_twice_the_same(self, view):
        again = type(view)(view.finding)
        assert (view.html(), view.text) == (again.html(), again.text)

    def test_halves_do_not_overlap(self, view):
        root = ET.fromstring(view.svg().encode())
        starts = [
            float(g.get("transform").removeprefix("translate(").partition(",")[0])
            for g in root.iter(f"{SVG}g")
            if g.get("transform")
        ]
        assert starts == sorted(starts)
        assert len(starts) == 2
        line = root.find(f"{SVG}path").get("d")
        assert starts[0] < float(line[1:].partition(",")[0]) < starts[1]

    @pytest.mark.parametrize("options", [{"direction": "up"}, {"details": "all"}])
    def test_a_choice_that_there_is_not(self, view, options):
        with pytest.raises(WrongValueError):
            type(view)(view.finding, **options)

    def test_from_left_to_right(self, view):
        turned = type(view)(view.finding, direction="LR")
        assert turned.size[0] > view.size[0]

    def test_a_width_that_is_none(self, view):
        with pytest.raises(WrongValueError, match="width"):
            view.as_text(width=3)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_stay_text(name):
    finding = pair()
    bad = (Difference("changed", f"'{name}' has changed.", ("left",), ("x",)),)
    graph = replace(finding.left, name=name)
    view = PairComparison(replace(finding, left=graph, differences=bad))
    ET.fromstring(view.svg().encode())
    page = view.html()
    assert "<script>" not in page
    assert "<b>" not in page
    assert "<not closed" not in page
