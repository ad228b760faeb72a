"""Sums that run along an axis, differences, averages with weights, quantiles."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from teachkit.math.operations.arguments import shape_of, told_shape
from teachkit.math.operations.tables import Row, Shapes, by_call, by_choice, by_row
from teachkit.math.subjects import Array
from teachkit.speech import times


def _running(sign: str, letter: str, function: Any, *notes: str) -> Row:
    return Row(
        latex=rf"\{sign}\limits_{{j \le i}} ${{x}}_{{j}} \quad $along",
        text=f"{letter} of $x up to each place, $along",
        function=lambda x, axis: function(x, axis=axis),
        shape_rule="{stays}",
        notes=notes,
    )


def _quantile(name: str, share: str, function: Any, *notes: str) -> Row:
    def evaluate(x: Array, q: Any, axis: Any, method: str, keepdims: bool) -> Array:
        which = tuple(axis) if isinstance(axis, list) else axis
        found = function(x, q, axis=which, method=method, keepdims=keepdims)
        return np.asarray(found)

    return Row(
        latex=rf"\text{{{name}}}($x, $q) \quad \text{{over }} $which",
        text=f"the number below which {share}, of $x over $which",
        function=evaluate,
        shape_rule="{gone}",
        notes=(
            "Where it is between two of the numbers, it is interpolated.",
            *notes,
        ),
    )


def _average(x: Array, axis: Any, weights: Any = None) -> Array:
    which = tuple(axis) if isinstance(axis, list) else axis
    if weights is None:
        return np.asarray(x.mean(axis=which))
    w = np.asarray(weights)
    if w.shape != x.shape:
        # A weight for each place of the one axis.
        others = [k for k in range(x.ndim) if k != int(axis) % x.ndim]
        w = np.expand_dims(w, others)
    w = np.broadcast_to(w, x.shape)
    return np.asarray((x * w).sum(axis=which) / w.sum(axis=which))


def _correlation(x: Array) -> Array:
    rows = np.atleast_2d(x)
    centred = rows - rows.mean(axis=1, keepdims=True)
    covariance = centred @ centred.T
    sizes = np.sqrt(np.diagonal(covariance))
    return np.asarray(covariance / np.outer(sizes, sizes))


def _distances(x: Array, y: Array) -> Array:
    gaps = x[..., :, None, :] - y[..., None, :, :]
    return np.asarray(np.sqrt((gaps**2).sum(axis=-1)))


def _shifts(arguments: Mapping[str, Any]) -> Shapes:
    lengths = [*shape_of(arguments["x1"]), *shape_of(arguments["x2"])]
    short, long = sorted(n or 0 for n in lengths)
    counts = {"valid": long - short + 1, "same": long, "full": long + short - 1}
    return ((None if None in lengths else counts[arguments["mode"]],),)


def _powers(x: Array, increasing: bool, **further: Any) -> Array:
    return np.vander(x, further["N"], increasing)


def _frames(x: Array, sequence_length: int, sequence_stride: int) -> Array:
    windows = np.lib.stride_tricks.sliding_window_view(x, sequence_length, axis=-1)
    return windows[..., ::sequence_stride, :]


_HOLES = "Numbers that are NaN are left out."

_ROWS: dict[str, Row] = {
    "CDist": Row(
        latex=r"\| ${x}_{i} - ${y}_{j} \|",
        text="distance of each row of $x from each row of $y",
        function=_distances,
        shape_rule="a row for each row of the first, a column for each of the second",
    ),
    "Corrcoef": Row(
        latex=r"\frac{C_{ij}}{\sqrt{C_{ii} C_{jj}}}, \; C = \operatorname{cov}($x)",
        text="C_ij / √(C_ii C_jj), C the covariance of the rows of $x",
        function=_correlation,
        shape_rule="a row and a column for each row",
    ),
    "Correlate": Row(
        latex=r"\sum\limits_{n} ${x1}_{n + k} \, ${x2}_{n}",
        text="Σ_n $x1(n + k) $x2(n)",
        function=lambda x1, x2, mode: np.correlate(x1, x2, mode),
        shape_rule="a number for each shift k",
        shapes=_shifts,
    ),
    "Cumprod": _running("prod", "product", np.cumprod),
    "Cumsum": _running("sum", "sum", np.cumsum),
    "ExtractSequences": Row(
        latex=r"${x}_{s i + j}, \; s = $sequence_stride, \; j \lt $sequence_length",
        text="windows of $sequence_length numbers of $x, every $sequence_stride",
        function=_frames,
        shape_rule="the last axis becomes windows of {sequence_length}, one every "
        "{sequence_stride}",
    ),
    "Nancumprod": _running("prod", "product", np.nancumprod, _HOLES),
    "Nancumsum": _running("sum", "sum", np.nancumsum, _HOLES),
    "Trapezoid": Row(
        latex=r"\sum\limits_{i} \frac{${y}_{i} + ${y}_{i + 1}}{2} \Delta x_{i} \; "
        r"\text{over } $which",
        text="area under $y by trapezoids, steps of $dx, over $which",
        function=lambda y, x, dx, axis: np.trapezoid(y, x, dx, axis),
        shape_rule="{gone}",
    ),
}

for _name, _row in _ROWS.items():
    by_row(_name, _row)


def _mean(arguments: Mapping[str, Any]) -> Row:
    latex, text = r"\operatorname{mean}($x)", "mean of $x"
    if arguments.get("weights") is not None:
        latex = r"\frac{\sum $weights \odot $x}{\sum $weights}"
        text = "Σ ($weights ⊙ $x) / Σ $weights"
    return Row(
        latex=rf"{latex} \quad \text{{over }} $which",
        text=f"{text}, over $which",
        function=_average,
        shape_rule="{gone}",
    )


by_call("Average", _mean)

by_choice(
    "Vander",
    "increasing",
    {True: ("j", "j"), False: ("n - 1 - j", "(n - 1 - j)")},
    Row(
        latex=r"${x}_{i}^{@}, \; 0 \le j \lt n",
        text="$x(i)^@ for j = 0, ..., n - 1",
        function=_powers,
        shape_rule="a row for each number, a column for each power",
    ),
)


def _differences(arguments: Mapping[str, Any]) -> Row:
    count = arguments["n"]
    again = f", {times(count)}" if count > 1 else ""
    behind = rf"\text{{{again}}}" if again else ""
    return Row(
        latex=rf"${{a}}_{{i + 1}} - ${{a}}_{{i}} \quad $along {behind}",
        text=f"$a(i + 1) - $a(i), $along{again}",
        function=lambda a, n, axis: np.diff(a, n, axis),
        shape_rule="{which} gets {n} shorter",
    )


by_call("Diff", _differences)


def _shares(row: Row) -> Callable[[Mapping[str, Any]], Row]:
    """Return what tells of the axis that several shares make."""

    def row_of(arguments: Mapping[str, Any]) -> Row:
        several = shape_of(arguments["q"])
        if not several:
            return row
        rule = f"{{gone}}; a place for each share, {told_shape(several)}, in front"
        return replace(row, shape_rule=rule)

    return row_of


_QUANTILES: dict[str, Row] = {
    "Nanpercentile": _quantile(
        "percentile", "$q percent lie", np.nanpercentile, _HOLES
    ),
    "Nanquantile": _quantile("quantile", "the share $q lies", np.nanquantile, _HOLES),
    "Percentile": _quantile("percentile", "$q percent lie", np.percentile),
    "Quantile": _quantile("quantile", "the share $q lies", np.quantile),
}

for _name, _row in _QUANTILES.items():
    by_call(_name, _shares(_row))
