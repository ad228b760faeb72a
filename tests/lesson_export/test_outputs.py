"""What a cell gave out, in the page of its notebook."""

from __future__ import annotations

import re

import pytest
from nbformat.v4 import new_code_cell, new_output, new_raw_cell

from tests.lesson_export.notebooks import PIXEL, ran, shown, stream


class TestResults:
    def test_text_of_a_stream_is_one_piece(self, exported):
        pieces = [stream("a\n"), stream("b\n"), stream("bad\n", "stderr")]
        page = exported(ran("1", *pieces))
        assert '<pre class="stdout">a\nb</pre>' in page
        assert '<pre class="stderr">bad</pre>' in page

    def test_colours_of_the_terminal(self, exported):
        page = exported(ran("1", stream("\x1b[31mred <\x1b[0m")))
        assert '<span class="ansi-red-fg">red &lt;</span>' in page

    def test_a_progress_bar_shows_its_end(self, exported):
        page = exported(ran("1", stream("a\n 1%\r 50%\r100%\nb\r\n")))
        assert '<pre class="stdout">a\n100%\nb' in page

    @pytest.mark.parametrize(
        ("data", "form"),
        [
            ({"text_plain": "p < q"}, '<pre class="stdout">p &lt; q</pre>'),
            ({"text_plain": "p", "text_html": "<b>h</b>"}, "<b>h</b>"),
            ({"text_plain": "p", "text_markdown": "*m*"}, "<em>m</em>"),
            ({"text_plain": "p", "text_latex": "$a$"}, "<mi>a</mi>"),
            ({"text_plain": "p", "application_javascript": "alert(1)"}, ">p</pre>"),
            (
                {"image_png": PIXEL, "text_plain": "<Figure>"},
                f'<img src="data:image/png;base64,{PIXEL}" alt="Picture that the code',
            ),
            ({"image_png": PIXEL, "text_plain": 'A "cat"'}, 'alt="A &quot;cat&quot;"'),
        ],
    )
    def test_the_best_form_of_an_object(self, exported, data, form):
        page = exported(ran("1", shown(**data)))
        assert form in page
        assert "alert(1)" not in page

    def test_a_drawing_stands_in_the_page_without_what_is_before_it(self, exported):
        svg = '<?xml version="1.0"?>\n<svg xmlns="x"><path d="M0"/></svg>'
        page = exported(ran("1", shown(**{"image_svg+xml": svg})))
        assert '<div class="scroll"><svg xmlns="x">' in page
        assert "<?xml" not in page

    def test_drawings_that_name_their_parts_stay_apart(self, exported):
        svg = '<svg xmlns="x"><path id="a"/></svg>'
        page = exported(ran("1", *[shown(**{"image_svg+xml": svg})] * 2))
        assert page.count('<img src="data:image/svg+xml;base64,') == 2
        assert 'id="a"' not in page

    def test_what_a_picture_is_told_about_itself(self, exported):
        told = {"image/png": {"width": 40, "height": 30}, "alt": "A <cat>"}
        page = exported(ran("1", shown(told, image_png=PIXEL)))
        assert 'alt="A &lt;cat&gt;" width="40" height="30">' in page

    def test_an_error(self, exported):
        error = new_output(
            "error", ename="E", evalue="no", traceback=["\x1b[31mE\x1b[0m", "no"]
        )
        bare = new_output("error", ename="Bare", evalue="why", traceback=[])
        page = exported(ran("1", error, bare))
        assert '<span class="ansi-red-fg">E</span>\nno</pre>' in page
        assert "Bare: why" in page

    def test_what_is_folded_in_the_notebook_is_folded_in_the_page(self, exported):
        page = exported(
            ran("1", stream("hidden"), jupyter={"outputs_hidden": True}),
            ran(
                "2", stream("open"), jupyter={"source_hidden": True}, tags=["solution"]
            ),
            ran("3", stream("closed"), collapsed=True),
            ran("4", jupyter={"outputs_hidden": True}),
        )
        folded = re.findall(r"<summary>(.*?)</summary>(.*?)</details>", page, re.DOTALL)
        assert [name for name, _ in folded] == ["Result", "Solution", "Result"]
        assert ["hidden" in text or "closed" in text for _, text in folded] == [
            True, False, True,
        ]  # fmt: skip

    def test_empty_cells_and_raw_ones_leave_nothing(self, exported):
        page = exported(ran(), new_code_cell(" "), new_raw_cell("raw words"))
        assert page.count('class="cell"') == 1
        assert "raw words" not in page
