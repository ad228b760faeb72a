"""Answers as they come: scripts saved in odd ways, notebooks with magics."""

from __future__ import annotations

import json

import pytest

from teachkit.errors import FileError
from teachkit.grading.answers.answer_files import AnswerFile, read_answer


@pytest.fixture
def read(tmp_path):
    """Return a function that writes a file and reads it as an answer."""

    def written(content, name="answer.py"):
        (tmp_path / name).write_bytes(content)
        return read_answer(tmp_path / name)

    return written


def notebook(*cells):
    made = [{"cell_type": "code", "source": cell.splitlines(True)} for cell in cells]
    made.insert(0, {"cell_type": "markdown", "source": "# Title"})
    return json.dumps({"cells": made}).encode()


@pytest.mark.parametrize(
    "content",
    [
        "x = 'ä'\ny = 2\n".encode(),
        "\ufeffx = 'ä'\r\ny = 2\r\n".encode(),
        "x = 'ä'\ry = 2\r".encode(),
    ],
)
def test_a_script_is_read_however_it_was_saved(read, content):
    answer = read(content)
    assert answer.code == "x = 'ä'\ny = 2\n"
    assert answer.advice == ()


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
def test_a_script_in_another_encoding_is_read_with_advice(read, encoding):
    answer = read("x = 'ä'\n".encode(encoding))
    assert answer.code == "x = 'ä'\n"
    assert "UTF-8" in answer.advice[0]


def test_a_script_tells_its_own_encoding(read):
    answer = read("# coding: latin-1\nx = 'ä'\n".encode("latin-1"))
    assert "ä" in answer.code
    assert answer.advice == ()


def test_lines_for_the_kernel_become_blank_and_the_others_keep_their_numbers(read):
    cell = "%matplotlib inline\nx = 1\n!ls\nfiles = !ls\nfor i in x:\n    %time y\n"
    cell += "x?\nz = 2"
    answer = read(notebook(cell), "a.ipynb")
    assert answer.code.splitlines() == [
        *("", "x = 1", "", "", "for i in x:", "    pass", "", "z = 2")
    ]
    assert "`%matplotlib inline`, `!ls`, `files = !ls` and others" in answer.advice[0]


def test_what_only_looks_like_a_magic_stays(read):
    cell = 'x = """\n%d\n!ls\n"""\ny = (7\n% 2)\nz = x != y'
    answer = read(notebook(cell), "a.ipynb")
    assert answer.code == cell
    assert answer.advice == ()


def test_a_cell_of_another_language_is_left_out_and_a_timed_one_runs(read):
    answer = read(notebook("%%bash\nls", "%%time\nx = 1"), "a.ipynb")
    assert [part.code for part in answer.parts] == ["", "\nx = 1"]
    assert [part.name for part in answer.parts] == [
        "cell 1 of a.ipynb",
        "cell 2 of a.ipynb",
    ]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.txt", b"x", ".py or .ipynb"),
        ("a.ipynb", b"{}", "notebook"),
        ("a.ipynb", b"\xff\x00", "notebook"),
        ("a.ipynb", b'{"cells": [3]}', "notebook"),
        ("a.ipynb", b'{"cells": [{"cell_type": "code", "source": 3}]}', "notebook"),
        ("a.py", b"#" * 1_000_001, "letters of code"),
        ("a.py", b"#" * 50_000_001, "50 MB"),
    ],
)
def test_what_cannot_be_read_is_told(read, name, content, words):
    with pytest.raises(FileError, match=words):
        read(content, name)


def test_a_file_that_is_not_there_and_a_folder_are_told(tmp_path):
    (tmp_path / "folder.py").mkdir()
    with pytest.raises(FileError, match="no such file"):
        read_answer(tmp_path / "gone.py")
    with pytest.raises(FileError, match="folder"):
        read_answer(tmp_path / "folder.py")


def test_an_answer_travels_as_json(read):
    answer = read(notebook("!ls\nx = 1"), "a.ipynb")
    assert AnswerFile.from_dict(json.loads(json.dumps(answer.to_dict()))) == answer
