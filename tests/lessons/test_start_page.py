"""The page to start from: all lessons in order, with what the learner did."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest

from teachkit.errors import FileError
from teachkit.exercise_authoring.notebooks import student_notebooks
from teachkit.lessons import (
    START_PAGE,
    copy_exercises,
    copy_lessons,
    write_start_page,
)
from teachkit.practice.learnt import load_learnt
from teachkit.practice.progress_file import Progress
from teachkit.views.progress import ProgressSheet
from tests.lessons.shelf import learnt
from tests.practice.exercises import made


def page_of(folder: Path):
    """Return the page in a folder."""
    return nbformat.read(folder / START_PAGE, as_version=4)


def changed(folder: Path, change) -> None:
    """Do something to the page, as JupyterLab would save it."""
    notebook = page_of(folder)
    change(notebook)
    nbformat.write(notebook, folder / START_PAGE)


def ran(notebook):
    """Run the last cell; a front end writes down its version, too."""
    cell = notebook.cells[-1]
    cell.execution_count = 4
    cell.outputs = [nbformat.v4.new_output("stream", text="mine")]
    notebook.metadata["language_info"]["version"] = "3.11.9"


def noted(notebook):
    notebook.cells.insert(1, nbformat.v4.new_markdown_cell("My note."))


def reworded(notebook):
    notebook.cells[0].source = "# My course"


def unsigned(notebook):
    del notebook.metadata["teachkit"]


@pytest.mark.usefixtures("shelf")
class TestText:
    def test_it_has_the_lessons_in_order_with_goals_exercises_and_progress(
        self, tmp_path
    ):
        write_start_page(tmp_path, learnt())
        first, second = [cell.source for cell in page_of(tmp_path).cells[1:3]]
        assert first.splitlines() == [
            "## [Lesson 1 · Ants](01_a.ipynb)",
            "",
            "You count ants.",
            "",
            "1 of 2 predictions made, 0 of 1 question answered.",
            "",
            r"- [A \<tiny\> model](exercises/01/tiny-build.ipynb) · level 2 of 4 · "
            "✓ solved",
            "- [A bug](exercises/01/tiny-fix.ipynb) · level 1 of 4 · ○ not begun",
        ]
        assert second.splitlines() == [
            "## [Lesson 2 · Bees](02_b.ipynb)",
            "",
            "You tell *bees*.",
        ]

    def test_its_top_links_the_rules_and_tells_how_much_is_done(self, tmp_path):
        write_start_page(tmp_path, learnt())
        top = page_of(tmp_path).cells[0].source
        assert "[the eight rules](rules.html)" in top
        assert "1 of 2 exercises solved, 1 of 2 predictions made" in top
        assert "○ not begun, ◐ begun, ✓ solved" in top

    def test_exercises_without_a_lesson_stand_at_the_end(self, tmp_path):
        exercises = (made("build"), replace(made("fix"), lesson="12"))
        write_start_page(tmp_path, replace(learnt(), exercises=exercises))
        further = page_of(tmp_path).cells[3].source
        assert further.startswith("## More exercises")
        assert "tiny-build" not in further
        assert (
            "- [A bug](exercises/12/tiny-fix.ipynb) · lesson 12 · level 1 of 4"
            in further
        )

    def test_without_such_exercises_nothing_is_told_of_them(self, tmp_path):
        write_start_page(tmp_path, learnt())
        assert "More exercises" not in (tmp_path / START_PAGE).read_text("utf-8")

    def test_what_was_said_is_not_told(self, tmp_path):
        write_start_page(tmp_path, learnt())
        text = (tmp_path / START_PAGE).read_text("utf-8")
        assert "seven" not in text

    def test_its_last_cell_shows_the_progress_without_being_run(self, tmp_path):
        write_start_page(tmp_path, learnt())
        page = page_of(tmp_path)
        nbformat.validate(page)
        last = page.cells[-1]
        assert last.source == "import teachkit as tk\n\ntk.progress()"
        assert last.outputs[0].data == ProgressSheet(learnt())._repr_mimebundle_()

    def test_links_of_the_real_page_lead_to_files(self, tmp_path):
        everything = load_learnt(Progress(tmp_path / "none.json", print))
        copy_lessons(tmp_path)
        copy_exercises(tmp_path, student_notebooks(everything.exercises))
        write_start_page(tmp_path, everything)
        text = "\n".join(cell.source for cell in page_of(tmp_path).cells)
        links = re.findall(r"\]\(([^)]+)\)", text)
        assert len(links) > len(everything.exercises)
        assert [link for link in links if not (tmp_path / link).is_file()] == []


@pytest.mark.usefixtures("shelf")
class TestWriting:
    def test_progress_is_told_anew_at_each_start(self, tmp_path):
        write_start_page(tmp_path, learnt(()))
        report = write_start_page(tmp_path, learnt(("guess", "bet")))
        assert not report.kept
        assert "2 of 2 predictions made" in page_of(tmp_path).cells[1].source

    def test_a_page_that_was_only_run_is_written_anew(self, tmp_path):
        write_start_page(tmp_path, learnt())
        fresh = (tmp_path / START_PAGE).read_bytes()
        changed(tmp_path, ran)
        assert not write_start_page(tmp_path, learnt()).kept
        assert (tmp_path / START_PAGE).read_bytes() == fresh

    @pytest.mark.parametrize("change", [noted, reworded, unsigned])
    def test_a_page_of_the_learners_own_is_kept(self, tmp_path, change):
        write_start_page(tmp_path, learnt(()))
        changed(tmp_path, change)
        theirs = (tmp_path / START_PAGE).read_bytes()
        report = write_start_page(tmp_path, learnt())
        assert report.kept
        assert "kept as found" in report.text
        assert (tmp_path / START_PAGE).read_bytes() == theirs

    @pytest.mark.parametrize(
        "content", ["", "my notes", "[]", '{"cells": 1}', '{"cells": ["x"]}', "\ud800"]
    )
    def test_a_file_that_is_no_notebook_is_kept(self, tmp_path, content):
        path = tmp_path / START_PAGE
        path.write_text(content, encoding="utf-8", errors="surrogatepass")
        theirs = path.read_bytes()
        assert write_start_page(tmp_path, learnt()).kept
        assert path.read_bytes() == theirs

    @pytest.mark.parametrize("metadata", [None, [], {"teachkit": "yes"}])
    def test_metadata_of_another_kind_is_no_signature(self, tmp_path, metadata):
        content = {"cells": [{"source": [1]}], "metadata": metadata}
        (tmp_path / START_PAGE).write_text(json.dumps(content))
        assert write_start_page(tmp_path, learnt()).kept

    def test_a_folder_of_that_name_is_kept(self, tmp_path):
        (tmp_path / START_PAGE).mkdir()
        assert write_start_page(tmp_path, learnt()).kept

    def test_nothing_else_is_left_in_the_folder(self, tmp_path):
        folder = tmp_path / "course"
        write_start_page(folder, learnt())
        write_start_page(folder, learnt(()))
        assert [path.name for path in folder.iterdir()] == [START_PAGE]

    def test_a_folder_that_is_a_file_is_refused(self, tmp_path):
        (tmp_path / "course").write_text("mine")
        with pytest.raises(FileError, match="which is a file"):
            write_start_page(tmp_path / "course", learnt())

    def test_the_report_of_a_new_page_names_it(self, tmp_path):
        assert START_PAGE in write_start_page(tmp_path, learnt()).text
