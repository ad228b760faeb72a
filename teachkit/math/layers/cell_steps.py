"""One step of each recurrent cell of Keras, in NumPy."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import keras
import numpy as np

from teachkit.math.activations import activation_of
from teachkit.math.layers.random_masks import MOST, masks
from teachkit.math.meanings import Meaning
from teachkit.math.numbers import flat_arrays, numbers
from teachkit.math.subjects import Array, bound

Step = Callable[[Array, Any], tuple[Array, Any]]
"""From the input of a step and the states before it to its output and new states."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What dropout multiplies by, for each gate; nothing is dropped by default."""

    inputs: Sequence[Array | float] = (1.0,) * 4
    states: Sequence[Array | float] = (1.0,) * 4


NOTHING_DROPPED = Kept()


@dataclass(frozen=True, slots=True)
class _Gate:
    kernel: Array
    recurrent: Array
    bias: Array
    recurrent_bias: Array
    kept_inputs: Array | float
    kept_states: Array | float

    def of_input(self, x: Array) -> Array:
        return np.asarray((x * self.kept_inputs) @ self.kernel + self.bias)

    def of_state(self, h: Array) -> Array:
        dropped = (h * self.kept_states) @ self.recurrent
        return np.asarray(dropped + self.recurrent_bias)

    def sum(self, x: Array, h: Array) -> Array:
        return self.of_input(x) + self.of_state(h)


def simple_step(cell: Any, kept: Kept = NOTHING_DROPPED) -> Step:
    """Return the step of a SimpleRNNCell."""
    (gate,) = _gates(cell, 1, kept)
    activation = activation_of(cell.activation).evaluate

    def step(x: Array, states: Any) -> tuple[Array, Any]:
        h = activation(gate.sum(x, _first(states)))
        return h, _like(states, h)

    return step


def gru_step(cell: Any, kept: Kept = NOTHING_DROPPED) -> Step:
    """Return the step of a GRUCell, whose gates are z, r and the candidate h."""
    update, reset, candidate = _gates(cell, 3, kept)
    activation = activation_of(cell.activation).evaluate
    gate = activation_of(cell.recurrent_activation).evaluate

    def step(x: Array, states: Any) -> tuple[Array, Any]:
        before = _first(states)
        z, r = gate(update.sum(x, before)), gate(reset.sum(x, before))
        if cell.reset_after:
            remembered = r * candidate.of_state(before)
        else:
            remembered = candidate.of_state(r * before)
        h = z * before + (1 - z) * activation(candidate.of_input(x) + remembered)
        return h, _like(states, h)

    return step


def lstm_step(cell: Any, kept: Kept = NOTHING_DROPPED) -> Step:
    """Return the step of an LSTMCell, whose gates are i, f, the candidate c, and o."""
    gates = _gates(cell, 4, kept)
    activation = activation_of(cell.activation).evaluate
    gate = activation_of(cell.recurrent_activation).evaluate

    def step(x: Array, states: Any) -> tuple[Array, Any]:
        h, c = states
        i, f, new, o = (one.sum(x, h) for one in gates)
        c = gate(f) * c + gate(i) * activation(new)
        h = gate(o) * activation(c)
        return h, [h, c]

    return step


def stacked_step(steps: Sequence[Step]) -> Step:
    """Return the step of cells of which each reads the output of the one before."""

    def step(x: Array, states: Any) -> tuple[Array, Any]:
        found = []
        for one, before in zip(steps, states, strict=True):
            nested = isinstance(before, (list, tuple))
            x, after = one(x, before if nested else [before])
            found.append(after if nested else after[0])
        return x, found

    return step


def step_by_meaning(cell: Any, meaning: Meaning) -> Step | None:
    """Return the step of any other cell, from what its call means."""
    evaluate = meaning.evaluate
    if evaluate is None:
        return None

    def step(x: Array, states: Any) -> tuple[Array, Any]:
        output, *new = flat_arrays(evaluate(bound(cell, (x, states), {})))
        return output, keras.tree.pack_sequence_as(states, new)

    return step


def begins_with_zeros(cell: Any) -> bool:
    """Tell whether the states of a cell are zero before the first step."""
    if isinstance(cell, keras.layers.StackedRNNCells):
        return all(map(begins_with_zeros, cell.cells))
    own = getattr(type(cell), "get_initial_state", None)
    return own is None or own in _ZEROS


_ZEROS = [
    kind.get_initial_state
    for kind in (
        keras.layers.SimpleRNNCell,
        keras.layers.GRUCell,
        keras.layers.LSTMCell,
    )
]


def gate_count(cell: Any) -> int:
    """Return how many gates lie side by side in the kernel of a built cell."""
    return int(cell.kernel.shape[1]) // int(cell.units)


def drops(cell: Any) -> bool:
    """Tell whether a cell drops something in training."""
    return bool(
        getattr(cell, "dropout", 0) > 0 or getattr(cell, "recurrent_dropout", 0) > 0
    )


def choices(cell: Any) -> list[Kept] | None:
    """Return everything that the dropout of a cell may do, None if that is too much."""
    gates = gate_count(cell)
    own = gates if getattr(cell, "implementation", 1) == 1 else 1
    features, units = cell.kernel.shape[0], cell.units
    dropped = own * (
        features * (cell.dropout > 0) + units * (cell.recurrent_dropout > 0)
    )
    if dropped > MOST:
        return None
    inputs = _by_gate(gates, own, features, cell.dropout)
    states = _by_gate(gates, own, units, cell.recurrent_dropout)
    return [Kept(*pair) for pair in product(inputs, list(states))]


def _by_gate(gates: int, own: int, length: int, rate: float) -> Iterator[list[Array]]:
    """Yield masks for each gate; there are `own` different ones."""
    if not rate:
        yield [np.ones(length)] * gates
        return
    for mask in masks(own * length, rate):
        yield list(mask.reshape(own, length)) * (gates // own)


def _gates(cell: Any, count: int, kept: Kept) -> list[_Gate]:
    kernels = np.split(numbers(cell.kernel), count, axis=1)
    recurrent = np.split(numbers(cell.recurrent_kernel), count, axis=1)
    biases = np.zeros((2, count * cell.units))
    if cell.use_bias:
        # One row is of the input alone; two are of the input and of the state.
        given = np.atleast_2d(numbers(cell.bias))
        biases[: len(given)] = given
    parts = np.split(biases, count, axis=1)
    return [
        _Gate(w, u, b[0], b[1], mx, mh)
        for w, u, b, mx, mh in zip(
            kernels, recurrent, parts, kept.inputs, kept.states, strict=False
        )
    ]


def _first(states: Any) -> Array:
    return np.asarray(states[0] if isinstance(states, (list, tuple)) else states)


def _like(states: Any, h: Array) -> Any:
    return [h] if isinstance(states, (list, tuple)) else h
