"""`tk.ask`, as a lesson calls it."""

from __future__ import annotations

import pytest

import teachkit as tk
from teachkit.api import asking
from teachkit.errors import TeachkitError, WrongTypeError, WrongValueError
from tests.questions import FILE


@pytest.fixture(autouse=True)
def fresh(tmp_path, monkeypatch):
    """Begin without progress, in a kernel that has just started."""
    monkeypatch.setenv("TEACHKIT_PROGRESS", str(tmp_path / "progress.json"))
    monkeypatch.setattr(asking, "_ASKINGS", {})


@pytest.fixture
def own(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(FILE, encoding="utf-8")
    return path


def test_question_and_reveal_know_the_same_answer():
    question = tk.ask("weights-before-call")
    question.commit("64")

    shown = tk.ask("weights-before-call", result=0)
    assert shown.said == "64"
    assert shown.text.startswith("Computed: 0")


def test_it_returns_at_once_without_an_answer():
    shown = tk.ask("weights-before-call", result=0, details="layer.weights == []")
    assert "layer.weights == []" in shown.text
    bundle = shown._repr_mimebundle_()
    assert {"text/plain", "text/html"} <= bundle.keys()


def test_false_and_zero_are_results(own):
    assert "Computed: no" in tk.ask("same-seed", result=False, source=own).text
    assert "Computed: 0" in tk.ask("same-seed", result=0, source=own).text


def test_a_notebook_of_ones_own_has_its_own_questions(own):
    assert tk.ask("why", source=own).id == "why"
    with pytest.raises(WrongValueError, match="same-seed"):
        tk.ask("weights-before-call", source=own)


def test_a_changed_file_is_read_again(own):
    first = tk.ask("why", source=own).text
    own.write_text(FILE.replace("Why not", "Why then"), encoding="utf-8")
    assert tk.ask("why", source=own).text != first


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"question": "nobody-asks"}, WrongValueError),
        ({"question": 3}, WrongTypeError),
        ({"question": "weights-before-call", "result": None}, WrongTypeError),
        ({"question": "weights-before-call", "details": "x"}, WrongValueError),
        ({"question": "why-not-x", "result": 3}, WrongValueError),
    ],
)
def test_mistakes_are_told(arguments, error):
    with pytest.raises(TeachkitError) as told:
        tk.ask(**arguments)
    assert isinstance(told.value, error)
