"""Convolutions: the same small kernel at each place."""

from __future__ import annotations

from typing import Any

from teachkit.graph import Shape
from teachkit.math.activations import Activation, activation_of
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
from teachkit.math.layers.dense import adapted_notes
from teachkit.math.meanings import Meaning
from teachkit.math.numbers import numbers
from teachkit.math.rules import for_layers
from teachkit.math.sliding import convolved
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
from teachkit.math.windows import Window, channels_last, shape_words

_CAUSAL = "With padding causal no output sees a place that comes after it."


@for_layers("Conv1D", "Conv2D", "Conv3D")
def convolution(subject: Subject) -> Meaning:
    """Y = activation(sum of window × kernel + b), at each place, for each filter."""
    layer, shape = subject.operation, subject.shape
    window, activation = window_of(layer), activation_of(layer.activation)
    outputs = window.outputs(shape)
    kernel = [*size_amounts(window), _channels(layer, window, shape)]
    filters = amount(layer.filters, "filters")
    result = (shape[0], *window.placed(outputs, layer.filters))
    return Meaning(
        formula=_formula(layer, window, shape, activation),
        shapes=(activation.shape(result),),
        shape_rule=f"{shape_words(window, shape)}; channels become filters = "
        f"{layer.filters:,}",
        params=_params(layer, kernel, filters),
        macs=macs_at(window, outputs, [*kernel, filters]),
        evaluate=lambda given: _evaluate(layer, activation, given.first),
        by_hand=lambda given, found: _by_hand(layer, activation, given, found),
        notes=(*_notes(layer), *activation.notes),
    )


def _channels(layer: Any, window: Window, shape: Shape) -> Amount:
    channels = window.channels(shape) or 0
    if layer.groups == 1:
        return amount(channels, "channels")
    return amount(channels // layer.groups, "channels of a group")


def _formula(
    layer: Any, window: Window, shape: Shape, activation: Activation
) -> Formula:
    channels = _channels(layer, window, shape).value
    c = counted("c", channels)
    read: Line | str = c
    if layer.groups > 1:
        # Filter f reads the channels of its group, which come after those before it.
        first = f"{channels if channels > 1 else ''}⌊f/{layer.filters // layer.groups}⌋"
        latex = first.replace("⌊", r"\lfloor ").replace("⌋", r" \rfloor")
        before = "" if c == "0" else f"{c}+"
        read = Line(before + latex, before + first)
    inner = [
        sums([*limits(window), (c, channels)]),
        at("x", window.placed(seen(window, shape), read)),
        at("W", [*offsets(window), c, "f"]),
    ]
    if layer.use_bias:
        inner += [Line("+", "+"), at("b", ["f"])]
    left = at("y", window.placed(places(window), "f"))
    symbols = _symbols(layer, window, shape, channels)
    edges = padding_line(window, shape, OUTSIDE)
    return activated(left, inner, activation, **symbols) + edges


def _symbols(
    layer: Any, window: Window, shape: Shape, channels: int
) -> dict[str, Symbol]:
    result = (shape[0], *window.placed(window.outputs(shape), layer.filters))
    return {
        "y": Symbol("y", "y", result, "output"),
        "x": Symbol("x", "x", shape, "input"),
        "W": Symbol("W", "W", (*window.size, channels, layer.filters), "kernel"),
        "b": Symbol("b", "b", (layer.filters,), "bias"),
    }


def _params(layer: Any, kernel: list[Amount], filters: Amount) -> Amount:
    whole = with_bias(kernel, filters, layer)
    if not layer.lora_enabled:
        return whole
    rank = amount(layer.lora_rank, "rank of LoRA")
    return whole + product(*kernel, rank) + product(rank, filters)


def _notes(layer: Any) -> tuple[str, ...]:
    causal = (_CAUSAL,) if layer.padding == "causal" else ()
    return (NOT_FLIPPED, *causal, *adapted_notes(layer))


def _evaluate(layer: Any, activation: Activation, x: Array) -> Array:
    window = window_of(layer)
    z = convolved(x, numbers(layer.kernel), window, layer.groups)
    return finished(z, layer, window, activation)


def _by_hand(
    layer: Any, activation: Activation, given: Arguments, found: list[Array]
) -> Formula | None:
    """Return what the first filter gives at the first place of the first sample."""
    window = window_of(layer)
    windows = first_window(channels_last(given.first, window), window)
    if not windows:
        return None
    kernel = numbers(layer.kernel)[..., 0]
    kernels = [kernel[..., channel] for channel in range(kernel.shape[-1])]
    bias = float(numbers(layer.bias)[0]) if layer.use_bias else None
    result = float(found[0].flat[0])
    return window_by_hand(windows[: len(kernels)], kernels, bias, activation, result)
