"""A small folder of lessons, in the place of the real ones."""

from __future__ import annotations

import json
from pathlib import Path

from teachkit.practice.learnt import Learnt
from teachkit.practice.progress_file import Record, Said
from teachkit.question_format.records import LessonQuestion, LessonQuestions
from tests.practice.exercises import made

CARDS = {
    "02_b.ipynb": "# Lesson 2 · Bees\n\n**Goal.** You\ntell *bees*.\n\n**Time** 5.",
    "01_a.ipynb": "# Lesson 1 · Ants\n\n**Goal.** You count ants.",
}


def lesson(card: str) -> str:
    """Return the text of a lesson that was run."""
    output = {"output_type": "stream", "name": "stdout", "text": ["six\n"]}
    cells = [
        {"cell_type": "markdown", "id": "a", "metadata": {}, "source": [card]},
        {
            "cell_type": "code",
            "id": "b",
            "metadata": {"jupyter": {"source_hidden": True}, "tags": ["solution"]},
            "execution_count": 3,
            "outputs": [output],
            "source": ["print('six')"],
        },
    ]
    whole = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(whole)


def filled(folder: Path) -> Path:
    """Write two lessons, a table and the card of rules into a folder."""
    contents = {name: lesson(card) for name, card in CARDS.items()}
    contents |= {"data/birds.csv": "wren,9\n", "rules.html": "<h1>Rules</h1>"}
    for path, content in contents.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(content, encoding="utf-8")
    return folder


def learnt(said: tuple[str, ...] = ("guess",)) -> Learnt:
    """Return what there is to do: two exercises, two predictions, one question."""
    asked = [("guess", "prediction"), ("bet", "prediction"), ("why", "explain")]
    questions = tuple(LessonQuestion(name, kind, "?", (), None) for name, kind in asked)
    return Learnt(
        (made("build"), made("fix")),
        {"tiny-build": Record(2, 1.0, "passed", 1)},
        (LessonQuestions("01", "01_a", questions),),
        {name: Said("six", "seven") for name in said},
    )
