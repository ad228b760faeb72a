"""Recurrent cells: one step, from an input and the states before to new states."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from teachkit.graph import TensorSpec
from teachkit.math.amounts import amount, product, total
from teachkit.math.explaining import meaning_of
from teachkit.math.formulas import Formula
from teachkit.math.layers.cell_formulas import (
    definitions,
    dropout_lines,
    gru_formula,
    lstm_formula,
    simple_formula,
)
from teachkit.math.layers.cell_stacks import definitions_of, stacked_formula
from teachkit.math.layers.cell_steps import (
    Step,
    choices,
    drops,
    gate_count,
    gru_step,
    lstm_step,
    simple_step,
    stacked_step,
    step_by_meaning,
)
from teachkit.math.layers.random_masks import distance_to_nearest
from teachkit.math.meanings import Meaning
from teachkit.math.numbers import flat_arrays
from teachkit.math.rules import for_layers, rule_for
from teachkit.math.subjects import Arguments, Array, Subject

Maker = Callable[[], Step]
"""Reads the weights of a cell, once for all steps."""

_GATES_OF_LSTM = (
    "The kernel holds those of the gates i, f, c and o side by side, in this order; "
    "so do the recurrent kernel and the bias.",
)
_GATES_OF_GRU = (
    "The kernel holds those of the gates z, r and h side by side, in this order; so do "
    "the recurrent kernel and the bias.",
    "Where z is near 1 the old state stays. Some textbooks write 1 - z for z.",
)


@for_layers("SimpleRNNCell")
def simple_cell(subject: Subject) -> Meaning:
    """h_t = activation(x_t W + h_{t-1} U + b)."""
    return _cell(subject, simple_formula(subject), 1)


@for_layers("GRUCell")
def gru_cell(subject: Subject) -> Meaning:
    """Old state and candidate are mixed by the update gate z."""
    return _cell(subject, gru_formula(subject), 1, _GATES_OF_GRU)


@for_layers("LSTMCell")
def lstm_cell(subject: Subject) -> Meaning:
    """The carry c is what is kept of it and what is new; h is what is told of c."""
    return _cell(subject, lstm_formula(subject), 2, _GATES_OF_LSTM)


@for_layers("StackedRNNCells")
def stacked_cells(subject: Subject) -> Meaning:
    """Each cell reads what the cell before it puts out."""
    layer, cells = subject.operation, _each_cell(subject)
    meanings = [meaning for _, meaning in cells]
    macs = [meaning.macs for meaning in meanings]
    states = [shape for meaning in meanings for shape in meaning.shapes[1:]]
    return Meaning(
        formula=stacked_formula(cells) + definitions_of(layer),
        shapes=(meanings[-1].shapes[0], *states),
        shape_rule="the output is that of the last cell; each cell has its own states",
        params=total([meaning.params for meaning in meanings]),
        macs=None if None in macs else total([m for m in macs if m is not None]),
        evaluate=_evaluation(maker_of(subject)),
        notes=tuple(dict.fromkeys(note for one in meanings for note in one.notes)),
    )


def maker_of(subject: Subject) -> Maker | None:
    """Return what makes the step of a cell.

    It is None for a cell that nobody knows, and for one that drops something.
    """
    cell = subject.operation
    step = _step_of(cell)
    if step is not None:
        random = subject.trains and drops(cell)
        return None if random else (lambda: step(cell))
    if rule_for(cell) is not stacked_cells:
        return _maker_by_meaning(cell, meaning_of(subject))
    makers = [maker_of(one) for one, _ in _each_cell(subject)]
    known = [maker for maker in makers if maker is not None]
    if len(known) < len(makers):
        return None
    return lambda: stacked_step([maker() for maker in known])


def residual_of(
    cell: Any, run: Callable[[Step, Arguments], list[Array]]
) -> Callable[[Arguments, list[Array]], float] | None:
    """Return how to tell how far results are from what dropout may leave.

    Arguments:
        cell: a cell that drops something. For many numbers there is no such thing.
        run: what is done with a step; it returns the outputs in flat order.
    """
    step = _step_of(cell)
    kept = None if step is None else choices(cell)
    if step is None or kept is None:
        return None

    def residual(given: Arguments, outputs: list[Array]) -> float:
        results = (run(step(cell, one), given) for one in kept)
        return distance_to_nearest(results, outputs)

    return residual


def _cell(
    subject: Subject, written: Formula, states: int, notes: tuple[str, ...] = ()
) -> Meaning:
    layer, shape = subject.operation, subject.shape
    random = subject.trains and drops(layer)
    inputs = amount(shape[-1] or 0, "features") + amount(layer.units, "units")
    biases = (1 + getattr(layer, "reset_after", False)) if layer.use_bias else 0
    outputs = amount(layer.units, "units"), amount(gate_count(layer), "gates")
    return Meaning(
        formula=(dropout_lines(layer, shape) if random else Formula(()))
        + written
        + definitions(layer),
        shapes=((*shape[:-1], layer.units),) * (1 + states),
        shape_rule=f"the output and each state have units = {layer.units:,} numbers",
        params=product(inputs + biases if biases else inputs, *outputs),
        macs=product(inputs, *outputs),
        evaluate=_evaluation(maker_of(subject)),
        residual=residual_of(layer, _result) if random else None,
        notes=(*notes, *_dropout_notes(layer, random)),
    )


def _evaluation(maker: Maker | None) -> Callable[[Arguments], list[Array]] | None:
    return None if maker is None else (lambda given: _result(maker(), given))


def _result(step: Step, given: Arguments) -> list[Array]:
    x, states = list(given.values())[:2]
    return flat_arrays(step(x, states))


def _each_cell(subject: Subject) -> list[tuple[Subject, Meaning]]:
    """Return the calls of stacked cells, each with what it means."""
    x, states = list(subject.given.values())[:2]
    found = []
    for cell, before in zip(subject.operation.cells, states, strict=True):
        listed = before if isinstance(before, (list, tuple)) else [before]
        one = subject.of(cell, x, listed)
        found.append((one, meaning_of(one)))
        x = TensorSpec(found[-1][1].shapes[0], x.dtype)
    return found


def _maker_by_meaning(cell: Any, meaning: Meaning) -> Maker | None:
    step = step_by_meaning(cell, meaning)
    return None if step is None else (lambda: step)


def _dropout_notes(layer: Any, random: bool) -> tuple[str, ...]:
    if not drops(layer):
        return ()
    if not random:
        return ("Dropout does nothing at inference.",)
    one = "one mask for each gate" if gate_count(layer) > 1 else "one mask"
    return (
        "What is dropped is drawn once for each sample and is the same in all steps"
        + (f", {one}." if getattr(layer, "implementation", 1) == 1 else "."),
    )


def _step_of(cell: Any) -> Callable[..., Step] | None:
    rule = rule_for(cell)
    return None if rule is None else _STEPS.get(rule)


_STEPS: dict[Callable[[Subject], Meaning], Callable[..., Step]] = {
    simple_cell: simple_step,
    gru_cell: gru_step,
    lstm_cell: lstm_step,
}
