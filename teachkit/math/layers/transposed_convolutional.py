"""Transposed convolutions: each number of the input spreads a small kernel."""

from __future__ import annotations

from typing import Any

from teachkit.graph import Shape
from teachkit.math.activations import Activation, activation_of
from teachkit.math.amounts import amount
from teachkit.math.formulas import Formula, Line, Symbol
from teachkit.math.kernels import (
    finished,
    macs_at,
    size_amounts,
    window_of,
    with_bias,
)
from teachkit.math.meanings import Meaning
from teachkit.math.numbers import numbers
from teachkit.math.rules import for_layers
from teachkit.math.sliding import spread
from teachkit.math.subjects import Arguments, Array, Subject
from teachkit.math.window_formulas import (
    activated,
    at,
    counted,
    offset_index,
    offsets,
    places,
    small_input,
    sums,
)
from teachkit.math.windows import Window, by_axis, channels_last, halves
from teachkit.math.written import line, matrix, small, told, upright

_SOURCES = "pqr"
_OVERLAPS = (
    "It is the way back of a convolution: the number of places grows. Where the spread "
    "kernels overlap they are added."
)


@for_layers("Conv1DTranspose", "Conv2DTranspose", "Conv3DTranspose")
def transposed_convolution(subject: Subject) -> Meaning:
    """Each number times the kernel, put down stride by stride, and added up."""
    layer, shape = subject.operation, subject.shape
    window, activation = window_of(layer), activation_of(layer.activation)
    lengths = window.lengths(shape)
    channels = amount(window.channels(shape) or 0, "channels")
    filters = amount(layer.filters, "filters")
    kernel = [*size_amounts(window), channels]
    result = (shape[0], *window.placed(_outputs(layer, lengths), layer.filters))
    return Meaning(
        formula=_formula(layer, window, shape, result, activation),
        shapes=(activation.shape(result),),
        shape_rule=f"{_words(layer, window, lengths)}; channels become filters = "
        f"{layer.filters:,}",
        params=with_bias(kernel, filters, layer),
        macs=macs_at(window, lengths, [*kernel, filters], "input"),
        evaluate=lambda given: _evaluate(layer, activation, given.first),
        by_hand=lambda given, found: _by_hand(layer, given),
        notes=(_OVERLAPS, *activation.notes),
    )


def _added(layer: Any) -> list[int]:
    """Return by how much the output is longer than (length - 1) × stride."""
    window = window_of(layer)
    given = layer.output_padding or [None] * len(window.size)
    added = []
    for span, stride, more in zip(window.spans, window.strides, given, strict=True):
        least = span if layer.padding == "valid" else span % 2
        full = max(span, stride) if layer.padding == "valid" else stride
        added.append(full if more is None else least + more)
    return added


def _outputs(layer: Any, lengths: Shape) -> Shape:
    return tuple(
        None if length is None else (length - 1) * stride + more
        for length, stride, more in zip(
            lengths, layer.strides, _added(layer), strict=True
        )
    )


def _crops(layer: Any) -> list[int]:
    """Return how many places are cut off in front, of those that kernels reach."""
    spans = window_of(layer).spans
    reached = zip(spans, _added(layer), strict=True)
    return [halves(max(span - more, 0))[0] for span, more in reached]


def _words(layer: Any, window: Window, lengths: Shape) -> str:
    parts = zip(
        window.names,
        lengths,
        window.strides,
        zip(_added(layer), _added_words(layer, window), strict=True),
        _outputs(layer, lengths),
        strict=True,
    )
    return by_axis(window.names, [_length_words(*part) for part in parts])


def _added_words(layer: Any, window: Window) -> list[str]:
    """Return of what the numbers are made that are added to the strides."""
    given = layer.output_padding or [None] * len(window.size)
    told = []
    for size, span, more in zip(window.size, window.spans, given, strict=True):
        parts = [f"kernel {size}" if span == size else f"span {span} of the kernel"]
        if layer.padding == "same":
            parts.append(f"- 2 × ({span} // 2)")
        if more is not None:
            parts.append(f"+ output_padding {more}")
        told.append(" ".join(parts))
    return told


def _length_words(
    name: str,
    length: int | None,
    stride: int,
    added: tuple[int, str],
    result: int | None,
) -> str:
    more, why = added
    known = name if length is None else f"{length:,}"
    if more == stride == 1:
        return "stays" if length is None else f"{known} stays"
    if more == stride:
        steps, why = f"{known} × {stride}", ""
    else:
        steps, why = f"({known} - 1) × {stride} + {more}", f" ({more} = {why})"
    return (steps if result is None else f"{steps} = {result:,}") + why


def _formula(
    layer: Any, window: Window, shape: Shape, result: Shape, activation: Activation
) -> Formula:
    channels = window.channels(shape)
    c = counted("c", channels)
    sources = list(_SOURCES[: len(window.size)])
    inner = [
        *_reaching(layer, window, sources),
        sums([(c, channels)]),
        at("x", window.placed(sources, c)),
        at("W", [*offsets(window), "f", c]),
    ]
    if layer.use_bias:
        inner += [Line("+", "+"), at("b", ["f"])]
    symbols = {
        "y": Symbol("y", "y", result, "output"),
        "x": Symbol("x", "x", shape, "input"),
        "W": Symbol("W", "W", (*window.size, layer.filters, channels), "kernel"),
        "b": Symbol("b", "b", (layer.filters,), "bias"),
    }
    left = at("y", window.placed(places(window), "f"))
    return activated(left, inner, activation, **symbols)


def _reaching(layer: Any, window: Window, sources: list[str]) -> list[Line]:
    """Return a sum for each axis, over all numbers whose kernel reaches the place."""
    found = []
    for place, source, stride, offset, apart, crop in zip(
        places(window),
        sources,
        window.strides,
        offsets(window),
        window.dilation,
        _crops(layer),
        strict=True,
    ):
        which = f"{offset_index(source, stride, offset, apart, crop)}={place}"
        found.append(Line(rf"\sum\limits_{{{which}}}", f"Σ({which})"))
    return found


def _evaluate(layer: Any, activation: Activation, x: Array) -> Array:
    window = window_of(layer)
    outputs = _outputs(layer, window.lengths(x.shape))
    lengths = [length or 0 for length in outputs]
    z = spread(x, numbers(layer.kernel), window, lengths, _crops(layer))
    return finished(z, layer, window, activation)


def _by_hand(layer: Any, given: Arguments) -> Formula | None:
    """Return what the first number of the first sample spreads."""
    window = window_of(layer)
    x = channels_last(given.first, window)
    kernel = numbers(layer.kernel)[..., 0, 0]
    if not small_input(x, window) or not small(kernel):
        return None
    first = x[(0,) * x.ndim]
    return line(
        upright("the first number of x spreads "),
        f"{told(float(first))} ×",
        matrix(kernel),
        "=",
        matrix(first * kernel),
    )
