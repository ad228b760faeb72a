"""A notebook becomes one page: what it shows, what it refuses, and no network."""

from __future__ import annotations

import base64
import json
import re
import sys

import nbformat
import pytest
from nbformat.v4 import (
    new_code_cell,
    new_markdown_cell,
    new_notebook,
    new_output,
    new_raw_cell,
)

from teachkit import cli
from teachkit.errors import FileError, TeachkitError
from teachkit.lesson_export import export_lesson

VIEW = "application/vnd.jupyter.widget-view+json"
STATE = "application/vnd.jupyter.widget-state+json"
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="  # noqa: E501 - a picture
ESM = "export default { render({ model, el }) { el.textContent = model.get('a') } }"

LIVE_LESSON = """
import anywidget, ipywidgets, os, traitlets

os.write(2, b"remark of a library");

class Counter(anywidget.AnyWidget):
    _esm = "export default { render({ el }) { el.textContent = 'alive' } }"
    count = traitlets.Int(3).tag(sync=True)

print(open("beside.txt").read())
ipywidgets.VBox([Counter(), ipywidgets.IntSlider(description="epoch")])
"""


def ran(source="1", *outputs, **metadata):
    return new_code_cell(
        source, execution_count=1, outputs=list(outputs), metadata=metadata
    )


def stream(text, name="stdout"):
    return new_output("stream", text=text, name=name)


def shown(metadata=None, **data):
    """Return an output; `image_png` stands for image/png."""
    mimes = {name.replace("_", "/", 1): value for name, value in data.items()}
    return new_output("display_data", data=mimes, metadata=metadata or {})


def view(model, **data):
    """Return the output that a widget leaves in a notebook."""
    output = shown(**data)
    output.data[VIEW] = {"model_id": model, "version_major": 2, "version_minor": 0}
    return output


def widgets(**records):
    """Return the metadata of a notebook that was saved with these widgets."""
    state = {
        name: {"model_name": kind, "model_module": module, "state": content, **rest}
        for name, (kind, module, content, rest) in records.items()
    }
    return {"widgets": {STATE: {"state": state, "version_major": 2}}}


def alive(**state):
    return (
        "AnyModel",
        "anywidget",
        {"_esm": ESM, "layout": "IPY_MODEL_x", **state},
        {},
    )


def box(*children, kind="VBoxModel"):
    references = [f"IPY_MODEL_{child}" for child in children]
    return (kind, "@jupyter-widgets/controls", {"children": references}, {})


def control(kind, **state):
    return (kind, "@jupyter-widgets/controls", state, {})


@pytest.fixture
def exported(tmp_path):
    """Export cells as they are, and return the page."""

    def export(*cells, **metadata):
        path = tmp_path / "lesson.ipynb"
        nbformat.write(new_notebook(cells=list(cells), metadata=metadata), path)
        return export_lesson(path, run=False).read_text("utf-8")

    return export


def states(page):
    """Return what the page holds for each of its widgets, by key."""
    found = re.findall(r'id="tk-state-([^"]+)">(.*?)</script>', page)
    return {key: json.loads(text) for key, text in found}


def places(page):
    return re.findall(r'data-live="([^"]+)"', page)


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


