"""A new exercise passes its own check, and no file is ever replaced."""

from __future__ import annotations

import pytest

from teachkit.errors import FileError, WrongValueError
from teachkit.exercise_authoring.bank import check_exercise
from teachkit.exercise_authoring.mutations import mutated
from teachkit.exercise_authoring.template import new_exercise
from teachkit.exercise_format import find_exercise


def test_it_can_be_checked_as_it_is(tmp_path):
    path = new_exercise("my-net", tmp_path / "09")
    exercise = find_exercise(path)

    assert path == tmp_path / "09" / "my-net.py"
    assert check_exercise(exercise).faults == ()
    assert not any(one.is_decoration for one in mutated(exercise, lambda _: None))


def test_a_file_that_is_there_stays(tmp_path):
    path = new_exercise("my-net", tmp_path)
    path.write_text("mine", encoding="utf-8")

    with pytest.raises(FileError, match="take another id"):
        new_exercise("my-net", tmp_path)
    assert path.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("name", ["My-Net", "", "a/b", "../a", "a--b", "a.py", "é"])
def test_what_is_no_id(tmp_path, name):
    with pytest.raises(WrongValueError, match="siamese-digits"):
        new_exercise(name, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_a_file(tmp_path):
    (tmp_path / "09").touch()

    with pytest.raises(FileError, match="name another folder"):
        new_exercise("my-net", tmp_path / "09")
