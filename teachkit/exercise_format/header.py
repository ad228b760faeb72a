"""The TOML block of an exercise: its schema, and exact words where it is broken."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import msgspec

from teachkit.errors import WrongValueError
from teachkit.exercise_format.cells import Block
from teachkit.exercise_format.problems import problem
from teachkit.exercise_format.records import (
    Criterion,
    ExerciseType,
    Question,
    WrongChoice,
)

_ID = r"^[a-z0-9]+(-[a-z0-9]+)*$"
_OWN = frozenset(
    {"predicate", "of", "weight", "stage", "advice", "rule", "misconception"}
)
"""Entries of a criterion that are not arguments of its predicate."""
_WORDS = frozenset({"see", "so", "look"})


class _Wrong(msgspec.Struct, forbid_unknown_fields=True):
    value: Any
    message: str
    misconception: str = ""


class _Question(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    text: str
    answer: Any
    kind: str = "number"
    options: tuple[str, ...] = ()
    tolerance: float = 0.0
    wrong: tuple[_Wrong, ...] = ()
    why: str = ""
    optional: bool = False


class Header(msgspec.Struct, forbid_unknown_fields=True):
    """The entries of the block."""

    id: str = msgspec.field()
    title: str
    level: int
    type: ExerciseType
    hints: tuple[str, ...]
    number: str = ""
    asks: str | tuple[str, ...] = "model"
    criteria: dict[str, Any] = {}
    questions: tuple[_Question, ...] = ()
    vary: dict[str, tuple[Any, ...]] = {}


def header_of(block: Block, path: str) -> Header:
    """Return the entries of a block.

    Raises:
        WrongValueError: it is no TOML, or entries are missing, unknown or wrong; the
            message names file and line.
    """
    try:
        content = tomllib.loads(block.text)
    except tomllib.TOMLDecodeError as error:
        raise problem(
            path,
            block.line + _line_in(error) - 1,
            "TOML in the block `# /// exercise`",
            str(error),
            "mend this line",
        ) from None
    try:
        header = msgspec.convert(content, Header)
    except msgspec.ValidationError as error:
        raise _invalid(block, path, str(error)) from None
    _check(header, block, path)
    return header


def criteria_of(header: Header, block: Block) -> tuple[Criterion, ...]:
    """Return the criteria as data."""
    return tuple(
        _criterion(name, value, line_of(block, name))
        for name, value in header.criteria.items()
    )


def questions_of(header: Header) -> tuple[Question, ...]:
    """Return the questions as data."""
    return tuple(
        Question(
            one.id,
            one.text,
            one.answer,
            one.kind,
            one.options,
            one.tolerance,
            tuple(WrongChoice(w.value, w.message, w.misconception) for w in one.wrong),
            one.why,
            one.optional,
        )
        for one in header.questions
    )


def line_of(block: Block, key: str) -> int:
    """Return the line of the file in which an entry stands, else the first one."""
    pattern = re.compile(rf"\s*(?:\[+[\w.]*\b)?{re.escape(key)}\b")
    for number, line in enumerate(block.text.splitlines()):
        if pattern.match(line):
            return block.line + number
    return block.line


def _criterion(name: str, value: Any, line: int) -> Criterion:
    if not isinstance(value, dict):
        return Criterion(name, name, {"": value}, line=line)
    own = {key: value[key] for key in value if key in _OWN}
    words = {key: str(value[key]) for key in value if key in _WORDS}
    arguments = {k: v for k, v in value.items() if k not in _OWN | _WORDS}
    predicate = own.pop("predicate", name)
    return Criterion(name, predicate, arguments, **own, words=words, line=line)


def _check(header: Header, block: Block, path: str) -> None:
    faults = [
        ("id", not re.match(_ID, header.id), "small letters, digits and hyphens"),
        ("level", not 1 <= header.level <= 4, "a level from 1 to 4"),
        ("hints", not 1 <= len(header.hints) <= 3, "one to three hints"),
        ("asks", not header.asks, "the name that an answer defines"),
        (
            "number",
            bool(header.number) and not re.match(r"^X\d\d$", header.number),
            "a number such as X36",
        ),
    ]
    for key, is_wrong, expected in faults:
        if is_wrong:
            raise problem(
                path,
                line_of(block, key),
                f"{key}: {expected}",
                repr(getattr(header, key)),
                "mend this entry",
            )


def _invalid(block: Block, path: str, told: str) -> WrongValueError:
    reason, _, place = told.partition(" - at `$.")
    keys = re.findall(r"`(\w+)`", reason)
    key = re.split(r"[`.\[]", place)[0] if place else (keys[-1] if keys else "")
    where = f"`{place.rstrip('`')}`: " if place else ""
    return problem(
        path,
        line_of(block, key),
        "the entries that an exercise has",
        where + reason,
        "mend this entry; exercises/README.md has the list",
    )


def _line_in(error: tomllib.TOMLDecodeError) -> int:
    found = re.search(r"line (\d+)", str(error))
    return int(found.group(1)) if found else 1
