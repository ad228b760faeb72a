"""Pooling: one number for each window."""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np

from teachkit.graph import Shape
from teachkit.math.formulas import Formula, Line, Symbol
from teachkit.math.layers.global_pooling import pooled_by_hand
from teachkit.math.meanings import Meaning
from teachkit.math.rules import for_layers
from teachkit.math.sliding import maxima, means
from teachkit.math.subjects import Arguments, Array, Subject
from teachkit.math.window_formulas import (
    at,
    equation,
    first_window,
    largest,
    limits,
    padding_line,
    places,
    seen,
    sums,
)
from teachkit.math.windows import Window, channels_last, shape_words
from teachkit.math.written import line, matrix, upright

_NO_WEIGHTS = "Pooling has no weights; each channel is pooled alone."


_OUTSIDE = {
    "max": "places outside the edges of x do not count",
    "mean": "at the edges only places inside x are summed, and n is how many these are",
}


@for_layers("MaxPooling1D", "MaxPooling2D", "MaxPooling3D")
def max_pooling(subject: Subject) -> Meaning:
    """The largest number of each window, for each channel."""
    return _pooling(subject, "max")


@for_layers("AveragePooling1D", "AveragePooling2D", "AveragePooling3D")
def average_pooling(subject: Subject) -> Meaning:
    """The mean of each window, for each channel."""
    return _pooling(subject, "mean")


def _pooling(subject: Subject, kind: str) -> Meaning:
    layer, shape = subject.operation, subject.shape
    window = _window(layer)
    pooled = maxima if kind == "max" else means
    result = window.placed(window.outputs(shape), window.channels(shape))
    return Meaning(
        formula=_formula(window, shape, (shape[0], *result), kind),
        shapes=((shape[0], *result),),
        shape_rule=f"{shape_words(window, shape)}; channels stay",
        evaluate=lambda given: pooled(given.first, window),
        by_hand=lambda given, found: _by_hand(window, kind, given, found),
        notes=(_NO_WEIGHTS,),
    )


def _window(layer: Any) -> Window:
    size = tuple(layer.pool_size)
    return Window(
        size,
        tuple(layer.strides),
        (1,) * len(size),
        layer.padding.lower(),
        layer.data_format == "channels_first",
    )


def _formula(window: Window, shape: Shape, result: Shape, kind: str) -> Formula:
    edges = padding_line(window, shape, _OUTSIDE[kind])
    if kind == "max":
        over = [largest(limits(window))]
    else:
        count = "n" if edges.lines else str(prod(window.size))
        over = [Line(rf"\frac{{1}}{{{count}}}", f"1/{count}"), sums(limits(window))]
    whole = equation(
        at("y", window.placed(places(window), "c")),
        [*over, at("x", window.placed(seen(window, shape), "c"))],
        y=Symbol("y", "y", result, "output"),
        x=Symbol("x", "x", shape, "input"),
    )
    return whole + edges


def _by_hand(
    window: Window, kind: str, given: Arguments, found: list[Array]
) -> Formula | None:
    """Return the first window of the first channel and what is made of it."""
    x = channels_last(given.first, window)
    windows = first_window(x.astype("float64"), window, np.nan)
    if not windows:
        return None
    inside = windows[0][~np.isnan(windows[0])]
    padded = "" if inside.size == windows[0].size else " (padding as 0)"
    title = upright(f"first window of channel 0{padded} =")
    shown = line(title, matrix(np.nan_to_num(windows[0])))
    return shown + pooled_by_hand(inside, kind, float(found[0].flat[0]))
