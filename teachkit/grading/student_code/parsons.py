"""Lines to be put in order: what is shown, and what an order of them means."""

from __future__ import annotations

import ast
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from teachkit.errors import WrongValueError
from teachkit.exercise_format.records import Cell, Exercise
from teachkit.grading.student_code.line_order import statements_of

ORDER_NAMES = ("order", "answer")
"""Variables in which a list of numbers is an order."""
_TEXT_METHODS = ("split", "splitlines", "strip")
_CONTAINERS = ("array", "asarray", "list", "tuple")


@dataclass(frozen=True, slots=True)
class Block:
    """One line that a student moves: its number, from 1 on, and its text."""

    number: int
    text: str


def blocks_of(exercise: Exercise) -> tuple[Block, ...]:
    """Return the lines to be put in order, and those that do not belong, shuffled.

    The same exercise always gives the same order, which is not that of the solution.
    A sealed exercise has no lines.
    """
    return _shuffled(exercise.id, _lines(exercise), _distractor_lines(exercise))


def code_of(exercise: Exercise, order: Sequence[Any]) -> str:
    """Return the lines of an order as code.

    Arguments:
        exercise: of type `parsons`.
        order: numbers of blocks, from the first line on, or lines as texts.

    Raises:
        WrongValueError: it is no list of numbers of blocks, or has one twice.
    """
    if order and all(is_line(one) for one in order):
        return "".join(f"{_without_number(one)}\n" for one in order)
    texts = {block.number: block.text for block in blocks_of(exercise)}
    numbers = [_whole(one) for one in order]
    for place, number in enumerate(numbers):
        if number not in texts:
            raise WrongValueError(
                f"numbers from 1 to {len(texts)}",
                f"{str(order[place])[:20]!r} at place {place + 1}",
                "take the numbers that stand before the lines, or the lines as text",
            )
        if number in numbers[:place]:
            raise WrongValueError(
                "each line at most once",
                f"line {number} at places {numbers.index(number) + 1} and {place + 1}",
                "leave one of them out",
            )
    return "".join(f"{texts[number]}\n" for number in numbers if number is not None)


def order_in(values: Any) -> list[Any] | None:
    """Return an order among names: the list that is called `order` or `answer`."""
    for name in ORDER_NAMES:
        value = values.get(name)
        if isinstance(value, np.ndarray):
            value = value.tolist()
        if isinstance(value, Mapping):
            value = [value[key] for key in sorted(value, key=_place)]
        if isinstance(value, (list, tuple)):
            return list(value)
        if isinstance(value, (str, int)) and not isinstance(value, bool):
            return _parts(str(value))
    return None


def _place(key: Any) -> int:
    """Return the number in a key: `1`, `"line 1"`."""
    found = re.search(r"\d+", str(key))
    return int(found[0]) if found else 0


def _parts(text: str) -> list[Any]:
    """Return what a text consists of: lines of code, or numbers of lines."""
    if "=" in text:
        return [line.strip() for line in text.splitlines() if line.strip()]
    if re.fullmatch(r"[1-9]{3,9}", text.strip()):
        return list(text.strip())
    return re.sub(r"[^\w\s]+", " ", text).split()


def is_line(value: Any) -> bool:
    """Tell whether a member of an order is a line of code itself."""
    return isinstance(value, str) and "=" in value


def _without_number(line: str) -> str:
    """Return a line of code without the number before it."""
    return re.sub(r"^\s*(?:#?\s*(?:line\s*)?\d+\s*[.:)]?\s+)?", "", line, flags=re.I)


def order_written(code: str) -> list[Any] | None:
    """Return the order that an answer's text consists of: `order = [3, 1, 2]`."""
    found = None
    for _, statement in statements_of(code):
        value = getattr(statement, "value", None)
        targets = getattr(statement, "targets", [])
        names = {one.id for one in targets if isinstance(one, ast.Name)}
        if isinstance(statement, (ast.Import, ast.ImportFrom)):
            continue
        is_order = names or isinstance(statement, ast.Expr)
        if not is_order or not isinstance(value, ast.expr):
            return None
        order = order_in({"order": _literal(value)})
        is_named = not names or bool(names & set(ORDER_NAMES))
        if not is_named and not _speaks_for_itself(order):
            return None
        found = order if order is not None else found
    return found


def _speaks_for_itself(order: list[Any] | None) -> bool:
    """Tell whether a list is an order whatever its name is."""
    return bool(order and len(order) > 1) and (
        all(is_line(one) for one in order or ())
        or all(isinstance(one, int) for one in order or ())
    )


def distractors_of(exercise: Exercise) -> tuple[Cell, ...]:
    """Return the cells of lines that do not belong to the solution.

    They are the `wrong` cells of one statement that is no order.
    """
    return tuple(
        cell
        for cell in exercise.of_kind("wrong")
        if len(statements_of(cell.text)) == 1 and order_written(cell.text) is None
    )


def _lines(exercise: Exercise) -> tuple[str, ...]:
    code = exercise.code("solution")
    return tuple(text_of(code, statement) for _, statement in statements_of(code))


def _distractor_lines(exercise: Exercise) -> tuple[str, ...]:
    cells = distractors_of(exercise)
    return tuple(text_of(cell.text, statements_of(cell.text)[0][1]) for cell in cells)


@lru_cache(maxsize=64)
def _shuffled(
    seed: str, lines: tuple[str, ...], distractors: tuple[str, ...]
) -> tuple[Block, ...]:
    texts = sorted(
        {*lines, *distractors}, key=lambda text: zlib.crc32(f"{seed}/{text}".encode())
    )
    if tuple(text for text in texts if text in lines) == lines:
        texts.reverse()
    return tuple(Block(number, text) for number, text in enumerate(texts, start=1))


def text_of(code: str, statement: ast.stmt) -> str:
    """Return a statement as it is written in code."""
    return ast.get_source_segment(code, statement) or ast.unparse(statement)


def _unwrapped(value: ast.expr) -> ast.expr:
    """Return what a call only puts into another form."""
    if not isinstance(value, ast.Call):
        return value
    called = value.func
    if isinstance(called, ast.Attribute) and called.attr in _TEXT_METHODS:
        return called.value
    name = getattr(called, "attr", getattr(called, "id", ""))
    return value.args[0] if name in _CONTAINERS and value.args else value


def _whole(value: Any) -> int | None:
    if isinstance(value, str):
        value = re.sub(r"^\s*(?:line|nr\.?|no\.?|l)?\s*#?", "", value, flags=re.I)
    try:
        number = int(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return number if str(number) == str(value).strip() else None


def _literal(value: ast.expr) -> Any:
    """Return what is written, also in `np.array([3, 1])` and `"3 1".split()`."""
    try:
        return ast.literal_eval(_unwrapped(value))
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return None
