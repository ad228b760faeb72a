"""The buttons of an exercise: what they do in Python, and what the browser may know."""

from __future__ import annotations

import json

import pytest
from keras import Input, Model, layers

from teachkit.errors import TeachkitError


def model(units):
    x = Input((4,))
    return Model(x, layers.Dense(units)(x))


@pytest.fixture
def sent(monkeypatch):
    """Record what Python sends to the browser."""
    messages = []
    monkeypatch.setattr(
        "ipywidgets.Widget.send", lambda self, content, *_: messages.append(content)
    )
    return messages


def press(widget, event):
    widget.answer({"event": event})


def state_of(widget):
    return json.dumps(dict(widget.live().state))


class TestButtons:
    def test_a_page_that_says_hello_is_answered(self, shown, sent):
        press(shown().widget, "hello")

        assert sent == [{"event": "live"}]

    def test_check_takes_the_name_of_the_notebook(self, shown, sent):
        widget = shown(names={"model": model(2)}).widget
        press(widget, "check")

        assert "Not yet" in widget.feedback
        assert widget.told.startswith("Not yet: 1 of 3 criteria met.")
        assert sent == [{"event": "done"}]

    def test_check_of_a_right_one(self, shown):
        widget = shown(names={"model": model(3)}).widget
        press(widget, "check")

        assert "Passed." in widget.feedback

    def test_hint(self, shown):
        widget = shown().widget
        press(widget, "hint")
        assert widget.told == "Hint: How many boxes are in the picture?"
        assert "How many boxes" in widget.hints
        press(widget, "hint")
        assert "after your next attempt" in widget.told

    def test_solution_waits_for_an_attempt(self, shown, sent):
        widget = shown(names={"model": model(2)}).widget
        press(widget, "solution")
        assert widget.solution == ""
        assert widget.problem.startswith("An answer of your own first: write one")
        press(widget, "check")
        press(widget, "solution")
        assert widget.problem == ""
        assert "Dense(3)" in widget.solution
        assert sent == [{"event": "done"}] * 3

    def test_a_fault_of_ours_is_told_and_frees_the_buttons(
        self, shown, sent, monkeypatch
    ):
        sheet = shown()
        monkeypatch.setattr(type(sheet), "hint", lambda self: 1 / 0)
        widget = sheet.widget
        press(widget, "hint")

        assert (
            widget.problem == "That did not work: ZeroDivisionError: division by zero"
        )
        assert sent == [{"event": "done"}]

    @pytest.mark.parametrize(
        "odd", [None, 3, [], {}, {"event": 3}, {"event": "no"}, {"event": ["check"]}]
    )
    def test_what_makes_no_sense_is_passed_over(self, shown, sent, odd):
        shown().widget.answer(odd)

        assert sent == []


class TestFields:
    def test_lines_in_their_order(self, shown):
        widget = shown("order").widget
        widget.order = [1, 2]
        press(widget, "check")

        assert "Not yet" in widget.feedback

    def test_predictions(self, shown):
        widget = shown("predict").widget
        widget.predictions = {"shape": "(None, 3)", "total": "15", "does": "mix"}
        press(widget, "check")

        assert "Passed." in widget.feedback

    @pytest.mark.parametrize("kind", ["order", "predict"])
    def test_empty_ones_are_no_attempt(self, shown, kind):
        sheet = shown(kind)
        sheet.widget.predictions = {"total": "", "all": []}
        press(sheet.widget, "check")

        assert sheet.widget.feedback == ""
        assert "fill something in" in sheet.widget.problem
        with pytest.raises(TeachkitError):
            sheet.solution()


class TestState:
    @pytest.mark.parametrize("kind", ["build", "fix", "function"])
    def test_the_page_does_not_know_the_solution(self, shown, kind):
        state = state_of(shown(kind).widget)

        for line in ("Dense(3)(x)", "Dense(units)"):
            assert line not in state

    def test_nor_does_it_know_answers_and_hints(self, shown):
        state = state_of(shown("predict").widget)

        assert "15" not in state
        assert "Five for each" not in state
        assert "Two." not in state

    def test_nothing_is_made_before_it_is_shown(self, shown):
        assert "widget" not in vars(shown())
