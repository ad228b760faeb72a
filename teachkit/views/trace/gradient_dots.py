"""A chart of the gradients of kernels: one dot for each call, on a log scale."""

from __future__ import annotations

import math
from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

from teachkit.math.written import told
from teachkit.traces.run import Run
from teachkit.views.trace.chart_parts import (
    BLUE,
    FAINT,
    INK,
    WIDTH,
    entitle,
    even,
    name_lines,
    new_figure,
    share_of,
)
from teachkit.views.trace.gradient_words import norms_by_depth
from teachkit.views.trace.log_scale import has_place, log_limits

Norms = Sequence[tuple[str, float | None]]

_ROOM = 0.18
"""Of the scale, for the number at the right of the last dot."""
_STEPS = (
    (0.6, (1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 7.0)),
    (1.2, (1.0, 2.0, 5.0)),
    (2.5, (1.0, 3.0)),
)
"""Numbers that are written below a scale of less than so many powers of ten."""


def gradient_dots(runs: Sequence[tuple[str, Run]]) -> Figure:
    """Return a dot for the kernel of each call, all runs on one scale.

    Arguments:
        runs: each with the words above its chart.
    """
    tables = [norms_by_depth(run.gradients) for _, run in runs]
    lines = max(len(even(table)) for table in tables)
    figure = new_figure(lines, width=WIDTH * (1 + 0.4 * (len(runs) - 1)))
    grid = figure.subplots(1, len(runs), squeeze=False)[0]
    limits = log_limits(norm for table in tables for _, norm in table)
    for axes, (name, _), table in zip(grid, runs, tables, strict=True):
        shown = even(table)
        _scale(axes, *limits)
        _dots(axes, shown, 10 ** limits[0])
        name_lines(axes, [path for path, _ in shown])
        axes.grid(axis="y", color=FAINT, lw=0.5, ls=":")
        entitle(axes, name, f": gradients{share_of(shown, table, 'kernels')}")
    words = "norm of the gradient of the kernel, log scale"
    figure.supxlabel(words, color=INK, fontsize=10)
    return figure


def _scale(axes: Axes, low: float, high: float) -> None:
    """Take a log scale between two powers of ten, with numbers that can be read."""
    axes.set_xscale("log")
    axes.set_xlim(10**low, 10 ** (high + _ROOM * (high - low)))
    axes.xaxis.set_minor_formatter(NullFormatter())
    if high - low >= _STEPS[-1][0]:
        return
    steps = next(steps for decades, steps in _STEPS if high - low < decades)
    axes.xaxis.set_major_locator(LogLocator(subs=steps))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: told(value)))


def _dots(axes: Axes, table: Norms, left: float) -> None:
    for row, (_, norm) in enumerate(table):
        at = left
        if norm is not None and has_place(norm):
            axes.plot([norm], [row], "o", color=BLUE, ms=6)
            at = norm
        axes.annotate(
            _words(norm),
            (at, row),
            (7, 0),
            textcoords="offset points",
            va="center",
            color=INK,
        )


def _words(norm: float | None) -> str:
    if norm is None:
        return "no loss reaches it"
    return "not finite" if math.isnan(norm) else told(norm)
