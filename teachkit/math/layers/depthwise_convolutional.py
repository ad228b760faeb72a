"""Convolutions of each channel alone, and with channels mixed afterwards."""

from __future__ import annotations

from math import prod
from typing import Any

from teachkit.graph import Shape
from teachkit.math.activations import ACTIVATIONS, Activation, activation_of
from teachkit.math.amounts import Amount, amount, product
from teachkit.math.formulas import Formula, Line, Symbol
from teachkit.math.kernels import (
    NOT_FLIPPED,
    finished,
    macs_at,
    size_amounts,
    window_of,
    with_bias,
)
from teachkit.math.meanings import Meaning
from teachkit.math.numbers import numbers
from teachkit.math.rules import for_layers
from teachkit.math.sliding import convolved_by_channel
from teachkit.math.subjects import Arguments, Array, Subject
from teachkit.math.window_formulas import (
    OUTSIDE,
    activated,
    at,
    counted,
    first_window,
    limits,
    offsets,
    padding_line,
    places,
    seen,
    sums,
    window_by_hand,
)
from teachkit.math.windows import Window, channels_back, channels_last, shape_words

_ALONE = "Each channel is convolved alone; channels are not mixed."


@for_layers("DepthwiseConv1D", "DepthwiseConv2D")
def depthwise(subject: Subject) -> Meaning:
    """Each channel convolved with `depth_multiplier` kernels of its own."""
    layer, shape = subject.operation, subject.shape
    window, activation = window_of(layer), activation_of(layer.activation)
    outputs = window.outputs(shape)
    result = (shape[0], *window.placed(outputs, _maps(layer, window, shape).value))
    maps = _maps(layer, window, shape)
    return Meaning(
        formula=_depthwise_formula(layer, window, shape, activation),
        shapes=(activation.shape(result),),
        shape_rule=f"{shape_words(window, shape)}; {_maps_words(layer, maps)}",
        params=with_bias(size_amounts(window), maps, layer),
        macs=macs_at(window, outputs, [*size_amounts(window), maps]),
        evaluate=lambda given: finished(
            convolved_by_channel(given.first, numbers(layer.kernel), window),
            layer,
            window,
            activation,
        ),
        by_hand=lambda given, found: _by_hand(layer, activation, given, found),
        notes=(_ALONE, NOT_FLIPPED, *activation.notes),
    )


@for_layers("SeparableConv1D", "SeparableConv2D")
def separable(subject: Subject) -> Meaning:
    """Each channel convolved alone, then a weighted sum of channels at each place."""
    layer, shape = subject.operation, subject.shape
    window, activation = window_of(layer), activation_of(layer.activation)
    outputs = window.outputs(shape)
    maps, filters = _maps(layer, window, shape), amount(layer.filters, "filters")
    result = (shape[0], *window.placed(outputs, layer.filters))
    alone = macs_at(window, outputs, [*size_amounts(window), maps])
    mixed = macs_at(window, outputs, [maps, filters])
    return Meaning(
        formula=_separable_formula(layer, window, shape, activation),
        shapes=(activation.shape(result),),
        shape_rule=f"{shape_words(window, shape)}; channels become filters = "
        f"{layer.filters:,}",
        params=product(*size_amounts(window), maps) + with_bias([maps], filters, layer),
        macs=None if alone is None or mixed is None else alone + mixed,
        evaluate=lambda given: _separable(layer, activation, given.first),
        notes=(_compared(window, shape, layer), *activation.notes),
    )


def _compared(window: Window, shape: Shape, layer: Any) -> str:
    channels = window.channels(shape) or 0
    at_once = prod(window.size) * channels * layer.filters
    maps = channels * layer.depth_multiplier
    both = prod(window.size) * maps + maps * layer.filters
    return (
        f"The two kernels have {both:,} numbers. The kernel of a convolution that does "
        f"both at once would have {at_once:,}."
    )


def _maps(layer: Any, window: Window, shape: Shape) -> Amount:
    """Return how many channels the convolution of each channel alone gives."""
    channels = amount(window.channels(shape) or 0, "channels")
    if layer.depth_multiplier == 1:
        return channels
    return channels * amount(layer.depth_multiplier, "depth multiplier")


