"""Recurrent layers: one step after the other, with a state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np

from teachkit.graph import Shape, TensorSpec
from teachkit.keras_reader.ports import map_leaves
from teachkit.math.activations import activation_of
from teachkit.math.amounts import amount, product
from teachkit.math.explaining import meaning_of
from teachkit.math.formulas import Formula, Line
from teachkit.math.layers.cell_steps import Step, begins_with_zeros, drops
from teachkit.math.layers.cells import maker_of, residual_of
from teachkit.math.layers.recurrent_formulas import recurrent_formula
from teachkit.math.meanings import Meaning
from teachkit.math.numbers import flat_arrays, numbers
from teachkit.math.rules import for_layers
from teachkit.math.subjects import Arguments, Array, Subject, UnknownShapeError
from teachkit.math.written import line, matrix, small, upright


@dataclass(frozen=True, slots=True)
class _Call:
    """The arguments of a recurrent layer, whichever way they were given."""

    x: Any
    states: Any
    mask: Any

    @classmethod
    def of(cls, given: Arguments) -> _Call:
        states, mask = given.get("initial_state"), given.get("mask")
        if states is not None and not isinstance(states, (list, tuple)):
            states = [states]
        # The mask of each argument comes as a list; that of the sequence counts.
        return cls(given.first, states, mask[0] if isinstance(mask, list) else mask)


@for_layers("RNN", "SimpleRNN", "GRU", "LSTM")
def recurrent(subject: Subject) -> Meaning:
    """The cell is applied to one step after the other, its states are handed on."""
    layer, shape = subject.operation, subject.shape
    cell = _cell_subject(subject)
    inner, maker = meaning_of(cell), maker_of(cell)
    if not inner.shapes:
        raise UnknownShapeError
    output, *states = inner.shapes
    length = shape[1]
    sequence = (shape[0], length, *_known(output)[1:])
    first = sequence if layer.return_sequences else output
    steps = None if length is None else amount(length, "steps")
    known = inner.macs is not None and steps is not None
    return Meaning(
        formula=recurrent_formula(layer, subject.given, inner, (shape, _known(first))),
        shapes=(first, *(states if layer.return_state else ())),
        shape_rule=_shape_rule(layer, shape, first),
        params=inner.params,
        macs=product(steps, inner.macs) if known else None,  # type: ignore[arg-type]
        evaluate=None if maker is None else (lambda g: _run(layer, maker(), g)),
        residual=_residual(layer, subject.trains),
        by_hand=(lambda g, _: _by_hand(layer, g)) if _is_simple(layer) else None,
        notes=(*inner.notes, *_notes(layer, subject.given)),
    )


def _cell_subject(subject: Subject) -> Subject:
    """Return the first step as a call of the cell."""
    layer, shape, call = subject.operation, subject.shape, _Call.of(subject.given)
    dtype = call.x.dtype

    def state(size: Any) -> Any:
        if isinstance(size, (list, tuple)):
            return [state(one) for one in size]
        return TensorSpec((shape[0], size), dtype)

    step = TensorSpec((shape[0], *shape[2:]), dtype)
    states = call.states if call.states is not None else state(layer.state_size)
    return subject.of(layer.cell, step, list(states))


def _known(shape: Shape | None) -> Shape:
    if shape is None:
        raise UnknownShapeError
    return shape


def _run(layer: Any, step: Step, given: Arguments) -> list[Array]:
    """Return the output and, if they are wanted, the states, in flat order."""
    call = _Call.of(given)
    states = call.states
    if states is None:
        states = _first_states(layer, len(call.x))
    order = range(call.x.shape[1])
    outputs: list[Array] = []
    for t in reversed(order) if layer.go_backwards else order:
        output, after = step(call.x[:, t], states)
        if call.mask is not None:
            kept = np.asarray(call.mask, bool)[:, t]
            before = outputs[-1] if outputs else np.zeros_like(output)
            rest = np.zeros_like(output) if layer.zero_output_for_mask else before
            output = _where(kept, output, rest)
            after = _merged(kept, after, states)
        states = after
        outputs.append(output)
    told = np.stack(outputs, axis=1) if layer.return_sequences else outputs[-1]
    return [told, *(flat_arrays(states) if layer.return_state else ())]


def _first_states(layer: Any, batch: int) -> Any:
    """Return the states before the first step."""
    if layer.stateful and layer.states is not None:
        return map_leaves(numbers, list(layer.states))
    cells = getattr(layer.cell, "cells", None)
    if cells is not None:
        return [_zeros(cell, batch) for cell in cells]
    return _zeros(layer.cell, batch)


def _zeros(cell: Any, batch: int) -> Any:
    """Return zeros for the states of a cell, or what its author begins with."""
    if not begins_with_zeros(cell):
        begun = map_leaves(numbers, cell.get_initial_state(batch_size=batch))
        return begun if isinstance(begun, (list, tuple)) else [begun]
    sizes = cell.state_size
    listed = sizes if isinstance(sizes, (list, tuple)) else [sizes]
    return [np.zeros((batch, size)) for size in listed]


def _where(kept: Array, new: Array, old: Array) -> Array:
    wide = kept.reshape(-1, *(1,) * (new.ndim - 1))
    return np.where(wide, new, old)


def _merged(kept: Array, after: Any, before: Any) -> Any:
    return keras.tree.pack_sequence_as(
        after,
        [
            _where(kept, new, old)
            for new, old in zip(flat_arrays(after), flat_arrays(before), strict=True)
        ],
    )


def _residual(
    layer: Any, training: bool
) -> Callable[[Arguments, list[Array]], float] | None:
    if not training or not drops(layer.cell):
        return None
    return residual_of(layer.cell, lambda step, given: _run(layer, step, given))


def _shape_rule(layer: Any, shape: Shape, output: Shape | None) -> str:
    vector = _known(output)[-1]
    if layer.return_sequences:
        length = "each step" if shape[1] is None else f"each of the {shape[1]:,} steps"
        rule = f"the time axis stays: {vector:,} numbers for {length}"
    else:
        rule = f"the time axis is gone: {vector:,} numbers, those of the last step"
    return rule + (", and then the last states" if layer.return_state else "")


def _notes(layer: Any, given: Arguments) -> tuple[str, ...]:
    notes = []
    if layer.go_backwards and layer.return_sequences:
        notes.append(
            "The steps run from the last place to the first, and the outputs are in "
            "the order of the steps: the first belongs to the last place."
        )
    if layer.stateful and given.get("initial_state") is None:
        notes.append(
            "The layer is stateful: it begins with the states that the last call left."
        )
    if given.get("mask") is not None and layer.zero_output_for_mask:
        notes.append("Where the mask is False the output is zero.")
    return tuple(notes)


def _is_simple(layer: Any) -> bool:
    return type(layer.cell) is keras.layers.SimpleRNNCell


def _by_hand(layer: Any, given: Arguments) -> Formula | None:
    """Return the first step of the first sample of a SimpleRNN."""
    call, cell = _Call.of(given), layer.cell
    if call.mask is not None:
        return None
    states = call.states or _first_states(layer, len(call.x))
    x = call.x[0, -1 if layer.go_backwards else 0]
    h, kernel = flat_arrays(states)[0][0], numbers(cell.kernel)
    recurrent_kernel = numbers(cell.recurrent_kernel)
    if not small(x, kernel, recurrent_kernel):
        return None
    z = x @ kernel + h @ recurrent_kernel
    products: list[Line | str] = []
    products += [matrix(x), matrix(kernel), "+", matrix(h), matrix(recurrent_kernel)]
    if cell.use_bias:
        z = z + numbers(cell.bias)
        products += ["+", matrix(numbers(cell.bias))]
    activation = activation_of(cell.activation)
    name = upright(activation.name)
    return line("z_1 =", *products, "=", matrix(z)) + line(
        "h_1 =", name, matrix(z), "=", matrix(activation.evaluate(z))
    )
