"""What is solved, lesson by lesson."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from teachkit.practice.learnt import Learnt
from teachkit.practice.progress_file import Record, Said
from teachkit.question_format.records import LessonQuestion, LessonQuestions
from teachkit.views.progress import ProgressSheet
from tests.practice.exercises import made


def asked(lesson, **kinds):
    """Return the questions of a lesson: kinds by their ids."""
    found = [LessonQuestion(name, kind, "?", (), None) for name, kind in kinds.items()]
    return LessonQuestions(lesson, f"{lesson}_x", tuple(found))


QUESTIONS = (
    asked("01", guess="prediction", bet="prediction", why="explain"),
    asked("02", other="prediction"),
)
SAID = {"guess": Said("private", "words"), "why": Said("so", "so")}


@pytest.fixture
def sheet():
    exercises = [
        made("build"),
        made("fix"),
        replace(made("order"), lesson="10", title="Lines & <b>"),
    ]
    records = {
        "tiny-build": Record(3, 1.0, "passed", 2),
        "tiny-fix": Record(1, 0.5, "failed", 0),
        "gone": Record(1, 1.0, "passed", 0),
    }
    return ProgressSheet(Learnt(tuple(exercises), records, QUESTIONS, SAID))


def test_text(sheet):
    assert sheet.text.splitlines() == [
        "1 of 3 exercises solved, 1 of 3 predictions made, 1 of 1 question answered.",
        "",
        "Lesson 1: 1 of 2 predictions made, 1 of 1 question answered",
        "  ✓ A <tiny> model  3 attempts, 2 hints",
        "  ◐ A bug           1 attempt, best 50%",
        "",
        "Lesson 2: 0 of 1 prediction made",
        "",
        "Lesson 10",
        "  ○ Lines & <b>",
    ]


def test_plain_letters(sheet):
    text = sheet.as_text(charset="ascii")

    assert text.isascii()
    assert "+ A <tiny> model" in text
    assert "~ A bug" in text


def test_html_is_escaped_and_has_words_for_the_signs(sheet):
    html = sheet._repr_mimebundle_()["text/html"]
    ET.fromstring(
        html.replace("<style>", "<style><![CDATA[").replace("</style>", "]]></style>")
    )

    assert "Lines &amp; &lt;b&gt;" in html
    assert " (solved)" in html
    assert " (begun)" in html
    assert " (not begun)" in html
    assert "1 of 2 predictions made" in html
    assert "50%" in html


def test_ids_of_what_is_solved(sheet):
    assert sheet.solved == ("tiny-build",)


def test_ids_of_predictions_that_were_made(sheet):
    assert sheet.predicted == ("guess",)


def test_what_was_said_stays_with_the_learner(sheet):
    shown = f"{sheet.html()}{sheet.text}{sheet.to_dict()}"

    assert "private" not in shown
    assert "words" not in shown


def test_data(sheet):
    assert sheet.to_dict()["tiny-fix"] == {
        "attempts": 1,
        "best": 0.5,
        "status": "failed",
        "hints": 0,
    }


def test_without_exercises(sheet):
    assert ProgressSheet(Learnt((), {})).text == "0 of 0 exercises solved."


def test_narrow(sheet):
    assert max(map(len, sheet.as_text(width=50).splitlines())) <= 50
