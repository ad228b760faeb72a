"""What is said about lines in an order before they run."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Collection
from dataclasses import dataclass

from teachkit.errors import WrongValueError
from teachkit.exercise_format.records import Cell, Exercise
from teachkit.grading.findings import Finding
from teachkit.grading.student_code.line_order import (
    is_whole,
    names_made,
    names_read,
    statements_of,
)
from teachkit.grading.student_code.parsons import (
    blocks_of,
    code_of,
    distractors_of,
    order_written,
    text_of,
)

Statements = list[tuple[int, ast.stmt]]
_IMPORTS = (ast.Import, ast.ImportFrom)


@dataclass(frozen=True, slots=True)
class Offence:
    """What is said about lines before a model is there: which criterion, and why."""

    criterion: str
    finding: Finding


def lines_of(
    exercise: Exercise, code: str, given: Collection[str]
) -> tuple[str, Offence | None]:
    """Return an answer as code, and the first thing to be said before it runs.

    Arguments:
        exercise: of type `parsons`.
        code: an order (`order = [3, 1, 2]`), or the lines themselves.
        given: names that are there before the first line.
    """
    order = order_written(code)
    if order is not None:
        try:
            code = code_of(exercise, order)
        except WrongValueError as error:
            return code, Offence("order", unreadable(error))
    return code, offence_in(exercise, code, given)


def offence_in(exercise: Exercise, code: str, given: Collection[str]) -> Offence | None:
    """Return the first thing to be said about lines, before they run.

    Arguments:
        exercise: of type `parsons`.
        code: the lines in the student's order.
        given: names that are there before the first line.
    """
    statements = statements_of(code)
    blocks = {_dumped(block.text) for block in blocks_of(exercise)}
    own = [one for _, one in statements if not isinstance(one, _IMPORTS)]
    # Lines of the student's own: what they come to is judged, not whose they are.
    if not is_whole(code) or any(ast.dump(one) not in blocks for one in own):
        return None
    return _first(exercise, statements, set(given)) or _unmade(exercise, statements)


def _first(
    exercise: Exercise, statements: Statements, given: set[str]
) -> Offence | None:
    known = given | set(dir(builtins))
    distractors = {_dumped(cell.text): cell for cell in distractors_of(exercise)}
    for number, (line, statement) in enumerate(statements):
        cell = distractors.get(ast.dump(statement))
        if cell is not None:
            return Offence("distractor", _distracted(line, cell))
        missing = [name for name in names_read(statement) if name not in known]
        if missing:
            below = statements[number + 1 :]
            later = [n for n, one in below if missing[0] in names_made(one)]
            return Offence("order", _undefined(line, missing[0], later))
        known |= names_made(statement)
    return None


def unreadable(error: WrongValueError) -> Finding:
    """Return what is said of an order that has no lines."""
    return Finding(
        f"I see {error.found} in your order.",
        f"It should have {error.expected}.",
        f"{error.action.capitalize()}.",
    )


def _distracted(line: int, cell: Cell) -> Finding:
    statement = statements_of(cell.text)[0][1]
    return Finding(
        f"Line {line} is `{text_of(cell.text, statement)}`.",
        cell.comment or "This line does not belong to the model.",
        "Is there another line much like it?",
        misconception=cell.misconception,
    )


def _undefined(line: int, name: str, later: list[int]) -> Finding:
    so = "Python reads from top to bottom: a name must be made before it is read."
    look = f"Which line makes `{name}`?"
    if later:
        so += f" Line {later[0]} makes it, too late."
    return Finding(
        f"Line {line} uses `{name}`, which no line above defines.",
        so,
        look,
        rule=3,
        misconception="M31",
    )


def _unmade(exercise: Exercise, statements: Statements) -> Offence | None:
    made = set().union(*(names_made(statement) for _, statement in statements))
    missing = [name for name in exercise.asks if name not in made]
    if not missing:
        return None
    finding = Finding(
        f"{_counted(len(statements))} `{missing[0]}`.",
        "So there is nothing yet that could run.",
        f"Which line begins with `{missing[0]} =`, and what does it need above it?",
        rule=5,
    )
    return Offence("order", finding)


def _counted(count: int) -> str:
    if count == 0:
        return "There is no line yet: none makes"
    return (
        "Your line does not make" if count == 1 else f"None of your {count} lines makes"
    )


def _dumped(code: str) -> str:
    return next((ast.dump(one) for _, one in statements_of(code)), "")
