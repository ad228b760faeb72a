"""Write exercises into a folder, for students and for who teaches."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from teachkit.errors import FileError
from teachkit.exercise_authoring.notebooks import (
    instructor_notebook,
    notebook_text,
    student_notebook,
)
from teachkit.exercise_authoring.sealing import sealed
from teachkit.exercise_authoring.writing import exercise_text
from teachkit.exercise_format.records import Exercise
from teachkit.exercise_format.variants import varied

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is to be built.

    Attributes:
        is_sealed: beside each notebook its exercise, without the solution.
        for_instructor: a notebook with all cells, too.
        student: whose numbers the exercises get.
    """

    is_sealed: bool = False
    for_instructor: bool = False
    student: str = ""


def build(
    exercises: Sequence[Exercise], folder: Path, wishes: Wishes, tell: Tell
) -> list[Path]:
    """Write notebooks, and what they need, and return their paths.

    Files of the same names are replaced.

    Arguments:
        exercises: with their solutions.
        folder: it is made if it is missing; there is one folder for each lesson in it.
        wishes: what is to be built.
        tell: hears which exercise comes next.

    Raises:
        FileError: the folder cannot be written.
        WrongValueError: an exercise cannot be sealed.
    """
    written = []
    for exercise in exercises:
        tell(f"{exercise.number or '   '} {exercise.id} ...")
        for path, text in files_of(exercise, wishes):
            written.append(folder / path)
            _write(folder / path, text)
    return written


def files_of(exercise: Exercise, wishes: Wishes) -> Iterator[tuple[Path, str]]:
    """Yield the files of one exercise: path in the folder, and text."""
    beside = Path(exercise.lesson or ".")
    mine = varied(exercise, wishes.student)
    name = ""
    if wishes.is_sealed:
        mine_sealed = sealed(exercise, wishes.student)
        name = f"{exercise.id}.py"
        yield beside / name, exercise_text(mine_sealed)
        yield beside / f"{exercise.id}.ipynb", _student(mine_sealed, name)
    else:
        if exercise.vary:
            # The exercise that teachkit has would be checked with other numbers.
            name = f"{exercise.id}.py"
            yield beside / name, exercise_text(mine)
        yield beside / f"{exercise.id}.ipynb", _student(mine, name)
    if wishes.for_instructor:
        path = beside / f"{exercise.id}.instructor.ipynb"
        yield path, notebook_text(instructor_notebook(mine))


def _student(exercise: Exercise, name: str) -> str:
    return notebook_text(student_notebook(exercise, name))


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise FileError(
            "a folder that exercises can be written to",
            f"'{path}': {error.strerror or error}",
            "name another folder with -o",
        ) from error
