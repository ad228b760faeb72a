"""A judgement as text, HTML and data; what a student's names may hold is escaped."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree as ET

import keras
import pytest
from keras import layers

from teachkit.exercise_format import parse_exercise
from teachkit.grading.report import Message, Outcome, Report
from teachkit.views.report import AnswerReport
from teachkit.views.rules_card import rules_card
from tests.graphs import HOSTILE
from tests.practice.exercises import made

CALLED = Message("I see 2 units.", "So the shape is (None, 2).", "Look at `Dense(2)`.")


def model():
    inner = keras.Sequential(
        [keras.Input((4,)), layers.Dense(3, name="deep")], name="inner"
    )
    x = keras.Input((4,), name="x")
    return keras.Model(x, layers.Dense(2, name="last")(inner(x)), name="net")


def failed(calls=("last",), message=CALLED, advice=(), of="model"):
    outcomes = (
        Outcome("inputs", "passed", of="model"),
        Outcome("train_infer_differ", "failed", 2.0, message, calls, of),
        Outcome("params", "skipped"),
        Outcome("own", "error", message=Message("ours")),
    )
    return Report("tiny-build", "failed", outcomes, message, advice)


def shown(report=None, models=None):
    models = {"model": model()} if models is None else models
    return AnswerReport(made("build"), report or failed(), models)


def svg_of(found):
    html = found._repr_mimebundle_()["text/html"]
    (svg,) = re.findall(r"<svg.*?</svg>", html, re.DOTALL)
    return ET.fromstring(svg)


def html_of(sheet):
    return sheet._repr_mimebundle_()["text/html"]


class TestData:
    def test_it_is_that_of_the_judgement(self):
        report = failed(advice=("Good.",))
        found = shown(report)

        assert (found.status, found.score) == ("failed", report.score)
        assert found.criteria == report.criteria
        assert found.message == CALLED
        assert found.advice == ("Good.",)
        assert found.to_dict() == report.to_dict()
        assert json.dumps(found.to_dict())


class TestText:
    def test_the_first_open_one_speaks_and_the_rest_are_signs(self):
        lines = shown().text.splitlines()

        assert lines[:5] == [
            "A <tiny> model: Not yet: 1 of 4 criteria met.",
            "  I see 2 units.",
            "  So the shape is (None, 2).",
            "  Look at `Dense(2)`.",
            "✓ inputs   ○ train infer differ   ○ params   – own",
        ]
        assert lines[-1] == "Look at: 'last'"

    def test_the_drawing_stands_below(self):
        assert "●  last" in shown().text

    def test_advice_comes_after_the_criteria(self):
        text = shown(failed(advice=("Lambda does not load.",))).text

        assert "Good to know: Lambda does not load." in text
        assert text.index("✓ inputs") < text.index("Good to know")

    @pytest.mark.parametrize("width", [50, 100])
    def test_it_is_not_wider_than_asked(self, width):
        report = failed(
            message=Message("many words " * 30), advice=("more words " * 20,)
        )

        assert max(map(len, shown(report).as_text(width=width).splitlines())) <= width

    def test_plain_letters_are_enough(self):
        text = shown().as_text(charset="ascii")

        assert text.isascii()
        assert "+ inputs   o train infer differ" in text

    @pytest.mark.parametrize(
        ("status", "told"),
        [
            ("passed", "Passed."),
            ("not_attempted", "Not begun yet."),
            ("error", "This could not be judged."),
        ],
    )
    def test_the_other_outcomes(self, status, told):
        report = Report("tiny-build", status, (), Message("Why."))

        assert shown(report, {}).text.splitlines() == [
            f"A <tiny> model: {told}",
            "  Why.",
        ]

    def test_what_is_said_of_a_right_prediction_is_told(self):
        outcomes = (Outcome("total", "passed", message=Message("Five for each.")),)
        report = Report("tiny-build", "passed", outcomes, Message("It is right."))

        assert "total: Five for each." in shown(report, {}).text


class TestHtml:
    def test_criteria_have_signs_for_eyes_and_words_for_ears(self):
        html = shown()._repr_mimebundle_()["text/html"]

        assert '<span class="sign" aria-hidden="true">✓</span>inputs' in html
        assert 'inputs<span class="aloud"> (met)</span>' in html
        assert 'class="speaks failed"' in html
        assert "could not be judged, which costs nothing" in html

    def test_three_sentences_and_code_in_them(self):
        html = shown()._repr_mimebundle_()["text/html"]

        assert "<p>I see 2 units.</p>" in html
        assert "<p>Look at <code>Dense(2)</code>.</p>" in html

    @pytest.mark.parametrize("odd", HOSTILE)
    def test_nothing_of_a_student_gets_out_of_its_place(self, odd):
        message = Message(f"I see {odd}", f"So `{odd}`", odd)
        html = html_of(shown(failed(message=message, advice=(odd,))))

        assert "<script>" not in html
        assert "<b>bold" not in html
        assert "\x07" not in html
        outside = re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)
        outside = re.sub(r"<svg.*?</svg>", "", outside, flags=re.DOTALL)
        ET.fromstring(outside)

    def test_the_title_of_the_exercise_is_escaped(self):
        assert "A &lt;tiny&gt; model" in html_of(shown())
        assert "<tiny>" not in shown().html()

    def test_the_bundle_has_both_forms(self):
        assert set(shown()._repr_mimebundle_()) == {"text/html", "text/plain"}

    def test_the_same_judgement_gives_the_same_page(self):
        answer = {"model": model()}

        assert shown(models=answer).html() == shown(models=answer).html()


RULED = Message("I see 2 units.", "So it ends (rule 5).", "Look back (rules 3 and 5).")


class TestRules:
    @pytest.fixture
    def course(self, tmp_path, monkeypatch):
        """Stand in the folder of an exercise, with the card above."""
        (tmp_path / "rules.html").write_text(rules_card(), encoding="utf-8")
        (tmp_path / "exercises" / "01").mkdir(parents=True)
        monkeypatch.chdir(tmp_path / "exercises" / "01")

    def test_text_ends_with_each_rule_that_is_cited_once(self):
        lines = shown(failed(message=RULED), {}).text.splitlines()

        assert [line for line in lines if line.startswith("Rule ")] == [
            "Rule 3: A Python name is only a label on a wire. `x = …(x)` moves the "
            "label; the old wire still",
            "Rule 5: `Model(inputs, outputs)` keeps what it finds walking backwards "
            "from the outputs. Anything",
        ]
        assert lines[-2].startswith("Rule 5: ")

    def test_advice_cites_rules_as_well(self):
        assert "\nRule 1: " in shown(failed(advice=("A box (rule 1).",)), {}).text

    def test_who_cites_none_is_told_none(self):
        assert "Rule" not in shown().text
        assert "<details" not in html_of(shown())

    @pytest.mark.usefixtures("course")
    def test_html_leads_to_the_card_and_has_the_rule_folded(self):
        html = html_of(shown(failed(message=RULED), {}))

        assert html.count("<details") == 2
        assert 'href="../../rules.html#rule-3"' in html
        assert html.count('href="../../rules.html#rule-5"') == 3

    def test_without_a_card_no_link_is_dead(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        html = html_of(shown(failed(message=RULED), {}))

        assert html.count("<details") == 2
        assert "href" not in html

    @pytest.mark.usefixtures("course")
    def test_a_page_that_is_saved_anywhere_has_the_rule_and_no_link(self):
        html = shown(failed(message=RULED), {}).html()

        assert "Rule 5 of the card" in html
        assert "rules.html" not in html

    def test_the_data_stay_as_they_were(self):
        report = failed(message=RULED)

        assert shown(report, {}).to_dict() == report.to_dict()


class TestDrawing:
    def test_the_calls_are_lit(self):
        drawn = svg_of(shown())
        rings = [e for e in drawn.iter() if e.get("class") == "ring"]
        marks = [e for e in drawn.iter() if e.get("class") == "mark reason"]

        assert len(rings) == len(marks) == 1
        assert shown().view.highlighted == ["last"]

    def test_a_call_inside_a_model_opens_it(self):
        found = shown(failed(calls=("inner/deep",)))

        assert found.view.highlighted == ["inner/deep"]
        assert "inner/deep" in found.view.names()
        assert "deep" in "".join(svg_of(found).itertext())

    def test_what_the_model_does_not_have_is_passed_over(self):
        found = shown(failed(calls=("last", "gone", "last")))

        assert found.view.highlighted == ["last"]

    def test_it_is_of_the_model_that_the_message_speaks_of(self):
        x = keras.Input((4,))
        other = keras.Model(x, layers.Dense(1, name="other")(x))
        models = {"model": model(), "encoder": other}

        assert "other" in shown(failed(("other",), of="encoder"), models).view.names()
        assert "last" in shown(failed(), models).view.names()

    def test_without_a_model_there_is_none(self):
        found = shown(models={})

        assert found.view is None
        assert "<svg" not in html_of(found)
        assert "<svg" not in found.html()

    def test_a_model_that_cannot_be_read_is_not_drawn(self):
        assert shown(models={"model": keras.Sequential()}).view is None

    def test_a_very_large_one_is_drawn_on_demand_alone(self):
        x = inputs = keras.Input((2,))
        for _ in range(250):
            x = layers.ReLU()(x)
        found = shown(failed(calls=()), {"model": keras.Model(inputs, x)})

        assert "<svg" not in html_of(found)
        assert len(found.text.splitlines()) < 10
        assert found.view is not None


def test_it_is_saved_as_page_and_as_text(tmp_path):
    found = shown()

    assert "<h1>" in found.save(tmp_path / "report.html").read_text("utf-8")
    assert found.save(tmp_path / "report.txt").read_text("utf-8") == f"{found.text}\n"


def test_a_prompt_of_any_kind_has_a_report():
    text = "# /// exercise\n# id='a'\n# title='T'\n# level=1\n# type='build'\n"
    text += "# hints=['h']\n# ///\n# %% [markdown] prompt\n# P\n"
    exercise = parse_exercise(text)

    assert AnswerReport(exercise, Report("a", "passed"), {}).text == "T: Passed."
