"""Boxes of calls and frames of open groups, as pieces of SVG."""

from __future__ import annotations

from xml.sax.saxutils import escape

from teachkit.layout import boxes as measure
from teachkit.layout.drawing import Box
from teachkit.layout.engines.problem import Point
from teachkit.layout.scene import Item
from teachkit.layout.text_size import shorten, text_width
from teachkit.views.clean import clean
from teachkit.views.palette import SHARED, hue_of

_BADGE_RADIUS = 8.5


def box_svg(box: Box) -> str:
    """Return a box with its words."""
    marks = badge_svg(box) if box.item.role != "output" else ""
    return (
        f'<g class="{box_class(box.item)}">{tooltip(told(box.item))}'
        f"{box_words(box)}{marks}</g>"
    )


def box_class(item: Item) -> str:
    """Return the class that decides on the colours of a box."""
    kind = item.call.kind if item.call else item.role
    classes = ["box", hue(item), kind, "unused" if item.unused else ""]
    return " ".join(filter(None, classes))


def box_words(box: Box) -> str:
    """Return the shape of a box and the words on it, without what marks it."""
    item = box.item
    radius = box.height / 2 if _is_end(item) else 6.0
    x = box.x + box.width / 2
    room = box.width - 2 * measure.PADDING_X
    inside = [_rect(box, min(radius, 16.0))]
    if item.role == "output":
        y = box.y + box.height / 2 + 4
        inside.append(_line(x, y, shorten(item.title, measure.LINE_SIZE, room)))
        return "".join(inside)
    words = measure.LINE_HEIGHT * (1 + len(item.lines))
    y = box.y + (box.height - words) / 2 + 12
    title_room = room - (measure.BADGE if item.share else 0)
    title = shorten(item.title, measure.TITLE_SIZE, title_room, bold=True)
    inside.append(_line(x, y, title, "title"))
    for line in item.lines:
        y += measure.LINE_HEIGHT
        inside.append(_line(x, y, shorten(line, measure.LINE_SIZE, room)))
    return "".join(inside)


def frame_svg(box: Box) -> str:
    """Return the frame of an open group, without its heading."""
    return (
        f'<g class="frame {hue(box.item)}">{tooltip(told(box.item))}'
        f"{_rect(box, 8.0)}</g>"
    )


def heading_svg(box: Box) -> str:
    """Return the words on a frame; they lie above the wires that cross its edge."""
    corner = box.x + measure.PADDING_X, box.y + 19
    words = heading_words(box.item, corner, box.width)
    return f'<g class="heading">{words}{badge_svg(box)}</g>'


def heading_words(item: Item, corner: Point, width: float) -> str:
    """Return the words on a frame of a width, from the left end of their line."""
    words = " · ".join(item.lines)
    room = width - 2 * measure.PADDING_X - (measure.BADGE if item.share else 0)
    title = shorten(item.title, measure.TITLE_SIZE, room * 0.6, bold=True)
    used = text_width(title, measure.TITLE_SIZE, bold=True) + 8
    words = shorten(words, measure.LINE_SIZE, room - used) if room - used > 30 else ""
    return (
        f'<text class="halo" x="{corner[0]:.1f}" y="{corner[1]:.1f}">'
        f'<tspan class="title">{escape(title)}</tspan>'
        f'<tspan dx="8">{escape(words)}</tspan></text>'
    )


def badge_svg(box: Box) -> str:
    """Return the badge of a shared layer; empty for any other box."""
    share = box.item.share
    if share is None:
        return ""
    x, y = knot(box)
    return (
        f'<g class="badge {shared_class(share.number)}"><circle cx="{x:.1f}" '
        f'cy="{y:.1f}" r="{_BADGE_RADIUS}"/><text x="{x:.1f}" y="{y + 4.2:.1f}" '
        f'text-anchor="middle">{share.letter}</text></g>'
    )


def knot(box: Box) -> Point:
    """Return the middle of a box's badge."""
    return box.x + box.width - 12, box.y + 13


def shared_class(number: int) -> str:
    """Return the class for the colour of the number-th shared layer."""
    return f"shared-{(number - 1) % len(SHARED)}"


def told(item: Item) -> str:
    """Return all that is written on a box, uncut."""
    name = clean(item.key, 400)
    return "\n".join([name, *(clean(line, 400) for line in item.lines)])


def tooltip(text: str) -> str:
    """Return what a browser shows when the pointer rests."""
    return f"<title>{escape(text)}</title>"


def hue(item: Item) -> str:
    """Return the hue of an item's family."""
    return "slate" if item.call is None else hue_of(item.call.family)


def _rect(box: Box, radius: float) -> str:
    return (
        f'<rect x="{box.x:.1f}" y="{box.y:.1f}" width="{box.width:.1f}" '
        f'height="{box.height:.1f}" rx="{radius:.1f}"/>'
    )


def _line(x: float, y: float, text: str, kind: str = "") -> str:
    name = f' class="{kind}"' if kind else ""
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="middle"'
    return f"<text{name} {place}>{escape(text)}</text>"


def _is_end(item: Item) -> bool:
    call = item.call
    return item.role == "output" or (call is not None and call.kind == "input")
