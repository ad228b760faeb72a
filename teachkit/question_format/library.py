"""Where the questions of the lessons are, and how one is found by its id."""

from __future__ import annotations

import difflib
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path

from teachkit.errors import FileError, WrongTypeError, WrongValueError
from teachkit.question_format.parsing import parse_questions
from teachkit.question_format.records import LessonQuestion, LessonQuestions
from teachkit.shipped import shipped_folder


def load_questions(folder: Traversable | None = None) -> tuple[LessonQuestions, ...]:
    """Return the questions of all lessons, in the order of lessons.

    Arguments:
        folder: with a file for each lesson; by default that of teachkit.

    Raises:
        WrongValueError: a file is broken, or two questions have the same id.
    """
    return _ours() if folder is None else _loaded(folder)


def find_question(name: object, source: str | Path | None = None) -> LessonQuestion:
    """Return a question by its id.

    Arguments:
        name: the id.
        source: a file with questions of one's own; by default those of teachkit.

    Raises:
        WrongTypeError: this is no id.
        WrongValueError: there is no such question; ids that come close are told.
    """
    if not isinstance(name, str):
        raise WrongTypeError(
            "the id of a question, such as 'same-seed'",
            f"a {type(name).__name__}",
            "pass a string",
        )
    known = _of_file(source) if source is not None else _ours_with(name)
    for one in known:
        if one.id == name:
            return one
    raise _unknown(name, [one.id for one in known])


def _unknown(name: str, known: list[str]) -> WrongValueError:
    close = difflib.get_close_matches(name, known, n=3, cutoff=0.4) or sorted(known)[:5]
    return WrongValueError(
        "the id of a question",
        f"'{name}', which none has",
        f"take one that is there, such as {', '.join(map(repr, close))}",
    )


def _of_file(source: str | Path) -> tuple[LessonQuestion, ...]:
    path = Path(source)
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FileError(
            "a file with questions", f"{path}: {error}", "check its name"
        ) from None
    return parse_questions(text, path.name)


@cache
def _ours() -> tuple[LessonQuestions, ...]:
    return _loaded(_folder())


@cache
def _ours_with(name: str) -> tuple[LessonQuestion, ...]:
    """Return the questions of the file that names one; of all files if none does."""
    for file in _files(_folder()):
        text = file.read_text(encoding="utf-8")
        if f'"{name}"' in text:
            return parse_questions(text, file.name)
    return tuple(one for lesson in _ours() for one in lesson.questions)


def _folder() -> Traversable:
    return shipped_folder("_lessons/questions", "notebooks/questions", _has_files)


def _files(folder: Traversable) -> list[Traversable]:
    found = [file for file in folder.iterdir() if file.name.endswith(".toml")]
    return sorted(found, key=lambda file: file.name)


def _has_files(folder: Traversable) -> bool:
    return bool(_files(folder))


def _loaded(folder: Traversable) -> tuple[LessonQuestions, ...]:
    found = []
    homes: dict[str, str] = {}
    for file in _files(folder):
        questions = parse_questions(file.read_text(encoding="utf-8"), file.name)
        for one in questions:
            if homes.setdefault(one.id, file.name) != file.name:
                raise WrongValueError(
                    "an id that no other question has",
                    f"'{one.id}' in {homes[one.id]} and in {file.name}",
                    "rename one of them",
                )
        name = file.name.removesuffix(".toml")
        found.append(LessonQuestions(name[:2], name, questions))
    return tuple(found)