class TestRefused:
    def refused(self, path, **options):
        before = {one: one.stat().st_mtime_ns for one in path.parent.iterdir()}
        with pytest.raises(TeachkitError) as caught:
            export_lesson(path, **options)
        assert {one: one.stat().st_mtime_ns for one in path.parent.iterdir()} == before
        return caught.value

    @pytest.mark.parametrize(
        "content",
        ["no json", "[]", "7", "{}", '{"nbformat": 4}', '{"nbformat": "x"}',
         '{"nbformat": 99, "nbformat_minor": 0, "metadata": {}, "cells": []}',
         '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{}]}'],
    )  # fmt: skip
    def test_no_notebook(self, tmp_path, content):
        (tmp_path / "x.ipynb").write_text(content)
        error = self.refused(tmp_path / "x.ipynb")
        assert isinstance(error, FileError)
        assert "x.ipynb" in error.found

    def test_no_file_and_a_folder(self, tmp_path):
        assert "No such file" in self.refused(tmp_path / "x.ipynb").found
        assert "directory" in self.refused(tmp_path).found

    @pytest.mark.parametrize("run", [None, False])
    def test_a_notebook_that_was_never_run(self, tmp_path, run):
        path = tmp_path / "new.ipynb"
        nbformat.write(new_notebook(cells=[new_code_cell("1"), ran(" ")]), path)
        error = self.refused(path, run=run)
        assert "no cell was run" in error.found
        assert "--run" in error.action

    def test_a_page_that_is_no_html(self, tmp_path):
        path = tmp_path / "x.ipynb"
        nbformat.write(new_notebook(cells=[ran()]), path)
        assert ".html" in self.refused(path, output="x.pdf", run=False).expected

    def test_jupyter_is_missing(self, tmp_path, monkeypatch):
        monkeypatch.setitem(sys.modules, "nbconvert", None)
        error = self.refused(tmp_path / "x.ipynb")
        assert "no nbconvert" in error.found
        assert 'pip install "teachkit[lab]"' in error.action


class TestRunning:
    def test_a_notebook_without_widgets_is_run_and_stays_as_it_is(
        self, tmp_path, capfd
    ):
        path = tmp_path / "live.ipynb"
        notebook = new_notebook(cells=[ran(LIVE_LESSON)])
        notebook.metadata.kernelspec = {"name": "gone", "display_name": "Gone"}
        nbformat.write(notebook, path)
        (tmp_path / "beside.txt").write_text("found beside")
        before = path.read_bytes()

        assert cli.main(["export-lesson", str(path)]) == 0

        said = capfd.readouterr()
        assert said.out == f"{path.with_suffix('.html')}\n"
        assert said.err == (
            "Note: live.ipynb was saved without its widgets, so it is run once more, "
            "in memory; --no-run takes it as it is.\n"
        )
        assert path.read_bytes() == before
        page = path.with_suffix(".html").read_text("utf-8")
        assert "remark of a library" not in page.partition('class="result"')[2]
        assert "found beside" in page
        assert [held["state"]["count"] for held in states(page).values()] == [3]
        assert "IntSlider “epoch”" in page

    def test_a_notebook_with_widgets_is_not_run(self, tmp_path, capsys):
        path = tmp_path / "saved.ipynb"
        cells = [ran("raise RuntimeError", view("m1"))]
        nbformat.write(new_notebook(cells=cells, metadata=widgets(m1=alive())), path)
        page = tmp_path / "page.html"

        assert cli.main(["export-lesson", str(path), "-o", str(page)]) == 0

        assert capsys.readouterr() == (f"{page}\n", "")
        assert len(places(page.read_text("utf-8"))) == 1

    def test_a_cell_that_fails_is_named(self, tmp_path, capsys):
        path = tmp_path / "fails.ipynb"
        cells = [
            new_markdown_cell("# A"),
            new_code_cell("1 / 0", metadata={"tags": ["raises-exception"]}),
            new_code_cell("undefined_name"),
            new_code_cell("2"),
        ]
        nbformat.write(new_notebook(cells=cells), path)

        assert cli.main(["export-lesson", str(path), "--run"]) == 2

        said = capsys.readouterr()
        assert said.out == ""
        assert "cell 3 of 4 stops: NameError: name 'undefined_name'" in said.err
        assert "Traceback" not in said.err
        assert not path.with_suffix(".html").exists()

    def test_a_kernel_that_ends_is_told(self, tmp_path, capsys):
        path = tmp_path / "ends.ipynb"
        cells = [new_code_cell("import os; os._exit(1)")]
        nbformat.write(new_notebook(cells=cells), path)

        assert cli.main(["export-lesson", str(path), "--run"]) == 2

        assert "kernel ended" in capsys.readouterr().err
