"""What a learner has solved, in a small file that outlives the kernel.

The file is read again before each change, since another notebook may have written it,
and replaced at once, so that nobody ever sees half of it. It helps and must never stop
anybody: where it cannot be written, a warning says so, and that is all.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import msgspec

_VARIABLE = "TEACHKIT_PROGRESS"

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Record:
    """What is remembered of one exercise.

    Attributes:
        attempts: how many answers were checked; what was not begun does not count.
        best: the best score so far, from 0 to 1.
        status: `passed` once any answer has passed.
        hints: how many of them were opened.
    """

    attempts: int = 0
    best: float = 0.0
    status: Literal["new", "failed", "passed"] = "new"
    hints: int = 0


@dataclass(frozen=True, slots=True)
class Said:
    """What a learner said to a question of a lesson.

    Attributes:
        first: before anything was revealed.
        last: the last time.
    """

    first: str
    last: str


class _File(msgspec.Struct):
    format: Literal[1] = 1
    exercises: dict[str, Record] = {}
    questions: dict[str, Said] = {}


def progress_path() -> Path:
    """Return where the file is: `TEACHKIT_PROGRESS`, else a folder for such data."""
    own = os.environ.get(_VARIABLE)
    if own:
        return Path(own).expanduser()
    return _data_folder() / "teachkit" / "progress.json"


class Progress:
    """The records of all exercises and questions.

    Arguments:
        path: of the file; it need not be there.
        tell: called with a sentence when the file is damaged or cannot be written.
    """

    def __init__(self, path: Path, tell: Tell) -> None:
        self.path = path
        self._tell = tell

    def records(self) -> Mapping[str, Record]:
        """Return what is remembered, by the ids of exercises.

        A file that cannot be understood is kept aside, and a new one begins.
        """
        found = self._loaded()
        return found.exercises if found else {}

    def questions(self) -> Mapping[str, Said]:
        """Return what was said to questions of lessons, by their ids."""
        found = self._loaded()
        return found.questions if found else {}

    def of(self, exercise: str) -> Record:
        """Return what is remembered of one exercise."""
        return self.records().get(exercise, Record())

    def add_attempt(self, exercise: str, score: float, *, passed: bool) -> None:
        """Remember an answer that was checked."""
        old = self.of(exercise)
        done = passed or old.status == "passed"
        self._write(
            exercise,
            replace(
                old,
                attempts=old.attempts + 1,
                best=max(old.best, score),
                status="passed" if done else "failed",
            ),
        )

    def add_hint(self, exercise: str, number: int) -> None:
        """Remember that a hint was opened, the first one with number 1."""
        old = self.of(exercise)
        if number > old.hints:
            self._write(exercise, replace(old, hints=number))

    def add_said(self, question: str, said: str) -> None:
        """Remember what was said to a question of a lesson."""
        known = self._loaded()
        if known is None:
            return  # what is there cannot be read, and must not be lost
        old = known.questions.get(question)
        known.questions[question] = Said(old.first if old else said, said)
        self._save(known)

    def _write(self, exercise: str, record: Record) -> None:
        known = self._loaded()
        if known is None:
            return  # what is there cannot be read, and must not be lost
        known.exercises[exercise] = record
        self._save(known)

    def _save(self, known: _File) -> None:
        file = _File(
            exercises=dict(sorted(known.exercises.items())),
            questions=dict(sorted(known.questions.items())),
        )
        content = msgspec.json.format(msgspec.json.encode(file), indent=1)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            _replace(self.path, content + b"\n")
        except OSError as error:
            self._tell(f"Your progress is not saved in {self.path}: {_why(error)}.")

    def _loaded(self) -> _File | None:
        try:
            content = self.path.read_bytes()
        except FileNotFoundError:
            return _File()
        except OSError as error:
            self._tell(f"Your progress in {self.path} cannot be read: {_why(error)}.")
            return None
        try:
            return msgspec.json.decode(content, type=_File)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            return self._begun_anew()

    def _begun_anew(self) -> _File | None:
        aside = _free(self.path)
        try:
            self.path.replace(aside)
        except OSError as error:
            self._tell(f"Your progress in {self.path} is damaged: {_why(error)}.")
            return None
        self._tell(
            f"Your progress in {self.path} could not be understood. It is kept as "
            f"{aside.name}, and a new file begins."
        )
        return _File()


def _replace(path: Path, content: bytes) -> None:
    """Write a file beside the old one, and put it in its place at once."""
    number, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _free(path: Path) -> Path:
    """Return a name beside a file that nothing has yet."""
    number = 1
    while True:
        aside = path.with_name(f"{path.stem}-damaged-{number}{path.suffix}")
        if not aside.exists():
            return aside
        number += 1


def _data_folder() -> Path:
    home = Path.home()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    if sys.platform == "darwin":
        return home / "Library" / "Application Support"
    return Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")


def _why(error: OSError) -> str:
    return error.strerror or type(error).__name__
