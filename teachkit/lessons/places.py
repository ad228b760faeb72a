"""Which files a learner gets, and where they come from."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources.abc import Traversable

from teachkit.rules import CARD
from teachkit.shipped import shipped_folder

_DATA = "data"
"""Folder beside the lessons with the tables they read."""

_NOTEBOOK = ".ipynb"


def lessons_folder() -> Traversable:
    """Return the folder of the lessons: in the package, or in the checkout around it.

    Raises:
        FileError: neither is there, so the installation is not whole.
    """
    return shipped_folder("_lessons", "notebooks", lambda folder: any(files_of(folder)))


def files_of(folder: Traversable) -> Iterator[tuple[str, Traversable]]:
    """Yield paths and files that a learner gets, in order.

    The questions of the lessons are not among them: they have the answers.
    """
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_file() and (is_notebook(entry.name) or entry.name == CARD):
            yield entry.name, entry
        elif entry.name == _DATA and entry.is_dir():
            yield from (
                (f"{_DATA}/{table.name}", table)
                for table in sorted(entry.iterdir(), key=lambda table: table.name)
                if table.is_file() and not table.name.startswith(".")
            )


def is_notebook(path: str) -> bool:
    """Tell whether a file is a lesson."""
    return path.endswith(_NOTEBOOK)
