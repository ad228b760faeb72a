"""Exercises are found by id, number and file, and two never have the same name."""

from __future__ import annotations

import pytest

from teachkit.errors import FileError, WrongTypeError, WrongValueError
from teachkit.exercise_format import find_exercise, load_all
from tests.exercise_format.test_faulty_files import FILE


@pytest.fixture
def folder(tmp_path):
    for lesson, name in (("02", "b"), ("01", "a")):
        (tmp_path / lesson).mkdir()
        text = FILE.replace("tiny", name).replace("X99", f"X0{lesson[-1]}")
        (tmp_path / lesson / f"{name}.py").write_text(text, encoding="utf-8")
    (tmp_path / "README.md").touch()
    (tmp_path / "01" / "_draft.py").touch()
    return tmp_path


def test_all_in_the_order_of_lessons(folder):
    found = load_all(folder)

    assert [(one.lesson, one.id, one.path) for one in found] == [
        ("01", "a", "exercises/01/a.py"),
        ("02", "b", "exercises/02/b.py"),
    ]


def test_an_id_that_two_have_is_refused_with_both_files(folder):
    text = (folder / "01" / "a.py").read_text(encoding="utf-8")
    (folder / "02" / "a.py").write_text(text, encoding="utf-8")

    with pytest.raises(WrongValueError, match=r"'a' in exercises/01/a\.py and in exer"):
        load_all(folder)


@pytest.mark.parametrize("name", ["four-steps", "X01", "x01", " Four-Steps "])
def test_a_name_that_is_known(name):
    assert find_exercise(name).id == "four-steps"


def test_a_file(folder):
    assert find_exercise(folder / "01" / "a.py").id == "a"
    assert find_exercise(str(folder / "01" / "a.py")).lesson == "01"


def test_a_name_that_comes_close_is_told():
    with pytest.raises(WrongValueError, match="did you mean 'four-steps'"):
        find_exercise("fourr-steps")


def test_a_name_like_no_other():
    with pytest.raises(WrongValueError, match="teachkit exercises list"):
        find_exercise("qqqqqqqqqqqq")


def test_a_file_that_is_missing_or_no_text(tmp_path):
    (tmp_path / "noise.py").write_bytes(b"\xff\xfe\xff")

    for name in ("nothing.py", "noise.py"):
        with pytest.raises(FileError, match=name):
            find_exercise(tmp_path / name)


@pytest.mark.parametrize("name", [None, 36, object()])
def test_no_name_at_all(name):
    with pytest.raises(WrongTypeError, match="pass a string"):
        find_exercise(name)
