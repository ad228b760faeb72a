"""What the weights of a call get in the walk backwards, and the sum so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from teachkit.math.written import told
from teachkit.speech import number
from teachkit.traces.records import Gradient, Gradients, WeightGradient
from teachkit.traces.summaries import summary_of
from teachkit.views.clean import clean_html
from teachkit.views.trace.gradient_words import norm_cell, norm_of
from teachkit.views.trace.grids import grid_of
from teachkit.views.trace.player.parts import Pieces, paragraph
from teachkit.views.trace.step_details import grid_html
from teachkit.views.trace.tables import html_table

_HEADS = ("weight", "this call", "calls so far", "sum so far", "total")


@dataclass(slots=True)
class _Sum:
    """What has arrived at a shared weight up to a step.

    Attributes:
        array: the sum; None before anything has arrived.
        calls: that were stepped through.
    """

    array: Any = None
    calls: int = 0

    def add(self, gradient: Gradient | None) -> None:
        if gradient is not None:
            array = np.asarray(gradient.array)
            self.array = array if self.array is None else self.array + array

    @property
    def length(self) -> str:
        found = None if self.array is None else summary_of(self.array)
        return "0" if found is None else told(found.norm)


@dataclass(slots=True)
class WeightSums:
    """Adds up the gradients of weights while calls are stepped through backwards.

    A regularizer reads the weight itself: its share is there from the beginning.
    """

    gradients: Gradients
    _sums: dict[str, _Sum] = field(default_factory=dict)
    _by_call: dict[str, list[WeightGradient]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for weight in self.gradients.of_weights:
            for path in weight.calls:
                self._by_call.setdefault(path, []).append(weight)

    def step(self, path: str, pieces: Pieces) -> str:
        """Add the shares of a call, and return them as HTML; empty without any."""
        weights = self._by_call.get(path, [])
        if not weights:
            return ""
        for weight in weights:
            self._add(weight, path)
        shared = [weight for weight in weights if _is_sum(weight)]
        rows = [self._row(weight, path) for weight in weights]
        heads = _HEADS if shared else (*_HEADS[:1], "gradient, length")
        kept = rows if shared else [row[:2] for row in rows]
        table = html_table(heads, kept, numbers=set(range(1, len(heads))))
        words = paragraph(_words(weights, shared, path))
        numbers = "".join(self._numbers(weight, path) for weight in weights)
        return f'<div class="tensor">{words}{table}{pieces.inline(numbers)}</div>'

    def _add(self, weight: WeightGradient, path: str) -> None:
        if not _is_sum(weight):
            return
        if weight.weight not in self._sums:
            self._sums[weight.weight] = _Sum()
            self._sums[weight.weight].add(weight.penalty)
        self._sums[weight.weight].calls += 1
        self._sums[weight.weight].add(weight.calls[path])

    def _row(self, weight: WeightGradient, path: str) -> list[str]:
        share = weight.calls[path]
        own = "nothing" if share is None else told(norm_of(share))
        so_far = self._sums.get(weight.weight)
        if so_far is None:
            return [clean_html(weight.weight), own, "1 of 1", own, norm_cell(weight)]
        calls = f"{so_far.calls} of {len(weight.calls)}"
        if weight.penalty is not None:
            calls += " + regularizer"
        cells = [clean_html(weight.weight), own, calls, so_far.length]
        return [*cells, norm_cell(weight)]

    def _numbers(self, weight: WeightGradient, path: str) -> str:
        """Return the numbers of small gradients: of this call, and of the sum."""
        share, so_far = weight.calls[path], self._sums.get(weight.weight)
        if share is None:
            return ""
        shown = _grid(f"{weight.weight}, this call", share.array)
        if shown and so_far is not None and so_far.array is not None:
            shown += _grid(f"{weight.weight}, sum so far", so_far.array)
        return shown


def _is_sum(weight: WeightGradient) -> bool:
    return len(weight.calls) > 1 or weight.penalty is not None


def _words(
    weights: list[WeightGradient], shared: list[WeightGradient], path: str
) -> str:
    several = [weight for weight in shared if len(weight.calls) > 1]
    if not several:
        return "What its weights get:"
    most = max(len(weight.calls) for weight in several)
    whose = "weights" if len(several) == len(weights) else "shared weights"
    return (
        f"{number(most).capitalize()} calls share the {whose} of {path}; their "
        "gradients add (rule 7):"
    )


def _grid(name: str, array: Any) -> str:
    matrix = array.reshape(1, -1) if array.ndim < 2 else array
    if matrix.ndim > 2 or len(matrix) > _MOST_ROWS:
        return ""
    grid = grid_of(matrix)
    if grid is None:
        return ""
    rows = grid_html(type(grid)(grid.rows, "row"))
    return f"{paragraph(name)}{rows}"


_MOST_ROWS = 6
