"""Global pooling: one number for each channel."""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np

from teachkit.graph import Shape
from teachkit.math.formulas import Formula, Line, Symbol, formula
from teachkit.math.meanings import Meaning
from teachkit.math.rules import for_layers
from teachkit.math.subjects import Arguments, Array, Subject
from teachkit.math.window_formulas import at, equation, largest, places, sums
from teachkit.math.windows import Window, channels_last
from teachkit.math.written import (
    LARGEST,
    bracketed,
    line,
    shortened,
    summed,
    told,
    upright,
)
from teachkit.speech import listed

_MASK_LOST = (
    "It takes no mask: masked steps count like all others. GlobalAveragePooling1D "
    "leaves them out."
)
_ALL_MASKED = (
    "A sample of which every step is masked gives 0 / 0, which is not a number."
)


@for_layers("GlobalMaxPooling1D", "GlobalMaxPooling2D", "GlobalMaxPooling3D")
def global_max_pooling(subject: Subject) -> Meaning:
    """The largest number of each channel."""
    notes = (_MASK_LOST,) if len(subject.shape) == 3 else ()
    return _pooling(subject, "max", notes)


@for_layers(
    "GlobalAveragePooling1D", "GlobalAveragePooling2D", "GlobalAveragePooling3D"
)
def global_average_pooling(subject: Subject) -> Meaning:
    """The mean of each channel; steps that are masked do not count."""
    if subject.given.get("mask") is None:
        return _pooling(subject, "mean", ())
    return _pooling(subject, "masked mean", (_ALL_MASKED,))


def _pooling(subject: Subject, kind: str, notes: tuple[str, ...]) -> Meaning:
    layer, shape = subject.operation, subject.shape
    window = _all(layer, shape)
    ones = (1,) * len(window.size) if layer.keepdims else ()
    channels = window.channels(shape)
    result = (shape[0], *window.placed(ones, channels))
    told = "channels" if channels is None else f"{channels:,} channels"
    return Meaning(
        formula=_formula(window, shape, result, kind),
        shapes=(result,),
        shape_rule=f"{_kept(window, layer.keepdims)}; the {told} stay",
        evaluate=lambda given: _evaluate(layer, kind, given),
        by_hand=lambda given, found: _by_hand(window, kind, given, found),
        notes=notes,
    )


def _kept(window: Window, keepdims: bool) -> str:
    one = len(window.names) == 1
    if keepdims:
        verb = "becomes 1" if one else "become 1"
        return f"{listed(window.names)} {verb} (keepdims)"
    return f"{listed(window.names)} {'goes' if one else 'go'} away"


def _all(layer: Any, shape: Shape) -> Window:
    """Return the window that sees everything; a length that is open counts as 0."""
    first = layer.data_format == "channels_first"
    size = tuple(length or 0 for length in (shape[2:] if first else shape[1:-1]))
    ones = (1,) * len(size)
    return Window(size, ones, ones, "valid", first)


def _formula(window: Window, shape: Shape, result: Shape, kind: str) -> Formula:
    lengths = window.lengths(shape)
    limits = list(zip(places(window), lengths, strict=True))
    kept = ["0"] * (len(result) - 2)
    y = at("y", window.placed(kept, "c"))
    x = at("x", window.placed(places(window), "c"))
    symbols = {
        "y": Symbol("y", "y", result, "output"),
        "x": Symbol("x", "x", shape, "input"),
    }
    if kind == "max":
        return equation(y, [largest(limits), x], **symbols)
    if kind == "mean":
        return equation(y, [_one_of(window, lengths), sums(limits), x], **symbols)
    over = sums(limits)
    m = Symbol("m", "m", (shape[0], *lengths), "mask: 1 where a step counts, else 0")
    return formula(
        rf"{y.latex} = \frac{{{over.latex} ${{m}}_{{t}} {x.latex}}}"
        rf"{{{over.latex} ${{m}}_{{t}}}}",
        f"{y.text} = {over.text} $m(t) {x.text} / {over.text} $m(t)",
        m=m,
        **symbols,
    )


def _one_of(window: Window, lengths: Shape) -> Line:
    """Return one divided by how many places there are."""
    if None not in lengths:
        count = f"{prod(window.size)}"
        return Line(rf"\frac{{1}}{{{count}}}", f"1/{count}")
    latex = r" \cdot ".join(rf"\text{{{name}}}" for name in window.names)
    return Line(rf"\frac{{1}}{{{latex}}}", f"1/({' × '.join(window.names)})")


def _evaluate(layer: Any, kind: str, given: Arguments) -> Array:
    x = given.first
    first = layer.data_format == "channels_first"
    axes = tuple(range(2, x.ndim)) if first else tuple(range(1, x.ndim - 1))
    if kind == "max":
        return np.asarray(x.max(axis=axes, keepdims=layer.keepdims))
    if kind == "mean":
        return np.asarray(x.mean(axis=axes, keepdims=layer.keepdims))
    counts = np.expand_dims(np.asarray(given["mask"]) != 0, 1 if first else 2)
    kept = np.where(counts, x, 0).sum(axis=axes, keepdims=layer.keepdims)
    # As Keras does: of a sample with no step at all comes what is not a number.
    with np.errstate(invalid="ignore"):
        return np.asarray(kept / counts.sum(axis=axes, keepdims=layer.keepdims))


def _by_hand(
    window: Window, kind: str, given: Arguments, found: list[Array]
) -> Formula | None:
    """Return the first channel of the first sample and what is made of it."""
    x = channels_last(given.first, window)[0, ..., 0]
    if x.size > LARGEST**2 or not x.size:
        return None
    if kind == "masked mean":
        x = x[np.asarray(given["mask"])[0] != 0]
    return pooled_by_hand(np.ravel(x), kind, float(found[0].flat[0]))


def pooled_by_hand(seen: Array, kind: str, result: float) -> Formula:
    """Return `y = max(1, 2) = 2` or `y = (1 + 2) / 2 = 1.5`."""
    if kind == "max":
        inside = ", ".join(shortened(told(float(one)) for one in seen))
        return line("y =", upright("max"), f"({inside}) = {told(result)}")
    total = summed(bracketed(float(one)) for one in seen)
    return line(f"y = ({total}) / {seen.size} = {told(result)}")
