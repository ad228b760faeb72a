"""What is to be taught is taught, and the page that says where is true."""

from __future__ import annotations

import re

from scripts import write_items


def test_everything_that_a_lesson_must_hold_stands_in_it():
    found = write_items.taught()
    missing = [pair for pair in write_items.wanted() if not found.told(*pair)]
    assert missing == []


def test_the_page_is_what_the_lessons_say():
    page = write_items.TARGET.read_text(encoding="utf-8")
    assert page == write_items.content(), "run: python -m scripts.write_items"


def test_marks_are_items_misconceptions_or_predictions():
    numbers = {str(item["number"]) for item in write_items.plan()["item"]}
    marks = {mark for _, mark in write_items.taught().places}
    unknown = {m for m in marks if not re.fullmatch(r"M[0-3]\d|P\d", m)} - numbers
    assert {m for m in unknown if not m.isdigit() or not 1 <= int(m) <= 122} == set()


def test_predictions_of_a_lesson_are_computed():
    from teachkit.question_format import load_questions

    for lesson in load_questions():
        for one in lesson.questions:
            if one.covers or one.kind == "prediction":
                assert one.computed, one.id
