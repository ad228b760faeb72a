"""A question and its reveal as text, HTML and state of a widget."""

from __future__ import annotations

import json

import pytest

from teachkit.practice.asking import Asking
from teachkit.practice.progress_file import Progress
from teachkit.views.question import QuestionSheet, RevealSheet
from tests.questions import question


@pytest.fixture
def asking(tmp_path):
    progress = Progress(tmp_path / "progress.json", pytest.fail)
    return lambda name: Asking(question(name), lambda: progress)


def reveal(asking, result="exactly", details="difference: 0.0"):
    return RevealSheet(asking, asking.outcome(result, details))


def html(sheet):
    return sheet._repr_mimebundle_()["text/html"]


def test_a_prediction_asks_and_tells_nothing(asking):
    sheet = QuestionSheet(asking("same-seed"))

    assert sheet.text.splitlines() == [
        "Predict:",
        "One seed, the same rows: how **near** are the outputs? Not `<b>`.",
        "  (a) exactly equal",
        "  (b) nearly <i>equal</i>",
        "  (c) not equal",
    ]
    assert "draws" not in sheet.html()
    assert sheet.widget.content["reveal"] is None


def test_what_needs_no_computing_is_answered_in_place(asking):
    assert "* 50" in QuestionSheet(asking("how-many")).text
    assert "another number" in QuestionSheet(asking("how-many")).text
    assert "walks back" in QuestionSheet(asking("why")).text


def test_a_reveal_explains_each_option(asking):
    text = reveal(asking("same-seed")).text
    assert text.startswith("Computed: exactly equal\n  difference: 0.0\n")
    assert "* (a) exactly equal" in text
    for why in ("draws the same", "*order*", "not set again"):
        assert why in text


def test_another_keras_is_believed(asking):
    text = reveal(asking("same-seed"), "nearly").text
    assert text.startswith("Computed: nearly")
    assert "When this lesson was written, it came out as “exactly equal”" in text
    assert "* (b)" in text


def test_a_result_that_no_option_foresees_is_shown_as_it_is(asking):
    shown = reveal(asking("same-seed"), 0.000123456)
    assert shown.text.startswith("Computed: 0.0001235")
    assert reveal(asking("same-seed"), True).text.startswith("Computed: yes")
    assert reveal(asking("same-seed"), 1234).text.startswith("Computed: 1,234")


def test_text_and_html_do_not_tell_what_somebody_said(asking):
    one = asking("same-seed")
    before = (QuestionSheet(one).text, reveal(one).text, html(reveal(one)))
    one.commit("c")
    assert (QuestionSheet(one).text, reveal(one).text, html(reveal(one))) == before
    assert QuestionSheet(one).widget.said == ""


def test_names_of_tags_are_words(asking):
    for sheet in (QuestionSheet(asking("same-seed")), reveal(asking("same-seed"))):
        assert "<i>" not in html(sheet)
        assert "<b>" not in html(sheet)
        assert "<i>" not in json.dumps(
            [one["html"] for one in sheet.widget.content["options"]]
        )


class TestWidget:
    def test_a_browser_that_says_hello_learns_what_was_said(self, asking):
        one = asking("same-seed")
        one.commit("c")
        widget = QuestionSheet(one).widget
        widget.answer({"event": "hello"})
        assert widget.said == "not equal"

    def test_an_answer_is_committed_and_taken_back(self, asking):
        one = asking("same-seed")
        widget = QuestionSheet(one).widget
        widget.answer({"event": "commit", "said": "not equal"})
        assert one.said == widget.said == "not equal"
        widget.answer({"event": "again"})
        assert one.said == widget.said == ""

    @pytest.mark.parametrize("said", [None, 3.5j, "perhaps", {"a": 1}])
    def test_what_is_no_answer_is_told(self, asking, said):
        widget = QuestionSheet(asking("same-seed")).widget
        widget.answer({"event": "commit", "said": said})
        assert widget.problem
        assert widget.said == ""

    @pytest.mark.parametrize("content", [None, 3, {}, {"event": "fly"}])
    def test_nonsense_is_passed_over(self, asking, content):
        widget = QuestionSheet(asking("same-seed")).widget
        widget.answer(content)
        assert (widget.said, widget.problem) == ("", "")

    def test_a_new_reveal_is_open_for_who_has_answered(self, asking):
        one = asking("same-seed")
        one.commit("b")
        widget = reveal(one).widget
        widget.answer({"event": "hello"})
        assert widget.said == "nearly <i>equal</i>"
        assert [o["right"] for o in widget.content["reveal"]["options"]] == [
            True,
            False,
            False,
        ]

    def test_python_can_answer_too(self, asking):
        sheet = QuestionSheet(asking("how-many"))
        sheet.commit("40")
        assert sheet.said == sheet.widget.said == "40"
