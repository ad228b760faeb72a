"""Names as they can be printed: on one line, in a known number of columns.

The names in a model come from strangers. Nothing in here knows what a name stands for.
Widths come from `unicodedata`: the package wcwidth (6 MB) would be needed for joined
emoji and the like only, and those are shown escaped, for terminals disagree on them.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import accumulate

_PLAIN = frozenset(string.ascii_letters + string.digits + "_-.:/")
_PLACE = re.compile(r"[\w.]*(\[(\d+|'[\w -]+')\])*")
_MOST_MARKS = 2
_QUOTED = "\\'"
_LEFT_TO_RIGHT = "\u200e"
_NUMBERED = 5
"""Columns kept free for the number of a name that looks like another one."""

_MOST_LINES = 12
"""Lines of a paragraph; names in it may be very long."""


def columns(text: str) -> int:
    """Return how many columns of a terminal a text takes.

    Example:
        >>> columns("层"), columns("layer")
        (2, 5)
    """
    return len(text) if text.isascii() else sum(map(_columns, text))


@lru_cache(maxsize=4096)
def _columns(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def padded(text: str, width: int) -> str:
    """Return a text filled with spaces up to a number of columns."""
    return text + " " * (width - columns(text))


def printable(text: str, room: int, *, ascii_only: bool) -> str:
    r"""Return a text escaped where needed, and shortened in the middle to its room.

    Example:
        >>> printable("a\tvery_long_name", 11, ascii_only=False)
        'a\\tve…_name'
    """
    if len(text) <= room and text.isascii() and text.isprintable():
        return text
    return _shortened(text, room, ascii_only, "")


def _shortened(text: str, room: int, ascii_only: bool, special: str) -> str:
    reach = (_MOST_MARKS + 1) * room
    if len(text) > 2 * reach:
        text = text[:reach] + text[-reach:]
    units = _units(text, ascii_only, special)
    if sum(map(columns, units)) > room:
        dots = "..." if ascii_only else "…"
        tail = (room - len(dots)) // 2
        end = _fitting(units[::-1], tail)[::-1]
        units = [*_fitting(units, room - len(dots) - tail), dots, *end]
    return _fenced("".join(units))


def _units(text: str, ascii_only: bool, special: str) -> list[str]:
    """Split a text into what must not be torn apart: accents, escapes."""
    units: list[str] = []
    for character in text:
        is_mark = unicodedata.category(character) in {"Mn", "Me"}
        if character in special:
            units.append(f"\\{character}")
        elif not is_mark or ascii_only:
            units.append(_escaped(character, ascii_only))
        elif units and len(units[-1]) <= _MOST_MARKS:
            units[-1] += character
        else:
            units.append(character.encode("unicode_escape").decode())
    return units


@lru_cache(maxsize=4096)
def _escaped(character: str, ascii_only: bool) -> str:
    if character.isprintable() and (character.isascii() or not ascii_only):
        return character
    return character.encode("unicode_escape").decode()


def _fitting(units: list[str], room: int) -> list[str]:
    ends = accumulate(map(columns, units))
    return [unit for unit, end in zip(units, ends, strict=True) if end <= room]


def _fenced(text: str) -> str:
    """Keep letters that run from right to left from turning around what is beside."""
    if any(unicodedata.bidirectional(c) in {"R", "AL", "AN"} for c in text):
        return f"{_LEFT_TO_RIGHT}{text}{_LEFT_TO_RIGHT}"
    return text


def label(name: str, room: int, *, ascii_only: bool) -> str:
    """Return a name as one word: quoted where it could be taken for something else.

    Example:
        >>> label("dense_1", 20, ascii_only=False), label("a b", 20, ascii_only=False)
        ('dense_1', "'a b'")
    """
    plain = all(c in _PLAIN or (c.isalnum() and not c.isascii()) for c in name)
    if name and plain:
        return printable(name, room, ascii_only=ascii_only)
    return f"'{_shortened(name, room - 2, ascii_only, _QUOTED)}'"


def place_label(place: str, room: int, *, ascii_only: bool) -> str:
    """Return a port or a path, such as `inputs[1]` or `['score']`, as one word."""
    if _PLACE.fullmatch(place):
        return printable(place, room, ascii_only=ascii_only)
    return label(place, room, ascii_only=ascii_only)


def distinct(
    names: Iterable[str], room: int, shorten: Callable[[str, int], str]
) -> dict[str, str]:
    """Return a label for each name; those that would look alike are numbered.

    Example:
        >>> distinct(["a1b", "a2b"], 3, lambda name, room: "a…b")
        {'a1b': 'a…b', 'a2b': 'a…b~2'}
    """
    taken: set[str] = set()
    numbers: Counter[str] = Counter()
    labels = {}
    for name in names:
        shown = shorten(name, room)
        if shown in taken:
            short = shorten(name, room - _NUMBERED)
            numbers[short] += 1
            # No label has a tilde of its own outside of quotes.
            shown = f"{short}~{numbers[short] + 1}"
        taken.add(shown)
        labels[name] = shown
    return labels


def flow(pieces: Iterable[tuple[str, str]], room: int, indent: str = "") -> list[str]:
    """Set pieces of text one after the other, on new lines where they do not fit.

    Arguments:
        pieces: each with the gap that parts it from the one before.
        room: columns of a line.
        indent: begins each line but the first.
    """
    lines = [""]
    for gap, text in pieces:
        longer = lines[-1] + gap + text if lines[-1] else text
        if columns(longer.rstrip()) <= room:
            lines[-1] = longer
        else:
            lines.append(indent + text)
    return [line.rstrip() for line in lines]


def paragraph(text: str, room: int, *, ascii_only: bool) -> list[str]:
    """Return sentences wrapped to lines, each word printable."""
    inside = room - 2
    words = (printable(w, inside, ascii_only=ascii_only) for w in text.split(" "))
    lines = flow(((" ", word) for word in words), room, "  ")
    if len(lines) > _MOST_LINES:
        lines[_MOST_LINES:] = ["  ..."]
    return lines
