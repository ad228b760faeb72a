"""What can be told of an exercise without running it."""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import PurePath

from teachkit.errors import WrongValueError
from teachkit.exercise_authoring.faults import Fault, fault
from teachkit.exercise_format.records import Cell, Exercise
from teachkit.grading.always import LEARNS, ROWS
from teachkit.grading.findings import Stage
from teachkit.grading.predicates import __name__ as _registered
from teachkit.grading.registry import predicate_of

assert _registered  # importing the package registers all predicates

MISCONCEPTIONS = frozenset(f"M{number:02}" for number in range(1, 37))
"""Numbers of the table in exercise-bank.md 4.3."""
ALWAYS = frozenset({"runs", "model", "defined", LEARNS, ROWS})
"""What is asked of each answer beside the criteria of its exercise."""
_OF_LINES = frozenset({"distractor", "order"})
"""What is asked of lines that are put in order."""
_OF_USE = frozenset({"returns"})
"""What is asked of a function that a cell `use` calls."""
_SHORT = 8
"""Letters below which a line of a solution gives nothing away: `x = ...`, `)`."""


def written_faults(exercise: Exercise) -> Iterator[Fault]:
    """Yield what is wrong with the text of an exercise."""
    yield from _name(exercise)
    yield from _parts(exercise)
    yield from _hints(exercise)
    yield from _criteria(exercise)
    yield from _questions(exercise)
    yield from _misconceptions(exercise)
    for cell in exercise.of_kind("wrong"):
        yield from _wrong(exercise, cell)


def criterion_names(exercise: Exercise) -> list[str]:
    """Return the names of all that an answer can fail, in the order of the file."""
    criteria = [one.name for one in exercise.criteria if not one.advice]
    return [*criteria, *(one.id for one in exercise.questions)]


def _name(exercise: Exercise) -> Iterator[Fault]:
    if PurePath(exercise.path).stem != exercise.id:
        told = f"the file of '{exercise.id}' is to be called {exercise.id}.py"
        yield fault(exercise, exercise.line_of("id"), told)


def _parts(exercise: Exercise) -> Iterator[Fault]:
    if exercise.is_sealed:
        return
    if not exercise.criteria and not exercise.questions:
        yield fault(exercise, 1, "neither criteria nor questions: everything passes")
    if exercise.type == "predict" and not exercise.questions:
        yield fault(exercise, exercise.line_of("type"), "nothing to predict: questions")


def _hints(exercise: Exercise) -> Iterator[Fault]:
    known = _lines(exercise.code("given")) | _lines(exercise.code("start"))
    secret = _lines(exercise.code("solution")) - known
    secret = {line for line in secret if len(line) >= _SHORT}
    for number, hint in enumerate(exercise.hints[:2], start=1):
        told = "".join(hint.split()).replace("'", '"')
        shown = sorted(line for line in secret if line in told)
        if shown:
            yield fault(
                exercise,
                exercise.line_of("hints"),
                f"hint {number} has a line of the solution, {shown[0]}: keep it for "
                "the third",
            )


def _lines(code: str) -> set[str]:
    """Return the lines of code without spaces and comments, in one kind of quotes."""
    return {
        "".join(line.split()).replace("'", '"')
        for line in _without_comments(code).splitlines()
    } - {""}


def _without_comments(code: str) -> str:
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(code).readline))
    except (tokenize.TokenError, SyntaxError):
        return code
    lines = code.splitlines()
    for token in tokens:
        if token.type == tokenize.COMMENT:
            row, column = token.start
            lines[row - 1] = lines[row - 1][:column]
    return "\n".join(lines)


def _criteria(exercise: Exercise) -> Iterator[Fault]:
    for one in exercise.criteria:
        try:
            predicate_of(one).arguments(one)
        except WrongValueError as error:
            told = f"expected {error.expected}; found {error.found}; {error.action}"
            yield fault(exercise, one.line, told)
        stages = [stage.name.lower() for stage in Stage]
        if one.stage and one.stage.lower() not in stages:
            told = f"stage '{one.stage}' of '{one.name}': take {', '.join(stages)}"
            yield fault(exercise, one.line, told)
        if one.name in ALWAYS:
            told = f"'{one.name}' is asked of each answer: choose another name"
            yield fault(exercise, one.line, told)


def _questions(exercise: Exercise) -> Iterator[Fault]:
    seen = {one.name for one in exercise.criteria}
    for one in exercise.questions:
        if one.id in seen:
            yield fault(exercise, one.line, f"two are called '{one.id}'")
        seen.add(one.id)
        right = one.answer if isinstance(one.answer, list) else [one.answer]
        missing = [x for x in right if one.options and str(x) not in one.options]
        if missing:
            told = f"the answer {missing[0]!r} of '{one.id}' is none of its options"
            yield fault(exercise, one.line, told)


def _misconceptions(exercise: Exercise) -> Iterator[Fault]:
    tags = [(one.line, one.misconception) for one in exercise.criteria]
    tags += [(one.line, one.misconception) for one in exercise.of_kind("wrong")]
    tags += [(q.line, one.misconception) for q in exercise.questions for one in q.wrong]
    for line, tag in tags:
        if tag and tag not in MISCONCEPTIONS:
            yield fault(exercise, line, f"there is no {tag}: M01 to M36")


def _wrong(exercise: Exercise, cell: Cell) -> Iterator[Fault]:
    names = criterion_names(exercise)
    always = ALWAYS | (_OF_LINES if exercise.type == "parsons" else set())
    always |= _OF_USE if exercise.of_kind("use") else set()
    if cell.criterion not in {*names, *always}:
        told = f"no criterion '{cell.criterion}': there are {', '.join(names)}"
        yield fault(exercise, cell.line, told)
    first = cell.note.split(" ")[0]
    if re.fullmatch(r"[mM]\d+", first):
        yield fault(exercise, cell.line, f"'{first}' is no misconception: write M03")
