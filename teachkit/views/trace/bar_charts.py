"""Charts with a line for each call: spread of values, norms of gradients, changes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TypeVar

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from teachkit.math.written import told
from teachkit.traces.records import Change, Value
from teachkit.traces.run import Run
from teachkit.views.notebook_figure import NotebookFigure
from teachkit.views.trace.gradient_words import norms_by_depth
from teachkit.views.trace.text_tables import shortened

Line = TypeVar("Line")

MOST_LINES = 60
"""Of more calls evenly spaced ones are drawn: a chart must fit on a screen."""

INK, FAINT, BLUE, RED = "#16191f", "#c9d0da", "#2a68b0", "#b3263e"
_LONGEST = 36
_LINE, _FRAME, _WIDTH = 0.24, 1.3, 8.0
_WIDE_RANGE = 100.0
_LEAST = 1e-300
"""A log scale cannot begin at a number that is stored as 0."""


def spread_bars(run: Run) -> Figure:
    """Return a chart of the range, spread and mean of every tensor."""
    values = [value for step in run.steps for value in step.outputs if _finite(value)]
    shown = _even(values)
    figure = new_figure(len(shown))
    axes = figure.add_subplot()
    for row, value in enumerate(shown):
        summary = value.summary
        if summary is not None:
            axes.plot([summary.min, summary.max], [row, row], color=FAINT, lw=2)
            ends = [summary.mean - summary.std, summary.mean + summary.std]
            axes.plot(ends, [row, row], color=BLUE, lw=6, solid_capstyle="butt")
            axes.plot([summary.mean], [row], "|", color=INK, ms=9, mew=2)
    _scale(axes, shown)
    _name_lines(axes, [value.name for value in shown])
    axes.set_xlabel("grey: smallest to largest, blue: mean ± std, mark: mean")
    _title(axes, f"{run.graph.name}: values{_of(shown, values, 'tensors')}")
    return figure


def gradient_bars(runs: Sequence[Run]) -> Figure:
    """Return a bar for the kernel of each call, on a log scale, all runs alike."""
    tables = [norms_by_depth(run.gradients) for run in runs]
    columns = max(1, len(runs))
    lines = max(len(_even(table)) for table in tables)
    figure = new_figure(lines, width=_WIDTH * (1 + 0.4 * (columns - 1)))
    grid = figure.subplots(1, columns, squeeze=False)[0]
    limits = _limits([norm for table in tables for _, norm in table])
    for axes, run, table in zip(grid, runs, tables, strict=True):
        shown = _even(table)
        _log_bars(axes, shown, limits)
        axes.set_xlabel("norm of the gradient of the kernel, log scale")
        _title(axes, f"{run.graph.name}: gradients{_of(shown, table, 'kernels')}")
    return figure


def moved_bars(change: Change) -> Figure:
    """Return a bar for each tensor that moved: how far, relative to its length."""
    table: list[tuple[str, float | None]] = [
        (change.before.value(one.path, one.index).name, one.relative)
        for one in change.moved
    ]
    shown = _even(table)
    figure = new_figure(len(shown))
    axes = figure.add_subplot()
    names, lengths = [name for name, _ in shown], [size or 0.0 for _, size in shown]
    drawn = [length if math.isfinite(length) else 0.0 for length in lengths]
    bars = axes.barh(range(len(shown)), drawn, color=BLUE)
    words = [told(length) if length < math.inf else "was 0" for length in lengths]
    axes.bar_label(bars, words, padding=4, color=INK)
    axes.set_xlim(0, 1.2 * max(drawn, default=0.0) or 1.0)
    _name_lines(axes, names)
    axes.set_xlabel("length of the difference as a share of the length before")
    part = _of(shown, table, "tensors that moved")
    _title(axes, f"{change.before.graph.name} {change.title}{part}")
    return figure


def new_figure(lines: int, width: float = _WIDTH) -> Figure:
    """Return an empty white figure with room for so many lines."""
    height = _FRAME + _LINE * max(lines, 4)
    return NotebookFigure(width, height)


def plain(axes: Axes) -> None:
    """Draw axes in dark on white, whatever style the notebook has chosen."""
    axes.set_facecolor("white")
    axes.tick_params(which="both", colors=INK)
    for text in (axes.title, axes.xaxis.label, axes.yaxis.label):
        text.set_color(INK)
    axes.spines[:].set_color(INK)
    axes.spines[["top", "right"]].set_visible(False)


def _log_bars(
    axes: Axes, table: Sequence[tuple[str, float | None]], limits: tuple[float, float]
) -> None:
    low, high = limits
    axes.set_xscale("log")
    axes.set_xlim(low, high * (high / low) ** 0.2)  # room for the number at the end
    for row, (_, norm) in enumerate(table):
        if norm is not None and low < norm < math.inf:
            axes.barh(row, norm - low, left=low, color=BLUE)
        words = "no loss reaches it" if norm is None else told(norm)
        at = low if norm is None or not low < norm < math.inf else norm
        axes.annotate(
            words, (at, row), (4, 0), textcoords="offset points", va="center", color=INK
        )
    _name_lines(axes, [name for name, _ in table])


def _limits(norms: Sequence[float | None]) -> tuple[float, float]:
    """Return the ends of a log scale: whole powers of ten around all norms."""
    sizes = [norm for norm in norms if norm and math.isfinite(norm)]
    if not sizes:
        return 1e-3, 1.0
    high = 10.0 ** math.ceil(math.log10(max(sizes)))
    low = 10.0 ** (math.ceil(math.log10(min(sizes))) - 1)
    return max(min(low, high / 1e3), _LEAST), high


def _even(rows: Sequence[Line]) -> list[Line]:
    """Return all rows, or so many evenly spaced ones that a chart can hold."""
    if len(rows) <= MOST_LINES:
        return list(rows)
    places = np.linspace(0, len(rows) - 1, MOST_LINES).round().astype(int)
    return [rows[place] for place in places]


def _of(shown: Sequence[object], rows: Sequence[object], noun: str) -> str:
    if len(shown) == len(rows):
        return ""
    return f" ({len(shown)} of {len(rows):,} {noun})"


def _finite(value: Value) -> bool:
    return value.summary is not None and math.isfinite(value.summary.mean)


def _scale(axes: Axes, values: Sequence[Value]) -> None:
    """Take a scale that is log away from zero where sizes are far apart."""
    summaries = [value.summary for value in values if value.summary is not None]
    sizes = sorted(max(abs(one.min), abs(one.max)) for one in summaries)
    middle = sizes[len(sizes) // 2] if sizes else 0.0
    if middle > 0 and sizes[-1] > _WIDE_RANGE * middle:
        axes.set_xscale("symlog", linthresh=middle)


def _name_lines(axes: Axes, names: Sequence[str]) -> None:
    """Write the name of each line at its left, the first line on top."""
    labels = [shortened(name, _LONGEST) for name in names]
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(len(labels) - 0.4, -0.6)
    for label in axes.get_yticklabels():
        label.set_parse_math(False)  # a dollar sign in a name is no formula
    plain(axes)
    axes.grid(axis="x", color=FAINT, lw=0.5)
    axes.set_axisbelow(True)


def _title(axes: Axes, words: str) -> None:
    axes.set_title(shortened(words, 2 * _LONGEST), parse_math=False, color=INK)
