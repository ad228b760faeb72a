"""The page that a learner starts from: lessons and exercises in order, with progress.

It is a notebook in the learner's folder, written anew at each start as long as its
cells are as we wrote them.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path

from teachkit.exercise_format.records import Exercise
from teachkit.lessons.copying import cannot_write
from teachkit.lessons.notebook_texts import (
    Cell,
    Notebook,
    first_text,
    lines_of,
    notebook_text,
    read_notebook,
    source_of,
)
from teachkit.lessons.places import files_of, is_notebook, lessons_folder
from teachkit.lessons.start_texts import (
    Lesson,
    further_text,
    lesson_of,
    lesson_text,
    opening_text,
)
from teachkit.practice.learnt import Learnt
from teachkit.views.progress import ProgressSheet

START_PAGE = "00_start_here.ipynb"
"""Its name: before all lessons."""

_CODE = "import teachkit as tk\n\ntk.progress()"
_METADATA = {
    "kernelspec": {
        "display_name": "Python 3 (ipykernel)",
        "language": "python",
        "name": "python3",
    },
    "language_info": {"name": "python"},
}


@dataclass(frozen=True, slots=True)
class StartReport:
    """What `write_start_page` did.

    Attributes:
        path: of the page.
        kept: whether the learner has changed it, so that it is as it was.
    """

    path: Path
    kept: bool

    @property
    def text(self) -> str:
        """What happened, in a sentence that a learner is shown."""
        if not self.kept:
            return f"{self.path.name} has all lessons in order, and your progress."
        return (
            f"{self.path.name} with your own changes kept as found: what it tells of "
            "your progress may be old. To get a fresh one, rename yours first."
        )


def write_start_page(target: Path, learnt: Learnt) -> StartReport:
    """Write the page to start from into the folder of a learner.

    Arguments:
        target: the folder, with the lessons in it.
        learnt: all exercises and questions, and what the learner did of them.

    Returns:
        Whether the page is new, or one that the learner has changed was kept.

    Raises:
        FileError: the folder cannot be written.
    """
    target = Path(target).expanduser()
    path = target / START_PAGE
    if os.path.lexists(path) and not is_ours(path):
        return StartReport(path, kept=True)
    page = notebook_text(start_page(lessons_folder(), learnt))
    try:
        target.mkdir(parents=True, exist_ok=True)
        _replace(path, page.encode("utf-8"))
    except OSError as error:
        raise cannot_write(target, error) from error
    return StartReport(path, kept=False)


def is_ours(path: Path) -> bool:
    """Tell whether the cells of a start page are as we wrote them.

    What they gave when they were run does not matter.
    """
    try:
        notebook = read_notebook(path.read_bytes())
    except OSError:
        return False
    if notebook is None:
        return False
    told = notebook.get("metadata")
    for key in ("teachkit", "sources"):
        told = told.get(key) if isinstance(told, dict) else None
    return bool(told == _sources(notebook["cells"]))


def start_page(folder: Traversable, learnt: Learnt) -> Notebook:
    """Return the page as a notebook.

    Arguments:
        folder: of the lessons.
        learnt: all exercises and questions, and what the learner did of them.
    """
    lessons = _lessons(folder)
    further = _further(learnt.exercises, lessons)
    cells = [_markdown("start", opening_text(learnt))]
    cells += [
        _markdown(f"lesson-{one.number}", lesson_text(one, learnt)) for one in lessons
    ]
    if further:
        cells.append(_markdown("further", further_text(further, learnt)))
    cells += [_markdown("progress-head", "## Your progress"), _progress(learnt)]
    # Only who knows the cells can tell later whether they were changed.
    signed = {**_METADATA, "teachkit": {"sources": _sources(cells)}}
    return {"cells": cells, "metadata": signed, "nbformat": 4, "nbformat_minor": 5}


def _lessons(folder: Traversable) -> list[Lesson]:
    found = []
    for path, file in files_of(folder):
        notebook = read_notebook(file.read_bytes()) if is_notebook(path) else None
        if notebook is not None:
            found.append(lesson_of(path, first_text(notebook["cells"])))
    return found


def _further(exercises: Sequence[Exercise], lessons: Sequence[Lesson]) -> list[str]:
    """Return the numbers of lessons that have exercises, but no notebook yet."""
    written = {one.number for one in lessons}
    return [*dict.fromkeys(e.lesson for e in exercises if e.lesson not in written)]


def _markdown(key: str, text: str) -> Cell:
    return {
        "cell_type": "markdown",
        "id": key,
        "metadata": {},
        "source": lines_of(text),
    }


def _progress(learnt: Learnt) -> Cell:
    """Return the cell that shows the progress, as if it had been run."""
    data = ProgressSheet(learnt)._repr_mimebundle_()
    output = {
        "output_type": "execute_result",
        "execution_count": None,
        "metadata": {},
        "data": {kind: lines_of(text) for kind, text in sorted(data.items())},
    }
    return {
        "cell_type": "code",
        "id": "progress",
        "metadata": {},
        "execution_count": None,
        "outputs": [output],
        "source": lines_of(_CODE),
    }


def _sources(cells: Sequence[Cell]) -> str:
    """Return a number that changes with any text of a cell."""
    digest = hashlib.sha256()
    for cell in cells:
        told = f"{cell.get('cell_type')}\0{source_of(cell)}\0"
        digest.update(told.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _replace(path: Path, content: bytes) -> None:
    """Write a page at once: JupyterLab may have it open."""
    if path.is_file() and path.read_bytes() == content:
        return
    new = path.with_name(f".{path.name}.new")
    try:
        new.write_bytes(content)
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)
