"""An exercise as text and HTML, its hints and its solution."""

from __future__ import annotations

import re

import pytest
from keras import Input, Model, layers

from teachkit.errors import TeachkitError, WrongValueError
from teachkit.views.markdown import inline_html, markdown_html
from tests.practice.exercises import made


def model(units):
    x = Input((4,))
    return Model(x, layers.Dense(units)(x))


def html_of(sheet):
    return sheet._repr_mimebundle_()["text/html"]


class TestTask:
    def test_text_has_prompt_start_picture_and_how_to_go_on(self, shown):
        text = shown().text

        assert text.startswith(
            "A <tiny> model\nLesson 1, level 2 of 4\n\nBuild `model`"
        )
        assert "    model = ____" in text
        assert "dense        Dense  (None, 3)" in text
        assert text.endswith('tk.exercise("tiny-build").hint()')

    def test_html_has_them_too(self, shown):
        html = html_of(shown())

        assert "Build <code>model</code> after the <strong>picture</strong>." in html
        assert "model = ____" in html
        assert "<svg" in html
        assert "A &lt;tiny&gt; model" in html
        assert "<tiny>" not in html

    def test_what_is_given_is_to_be_run_first(self, shown):
        assert "Run this first:\n    shared = Dense(3" in shown("function").text

    def test_lines_are_numbered_and_not_in_order(self, shown):
        found = re.findall(r"^ +(\d)  (.*)", shown("order").text, re.MULTILINE)

        assert [number for number, _ in found] == ["1", "2", "3", "4"]
        lines = [line for _, line in found]
        assert "y = Dense(3)" in lines
        assert lines != sorted(lines, key=made("order").code("solution").find)

    def test_questions_are_told_with_ids_and_options(self, shown):
        text = shown("predict").text

        assert "- `total`: How many parameters?" in text
        assert "(mix, keep <b>)" in text
        assert "(mix, keep &lt;b&gt;)" in html_of(shown("predict"))
        assert '.check({"shape": ...})' in text

    def test_the_same_exercise_gives_the_same_page(self, shown):
        assert shown().html() == shown().html()


class TestPicture:
    @pytest.mark.parametrize(
        ("kind", "changed", "has"),
        [
            ("build", {}, True),
            ("build", {"old": '"build"', "new": '"wiring"'}, True),
            ("build", {"old": '"build"', "new": '"refactor"'}, False),
            ("fix", {}, False),
            ("function", {}, False),
            ("order", {}, False),
            ("predict", {}, False),
        ],
    )
    def test_it_is_shown_where_it_gives_nothing_away(self, shown, kind, changed, has):
        sheet = shown(kind, **changed)

        assert ("<svg" in html_of(sheet)) is has
        assert ("parameters in" in sheet.text) is has

    def test_a_sealed_exercise_has_none(self, shown):
        sealed = shown(old="# %% solution", new="# %% accept")

        assert "<svg" not in html_of(sealed)
        assert "Dense(3)" not in sealed.html()

    def test_what_is_shown_has_no_line_of_the_solution(self, shown):
        for kind in ("build", "fix", "predict"):
            line = made(kind).code("solution").splitlines()[-1]
            assert line not in shown(kind).html()


class TestHints:
    def test_they_open_one_by_one(self, shown):
        sheet = shown()
        first = sheet.hint()
        again = sheet.hint()
        sheet.check(model(2))
        second = sheet.hint()

        assert first.hints == again.hints == ("How many boxes are in the picture?",)
        assert first.is_new
        assert not again.is_new
        assert "after your next attempt, or in a minute" in again.text
        assert second.hints[1] == "One `Dense`."
        assert "1. How many" in second.text
        assert "<code>Dense</code>" in html_of(second)

    def test_a_minute_helps_as_well(self, shown):
        sheet = shown()
        sheet.hint()
        sheet.now[0] += 60

        assert len(sheet.hint().hints) == 2

    def test_after_the_last_one_that_is_told(self, shown):
        sheet = shown()
        for _ in range(3):
            found = sheet.hint()
            sheet.now[0] += 60

        assert len(found.hints) == 3
        assert "no more hints" in found.text
        assert "3 of 3 hints" in found.html()


