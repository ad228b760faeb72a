"""Where the parameters of a model sit: a bar for each layer."""

from __future__ import annotations

from matplotlib.ticker import MaxNLocator

from teachkit.explanation.findings import ModelFinding, parts_of_params
from teachkit.layout.labels import count_text
from teachkit.views.notebook_figure import NotebookFigure

_MOST = 24
_LONGEST = 40
_COLOUR = "#2a68b0"


def params_chart(finding: ModelFinding) -> NotebookFigure:
    """Return a horizontal bar for each layer with weights, the first one on top.

    Of a model with many layers those with few parameters are one bar together.
    """
    parts = _largest(list(parts_of_params(finding)))
    figure = NotebookFigure(8, 1.2 + 0.3 * max(len(parts), 1))
    axes = figure.add_subplot()
    names = [_short(name) for name, _ in parts]
    counts = [count for _, count in parts]
    bars = axes.barh(range(len(parts)), counts, color=_COLOUR)
    axes.bar_label(bars, [_label(count, counts) for count in counts], padding=4)
    axes.set_yticks(range(len(parts)), names)
    axes.invert_yaxis()
    axes.set_xlim(0, 1.25 * max(counts, default=1))
    axes.set_xlabel("parameters")
    axes.xaxis.set_major_locator(MaxNLocator(5, integer=True))
    axes.xaxis.set_major_formatter("{x:,.0f}")
    total = count_text(finding.graph.params, "parameter")
    # A dollar sign in a name is no formula.
    axes.set_title(f"{finding.graph.name}: {total}", parse_math=False)
    for label in axes.get_yticklabels():
        label.set_parse_math(False)
    axes.spines[["top", "right"]].set_visible(False)
    return figure


def _largest(parts: list[tuple[str, int]]) -> list[tuple[str, int]]:
    if len(parts) <= _MOST:
        return parts
    limit = sorted((count for _, count in parts), reverse=True)[_MOST - 2]
    kept = [part for part in parts if part[1] > limit]
    rest = sum(count for _, count in parts) - sum(count for _, count in kept)
    return [*kept, (f"{len(parts) - len(kept)} others", rest)]


def _label(count: int, counts: list[int]) -> str:
    return f"{count:,} ({count / max(1, sum(counts)):.0%})"


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"
