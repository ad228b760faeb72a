"""How large a box is: from the words on it to its width and height."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from teachkit.layout.scene import Item
from teachkit.layout.text_size import shorten, text_width

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
_LONGEST_EDGE = 1200.0
_LABEL, _LABEL_GAP = 90.0, 10.0
_BETWEEN_WIRES = 14.0
_USED = 0.84
"""Share of a box's edge on which wires may arrive."""
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
    wanted = text_width(item.title, TITLE_SIZE, bold=True) + text_width(
        words, LINE_SIZE
    )
    return min(wanted + 3 * PADDING_X + BADGE, 2 * _WIDEST)


def edge_for(ports: Sequence[str], *, turned: bool) -> float:
    """Return how long an edge must be for wires to arrive with these labels."""
    needed = len(ports) * _step(ports, turned=turned) / _USED
    return min(needed, _LONGEST_EDGE)


def step_on(edge: float, ports: Sequence[str], *, turned: bool) -> float:
    """Return the distance between wires that arrive with labels on an edge."""
    room = _USED * edge / max(len(ports), 1)
    return min(_step(ports, turned=turned), room)


def label_on(edge: float, port: str, ports: Sequence[str], *, turned: bool) -> str:
    """Return the label of a wire, shortened to its room; empty if there is none."""
    step = step_on(edge, ports, turned=turned)
    room = _LABEL if turned else min(step - _LABEL_GAP, _LABEL)
    too_small = LINE_SIZE if turned else _LABEL_GAP + LINE_SIZE
    return shorten(port, LINE_SIZE, room) if port and step >= too_small else ""


def label_width(port: str) -> float:
    """Return the width of a label and the gap beside it."""
    return min(text_width(port[:80], LINE_SIZE), _LABEL) + _LABEL_GAP if port else 0.0


def _step(ports: Sequence[str], *, turned: bool) -> float:
    if turned:
        return LINE_HEIGHT if any(ports) else _BETWEEN_WIRES
    return max([_BETWEEN_WIRES, *map(label_width, ports)])


def _words_width(item: Item) -> float:
    title = text_width(item.title[:80], TITLE_SIZE, bold=True)
    title += BADGE if item.share else 0.0
    lines = (text_width(line[:80], LINE_SIZE) for line in item.lines)
    return max([title, *lines]) + 2 * PADDING_X