class TestSolution:
    def test_before_an_attempt_it_is_refused_in_words(self, shown):
        with pytest.raises(WrongValueError, match="an answer of your own first"):
            shown().solution()

    def test_it_stands_beside_the_student_s_graph(self, shown):
        sheet = shown()
        sheet.check(model(2))
        found = sheet.solution()

        assert "model = Model(x, Dense(3)(x))" in found.text
        assert found.comparison is not None
        assert not found.comparison.same
        assert "in your answer" in found.text
        assert "in the solution are not the same" in found.text
        assert html_of(found).count("<svg") == 1

    def test_the_comparison_is_with_the_last_answer(self, shown):
        sheet = shown()
        sheet.check(model(2))
        sheet.check(model(3))

        assert sheet.solution().comparison.same

    def test_without_a_model_there_is_code_alone(self, shown):
        sheet = shown()
        sheet.check("no model")

        assert sheet.solution().comparison is None
        assert "Dense(3)" in sheet.solution().text

    def test_of_functions_their_models_are_compared(self, shown):
        sheet = shown("function")

        def block(x):
            return layers.Dense(9)(x)

        sheet.check({"block": block, "units": 3})
        assert not sheet.solution().comparison.same

    def test_predictions_have_answers_and_why(self, shown):
        sheet = shown("predict")
        sheet.check({"total": 3})
        found = sheet.solution()

        assert "How many parameters? 15. Five for each unit." in found.text
        assert "(3,)" in found.text
        assert "Dense, Input" in found.text
        assert "<strong>15</strong>" in html_of(found)


class TestForms:
    def test_a_notebook_gets_widget_html_and_text(self, shown):
        bundle = shown()._repr_mimebundle_()

        assert set(bundle) == {
            "application/vnd.jupyter.widget-view+json",
            "text/html",
            "text/plain",
        }

    def test_start_is_code(self, shown):
        start = shown().start()
        bundle = start._repr_mimebundle_()

        assert bundle["text/markdown"].startswith("```python\nimport keras")
        assert start.endswith("model = ____\n")

    def test_names_are_told(self, shown):
        sheet = shown()

        assert (sheet.id, sheet.title) == ("tiny-build", "A <tiny> model")
        assert sheet.prompt == "Build `model` after the **picture**."

    def test_misuse_is_told_in_words(self, shown):
        for kind, answer in (("function", 3), ("order", [1, 1]), ("order", [9])):
            with pytest.raises(TeachkitError, match="What to do"):
                shown(kind).check(answer)


class TestMarkdown:
    @pytest.mark.parametrize(
        ("text", "html"),
        [
            ("<script>a</script>", "<p>&lt;script&gt;a&lt;/script&gt;</p>"),
            ("a <b>c</b>", "<p>a &lt;b&gt;c&lt;/b&gt;</p>"),
            ("[a](javascript:b)", "<p>[a](javascript:b)</p>"),
            ("`<b>`", "<p><code>&lt;b&gt;</code></p>"),
        ],
    )
    def test_html_of_an_author_is_text(self, text, html):
        assert markdown_html(text) == html

    def test_pictures_are_not_loaded(self):
        assert "<img" not in markdown_html("![a](https://b/c.png)")

    def test_headings_are_paragraphs(self):
        assert "<h" not in markdown_html("# a\n\nb\n===\n")

    def test_tables_and_code(self):
        assert "<table>" in markdown_html("| a |\n|---|\n| b |")
        assert 'class="language-python"' in markdown_html("```python\nx\n```")

    def test_one_line_has_no_paragraph(self):
        assert inline_html("**a** `b`") == "<strong>a</strong> <code>b</code>"

    def test_formulas_are_mathml(self):
        html = markdown_html("a $x_1 < 2$ b\n\n$$ s = e^{-\\lVert v \\rVert} $$")

        assert html.count("<math ") == 2
        assert 'display="block" alttext="s = e' in html
        assert 'alttext="x_1 &lt; 2"' in html

    @pytest.mark.parametrize("text", ["from $5 to $10", "$", "$$", "`$a$`", r"\$a\$"])
    def test_a_price_and_code_are_no_formulas(self, text):
        assert "<math" not in markdown_html(text)

    def test_control_characters_are_seen(self):
        assert "\x07" not in markdown_html("bell\x07")
