"""Where the exercises are, and how one is found by its name."""

from __future__ import annotations

import difflib
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path

from teachkit.errors import FileError, WrongTypeError, WrongValueError
from teachkit.exercise_format.parsing import parse_exercise
from teachkit.exercise_format.records import Exercise
from teachkit.shipped import shipped_folder


def exercises_folder() -> Traversable:
    """Return the folder of the exercises: in the package, or in the checkout.

    Raises:
        FileError: neither is there, so the installation is not whole.
    """
    return shipped_folder("_exercises", "exercises")


def exercise_files(folder: Traversable) -> list[tuple[str, Traversable]]:
    """Return the files of exercises with the lesson of each, sorted."""
    found = [
        (lesson.name, file)
        for lesson in folder.iterdir()
        if lesson.is_dir()
        for file in lesson.iterdir()
        if file.name.endswith(".py") and not file.name.startswith("_")
    ]
    return sorted(found, key=lambda pair: (pair[0], pair[1].name))


def load_all(folder: Traversable | None = None) -> tuple[Exercise, ...]:
    """Return all exercises, in the order of lessons and numbers.

    Arguments:
        folder: by default that of teachkit.

    Raises:
        WrongValueError: one of them is broken, or two have the same id.
    """
    if folder is None:
        return _ours()
    return _loaded(folder)


@cache
def _ours() -> tuple[Exercise, ...]:
    return _loaded(exercises_folder())


def _loaded(folder: Traversable) -> tuple[Exercise, ...]:
    found: dict[str, Exercise] = {}
    for lesson, file in exercise_files(folder):
        path = f"exercises/{lesson}/{file.name}"
        exercise = parse_exercise(file.read_text(encoding="utf-8"), path, lesson)
        if exercise.id in found:
            raise WrongValueError(
                "an id that no other exercise has",
                f"'{exercise.id}' in {found[exercise.id].path} and in {path}",
                "rename one of them",
            )
        found[exercise.id] = exercise
    return tuple(sorted(found.values(), key=lambda e: (e.lesson, e.number, e.id)))


def find_exercise(name: object) -> Exercise:
    """Return an exercise by its id, by its number in the bank, or from a file.

    Arguments:
        name: `siamese-digits`, `X36` or the path of an exercise's file.

    Raises:
        WrongValueError: there is no such exercise; ids that come close are told.
    """
    if not isinstance(name, (str, Path)):
        raise WrongTypeError(
            "the id of an exercise, such as 'siamese-digits'",
            f"a {type(name).__name__}",
            "pass a string",
        )
    if str(name).endswith(".py"):
        return _from_file(Path(name))
    wanted = str(name).strip()
    alone = _by_file(wanted.lower())
    if alone is not None:
        return alone
    known = {key: one for one in load_all() for key in (one.number, one.id) if key}
    for key in (wanted, wanted.lower(), wanted.upper()):
        if key in known:
            return known[key]
    close = difflib.get_close_matches(wanted, known, n=3, cutoff=0.4)
    raise WrongValueError(
        "the id of an exercise",
        f"'{wanted}', which none has",
        f"did you mean {' or '.join(map(repr, close))}"
        if close
        else "see them all with: teachkit exercises list",
    )


@cache
def _by_file(name: str) -> Exercise | None:
    """Return the exercise whose file has this name, without reading the others."""
    for lesson, file in exercise_files(exercises_folder()):
        if file.name == f"{name}.py":
            path = f"exercises/{lesson}/{file.name}"
            return parse_exercise(file.read_text(encoding="utf-8"), path, lesson)
    return None


def _from_file(path: Path) -> Exercise:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FileError(
            "an exercise's file", f"{path}: {error}", "check its name"
        ) from None
    return parse_exercise(text, str(path), path.parent.name)
