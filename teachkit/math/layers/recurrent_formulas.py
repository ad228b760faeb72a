r"""What is around the cell in the formula of a recurrent layer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from teachkit.graph import Shape
from teachkit.math.formulas import Formula, Symbol, formula
from teachkit.math.layers.cell_letters import indented, sentence
from teachkit.math.layers.cell_stacks import (
    Letter,
    cell_lines,
    cell_of,
    definitions_of,
    output_of,
    states_of,
)
from teachkit.math.layers.cell_steps import begins_with_zeros
from teachkit.math.meanings import Meaning
from teachkit.math.subjects import Arguments

_RETURNED = "returned: "


def recurrent_formula(
    layer: Any, given: Arguments, cell: Meaning, shapes: tuple[Shape, Shape]
) -> Formula:
    """Return the lines of a recurrent layer: the start, the steps, what comes out.

    Arguments:
        layer: SimpleRNN, GRU, LSTM or RNN.
        given: its arguments.
        cell: what one step of its cell means.
        shapes: of the input and of the output, without states.
    """
    length, masked = shapes[0][1], given.get("mask") is not None
    output, states = output_of(layer.cell), states_of(layer.cell)
    step = (shapes[0][0], *shapes[0][2:])
    inside = _reading(layer, shapes[0]) + cell_lines(layer.cell, cell, step)
    lines = _start(layer, given, states)
    if masked:
        inside += _masked(layer, output, states)
        output = Letter("y")
        lines += formula("$y = 0", y=output.at("0"))
    lines += each_step(length, inside)
    y = Symbol("y", "y", shapes[1], "output")
    if layer.return_sequences:
        lines += collected(y, output, length)
    else:
        lines += formula("$y = $last", y=y, last=output.at(last_step(length)))
    if layer.return_state:
        lines += returned([Symbol("y", "y")], last_states(layer, length))
    return lines + definitions_of(layer.cell)


def last_step(length: int | None) -> str:
    """Return the number of the last step."""
    return "T" if length is None else str(length)


def each_step(length: int | None, inside: Formula) -> Formula:
    """Return lines that are done for each step, further in than what is around."""
    return sentence(f"for t = 1, ..., {last_step(length)}:") + indented(inside)


def step_line(place: str, sequence: Symbol, one: Symbol) -> Formula:
    """Return the line that reads one step of a sequence."""
    return formula(
        rf"$one = \text{{step }} {place} \text{{ of }} $x",
        f"$one = step {place} of $x",
        one=one,
        x=sequence,
    )


def collected(whole: Symbol, each: Letter, length: int | None) -> Formula:
    """Return the line in which what all steps put out becomes one tensor."""
    last = each.at(last_step(length))
    return formula(
        r"$y = ($first, \dots, $last)",
        "$y = ($first, ..., $last)",
        y=whole,
        first=each.at("1"),
        last=last,
    )


def last_states(layer: Any, length: int | None) -> list[Symbol]:
    """Return the states after the last step."""
    return [state.at(last_step(length)) for state in states_of(cell_of(layer))]


def returned(outputs: Sequence[Symbol], states: Sequence[Symbol]) -> Formula:
    """Return the line that lists everything that a layer returns."""
    symbols = {f"n{k}": one for k, one in enumerate([*outputs, *states])}
    return sentence(_RETURNED + ", ".join(f"${name}" for name in symbols), symbols)


def without_returned(written: Formula) -> Formula:
    """Return a formula without the line that lists what is returned."""
    lines = (one for one in written.lines if not one.text.startswith(_RETURNED))
    return Formula(tuple(lines), written.symbols)


def _start(layer: Any, given: Arguments, states: list[Letter]) -> Formula:
    told = ""
    if given.get("initial_state") is not None:
        told = "initial_state"
    elif layer.stateful:
        told = "what the last call left"
    elif not begins_with_zeros(layer.cell):
        told = "what the cell begins with"
    first = {f"n{k}": state.at("0") for k, state in enumerate(states)}
    if told:
        listed = ", ".join(f"${name}" for name in first)
        left = f"({listed})" if len(first) > 1 else listed
        return sentence(f"{left} = {told}", first)
    lines = Formula(())
    for symbol in first.values():
        lines += formula("$s = 0", s=symbol)
    return lines


def _reading(layer: Any, shape: Shape) -> Formula:
    x, length = Symbol("x", "x", shape, "input"), shape[1]
    backwards = "T + 1 - t" if length is None else f"{length + 1} - t"
    return step_line(backwards if layer.go_backwards else "t", x, Letter("x").at("t"))


def _masked(layer: Any, output: Letter, states: list[Letter]) -> Formula:
    """Return what happens at a step of which the mask is False."""
    y = Letter("y")
    same = Formula(())
    if output != y:
        same = formula("$y = $h", y=y.at("t"), h=output.at("t"))
    kept = Formula(())
    for state in states:
        kept += _kept(state.at("t"), state.at("t-1"))
    kept += _kept(y.at("t"), "0" if layer.zero_output_for_mask else y.at("t-1"))
    return same + sentence("but where the mask of the step is False:") + indented(kept)


def _kept(left: Symbol, right: Symbol | str) -> Formula:
    return formula(r"$a \leftarrow $b", "$a ← $b", a=left, b=right)
