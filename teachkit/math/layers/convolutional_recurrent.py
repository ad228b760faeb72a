"""Convolutional LSTM: the gates are convolutions, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from teachkit.graph import Shape
from teachkit.math.activations import activation_of
from teachkit.math.amounts import Amount, amount, product
from teachkit.math.formulas import Formula, Symbol, formula, latex_safe
from teachkit.math.kernels import macs_at, size_amounts, window_of
from teachkit.math.meanings import Meaning
from teachkit.math.numbers import numbers
from teachkit.math.rules import for_layers
from teachkit.math.sliding import convolved
from teachkit.math.subjects import Arguments, Array, Subject
from teachkit.math.windows import Window, channels_back, channels_last, shape_words

_GATES = "The kernels hold four in one, for the gates i, f, the candidate g, and o."
_MASKED = "Where the mask is 0 the state and the output stay those of the step before."
_DROPPED = (
    "In training dropout sets parts of the inputs or of the state to 0 by chance, so "
    "that no numbers can be told before."
)
_BACKWARDS = "It reads the sequence from its end, and returns it in that order."


@for_layers("ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D")
def convolutional_lstm(subject: Subject) -> Meaning:
    """An LSTM of which products with kernels are convolutions."""
    layer, shape = subject.operation, subject.shape
    window = window_of(layer)
    step = (shape[0], *shape[2:])
    places = window.outputs(step)
    state = (shape[0], *window.placed(places, layer.filters))
    dropped = subject.trains and (layer.dropout or layer.recurrent_dropout)
    return Meaning(
        formula=_formula(layer, window, step, state),
        shapes=_shapes(layer, shape, state),
        shape_rule=_shape_words(layer, window, step),
        params=_params(layer, window, step),
        macs=_macs(layer, window, shape, places),
        evaluate=None if dropped else lambda given: _evaluate(layer, given),
        notes=_notes(subject, layer, bool(dropped)),
    )


def _shapes(layer: Any, shape: Shape, state: Shape) -> tuple[Shape, ...]:
    result = (state[0], shape[1], *state[1:]) if layer.return_sequences else state
    return (result, state, state) if layer.return_state else (result,)


def _shape_words(layer: Any, window: Window, step: Shape) -> str:
    steps = "all steps stay" if layer.return_sequences else "the last step is returned"
    states = "; h and c of the last step come too" if layer.return_state else ""
    return (
        f"{shape_words(window, step)}; channels become filters = {layer.filters:,}; "
        f"{steps}{states}"
    )


def _notes(subject: Subject, layer: Any, dropped: bool) -> tuple[str, ...]:
    found = [_GATES]
    found += [_BACKWARDS] if layer.go_backwards else []
    found += [_MASKED] if subject.given.get("mask") is not None else []
    found += [_DROPPED] if dropped else []
    return tuple(found)


def _kernels(layer: Any, window: Window, step: Shape) -> list[list[Amount]]:
    """Return the sizes of both kernels, for one output."""
    sizes = size_amounts(window)
    channels = amount(window.channels(step) or 0, "channels")
    return [[*sizes, channels], [*sizes, amount(layer.filters, "filters")]]


def _params(layer: Any, window: Window, step: Shape) -> Amount:
    read, remembered = (product(*one) for one in _kernels(layer, window, step))
    one = read + remembered
    one = one + 1 if layer.use_bias else one
    return product(one, amount(layer.filters, "filters"), amount(4, "gates"))


def _macs(layer: Any, window: Window, shape: Shape, places: Shape) -> Amount | None:
    if shape[1] is None:
        return None
    outputs = [amount(layer.filters, "filters"), amount(4, "gates")]
    read, remembered = (
        macs_at(window, places, [*one, *outputs])
        for one in _kernels(layer, window, (shape[0], *shape[2:]))
    )
    if read is None or remembered is None:
        return None
    return product(amount(shape[1], "steps"), read + remembered)


def _formula(layer: Any, window: Window, step: Shape, state: Shape) -> Formula:
    channels = window.channels(step)
    gates = 4 * layer.filters
    symbols = {
        "W": Symbol("W", "W", (*window.size, channels, gates), "kernel"),
        "U": Symbol("U", "U", (*window.size, layer.filters, gates), "recurrent kernel"),
        "b": Symbol("b", "b", (gates,), "bias"),
        "x": Symbol("x", "x", step, "input of one step"),
        "h": Symbol("h", "h", state, "state that is returned"),
        "c": Symbol("c", "c", state, "state that is kept"),
    }
    phi = activation_of(layer.activation).name
    sigma = activation_of(layer.recurrent_activation).name
    bias = (" + $b", " + $b") if layer.use_bias else ("", "")
    latex_phi, latex_sigma = (rf"\text{{{latex_safe(one)}}}" for one in (phi, sigma))
    first = formula(
        rf"(z_i, z_f, z_g, z_o) = $W * ${{x}}_t + $U * ${{h}}_{{t-1}}{bias[0]}",
        f"(z_i, z_f, z_g, z_o) = $W * $x(t) + $U * $h(t-1){bias[1]}",
        **symbols,
    )
    gate_lines = formula(
        rf"i = {latex_sigma}(z_i), \; f = {latex_sigma}(z_f), \; "
        rf"g = {latex_phi}(z_g), \; o = {latex_sigma}(z_o)",
        f"i = {sigma}(z_i), f = {sigma}(z_f), g = {phi}(z_g), o = {sigma}(z_o)",
    )
    last = formula(
        rf"${{c}}_t = f \odot c_{{t-1}} + i \odot g, \; "
        rf"h_t = o \odot {latex_phi}(c_t)",
        f"$c(t) = f c(t-1) + i g, h(t) = o {phi}(c(t))",
        c=symbols["c"],
    )
    return first + gate_lines + last + _star_line(layer)


def _star_line(layer: Any) -> Formula:
    """Return what the star means: which convolution."""
    told = (
        f"* is a convolution: of x with strides {_sizes(layer.strides)}, dilation "
        f"{_sizes(layer.dilation_rate)} and padding {layer.padding}; of h with "
        "stride 1 and padding same"
    )
    return formula(rf"\text{{{latex_safe(told)}}}", told)


def _sizes(values: tuple[int, ...]) -> str:
    return "×".join(map(str, values))


@dataclass(slots=True)
class _State:
    """Of one moment: what is returned, what is kept, and the last output."""

    h: Array
    c: Array
    output: Array


def _evaluate(layer: Any, given: Arguments) -> list[Array]:
    x, mask = given.first, given.get("mask")
    steps = range(x.shape[1])
    state = _begin(layer, given)
    outputs = []
    for step in reversed(steps) if layer.go_backwards else steps:
        after = _step(layer, x[:, step], state)
        state = after if mask is None else _kept(mask[:, step], after, state, layer)
        outputs.append(state.output)
    whole = np.stack(outputs, axis=1) if layer.return_sequences else state.output
    return [whole, state.h, state.c] if layer.return_state else [whole]


def _begin(layer: Any, given: Arguments) -> _State:
    first = given.first[:, 0]
    window = window_of(layer)
    places = window.outputs(first.shape)
    zeros = np.zeros([len(first), *window.placed(places, layer.filters)])
    told = given.get("initial_state")
    if told is None and layer.stateful:
        told = [numbers(one) for one in layer.states]
    h, c = (zeros, zeros) if told is None else told
    return _State(h, c, zeros)


def _step(layer: Any, x: Array, state: _State) -> _State:
    window = window_of(layer)
    ones = (1,) * len(window.size)
    inner = Window(window.size, ones, ones, "same", window.channels_first)
    cell = layer.cell
    z = convolved(x, numbers(cell.kernel), window)
    z = z + convolved(state.h, numbers(cell.recurrent_kernel), inner)
    z = channels_last(z, window)
    z = z + numbers(cell.bias) if layer.use_bias else z
    parts = [channels_back(one, window) for one in np.split(z, 4, axis=-1)]
    phi = activation_of(layer.activation).evaluate
    sigma = activation_of(layer.recurrent_activation).evaluate
    c = sigma(parts[1]) * state.c + sigma(parts[0]) * phi(parts[2])
    h = sigma(parts[3]) * phi(c)
    return _State(h, c, h)


def _kept(mask: Array, after: _State, before: _State, layer: Any) -> _State:
    """Return the state before, of those samples of which the step is masked."""
    counts = (np.asarray(mask) != 0).reshape(-1, *[1] * (after.h.ndim - 1))
    skipped = 0 * before.output if layer.zero_output_for_mask else before.output
    return _State(
        np.where(counts, after.h, before.h),
        np.where(counts, after.c, before.c),
        np.where(counts, after.output, skipped),
    )
