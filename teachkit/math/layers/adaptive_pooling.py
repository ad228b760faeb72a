"""Adaptive pooling: windows cut such that a given number of them comes out."""

from __future__ import annotations

from typing import Any

import numpy as np

from teachkit.graph import Shape
from teachkit.math.formulas import Formula, Line, Symbol
from teachkit.math.layers.global_pooling import pooled_by_hand
from teachkit.math.meanings import Meaning
from teachkit.math.rules import for_layers
from teachkit.math.sliding import cuts, pooled_to
from teachkit.math.subjects import Arguments, Array, Subject
from teachkit.math.window_formulas import at, equation, places
from teachkit.math.windows import Window, by_axis, channels_last
from teachkit.math.written import LARGEST, line, upright

_EVEN = (
    "Windows are as even as can be. Where the output size does not divide a length, "
    "neighbours overlap, and some are one place larger than others."
)


@for_layers("AdaptiveMaxPooling1D", "AdaptiveMaxPooling2D", "AdaptiveMaxPooling3D")
def adaptive_max_pooling(subject: Subject) -> Meaning:
    """The largest number of each of `output_size` windows."""
    return _pooling(subject, "max")


@for_layers(
    "AdaptiveAveragePooling1D", "AdaptiveAveragePooling2D", "AdaptiveAveragePooling3D"
)
def adaptive_average_pooling(subject: Subject) -> Meaning:
    """The mean of each of `output_size` windows."""
    return _pooling(subject, "mean")


def _pooling(subject: Subject, kind: str) -> Meaning:
    layer, shape = subject.operation, subject.shape
    window = _sizes(layer)
    result = (shape[0], *window.placed(window.size, window.channels(shape)))
    told = [f"output_size = {size}" for size in window.size]
    first = 2 if window.channels_first else 1
    make = np.max if kind == "max" else np.mean
    return Meaning(
        formula=_formula(window, shape, result, kind),
        shapes=(result,),
        shape_rule=f"{by_axis(window.names, told)}; channels stay",
        evaluate=lambda given: pooled_to(given.first, window.size, make, first),
        by_hand=lambda given, found: _by_hand(window, kind, given, found),
        notes=(_EVEN,),
    )


def _sizes(layer: Any) -> Window:
    """Return the numbers of windows, as a window for its names and order of axes."""
    size = tuple(layer.output_size)
    ones = (1,) * len(size)
    return Window(size, ones, ones, "valid", layer.data_format == "channels_first")


def _formula(window: Window, shape: Shape, result: Shape, kind: str) -> Formula:
    letters = places(window)
    offsets = [f"{letter}'" for letter in letters]
    which = ", ".join(offsets)
    over = (
        Line(rf"\max\limits_{{{which}}}", f"max({which})")
        if kind == "max"
        else Line(rf"\frac{{1}}{{n}} \sum\limits_{{{which}}}", f"1/n Σ({which})")
    )
    whole = equation(
        at("y", window.placed(letters, "c")),
        [over, at("x", window.placed(offsets, "c"))],
        y=Symbol("y", "y", result, "output"),
        x=Symbol("x", "x", shape, "input"),
    )
    axes = zip(letters, window.lengths(shape), window.size, window.names, strict=True)
    for letter, length, size, name in axes:
        whole += _bounds(letter, name if length is None else str(length), size)
    if kind == "max":
        return whole
    return whole + line(upright("n is the number of places in the window"))


def _bounds(letter: str, length: str, size: int) -> Formula:
    """Return `⌊7t/3⌋ ≤ t' < ⌈7(t+1)/3⌉`."""
    latex = length if length.isdigit() else rf"\text{{{length}}} \cdot "
    text = length if length.isdigit() else f"{length}·"
    return line(
        Line(
            rf"\lfloor {latex}{letter} / {size} \rfloor \le {letter}' \lt "
            rf"\lceil {latex}({letter}+1) / {size} \rceil",
            f"⌊{text}{letter} / {size}⌋ ≤ {letter}' < ⌈{text}({letter}+1) / {size}⌉",
        )
    )


def _by_hand(
    window: Window, kind: str, given: Arguments, found: list[Array]
) -> Formula | None:
    """Return the first window of the first channel and what is made of it."""
    x = channels_last(given.first, window)[0, ..., 0]
    if x.size > LARGEST**2:
        return None
    first = [
        slice(*cuts(length, size)[0])
        for length, size in zip(x.shape, window.size, strict=True)
    ]
    return pooled_by_hand(np.ravel(x[*first]), kind, float(found[0].flat[0]))
