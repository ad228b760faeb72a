"""How large a box is: from the words on it to its width and height."""

from __future__ import annotations

from collections.abc import Iterable

from teachkit.layout.scene import Item
from teachkit.layout.text_size import text_width

TITLE_SIZE = 13.0
LINE_SIZE = 12.0
"""Font sizes in pixels; 12 px are 9 pt, the least that is still easy to read."""
LINE_HEIGHT = 16.0
PADDING_X = 12.0
PADDING_Y = 7.0
BADGE = 20.0
FRAME_PADDING = 14.0
FRAME_HEADER = 28.0
_NARROWEST, _WIDEST = 96.0, 250.0
POINT = 1.0


def even_width(items: Iterable[Item]) -> float:
    """Return the width that all boxes of a level get: that of the widest, in bounds."""
    widths = [_words_width(i) for i in items if i.inner is None and i.role == "call"]
    return min(max([_NARROWEST, *widths]), _WIDEST)


def box_size(item: Item, width: float) -> tuple[float, float]:
    """Return width and height of the box of an item without a scene inside."""
    if item.role in {"entry", "exit"}:
        return POINT, POINT
    if item.role == "output":
        own = text_width(item.title, LINE_SIZE) + 2 * PADDING_X
        return min(max(own, 64.0), _WIDEST), LINE_HEIGHT + PADDING_Y
    return width, LINE_HEIGHT * (1 + len(item.lines)) + 2 * PADDING_Y


def frame_header_width(item: Item) -> float:
    """Return the room that the heading of a frame needs."""
    words = " · ".join(item.lines)
    wanted = text_width(item.title, TITLE_SIZE, bold=True) + text_width(words, LINE_SIZE)
    return min(wanted + 3 * PADDING_X + BADGE, 2 * _WIDEST)


def _words_width(item: Item) -> float:
    title = text_width(item.title[:80], TITLE_SIZE, bold=True)
    title += BADGE if item.share else 0.0
    lines = (text_width(line[:80], LINE_SIZE) for line in item.lines)
    return max([title, *lines]) + 2 * PADDING_X
