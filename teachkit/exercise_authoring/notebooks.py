"""Exercises as notebooks: one for students, one for who teaches."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from teachkit.exercise_format.records import PRELUDE, Cell, Exercise
from teachkit.exercise_format.variants import varied

Notebook = dict[str, Any]

_START = "# your code\n"
_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def student_notebook(exercise: Exercise, name: str = "") -> Notebook:
    """Return a notebook with prompt, what is given, room for an answer, and a check.

    Arguments:
        exercise: with the numbers of one student.
        name: by which a check finds the exercise: its id, or the name of a file that
            lies beside the notebook.
    """
    name = name or exercise.id
    cells = [
        ("prompt", "markdown", _heading(exercise)),
        ("imports", "code", f"import teachkit as tk\n\n{PRELUDE}"),
        *_numbered(exercise, "given"),
        *_beginning(exercise),
        ("check", "code", _check(exercise, name)),
        ("hint", "code", _waiting(name, "hint", "a hint")),
    ]
    if not exercise.is_sealed:
        cells.append(("solution", "code", _waiting(name, "solution", "the solution")))
    return _notebook(exercise, cells)


def instructor_notebook(exercise: Exercise) -> Notebook:
    """Return a notebook with all cells, hints and criteria, for who teaches."""
    cells = [
        ("prompt", "markdown", _heading(exercise)),
        ("about", "markdown", "\n".join(_about(exercise))),
        ("imports", "code", f"import teachkit as tk\n\n{PRELUDE}"),
    ]
    numbers: dict[str, int] = {}
    for cell in exercise.cells:
        if cell.kind not in {"prompt", "sealed"}:
            numbers[cell.kind] = numbers.get(cell.kind, 0) + 1
            key = f"{cell.kind}-{numbers[cell.kind]}"
            cells.append((f"{key}-head", "markdown", _told(cell)))
            cells.append((key, "code", cell.text))
    return _notebook(exercise, cells)


def student_notebooks(exercises: Iterable[Exercise]) -> dict[str, str]:
    """Return the texts of notebooks by paths in the folder of a learner."""
    return {
        f"exercises/{one.lesson}/{one.id}.ipynb": notebook_text(
            student_notebook(varied(one))
        )
        for one in exercises
    }


def notebook_text(notebook: Notebook) -> str:
    """Return a notebook as the text of its file."""
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


def _heading(exercise: Exercise) -> str:
    return f"# {exercise.title}\n\n{exercise.prompt}\n"


def _numbered(exercise: Exercise, kind: Any) -> Iterator[tuple[str, str, str]]:
    for number, cell in enumerate(exercise.of_kind(kind), start=1):
        yield f"{kind}-{number}", "code", cell.text


def _beginning(exercise: Exercise) -> list[tuple[str, str, str]]:
    if exercise.type == "parsons":
        # Its lines are shown by the exercise itself, to be put in order there.
        return []
    return list(_numbered(exercise, "start")) or [("start-1", "code", _START)]


def _check(exercise: Exercise, name: str) -> str:
    """Return the call that judges what the cells above define."""
    if exercise.type == "parsons":
        return f"tk.exercise({json.dumps(name)})\n"
    if len(exercise.asks) == 1:
        return f"tk.check({json.dumps(name)}, {exercise.asks[0]})\n"
    asked = ", ".join(f"{json.dumps(one)}: {one}" for one in exercise.asks)
    return f"tk.check({json.dumps(name)}, {{{asked}}})\n"


def _waiting(name: str, method: str, what: str) -> str:
    """Return a call that waits: who runs all cells wants to see no hint."""
    call = f"tk.exercise({json.dumps(name)}).{method}()"
    return f"# For {what}, take the # away and run this cell.\n# {call}\n"


def _about(exercise: Exercise) -> Iterator[str]:
    number = f"{exercise.number} " if exercise.number else ""
    yield f"**{number}`{exercise.id}`**, lesson {exercise.lesson or '-'}, "
    yield f"level {exercise.level}, {exercise.type}\n"
    yield "Hints:\n"
    yield from (f"{n}. {hint}" for n, hint in enumerate(exercise.hints, start=1))
    for heading, names in (
        ("Criteria", [one.name for one in exercise.criteria]),
        ("Questions", [f"{one.id}: {one.answer}" for one in exercise.questions]),
    ):
        if names:
            yield f"\n{heading}:\n"
            yield from (f"- {name}" for name in names)


def _told(cell: Cell) -> str:
    words = (cell.criterion, cell.misconception, cell.note)
    return f"## {cell.kind}\n\n{' '.join(filter(None, words))}".rstrip() + "\n"


def _notebook(exercise: Exercise, cells: list[tuple[str, str, str]]) -> Notebook:
    return {
        "cells": [_cell(exercise.id, *one) for one in cells],
        "metadata": _METADATA,
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def _cell(exercise: str, key: str, kind: str, text: str) -> dict[str, Any]:
    """Return a cell; the same exercise has the same ids each time."""
    cell: dict[str, Any] = {
        "cell_type": kind,
        "id": f"{key}-{exercise}"[:64],
        "metadata": {},
        "source": text.rstrip("\n").splitlines(keepends=True),
    }
    if kind == "code":
        cell |= {"execution_count": None, "outputs": []}
    return cell
