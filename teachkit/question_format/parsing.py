"""The file with the questions of a lesson: TOML, checked when it is read."""

from __future__ import annotations

import tomllib
from typing import Annotated, Any

import msgspec

from teachkit.errors import WrongValueError
from teachkit.question_format.records import Entry, Kind, LessonQuestion, Option

_ID = r"^[a-z0-9]+(-[a-z0-9]+)*$"
_Text = Annotated[str, msgspec.Meta(min_length=1)]


class _Option(msgspec.Struct, forbid_unknown_fields=True):
    say: _Text
    why: _Text
    value: Any = None


class _Question(msgspec.Struct, forbid_unknown_fields=True):
    id: Annotated[str, msgspec.Meta(pattern=_ID)]
    kind: Kind
    ask: _Text
    option: tuple[_Option, ...] = ()
    answer: str = ""
    entry: Entry = "choice"
    computed: bool = False
    otherwise: str = ""
    model_answer: str = ""
    tolerance: Annotated[float, msgspec.Meta(ge=0)] = 0.0
    covers: str = ""
    items: str = ""
    fights: str = ""


class _File(msgspec.Struct, forbid_unknown_fields=True):
    question: tuple[dict[str, Any], ...] = ()


def parse_questions(text: str, path: str) -> tuple[LessonQuestion, ...]:
    """Return the questions of a file, in its order.

    Arguments:
        text: its content.
        path: its name, for messages.

    Raises:
        WrongValueError: the file is no TOML, or a question is not complete.
    """
    try:
        file = msgspec.convert(tomllib.loads(text), _File)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise _problem(
            path, "questions in TOML, each under [[question]]", f"{error}"
        ) from None
    found = tuple(
        _question(one, f"{path}, question {number}")
        for number, one in enumerate(file.question, start=1)
    )
    _check_unique([one.id for one in found], path, "an id of its own for each question")
    return found


def _question(table: dict[str, Any], path: str) -> LessonQuestion:
    if isinstance(table.get("id"), str):
        path = f"{path} '{table['id']}'"
    try:
        raw = msgspec.convert(table, _Question)
    except msgspec.ValidationError as error:
        raise _problem(path, "the entries of a question", f"{error}") from None
    options = tuple(map(_option, raw.option))
    _check_unique([one.say for one in options], path, "options that differ in `say`")
    answer = next((one for one in options if one.say == raw.answer), None)
    _check(raw, options, answer, path)
    return LessonQuestion(
        id=raw.id,
        kind=raw.kind,
        ask=raw.ask.strip(),
        options=options,
        answer=answer,
        entry=raw.entry,
        computed=raw.computed,
        otherwise=raw.otherwise.strip(),
        model_answer=raw.model_answer.strip(),
        tolerance=raw.tolerance,
        covers=raw.covers,
        items=tuple(raw.items.split()),
        fights=tuple(raw.fights.split()),
    )


def _option(raw: _Option) -> Option:
    value = raw.say if raw.value is None else raw.value
    return Option(raw.say.strip(), value, raw.why.strip())


def _check(
    raw: _Question, options: tuple[Option, ...], answer: Option | None, path: str
) -> None:
    """Refuse what cannot be asked.

    Raises:
        WrongValueError: it tells what is missing, or too much.
    """
    if raw.entry == "sentence":
        if options or raw.answer or not raw.model_answer or raw.computed:
            raise _problem(
                path,
                "a sentence to have a `model_answer`, and neither options nor a result",
                f"{len(options)} options, model_answer {raw.model_answer[:40]!r}",
            )
        return
    if len(options) < (2 if raw.entry == "choice" else 1):
        raise _problem(path, "options to choose from", f"{len(options)}")
    if answer is None:
        raise _problem(
            path,
            "an `answer` that is the `say` of an option",
            f"{raw.answer!r}; the options say {', '.join(one.say for one in options)}",
        )
    if raw.entry == "number":
        _check_number(raw, options, path)


def _check_number(raw: _Question, options: tuple[Option, ...], path: str) -> None:
    for one in options:
        if isinstance(one.value, bool) or not isinstance(one.value, (int, float)):
            raise _problem(path, "a number as `value` of each option", f"{one.value!r}")
    if not raw.otherwise:
        raise _problem(path, "`otherwise`, said about any other number", "none")


def _check_unique(names: list[str], path: str, expected: str) -> None:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise _problem(path, expected, f"{', '.join(twice)} more than once")


def _problem(path: str, expected: str, found: str) -> WrongValueError:
    return WrongValueError(f"{expected} ({path})", found, "mend the file")
