"""Marks on the boxes of a drawing: a small label that points a call out.

A mark always has words or a number; its colour only helps to find it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from xml.sax.saxutils import escape

from teachkit.layout.drawing import Box
from teachkit.layout.text_size import shorten, text_width
from teachkit.views.clean import clean
from teachkit.views.palette import SHARED

Kind = Literal["reason", "added", "removed", "changed", "pair"]

_SIZE = 11.0
_HEIGHT = 16.0
_INSET = 7.0
_OVERHANG = 15.0


@dataclass(frozen=True, slots=True)
class Mark:
    """What to point out at a call.

    Attributes:
        kind: decides on the colour.
        label: what is written: `1 branch`, `changed`, `3`.
        number: of a pair; the same on both sides.
        tip: the whole sentence, shown when the pointer rests on the mark.
    """

    kind: Kind
    label: str
    number: int = 0
    tip: str = ""


def pill(box: Box, mark: Mark) -> str:
    """Return the label at the lower left corner of a box, beside the wire below it."""
    label = shorten(mark.label, _SIZE, max(box.width - _INSET, 24.0), bold=True)
    width = max(text_width(label, _SIZE, bold=True) + 2 * _INSET, _HEIGHT)
    beside_wire = box.center[0] - 8.0 - width
    x = max(min(box.x - 4.0, beside_wire), box.x - _OVERHANG)
    y = box.y + box.height - 5.0
    hue = f"shared-{(mark.number - 1) % len(SHARED)}" if mark.number else mark.kind
    tip = f"<title>{escape(clean(mark.tip, 600))}</title>" if mark.tip else ""
    return (
        f'<g class="mark {hue}">{tip}<rect x="{x:.1f}" y="{y:.1f}" '
        f'width="{width:.1f}" height="{_HEIGHT:.1f}" rx="{_HEIGHT / 2:.1f}"/>'
        f'<text x="{x + width / 2:.1f}" y="{y + 12:.1f}" text-anchor="middle">'
        f"{escape(label)}</text></g>"
    )
