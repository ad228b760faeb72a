"""The numbers and pictures that the steps of a player show, each of them made once."""

from __future__ import annotations

from dataclasses import dataclass, field

from teachkit.graph import Call
from teachkit.math.written import told
from teachkit.traces.records import Value
from teachkit.views.clean import clean_html
from teachkit.views.trace.heat_maps import heat_map, maps_of
from teachkit.views.trace.step_details import numbers_html
from teachkit.views.trace.words import not_finite_text, share

MOST_LETTERS = 600_000
"""Of all HTML together."""
MOST_FOR_PIECES, LEAST_FOR_PIECES = 400_000, 100_000
"""Of the numbers and pictures; more steps have more words and leave less room."""
WORDS = 350
"""Letters of the words of one step, about."""
MOST_STEPS = 1500
"""With HTML; all have a title."""


@dataclass(slots=True)
class Pieces:
    """Numbers and pictures of tensors, as long as there is room for them.

    A tensor that one call returns and others read is shown at each of these steps: the
    steps name the piece, and it travels to the browser once.

    Attributes:
        made: the HTML of each piece by its number, as text.
        room: so many letters may be added.
        ended: whether something was left out since there was no room.
    """

    made: dict[str, str] = field(default_factory=dict)
    room: int = MOST_FOR_PIECES
    ended: bool = False
    _numbers: dict[tuple[str, ...], str] = field(default_factory=dict)

    def show(self, value: Value, name: str, kind: tuple[str, ...], call: Call) -> str:
        """Return what tells a browser to show a tensor here; empty without a picture.

        Arguments:
            value: the numbers.
            name: what they are, for those who hear the page.
            kind: tells tensors of the same path apart: `("gradient",)`.
            call: that made the tensor.
        """
        key = (*kind, value.path, str(value.index))
        if key not in self._numbers:
            self._numbers[key] = self._added(_drawn(value, name, call))
        number = self._numbers[key]
        return f'<div data-piece="{number}"></div>' if number else ""

    def inline(self, html: str) -> str:
        """Return HTML of one step if there is room for it, else nothing."""
        if self.room < len(html):
            self.ended = True
            return ""
        self.room -= len(html)
        return html

    def _added(self, drawn: str) -> str:
        if not self.inline(drawn):
            return ""
        number = str(len(self.made))
        self.made[number] = drawn
        return number


def room_for(steps: int) -> int:
    """Return how many letters of numbers and pictures so many steps leave room for."""
    left = MOST_LETTERS - WORDS * min(steps, MOST_STEPS)
    return max(LEAST_FOR_PIECES, min(MOST_FOR_PIECES, left))


def told_of(value: Value) -> str:
    """Return mean, spread, ends and zeros of a tensor in words; empty without any."""
    summary = value.summary
    if summary is None:
        return ""
    if summary.size == 1:
        return f"The number is {told(summary.mean)}."
    words = (
        f"Mean {told(summary.mean)}, std {told(summary.std)}, from {told(summary.min)} "
        f"to {told(summary.max)}, zeros {share(summary.zeros)}."
    )
    missing = not_finite_text(value)
    return f"{words} Infinite or NaN: {missing}." if missing else words


def paragraph(text: str, kind: str = "") -> str:
    """Return a sentence as a paragraph."""
    marked = f' class="{kind}"' if kind else ""
    return f"<p{marked}>{clean_html(text)}</p>" if text else ""


def _drawn(value: Value, name: str, call: Call) -> str:
    """Return the numbers of a tensor as a table, or a picture of it."""
    if value.told is not None:
        return ""
    numbers = numbers_html(value)
    if numbers:
        return numbers
    first = call.config.get("data_format") == "channels_first"
    maps = maps_of(value.array, channels_first=first)
    return "" if maps is None else heat_map(maps, name)
