"""The commands of authors: `teachkit exercises ...`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from teachkit import cli
from tests.exercise_authoring.banks import TEXT, bank, changed


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return bank(tmp_path, small=TEXT)


def run(capsys, *arguments):
    """Return exit status, and what is printed to both streams."""
    status = cli.main(["exercises", *arguments])
    said = capsys.readouterr()
    return status, said.out, said.err


class TestList:
    def test_a_table(self, capsys):
        status, text, _ = run(capsys, "list")

        heads, *rows = text.splitlines()
        assert status == 0
        assert heads.split() == ["lesson", "number", "id", "title", "level", "type"]
        assert rows[0].split()[:3] == ["01", "X01", "four-steps"]

    def test_data(self, capsys):
        status, text, _ = run(capsys, "list", "--json")

        first = json.loads(text)[0]
        assert status == 0
        assert list(first) == ["lesson", "number", "id", "title", "level", "type"]
        assert (first["id"], first["level"]) == ("four-steps", 1)

    def test_it_does_not_wait_for_tensorflow(self):
        code = (
            "import sys; from teachkit import cli; cli.main(['exercises', 'list']); "
            "print({'keras', 'tensorflow'} & set(sys.modules), file=sys.stderr)"
        )
        done = subprocess.run(
            [sys.executable, "-c", code],
            check=True,
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONPATH": str(Path(cli.__file__).parents[2])},
        )
        assert done.stderr.strip() == "set()"


class TestCheck:
    def test_all_is_right(self, folder, capsys):
        status, text, _ = run(capsys, "check", "01/small.py")

        assert status == 0
        assert "1 exercises, 4 wrong answers, 1 accepted answers" in text

    def test_something_is_to_be_mended(self, folder, capsys):
        bank(folder, small=changed("Dense(2)", "Dense(3)"))

        status, text, _ = run(capsys, "check", "01/small.py")

        assert status == 1
        assert "1 to mend" in text
        assert text.splitlines()[-1] == (
            "01/small.py:23: this wrong passes, not on 'outputs': All 3 criteria are "
            "met."
        )

    def test_a_broken_file(self, folder, capsys):
        bank(folder, small=changed("level = 1", "level = 9"))

        status, text, _ = run(capsys, "check", "01/small.py")

        assert status == 1
        assert "01/small.py:5: expected level: a level from 1 to 4; found 9" in text

    def test_a_name_that_nothing_has(self, capsys):
        status, text, error = run(capsys, "check", "four-stepps")

        assert (status, text) == (2, "")
        assert "did you mean 'four-steps'" in error

    def test_mutations(self, folder, capsys):
        assert run(capsys, "check", "01/small.py", "--mutations")[0] == 0

        bank(folder, small=changed(", weight = 0", ""))
        status, text, _ = run(capsys, "check", "01/small.py", "--mutations")

        assert status == 1
        assert "01/small.py:9: 'outputs' is decoration" in text

    def test_progress_is_told_to_a_person(self, folder, capsys, monkeypatch):
        monkeypatch.setattr(sys.stderr, "isatty", lambda: True)

        _, text, error = run(capsys, "check", "01/small.py")

        assert "X90 small ..." in error
        assert "..." not in text


class TestNew:
    def test_a_file_in_the_folder_of_its_lesson(self, folder, capsys):
        status, text, _ = run(capsys, "new", "my-net", "--lesson", "09")

        assert (status, text) == (0, f"{Path('exercises/09/my-net.py')}\n")
        assert run(capsys, "check", text.strip())[0] == 0

    def test_it_is_not_replaced(self, folder, capsys):
        assert run(capsys, "new", "my-net", "--folder", "mine")[0] == 0
        assert run(capsys, "new", "my-net", "--folder", "mine")[0] == 2


class TestBuild:
    def test_notebooks(self, folder, capsys):
        status, text, _ = run(
            capsys, "build", "01/small.py", "-o", "out", "--sealed", "--instructor"
        )

        assert (status, text) == (0, "3 files written to out.\n")
        assert sorted(path.name for path in (folder / "out" / "01").iterdir()) == [
            "small.instructor.ipynb",
            "small.ipynb",
            "small.py",
        ]

    def test_a_broken_file_is_told_and_the_rest_is_built(self, folder, capsys):
        bank(folder, other=changed("level = 1", "level = 9"))

        status, text, error = run(
            capsys, "build", "01/other.py", "01/small.py", "-o", "out"
        )

        assert (status, text) == (1, "1 file written to out.\n")
        assert "01/other.py:5: expected level" in error
