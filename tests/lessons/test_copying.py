"""Lessons are copied without loss of a learner's work, and without their outputs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from teachkit import shipped
from teachkit.errors import FileError
from teachkit.lessons import CopyReport, copy_lessons, lessons_folder

FIRST = "01_layers_are_functions.ipynb"
FILES = ("01_a.ipynb", "02_b.ipynb", "data/birds.csv", "rules.html")


class TestCopy:
    @pytest.mark.usefixtures("shelf")
    def test_new_folder_gets_the_lessons_in_order_and_what_they_need(self, tmp_path):
        report = copy_lessons(tmp_path / "new" / "course")
        assert report.copied == FILES
        for path in FILES:
            assert (tmp_path / "new" / "course" / path).is_file()

    def test_tables_and_card_are_copied_as_they_are(self, shelf, tmp_path):
        copy_lessons(tmp_path)
        for path in ("data/birds.csv", "rules.html"):
            assert (tmp_path / path).read_bytes() == (shelf / path).read_bytes()

    def test_copies_have_no_outputs_and_all_else(self, shelf, tmp_path):
        copy_lessons(tmp_path)
        ours = nbformat.read(shelf / "01_a.ipynb", as_version=4)
        copy = nbformat.read(tmp_path / "01_a.ipynb", as_version=4)
        nbformat.validate(copy)
        assert copy.cells[1].outputs == []
        assert copy.cells[1].execution_count is None
        for cell in ours.cells[1:]:
            cell.outputs, cell.execution_count = [], None
        assert copy == ours

    def test_copies_of_all_real_lessons_have_no_outputs(self, tmp_path):
        copy_lessons(tmp_path)
        for path in tmp_path.glob("*.ipynb"):
            cells = nbformat.read(path, as_version=4).cells
            run = [c for c in cells if c.get("outputs") or c.get("execution_count")]
            assert run == [], path.name

    def test_only_what_a_learner_needs_is_copied(self, shelf, tmp_path):
        for path in (
            "build.py",
            "source/01_a.py",
            "questions/01_a.toml",
            "data/.hidden",
            "x.ipynb/deep.txt",
            "other.html",
        ):
            (shelf / path).parent.mkdir(exist_ok=True)
            (shelf / path).touch()
        assert copy_lessons(tmp_path / "course").copied == FILES

    @pytest.mark.usefixtures("shelf")
    def test_second_copy_changes_nothing(self, tmp_path):
        first = copy_lessons(tmp_path / "course")
        second = copy_lessons(tmp_path / "course")
        assert (second.copied, second.kept) == ((), ())
        assert second.unchanged == first.copied

    @pytest.mark.usefixtures("shelf")
    def test_work_of_the_learner_is_kept(self, tmp_path):
        copy_lessons(tmp_path)
        mine = tmp_path / "01_a.ipynb"
        mine.write_text("my answers")
        report = copy_lessons(tmp_path)
        assert report.kept == ("01_a.ipynb",)
        assert mine.read_text() == "my answers"

    @pytest.mark.usefixtures("shelf")
    def test_folder_named_like_a_lesson_is_kept(self, tmp_path):
        (tmp_path / "01_a.ipynb").mkdir()
        assert copy_lessons(tmp_path).kept == ("01_a.ipynb",)

    @pytest.mark.usefixtures("shelf")
    def test_file_in_the_place_of_the_folder_is_refused(self, tmp_path):
        target = tmp_path / "course"
        target.write_text("not a folder")
        with pytest.raises(FileError, match="course', which is a file"):
            copy_lessons(target)
        assert target.read_text() == "not a folder"

    @pytest.mark.usefixtures("shelf")
    @pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs Unix permissions")
    def test_folder_that_cannot_be_written_is_refused(self, tmp_path):
        # Root may write anywhere, except where there are no real files.
        root = os.geteuid() == 0
        target = Path("/proc/course") if root else tmp_path / "locked"
        if not root:
            target.mkdir(mode=0o500)
        with pytest.raises(FileError, match="name another folder"):
            copy_lessons(target)

    @pytest.mark.usefixtures("shelf")
    def test_half_a_copy_is_taken_away(self, tmp_path, monkeypatch):
        opened = Path.open

        def open_full(path: Path, mode: str = "r", **options: object):
            file = opened(path, mode, **options)
            return _FullFile(file) if mode == "xb" else file

        monkeypatch.setattr(Path, "open", open_full)
        with pytest.raises(FileError, match="No space left"):
            copy_lessons(tmp_path / "course")
        assert list((tmp_path / "course").iterdir()) == []

    def test_real_lessons_are_found(self, tmp_path):
        report = copy_lessons(tmp_path)
        assert report.copied[0] == FIRST
        assert not list(tmp_path.glob("*.py"))

    def test_lessons_that_are_nowhere_are_an_error(self, tmp_path, monkeypatch):
        monkeypatch.setattr(shipped, "_CHECKOUT", tmp_path)
        monkeypatch.setattr(shipped, "files", lambda _: tmp_path)
        with pytest.raises(FileError, match="install teachkit again"):
            lessons_folder()

    def test_lessons_of_the_package_win_over_a_checkout(self, tmp_path, monkeypatch):
        packaged = tmp_path / "_lessons"
        packaged.mkdir()
        (packaged / "01_a.ipynb").touch()
        monkeypatch.setattr(shipped, "files", lambda _: tmp_path)
        assert lessons_folder() == packaged


@pytest.mark.parametrize(
    ("copied", "unchanged", "kept", "text"),
    [
        (("a",), (), (), "1 lesson file copied to course."),
        (("a", "b"), (), (), "2 lesson files copied to course."),
        ((), ("a",), (), "1 lesson file already there."),
        (
            ("b",),
            (),
            ("a",),
            "1 lesson file copied to course.\n"
            "1 lesson file with your own changes kept as found: a. "
            "To get a fresh copy, rename yours first.",
        ),
    ],
)
def test_report_says_what_happened(copied, unchanged, kept, text):
    assert CopyReport(Path("course"), copied, unchanged, kept).text == text


def test_import_loads_neither_jupyter_nor_keras():
    code = (
        "import sys, teachkit.lessons; print(sorted({name.split('.')[0] for name in "
        "sys.modules} & {'jupyterlab', 'jupyter_server', 'nbformat', 'keras'}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    )
    assert done.stdout.strip() == "[]"


class _FullFile:
    """A file on a disk with no space left."""

    def __init__(self, file):
        self.file = file

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.file.close()

    def write(self, content):
        self.file.write(content[:3])
        raise OSError(28, "No space left on device")
