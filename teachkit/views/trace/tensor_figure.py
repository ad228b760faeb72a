"""A chart of one tensor: its numbers as colours, and how they are spread."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure, SubFigure
from matplotlib.ticker import MaxNLocator

from teachkit.layout.labels import shape_text
from teachkit.math.written import LARGEST, told
from teachkit.traces.records import Gradient, Value
from teachkit.views.notebook_figure import NotebookFigure
from teachkit.views.trace.chart_parts import BLUE, FAINT, INK, plain
from teachkit.views.trace.distribution import counts_of
from teachkit.views.trace.heat_maps import Maps, Room, maps_of
from teachkit.views.trace.short_names import shortened
from teachkit.views.trace.words import not_finite_text

_ROOM = Room(rows=64, columns=256, side=256)
_ACROSS = 4
_BINS = 40
_GREY = "#b8bec7"


def tensor_figure(value: Value, channels_first: bool = False) -> Figure:
    """Return a chart of a tensor: a picture of it, and a histogram of all numbers."""
    maps = maps_of(value.array, _ROOM, channels_first=channels_first)
    few = maps is not None and 1 < len(maps.planes) <= _ACROSS
    figure = NotebookFigure(9.0, 3.2 if few else 4.5)
    what = "gradient of " if isinstance(value, Gradient) else ""
    name = shortened(f"{what}{value.name} {shape_text(value.shape)}", 80)
    figure.suptitle(name, parse_math=False, color=INK)
    if maps is None:
        _histogram(figure.add_subplot(), value)
        return figure
    parts = figure.subfigures(1, 2, width_ratios=(2, 1), squeeze=False)
    _pictures(parts[0, 0], maps)
    _histogram(parts[0, 1].subplots(), value)
    return figure


def _pictures(figure: SubFigure, maps: Maps) -> None:
    count = len(maps.planes)
    across = min(count, _ACROSS)
    grid = figure.subplots(-(-count // across), across, squeeze=False)
    peak = maps.peak or 1.0
    for axes in grid.flat[count:]:
        axes.set_axis_off()
    for number, (axes, plane) in enumerate(zip(grid.flat, maps.planes, strict=False)):
        aspect = "equal" if count > 1 else "auto"
        shown = np.where(np.isfinite(plane), plane, np.nan)
        picture = axes.imshow(
            shown, cmap="RdBu_r", vmin=-peak, vmax=peak, aspect=aspect
        )
        plain(axes)
        axes.set_facecolor(_GREY)
        axes.spines[:].set_visible(True)
        if count > 1:
            axes.set_title(f"channel {number}", fontsize=9, color=INK)
            axes.set_xticks([])
            axes.set_yticks([])
        else:
            _label(axes, maps)
    bar = figure.colorbar(picture, ax=list(grid.flat), shrink=0.8)
    bar.ax.tick_params(colors=INK)
    grey = "; grey: no finite number" if maps.incomplete else ""
    figure.supxlabel(f"{maps.part}{grey}", fontsize=9, color=INK)


def _label(axes: Axes, maps: Maps) -> None:
    """Name the axes of a matrix, and write small numbers out."""
    plane = maps.planes[0]
    axes.set_ylabel(maps.axes[0])
    axes.set_xlabel(maps.axes[1])
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    if max(plane.shape) > LARGEST:
        return
    for (row, column), number in np.ndenumerate(plane):
        # On the dark ends of the colours only white can be read.
        dark = np.isfinite(number) and abs(number) > 0.6 * (maps.peak or 1.0)
        colour = "white" if dark else INK
        axes.text(column, row, told(number), ha="center", va="center", color=colour)


def _histogram(axes: Axes, value: Value) -> None:
    array = value.array
    counts, (low, high) = counts_of(array, _BINS)
    missing = not_finite_text(value)
    if counts.size == 0:
        words = "no finite numbers" if missing else "no numbers"
        axes.text(0.5, 0.5, words, ha="center", va="center", color=INK)
        axes.set_axis_off()
        return
    half = 0.5 if low == high else 0.0
    edges = np.linspace(low - half, high + half, _BINS + 1)
    axes.stairs(counts, edges, fill=True, color=BLUE)
    axes.set_xlabel(f"value ({missing} not finite)" if missing else "value")
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_ylabel("how many numbers")
    axes.grid(axis="y", color=FAINT, lw=0.5)
    axes.set_axisbelow(True)
    plain(axes)