def _maps_words(layer: Any, maps: Amount) -> str:
    if layer.depth_multiplier == 1:
        return f"channels stay {maps.value:,}"
    return f"channels × depth_multiplier: {maps.text}"


def _alone(layer: Any, window: Window, shape: Shape, kernel: str) -> list[Line]:
    """Return the sum over the window of one channel."""
    multiplier = counted("q", layer.depth_multiplier)
    return [
        sums(limits(window)),
        at("x", window.placed(seen(window, shape), "c")),
        at(kernel, [*offsets(window), "c", multiplier]),
    ]


def _map(layer: Any) -> str:
    """Return which channel comes of channel c and its kernel q."""
    many = layer.depth_multiplier
    return f"{many}c+q" if many > 1 else "c"


def _depthwise_formula(
    layer: Any, window: Window, shape: Shape, activation: Activation
) -> Formula:
    inner = _alone(layer, window, shape, "W")
    if layer.use_bias:
        inner += [Line("+", "+"), at("b", [_map(layer)])]
    maps = _maps(layer, window, shape).value
    result = (shape[0], *window.placed(window.outputs(shape), maps))
    symbols = {
        "y": Symbol("y", "y", result, "output"),
        "x": Symbol("x", "x", shape, "input"),
        "W": Symbol("W", "W", _kernel_shape(layer, window, shape), "kernel"),
        "b": Symbol("b", "b", (maps,), "bias"),
    }
    left = at("y", window.placed(places(window), _map(layer)))
    edges = padding_line(window, shape, OUTSIDE)
    return activated(left, inner, activation, **symbols) + edges


def _separable_formula(
    layer: Any, window: Window, shape: Shape, activation: Activation
) -> Formula:
    outputs, maps = window.outputs(shape), _maps(layer, window, shape).value
    alone, mixed = (
        (shape[0], *window.placed(outputs, count)) for count in (maps, layer.filters)
    )
    inner = [
        sums([("m", maps)]),
        at("v", window.placed(places(window), "m")),
        at("P", ["m", "f"]),
    ]
    if layer.use_bias:
        inner += [Line("+", "+"), at("b", ["f"])]
    first = activated(
        at("v", window.placed(places(window), _map(layer))),
        _alone(layer, window, shape, "D"),
        ACTIVATIONS["linear"],
        v=Symbol("v", "v", alone, "channels alone"),
        x=Symbol("x", "x", shape, "input"),
        D=Symbol("D", "D", _kernel_shape(layer, window, shape), "depthwise kernel"),
    )
    second = activated(
        at("y", window.placed(places(window), "f")),
        inner,
        activation,
        y=Symbol("y", "y", mixed, "output"),
        v=Symbol("v", "v"),
        P=Symbol("P", "P", (maps, layer.filters), "pointwise kernel"),
        b=Symbol("b", "b", (layer.filters,), "bias"),
    )
    return first + second + padding_line(window, shape, OUTSIDE)


def _kernel_shape(layer: Any, window: Window, shape: Shape) -> Shape:
    return (*window.size, window.channels(shape), layer.depth_multiplier)


def _separable(layer: Any, activation: Activation, x: Array) -> Array:
    window = window_of(layer)
    z = convolved_by_channel(x, numbers(layer.depthwise_kernel), window)
    pointwise = numbers(layer.pointwise_kernel)
    pointwise = pointwise.reshape(pointwise.shape[-2:])
    mixed = channels_back(channels_last(z, window) @ pointwise, window)
    return finished(mixed, layer, window, activation)


def _by_hand(
    layer: Any, activation: Activation, given: Arguments, found: list[Array]
) -> Formula | None:
    """Return what the first kernel of the first channel gives at the first place."""
    window = window_of(layer)
    windows = first_window(channels_last(given.first, window), window)
    if not windows:
        return None
    kernel = numbers(layer.kernel)[..., 0, 0]
    bias = float(numbers(layer.bias)[0]) if layer.use_bias else None
    result = float(found[0].flat[0])
    return window_by_hand(windows[:1], [kernel], bias, activation, result)
