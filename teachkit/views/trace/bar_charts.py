"""Charts with a line for each call: the spread of values, and how far they moved."""

from __future__ import annotations

import math
from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from teachkit.math.written import told
from teachkit.traces.records import Change, Value
from teachkit.traces.run import Run
from teachkit.traces.summaries import Summary
from teachkit.views.trace.chart_parts import (
    BLUE,
    FAINT,
    INK,
    RED,
    entitle,
    even,
    name_lines,
    new_figure,
    share_of,
)
from teachkit.views.trace.words import not_finite_text

_WIDE_RANGE = 100.0


def spread_bars(run: Run, name: str) -> Figure:
    """Return a chart of the range, spread and mean of every tensor.

    Arguments:
        run: whose tensors are drawn.
        name: the words above the chart.
    """
    values = [value for step in run.steps for value in step.outputs if value.summary]
    shown = even(values)
    figure = new_figure(len(shown))
    axes = figure.add_subplot()
    for row, value in enumerate(shown):
        if value.summary is not None and math.isfinite(value.summary.mean):
            _spread(axes, row, value.summary)
    _scale(axes, shown)
    name_lines(axes, [value.name for value in shown])
    label = "grey: smallest to largest, blue: mean ± std, mark: mean"
    if _mark_not_finite(axes, shown):
        label += "\nred: so many numbers are infinite or NaN"
    axes.set_xlabel(label)
    entitle(axes, name, f": values{share_of(shown, values, 'tensors')}")
    return figure


def moved_bars(change: Change, name: str) -> Figure:
    """Return a bar for each tensor that moved: how far, relative to its length.

    Arguments:
        change: what moved.
        name: the words above the chart.
    """
    shown = even(change.moved)
    figure = new_figure(len(shown))
    axes = figure.add_subplot()
    lengths = [one.relative for one in shown]
    drawn = [length if math.isfinite(length) else 0.0 for length in lengths]
    bars = axes.barh(range(len(shown)), drawn, color=BLUE)
    words = [_moved_words(one.difference, one.relative) for one in shown]
    axes.bar_label(bars, words, padding=4, color=INK)
    axes.set_xlim(0, 1.2 * max(drawn, default=0.0) or 1.0)
    name_lines(axes, [change.before.value(one.path, one.index).name for one in shown])
    axes.set_xlabel("length of the difference as a share of the length before")
    entitle(axes, name, share_of(shown, change.moved, "tensors that moved"))
    return figure


def _spread(axes: Axes, row: int, summary: Summary) -> None:
    axes.plot([summary.min, summary.max], [row, row], color=FAINT, lw=2)
    ends = [summary.mean - summary.std, summary.mean + summary.std]
    axes.plot(ends, [row, row], color=BLUE, lw=6, solid_capstyle="butt")
    axes.plot([summary.mean], [row], "|", color=INK, ms=9, mew=2)


def _mark_not_finite(axes: Axes, values: Sequence[Value]) -> bool:
    """Write in red how many numbers of a tensor have no place on the scale."""
    counts = [not_finite_text(value) for value in values]
    for row, count in enumerate(counts):
        axes.text(
            1.01, row, count, transform=axes.get_yaxis_transform(), va="center"
        ).set_color(RED)
    return any(counts)


def _moved_words(difference: float, relative: float) -> str:
    if math.isinf(difference):
        return "not finite"
    return told(relative) if math.isfinite(relative) else "was 0"


def _scale(axes: Axes, values: Sequence[Value]) -> None:
    """Take a scale that is log away from zero where sizes are far apart."""
    summaries = [value.summary for value in values if value.summary is not None]
    ends = (max(abs(one.min), abs(one.max)) for one in summaries)
    sizes = sorted(end for end in ends if math.isfinite(end))
    middle = sizes[len(sizes) // 2] if sizes else 0.0
    if middle > 0 and sizes[-1] > _WIDE_RANGE * middle:
        axes.set_xscale("symlog", linthresh=middle)
