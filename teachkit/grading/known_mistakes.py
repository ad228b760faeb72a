"""An answer that is one of the wrong answers of its exercise hears its author's words.

A cell `wrong` may begin with a comment. When a student's model is the one of such a
cell, but for names, that comment says what follows from it, better than a sentence that
was written for all answers; and the belief behind the cell is that of the student.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import replace
from functools import lru_cache
from typing import Any

from teachkit.exercise_format.records import Cell, Exercise
from teachkit.grading.evidence.subject import Case, Subject
from teachkit.grading.report import Message, Outcome
from teachkit.grading.student_code.running_code import names_for_cell, run_answer
from teachkit.keras_reader import record_model
from teachkit.keras_reader.bodies import bodies_of
from teachkit.keras_runner.guard import nothing_moved
from teachkit.normal_form import NormalGraph, find_isomorphism, normal_form

_MOST = 8
"""Wrong answers with which one is compared."""
_BESIDE_THE_GRAPH = frozenset({"compiled"})
"""Criteria on what no graph shows: equal models may differ in it."""
_TRAINS = (".fit(", ".train_on_batch(")
"""What takes too long to be run for the sake of a sentence."""

Outcomes = tuple[Outcome, ...]


def in_words_of_author(
    case: Case, subjects: Mapping[str, Subject], outcomes: Outcomes
) -> Outcomes:
    """Return outcomes in which a mistake that the author knows is told by the author.

    Arguments:
        case: what was judged.
        subjects: the models of the answer, by name.
        outcomes: of its criteria, in the order in which they were asked.
    """
    place = next((n for n, x in enumerate(outcomes) if x.status == "failed"), None)
    if place is None or case.exercise.is_sealed:
        return outcomes
    first = outcomes[place]
    asked = {one.name: one.predicate for one in case.exercise.criteria}
    if asked.get(first.criterion) in _BESIDE_THE_GRAPH:
        return outcomes
    try:
        cell = _same_mistake(case.exercise, subjects[first.of], first)
    except Exception:  # noqa: BLE001 - a fault in a wrong answer of ours must not reach a student
        return outcomes
    if cell is None:
        return outcomes
    told = _told(first, cell)
    return (*outcomes[:place], told, *outcomes[place + 1 :])


def _told(outcome: Outcome, cell: Cell) -> Outcome:
    message = outcome.message
    if cell.comment and message is not None:
        message = Message(message.see, cell.comment, message.look)
    tag = cell.misconception or outcome.misconception
    return replace(outcome, message=message, misconception=tag)


def _same_mistake(
    exercise: Exercise, subject: Subject, outcome: Outcome
) -> Cell | None:
    """Return the wrong answer that has something to say and makes the same model."""
    telling = [
        cell
        for cell in exercise.of_kind("wrong")
        if cell.criterion == outcome.criterion
        and (cell.comment or cell.misconception not in {"", outcome.misconception})
        and not any(word in cell.text for word in _TRAINS)
    ]
    same = (cell for cell in telling[:_MOST] if _is_same(exercise, subject, cell))
    found = next(same, None)
    if found is None or found.comment:
        return found
    # One graph may come of two beliefs, which the numbers of the weights tell apart.
    alike = [
        cell
        for cell in exercise.of_kind("wrong")
        if cell.criterion == outcome.criterion
        and cell.misconception
        and cell.misconception == outcome.misconception
    ]
    is_told = any(_is_same(exercise, subject, cell) for cell in alike[:_MOST])
    return None if is_told else found


def _is_same(exercise: Exercise, subject: Subject, cell: Cell) -> bool:
    other = _normal(_Key(exercise, cell, subject.name))
    return other is not None and find_isomorphism(subject.normal, other) is not None


class _Key:
    """A wrong answer and the name of its model; equal where their codes are."""

    def __init__(self, exercise: Exercise, cell: Cell, name: str) -> None:
        self.exercise = exercise
        self.cell = cell
        self.name = name
        codes = [exercise.code(kind) for kind in ("given", "solution", "use")]
        self._same = (*codes, cell.text, name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self._same == other._same

    def __hash__(self) -> int:
        return hash(self._same)


@lru_cache(maxsize=256)
def _normal(key: _Key) -> NormalGraph | None:
    """Return the normal form of what a wrong answer makes; None if it makes nothing."""
    silent = io.StringIO()
    try:
        with nothing_moved(), redirect_stdout(silent), redirect_stderr(silent):
            names: dict[str, Any] = names_for_cell(key.exercise, key.cell)
            run_answer(key.exercise, key.cell.text, names, "<wrong answer>")
            recording = record_model(names[key.name])
            return normal_form(recording.graph, bodies_of(recording))
    except (Exception, SystemExit):  # noqa: BLE001 - many wrong answers raise something, that is what they show
        return None
