"""What the charts with a line for each call have in common."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import fill
from typing import TypeVar

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from teachkit.views.notebook_figure import NotebookFigure
from teachkit.views.trace.short_names import distinct, shortened

Line = TypeVar("Line")

MOST_LINES = 60
"""Of more calls evenly spaced ones are drawn: a chart must fit on a screen."""

INK, FAINT, BLUE, RED = "#16191f", "#c9d0da", "#2a68b0", "#b3263e"
WIDTH = 8.0
_LONGEST, _LONGEST_TITLE = 36, 56
_LINE, _FRAME = 0.24, 1.4


def new_figure(lines: int, width: float = WIDTH) -> Figure:
    """Return an empty white figure with room for so many lines."""
    return NotebookFigure(width, _FRAME + _LINE * max(lines, 4))


def plain(axes: Axes) -> None:
    """Draw axes in dark on white, whatever style the notebook has chosen."""
    axes.set_facecolor("white")
    axes.tick_params(which="both", colors=INK)
    for text in (axes.title, axes.xaxis.label, axes.yaxis.label):
        text.set_color(INK)
    axes.spines[:].set_color(INK)
    axes.spines[["top", "right"]].set_visible(False)


def even(rows: Sequence[Line]) -> list[Line]:
    """Return all rows, or so many evenly spaced ones that a chart can hold."""
    if len(rows) <= MOST_LINES:
        return list(rows)
    places = np.linspace(0, len(rows) - 1, MOST_LINES).round().astype(int)
    return [rows[place] for place in places]


def share_of(shown: Sequence[object], rows: Sequence[object], noun: str) -> str:
    """Return how many of the rows are drawn; nothing if all are."""
    if len(shown) == len(rows):
        return ""
    return f" ({len(shown)} of {len(rows):,} {noun})"


def name_lines(axes: Axes, names: Sequence[str]) -> None:
    """Write the name of each line at its left, the first line on top."""
    axes.set_yticks(range(len(names)), distinct(names, _LONGEST))
    axes.set_ylim(len(names) - 0.4, -0.6)
    for label in axes.get_yticklabels():
        label.set_parse_math(False)  # a dollar sign in a name is no formula
    plain(axes)
    axes.grid(axis="x", color=FAINT, lw=0.5)
    axes.set_axisbelow(True)


def entitle(axes: Axes, name: str, what: str) -> None:
    """Write above a chart of which model it is, and what it shows."""
    words = f"{shortened(name, _LONGEST_TITLE)}{what}"
    title = fill(words, _LONGEST_TITLE, break_on_hyphens=False)
    axes.set_title(title, parse_math=False, color=INK, fontsize=11)
