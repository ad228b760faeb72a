"""The TOML block of an exercise: its schema, and exact words where it is broken."""

from __future__ import annotations

import re
import tomllib
from typing import Annotated, Any, Literal, get_args

import msgspec

from teachkit.errors import WrongValueError
from teachkit.exercise_format.cells import Block
from teachkit.exercise_format.places import line_of
from teachkit.exercise_format.problems import problem
from teachkit.exercise_format.records import (
    Criterion,
    ExerciseType,
    Question,
    WrongChoice,
)

_ID = r"^[a-z0-9]+(-[a-z0-9]+)*$"
_OF_ALL = "an entry that each criterion can have"
QuestionKind = Literal["number", "shape", "choice", "choices", "text"]
StageName = Literal["", "interface", "live", "behaviour", "structure"]
_CHOICES = {
    "type": get_args(ExerciseType),
    "kind": get_args(QuestionKind),
    "stage": get_args(StageName)[1:],
}


class _Own(msgspec.Struct):
    """Entries of a criterion that are not arguments of its predicate."""

    predicate: str = ""
    of: str = ""
    weight: Annotated[float, msgspec.Meta(ge=0)] = 1.0
    stage: StageName = ""
    advice: bool = False
    rule: int | None = None
    misconception: str = ""
    see: str = ""
    so: str = ""
    look: str = ""


_OWN = frozenset(field.name for field in msgspec.structs.fields(_Own))


class _Wrong(msgspec.Struct, forbid_unknown_fields=True):
    value: Any
    message: str
    misconception: str = ""


class _Question(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    text: str
    answer: Any
    kind: QuestionKind = "number"
    options: tuple[str, ...] = ()
    tolerance: float = 0.0
    wrong: tuple[_Wrong, ...] = ()
    why: str = ""
    optional: bool = False


class Header(msgspec.Struct, forbid_unknown_fields=True):
    """The entries of the block."""

    id: str
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


def criteria_of(header: Header, block: Block, path: str) -> tuple[Criterion, ...]:
    """Return the criteria as data.

    Raises:
        WrongValueError: an entry that all criteria can have is wrong.
    """
    return tuple(
        _criterion(name, value, line_of(block, name, "criteria"), path)
        for name, value in header.criteria.items()
    )


def questions_of(header: Header, block: Block) -> tuple[Question, ...]:
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
            line_of(block, "", "questions", number),
        )
        for number, one in enumerate(header.questions)
    )


def lines_of(block: Block) -> dict[str, int]:
    """Return the line of each entry of the block that the file has."""
    names = [entry.name for entry in msgspec.structs.fields(Header)]
    found = {name: line_of(block, name) for name in names}
    return {name: line for name, line in found.items() if line >= block.line}


def _criterion(name: str, value: Any, line: int, path: str) -> Criterion:
    if not isinstance(value, dict):
        return Criterion(name, name, {"": value}, line=line)
    given = {key: value[key] for key in value if key in _OWN}
    try:
        own = msgspec.convert(given, _Own)
    except msgspec.ValidationError as error:
        reason, place = _parts(str(error))
        told = f"`{place}` of '{name}': {reason}"
        raise problem(
            path, line, _expected(place, _OF_ALL), told, "mend this entry"
        ) from None
    words = {"see": own.see, "so": own.so, "look": own.look}
    return Criterion(
        name,
        own.predicate or name,
        {key: value[key] for key in value if key not in _OWN},
        own.of,
        own.weight,
        own.stage,
        own.advice,
        own.rule,
        own.misconception,
        words={key: text for key, text in words.items() if text},
        line=line,
    )


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
    for number, one in enumerate(header.questions):
        if one.kind in {"choice", "choices"} and not one.options:
            raise problem(
                path,
                line_of(block, "kind", "questions", number),
                "`options` of a choice",
                f"question '{one.id}' without them",
                "write them",
            )
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
    reason, place = _parts(told)
    steps = re.findall(r"(\w+)(?:\[(\d+)\])?", place)
    named = re.findall(r"field `(\w+)`", reason)
    keys = [step for step, _ in steps] + named
    # A question is a table of its own, of which there are several.
    table, number = ("", 0)
    if steps and steps[0][1] and len(keys) > 1:
        table, number = steps[0][0], int(steps[0][1])
        keys = keys[1:]
    where = f"`{place}`: " if place else ""
    return problem(
        path,
        line_of(block, keys[0] if keys else "", table, number),
        _expected(keys[-1] if keys else "", "the entries that an exercise has"),
        where + reason,
        "mend this entry; exercises/README.md has the list",
    )


def _parts(told: str) -> tuple[str, str]:
    """Return what is wrong, and where: `questions[0].kind`."""
    reason, _, place = told.partition(" - at `$.")
    return reason, place.rstrip("`")


def _expected(key: str, otherwise: str) -> str:
    if key in _CHOICES:
        return f"{key}: {', '.join(_CHOICES[key])}"
    return otherwise


def _line_in(error: tomllib.TOMLDecodeError) -> int:
    found = re.search(r"line (\d+)", str(error))
    return int(found.group(1)) if found else 1
