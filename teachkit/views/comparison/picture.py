"""Drawings side by side in one SVG, each under its name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from teachkit.graph import ModelGraph
from teachkit.layout import Drawing
from teachkit.layout.labels import count_text
from teachkit.layout.text_size import shorten, text_width
from teachkit.views.clean import clean
from teachkit.views.marks import Mark
from teachkit.views.palette import Theme
from teachkit.views.svg import drawing_parts, sheet

_GAP = 28.0
_HEADER = 54.0
_PADDING = 16.0


@dataclass(frozen=True, eq=False)
class Half:
    """One side of the picture: a model, its drawing, and what to point out in it."""

    title: str
    graph: ModelGraph
    drawing: Drawing
    marks: Mapping[str, Mark]

    @property
    def facts(self) -> str:
        """Say what the model is, under its title."""
        calls = count_text(len(self.graph.visible().calls), "call")
        params = count_text(self.graph.params, "parameter")
        return f"{self.graph.type}, {calls}, {params}"

    @property
    def width(self) -> float:
        """Return the room for drawing and heading."""
        heading = max(
            min(text_width(self.title, 15, bold=True), 420), text_width(self.facts, 12)
        )
        return max(self.drawing.width, heading + 2 * _PADDING)


def picture_size(halves: Sequence[Half]) -> tuple[float, float]:
    """Return width and height of all the halves beside each other."""
    width = sum(half.width for half in halves) + _GAP * (len(halves) - 1)
    return width, _HEADER + max(half.drawing.height for half in halves)


def draw_picture(
    halves: Sequence[Half], title: str, description: str, theme: Theme
) -> str:
    """Return the drawings beside each other as one SVG."""
    size = picture_size(halves)
    parts = []
    x = 0.0
    for half in halves:
        if x:
            line = f"M{x - _GAP / 2:.1f},{_PADDING}V{size[1] - _PADDING:.1f}"
            parts.append(f'<path class="divide" d="{line}"/>')
        parts += [_heading(half, x), *_moved(half, x)]
        x += half.width + _GAP
    return sheet(clean(title, 300), description, size, parts, theme)


def _heading(half: Half, x: float) -> str:
    title = shorten(half.title, 15, half.width - 2 * _PADDING, bold=True)
    left = x + _PADDING
    return (
        f'<text class="name" x="{left:.1f}" y="26">{escape(title)}</text>'
        f'<text x="{left:.1f}" y="44">{escape(clean(half.facts))}</text>'
    )


def _moved(half: Half, x: float) -> list[str]:
    start = x + (half.width - half.drawing.width) / 2
    move = f'<g transform="translate({start:.1f},{_HEADER:.1f})">'
    return [move, *drawing_parts(half.drawing, half.marks), "</g>"]
