"""`tk.exercise`, `tk.check` and `tk.progress`, as a notebook calls them."""

from __future__ import annotations

import json

import keras
import pytest
from keras import layers

import teachkit as tk
from teachkit.api import exercising
from teachkit.errors import WrongTypeError, WrongValueError
from tests.practice.exercises import path_of


@pytest.fixture(autouse=True)
def fresh(tmp_path, monkeypatch):
    """Begin without progress, in a kernel that has just started."""
    monkeypatch.setenv("TEACHKIT_PROGRESS", str(tmp_path / "progress.json"))
    monkeypatch.setattr(exercising, "_SESSIONS", {})


def four_steps(activation="relu"):
    x = inputs = keras.Input((32,))
    for units in (64, 32):
        x = layers.Dense(units, activation)(x)
    return keras.Model(inputs, layers.Dense(1, "sigmoid")(x))


def test_a_right_answer_passes_and_is_remembered():
    report = tk.check("four-steps", four_steps())

    assert (report.status, report.score) == ("passed", 1.0)
    assert tk.progress().solved == ("four-steps",)


def test_another_one_is_told_why():
    report = tk.check("four-steps", four_steps("tanh"))

    assert report.status == "failed"
    assert report.message.see
    assert report.to_dict()["criteria"]
    assert json.dumps(report.to_dict())
    assert tk.progress().solved == ()


def test_the_number_of_the_bank_and_a_file_are_names_too(tmp_path):
    assert tk.exercise("X01").id == "four-steps"
    assert tk.exercise(path_of("build", tmp_path)).id == "tiny-build"


def test_function_and_object_are_one_piece_of_work():
    with pytest.raises(WrongValueError, match="an answer of your own first"):
        tk.exercise("four-steps").solution()
    tk.check("four-steps", four_steps("tanh"))

    assert not tk.exercise("four-steps").solution().comparison.same


def test_hints_go_on_where_they_were():
    assert len(tk.exercise("four-steps").hint().hints) == 1
    assert len(tk.exercise("four-steps").hint().hints) == 1
    tk.check("four-steps", four_steps("tanh"))
    assert len(tk.exercise("four-steps").hint().hints) == 2


def test_progress_outlives_the_kernel(monkeypatch):
    tk.check("four-steps", four_steps("tanh"))
    monkeypatch.setattr(exercising, "_SESSIONS", {})

    assert "1 attempt" in tk.progress().text
    assert tk.exercise("four-steps").solution().code


def test_a_damaged_file_is_told_once_and_kept(tmp_path):
    (tmp_path / "progress.json").write_text("{")
    with pytest.warns(UserWarning, match="could not be understood"):
        tk.progress()

    assert (tmp_path / "progress-damaged-1.json").read_text() == "{"
    assert tk.progress().solved == ()


def test_an_edited_file_of_an_exercise_begins_anew(tmp_path):
    path = path_of("build", tmp_path)
    tk.exercise(path).hint()
    text = (tmp_path / "tiny-build.py").read_text()
    (tmp_path / "tiny-build.py").write_text(text.replace("15", "16"))

    assert tk.check(path, four_steps()).status == "failed"
    assert len(tk.exercise(path).hint().hints) == 1


@pytest.mark.parametrize(
    ("name", "error", "told"),
    [
        ("four-step", WrongValueError, "four-steps"),
        ("", WrongValueError, "the id of an exercise"),
        (3, WrongTypeError, "the id of an exercise"),
        (None, WrongTypeError, "the id of an exercise"),
        ("missing.py", WrongValueError, "missing.py"),
    ],
)
@pytest.mark.parametrize("call", [tk.exercise, lambda name: tk.check(name, 1)])
def test_what_is_no_exercise_is_refused_in_words(call, name, error, told):
    with pytest.raises(error, match=told):
        call(name)
