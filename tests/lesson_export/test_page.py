"""A notebook becomes one page: its text, its formulas, its head, and no network."""

from __future__ import annotations

import base64

from nbformat.v4 import new_markdown_cell

from tests.lesson_export.notebooks import PIXEL, ran


class TestText:
    def test_formulas_need_no_script(self, exported):
        page = exported(new_markdown_cell("so $x_1 < y$, and\n\n$$\\sum_i x_i$$"))
        assert 'display="inline" alttext="x_1 &lt; y"' in page
        assert 'display="block" alttext="\\sum_i x_i"' in page
        assert "munder" in page
        assert "$" not in page

    def test_words_in_a_formula_stay_words(self, exported):
        page = exported(new_markdown_cell(r"$\text{dense\_1 <b> & }$"))
        assert "<mtext>dense_1&#xA0;&lt;b&gt;&#xA0;&amp;&#xA0;</mtext>" in page

    def test_a_formula_that_cannot_be_read_stays_as_it_was_written(self, exported):
        assert r"<code>\frac{</code>" in exported(new_markdown_cell(r"a $\frac{$ b"))

    def test_aligned_lines(self, exported):
        lines = r"$$\begin{aligned} a &= b \\ c &= d \end{aligned}$$"
        page = exported(new_markdown_cell(lines))
        assert page.count("<mtr>") == 2

    def test_headings_have_ids_of_their_own(self, exported):
        cells = [new_markdown_cell('## Say "a < b" *now*') for _ in range(2)]
        page = exported(*cells)
        assert page.count('<h2 id="Say-&quot;a-&lt;-b&quot;-now">') == 1
        assert page.count('<h2 id="Say-&quot;a-&lt;-b&quot;-now-2">') == 1

    def test_pictures_beside_the_notebook_and_in_it_are_in_the_page(
        self, exported, tmp_path
    ):
        (tmp_path / "dot.png").write_bytes(base64.b64decode(PIXEL))
        cell = new_markdown_cell(
            "![one](dot.png) ![two](attachment:in.png)\n\n"
            "<details><summary>S</summary><img src='dot.png' alt='three'>\n\n"
            "</details>",
            attachments={"in.png": {"image/png": PIXEL}},
        )
        page = exported(cell)
        assert page.count(f"data:image/png;base64,{PIXEL}") == 3
        assert page.index("<details>") < page.index("three") < page.index("</details>")

    def test_a_picture_on_the_network_becomes_a_link(self, exported):
        page = exported(new_markdown_cell("![a net](https://example.org/a.png)"))
        link = '<a href="https://example.org/a.png">Picture on the network: a net</a>'
        assert link in page
        assert "<img" not in page

    def test_the_page_forbids_itself_the_network(self, exported):
        page = exported(new_markdown_cell("```mermaid\ngraph\n```"), ran("1"))
        policy = page.index("Content-Security-Policy")
        assert policy < page.index("<title")
        assert "http:" not in page.replace('"http://www.w3.org/', "")
        assert "https:" not in page

    def test_a_list_of_tasks_has_no_controls(self, exported):
        page = exported(new_markdown_cell("- [x] done\n- [ ] open"))
        assert "<li>☑ done</li>\n<li>☐ open</li>" in page
        assert "<input" not in page

    def test_wide_tables_scroll_by_themselves(self, exported):
        page = exported(new_markdown_cell("|a|b|\n|-|-|\n|1|2|"))
        assert '<div class="scroll"><table>' in page
        assert page.count("<table>") == page.count("</table></div>") == 1


class TestHead:
    def test_the_title_is_the_first_heading(self, exported):
        cells = [new_markdown_cell("words"), new_markdown_cell("# A *b* `c` <d>\nx")]
        assert "<title>A b c &lt;d&gt;</title>" in exported(*cells)

    def test_without_a_heading_it_is_the_name(self, exported):
        assert "<title>lesson</title>" in exported(ran("# no heading"))

    def test_the_language(self, exported):
        assert '<html lang="en">' in exported(ran())
        assert '<html lang="de">' in exported(ran(), lang="de")
