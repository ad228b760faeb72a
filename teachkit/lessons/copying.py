"""Lessons and exercises are copied, and never over a file of the learner's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from teachkit.errors import FileError
from teachkit.lessons.notebook_texts import (
    notebook_text,
    read_notebook,
    without_outputs,
)
from teachkit.lessons.places import files_of, is_notebook, lessons_folder


@dataclass(frozen=True, slots=True)
class CopyReport:
    """What `copy_lessons` did, as paths relative to the learner's folder.

    Attributes:
        target: the learner's folder.
        copied: files that are new there.
        unchanged: files that were there already, equal to what would be written.
        kept: files that were there already and differ: the learner's work, untouched.
        noun: what one of the files is.

    Example:
        >>> print(CopyReport(Path("course"), ("01_a.ipynb",), (), ()).text)
        1 lesson file copied to course.
    """

    target: Path
    copied: tuple[str, ...]
    unchanged: tuple[str, ...]
    kept: tuple[str, ...]
    noun: str = "lesson file"

    @property
    def text(self) -> str:
        """What happened, in the sentences a learner is shown."""
        sentences = []
        if self.copied:
            sentences.append(f"{self._counted(self.copied)} copied to {self.target}.")
        if self.unchanged:
            sentences.append(f"{self._counted(self.unchanged)} already there.")
        if self.kept:
            sentences.append(
                f"{self._counted(self.kept)} with your own changes kept as found: "
                f"{', '.join(self.kept)}. To get a fresh copy, rename yours first."
            )
        return "\n".join(sentences)

    def _counted(self, paths: tuple[str, ...]) -> str:
        return f"{len(paths)} {self.noun}{'s' if len(paths) > 1 else ''}"


def copy_lessons(target: Path) -> CopyReport:
    """Copy the lessons and what they need into a folder, and never over a file there.

    The copies have no outputs: they would give away what the learner is to predict.

    Arguments:
        target: the learner's folder. It is made if it is missing.

    Returns:
        Which files are new, which were there, and which the learner has changed.

    Raises:
        FileError: the folder is a file, or cannot be written.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     "01_layers_are_functions.ipynb" in copy_lessons(Path(folder)).copied
        True
    """
    sources = files_of(lessons_folder())
    return _copy_all(
        target, ((path, _for_learner(path, one.read_bytes())) for path, one in sources)
    )


def copy_exercises(target: Path, notebooks: Mapping[str, str]) -> CopyReport:
    """Write notebooks of exercises into a folder, and never over a file there.

    Arguments:
        target: the learner's folder. It is made if it is missing.
        notebooks: their texts, by paths relative to the folder.

    Returns:
        Which notebooks are new, which were there, and which the learner has changed.

    Raises:
        FileError: the folder is a file, or cannot be written.
    """
    made = ((path, text.encode("utf-8")) for path, text in notebooks.items())
    return replace(_copy_all(target, made), noun="exercise")


def cannot_write(target: Path, error: OSError) -> FileError:
    """Return what to tell when a folder of a learner cannot be written."""
    if target.exists() and not target.is_dir():
        found = f"'{target}', which is a file"
    else:
        found = f"'{error.filename or target}': {error.strerror or error}"
    return FileError(
        "a folder that lessons can be copied to", found, "name another folder"
    )


def _for_learner(path: str, content: bytes) -> bytes:
    notebook = read_notebook(content) if is_notebook(path) else None
    if notebook is None:
        return content
    return notebook_text(without_outputs(notebook)).encode("utf-8")


def _copy_all(target: Path, sources: Iterable[tuple[str, bytes]]) -> CopyReport:
    target = Path(target).expanduser()
    sorted_out: dict[str, list[str]] = {"copied": [], "unchanged": [], "kept": []}
    try:
        for path, content in sources:
            sorted_out[_copy(content, target / path)].append(path)
    except OSError as error:
        raise cannot_write(target, error) from error
    copied, unchanged, kept = map(tuple, sorted_out.values())
    return CopyReport(target, copied, unchanged, kept)


def _copy(content: bytes, path: Path) -> str:
    """Write a new file and say `copied`, or leave the old one and say what it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        # Mode x refuses a file that is there, even one that appeared just now.
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError:
        return "unchanged" if _is_equal(path, content) else "kept"
    except OSError:
        # Half a lesson would look like the learner's own work the next time.
        path.unlink(missing_ok=True)
        raise
    return "copied"


def _is_equal(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content
