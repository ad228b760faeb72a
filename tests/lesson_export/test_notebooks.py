"""Notebooks are read, refused and run; the file is never written."""

from __future__ import annotations

import sys

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from teachkit import cli
from teachkit.errors import FileError, TeachkitError
from teachkit.lesson_export import export_lesson
from tests.lesson_export.notebooks import alive, places, ran, states, view, widgets

LIVE_LESSON = """
import anywidget, ipywidgets, os, traitlets

os.write(2, b"remark of a library");

class Counter(anywidget.AnyWidget):
    _esm = "export default { render({ el }) { el.textContent = 'alive' } }"
    count = traitlets.Int(3).tag(sync=True)

print(open("beside.txt").read())
ipywidgets.VBox([Counter(), ipywidgets.IntSlider(description="epoch")])
"""


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
