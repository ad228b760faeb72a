"""Write docs/items.md: what the lessons teach, and in which cell.

What is to be taught stands in notebooks/source/items.toml. Where it is taught, a lesson
says itself: in the first line of a cell, and in its questions. Run from the root of the
project: python -m scripts.write_items
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jupytext

from teachkit.question_format import load_questions
from teachkit.question_format.records import LessonQuestion

ROOT = Path(__file__).parent.parent
SOURCES = ROOT / "notebooks" / "source"
TARGET = ROOT / "docs" / "items.md"

_LEAD = """\
# What the lessons teach, and where

Made by `python -m scripts.write_items`; a test compares it. Cells are counted from 1,
text and code alike. An item whose verdict is *false* is never taught as true: it is a
question whose answer the lesson computes."""

_FOUR_STEPS = "7"
_LABEL = "# 1 INPUTS"
"""The item of the four steps stands wherever a whole model is written in them."""

_ASKED = re.compile(r'tk\.ask\(\s*"([^"]+)"')
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of a lesson.

    Attributes:
        lesson: its number, `02`.
        cell: its number in the notebook, from 1.
        heading: the one that it stands under.
    """

    lesson: str
    cell: int
    heading: str

    @property
    def text(self) -> str:
        """The place in words."""
        return f"cell {self.cell} ({self.heading})"


@dataclass(frozen=True)
class Taught:
    """Where everything is taught: places by (lesson, what)."""

    places: dict[tuple[str, str], list[Place]]

    def told(self, lesson: str, what: str) -> str:
        """Return the places of one thing in one lesson, in words."""
        return "; ".join(place.text for place in self.places.get((lesson, what), []))


def plan() -> dict[str, Any]:
    """Return what is to be taught."""
    return tomllib.loads((SOURCES / "items.toml").read_text(encoding="utf-8"))


def lessons() -> dict[str, Path]:
    """Return the sources of the lessons by their numbers."""
    return {path.name[:2]: path for path in sorted(SOURCES.glob("*.py"))}


def taught() -> Taught:
    """Return where everything is taught."""
    asked = {one.id: one for lesson in load_questions() for one in lesson.questions}
    places: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for lesson, path in lessons().items():
        for place, mark in _marks(lesson, path, asked):
            places[lesson, mark].append(place)
    return Taught(places)


def wanted() -> Iterator[tuple[str, str]]:
    """Yield each lesson with each thing that it must hold."""
    known = lessons()
    for item in plan()["item"]:
        named = known if item["lessons"] == ["all"] else item["lessons"]
        yield from ((lesson, str(item["number"])) for lesson in named)
    for lesson in plan()["lesson"]:
        for what in f"{lesson['predictions']} {lesson['fights']}".split():
            yield lesson["number"], what


def content() -> str:
    """Return the text of the page."""
    found = taught()
    items = _table(("item", "verdict", "lesson", "where"), _item_rows(found))
    others = _table(("lesson", "what", "where"), _lesson_rows(found))
    parts = [_LEAD, "## Items", items, "## Predictions and misconceptions", others]
    return "\n\n".join(parts) + "\n"


def _marks(
    lesson: str, path: Path, asked: dict[str, LessonQuestion]
) -> Iterator[tuple[Place, str]]:
    heading = ""
    for number, cell in enumerate(jupytext.read(path, fmt="py:percent").cells, 1):
        if cell.cell_type == "markdown":
            headings = _HEADING.findall(cell.source)
            heading = headings[0] if headings else heading
        own = f"{cell.metadata.get('items', '')} {cell.metadata.get('fights', '')}"
        marks = [*own.split(), *([_FOUR_STEPS] if _LABEL in cell.source else [])]
        for name in _ASKED.findall(cell.source):
            if name in asked:
                one = asked[name]
                marks += [*one.items, *one.fights, *one.covers.split()]
        place = Place(lesson, number, heading)
        yield from ((place, mark) for mark in dict.fromkeys(marks))


def _item_rows(found: Taught) -> Iterator[tuple[str, ...]]:
    known = lessons()
    for item in plan()["item"]:
        named = list(known) if item["lessons"] == ["all"] else item["lessons"]
        for lesson in named:
            name = f"{item['number']} {item['name']}" if lesson == named[0] else ""
            verdict = item["verdict"] if lesson == named[0] else ""
            where = found.told(lesson, str(item["number"]))
            yield name, verdict, lesson, where


def _lesson_rows(found: Taught) -> Iterator[tuple[str, ...]]:
    for lesson in plan()["lesson"]:
        number = lesson["number"]
        for what in f"{lesson['predictions']} {lesson['fights']}".split():
            yield number, what, found.told(number, what)


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "\n".join(f"| {' | '.join(_cell(one) for one in line)} |" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", r"\|")


if __name__ == "__main__":
    TARGET.write_text(content(), encoding="utf-8")
