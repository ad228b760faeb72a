"""The exercises that an author means, those that cannot be read being faults."""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib.resources.abc import Traversable

from teachkit.errors import WrongValueError
from teachkit.exercise_authoring.faults import Fault
from teachkit.exercise_format import exercise_files, exercises_folder, find_exercise
from teachkit.exercise_format.parsing import parse_exercise
from teachkit.exercise_format.records import Exercise

Collected = tuple[tuple[Exercise, ...], tuple[Fault, ...]]

_PLACE = re.compile(r" \((?P<path>[^()]*), line (?P<line>\d+)\)$")


def collect(names: Sequence[str] = (), folder: Traversable | None = None) -> Collected:
    """Return exercises in the order of lessons and numbers, and files that are broken.

    Arguments:
        names: ids, numbers, folders of lessons, or paths of files; none for all.
        folder: with the folders of lessons; by default that of teachkit.

    Raises:
        WrongValueError: a name means nothing.
    """
    exercises, broken = _read(folder or exercises_folder())
    if not names:
        return exercises, (*broken, *_doubles(exercises))
    chosen: dict[str, Exercise] = {}
    faults: list[Fault] = []
    for name in names:
        found = _named(name, exercises)
        of_name = [x for x in broken if x.path.endswith((f"/{name}.py", f"/{name}"))]
        if not found and not of_name:
            found = _from_file(name, faults)
        faults += of_name
        chosen.update({one.path: one for one in found})
    return tuple(chosen.values()), tuple(faults)


def _read(folder: Traversable) -> Collected:
    exercises: list[Exercise] = []
    broken: list[Fault] = []
    for lesson, file in exercise_files(folder):
        path = f"exercises/{lesson}/{file.name}"
        try:
            text = file.read_text(encoding="utf-8")
            exercises.append(parse_exercise(text, path, lesson))
        except WrongValueError as error:
            broken.append(_as_fault(error, path))
        except UnicodeDecodeError as error:
            broken.append(Fault(path, 1, f"the file is not UTF-8: {error}"))
    exercises.sort(key=lambda one: (one.lesson, one.number or "Y", one.id))
    return tuple(exercises), tuple(broken)


def _named(name: str, exercises: Sequence[Exercise]) -> list[Exercise]:
    lower = name.lower()
    return [
        one
        for one in exercises
        if lower in {one.id, one.number.lower(), one.lesson, one.path}
    ]


def _from_file(name: str, faults: list[Fault]) -> list[Exercise]:
    try:
        return [find_exercise(name)]
    except WrongValueError as error:
        if not name.endswith(".py") or not _PLACE.search(error.expected):
            raise
        faults.append(_as_fault(error, name))
        return []


def _as_fault(error: WrongValueError, path: str) -> Fault:
    place = _PLACE.search(error.expected)
    if place is None:
        return Fault(path, 1, f"expected {error.expected}; found {error.found}")
    expected = error.expected[: place.start()]
    text = f"expected {expected}; found {error.found}; {error.action}"
    return Fault(place["path"], int(place["line"]), text)


def _doubles(exercises: Sequence[Exercise]) -> list[Fault]:
    """Return ids and numbers that two exercises have."""
    first: dict[str, Exercise] = {}
    faults = []
    for one in exercises:
        for key, value in (("id", one.id), ("number", one.number)):
            other = first.setdefault(value, one) if value else one
            if other is not one:
                told = f"{key} '{value}' belongs to {other.path} already"
                faults.append(Fault(one.path, one.line_of(key), told))
    return faults
