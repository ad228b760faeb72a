"""What an exercise is, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

CellKind = Literal[
    "prompt",
    "given",
    "start",
    "solution",
    "accept",
    "wrong",
    "use",
    "check",
    "sealed",
]

ExerciseType = Literal[
    "build",
    "fill",
    "fix",
    "convert",
    "decide",
    "refactor",
    "insert",
    "wiring",
    "save",
    "predict",
    "parsons",
]

PRELUDE = """\
import keras
import numpy as np
from keras import Input, Model, Sequential, layers, ops
from keras import layers as L
from keras.layers import *
"""
"""Runs before each exercise, so that `Dense`, `L.Dense` and `layers.Dense` all work."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of an exercise's file.

    Attributes:
        kind: `prompt` (Markdown), `given` (the student sees and runs it), `start`
            (with blanks), `solution`, `accept` (another right answer), `wrong` (a
            typical mistake), `use` (runs after an answer and makes what is graded out
            of it, for example a model out of a function), `check` (a criterion in
            Python: a function `check(model, ns)` that returns None or a sentence),
            `sealed` (packed letters in the place of solution and answers).
        text: its content, without the line that begins it.
        line: in the file, of the line that begins it.
        note: what the author says of it: of an `accept` cell, or of a wrong one.
        criterion: the one that a `wrong` cell fails first.
        misconception: behind a `wrong` cell: `M23`.
    """

    kind: CellKind
    text: str
    line: int
    note: str = ""
    criterion: str = ""
    misconception: str = ""

    @property
    def comment(self) -> str:
        """The comment lines at its top: of a wrong cell, what to tell the student."""
        lines: list[str] = []
        for line in self.text.splitlines():
            if not line.startswith("#"):
                break
            lines.append(line.removeprefix("#").strip())
        return " ".join(lines)


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that an exercise demands.

    Attributes:
        name: as it is reported; unique in the exercise.
        predicate: what decides it.
        arguments: of the predicate, by name; the key `""` holds one that stands alone
            in the file and belongs to the first parameter.
        of: name of the object that is looked at; empty for the first that is asked.
        weight: its share of the score.
        stage: when it is asked; empty for the usual one of the predicate.
        advice: what it finds is told, and costs nothing.
        rule: of the notional machine, told at the end of the message.
        misconception: `M23`, where the wrong cells do not say it.
        words: parts of the message that replace the usual ones: `see`, `so`, `look`.
        line: in the file.
    """

    name: str
    predicate: str
    arguments: Mapping[str, Any]
    of: str = ""
    weight: float = 1.0
    stage: str = ""
    advice: bool = False
    rule: int | None = None
    misconception: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    line: int = 0


@dataclass(frozen=True, slots=True)
class WrongChoice:
    """A wrong answer to a question, and what is said about it."""

    value: Any
    message: str
    misconception: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """Something to be predicted.

    Attributes:
        id: by which an answer is given: `answer={"total": 4225}`.
        text: the question.
        answer: a number, a shape, a word, or a list of words where several are right.
        kind: `number`, `shape`, `choice`, `choices` or `text`.
        options: of a choice.
        tolerance: of a number, relative to it.
        wrong: answers that tell what their author believes.
        why: said when it is right.
        optional: not answered, it costs nothing.
        line: in the file.
    """

    id: str
    text: str
    answer: Any
    kind: str = "number"
    options: tuple[str, ...] = ()
    tolerance: float = 0.0
    wrong: tuple[WrongChoice, ...] = ()
    why: str = ""
    optional: bool = False
    line: int = 0


@dataclass(frozen=True)
class Exercise:
    """One exercise.

    Attributes:
        id, number: `siamese-digits`, and `X36` in the bank.
        title, lesson, level, type: for lists; lesson is its folder, `09`.
        asks: names that an answer defines.
        hints: one to three, shown one by one.
        criteria: in the order of the file.
        questions: to be predicted.
        cells: all of them.
        vary: values among which each student gets one.
        path: of the file, as the author named it.
        lines: in the file, of the entries of its block.
    """

    id: str
    number: str
    title: str
    lesson: str
    level: int
    type: ExerciseType
    asks: tuple[str, ...]
    hints: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    questions: tuple[Question, ...]
    cells: tuple[Cell, ...]
    vary: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    path: str = ""
    lines: Mapping[str, int] = field(default_factory=dict)

    def line_of(self, entry: str) -> int:
        """Return the line of an entry of the block, the first where there is none."""
        return self.lines.get(entry, 1)

    def of_kind(self, kind: CellKind) -> tuple[Cell, ...]:
        """Return the cells of one kind."""
        return tuple(cell for cell in self.cells if cell.kind == kind)

    def code(self, kind: CellKind) -> str:
        """Return the text of all cells of one kind."""
        return "\n".join(cell.text for cell in self.of_kind(kind))

    @property
    def prompt(self) -> str:
        """What is asked, in Markdown."""
        return self.code("prompt").strip()

    @property
    def is_sealed(self) -> bool:
        """Tell whether solutions and wrong answers were left out of the file."""
        return bool(self.of_kind("sealed")) or not self.of_kind("solution")
