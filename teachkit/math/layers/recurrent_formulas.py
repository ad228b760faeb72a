r"""What is around the cell in the formula of a recurrent layer."""

from __future__ import annotations

from typing import Any

from teachkit.math.formulas import Formula, Line, Symbol, word
from teachkit.math.layers.cell_formulas import heading
from teachkit.math.layers.cell_steps import begins_with_zeros
from teachkit.math.subjects import Arguments

_LETTERS = {"SimpleRNNCell": "h", "GRUCell": "h", "LSTMCell": "hc"}


def recurrent_formula(
    layer: Any, given: Arguments, cell: Formula, length: int | None
) -> Formula:
    """Return the lines of a recurrent layer: the start, one step, and what comes out.

    Arguments:
        layer: SimpleRNN, GRU, LSTM or RNN.
        given: its arguments.
        cell: the formula of its cell.
        length: how many steps there are.
    """
    kind = type(layer.cell).__name__
    letters = _LETTERS.get(kind, "")
    last = "T" if length is None else str(length)
    lines = heading(f"for t = 1, ..., {last}:") + _reading(layer, length)
    if not letters:
        name = word(kind)
        lines += Formula(
            (
                Line(
                    rf"(y_t, s_t) = {name.latex}(x_t, s_{{t-1}})",
                    f"(y_t, s_t) = {name.text}(x_t, s_(t-1))",
                ),
            )
        )
    lines = _start(layer, given, letters or "s") + lines + cell
    output = letters[:1] or "y"
    if given.get("mask") is not None:
        lines += _masked(layer, letters)
        output = "y"
    return lines + _result(layer, output, letters or "s", last)


def _start(layer: Any, given: Arguments, letters: str) -> Formula:
    value = Symbol("0", "0")
    if given.get("initial_state") is not None:
        value = word("initial_state")
    elif layer.stateful:
        value = word("state that the last call left")
    elif not begins_with_zeros(layer.cell):
        value = word("what the cell begins with")
    outputs = "y" if given.get("mask") is not None else ""
    found = [Line(f"{a}_0 = {value.latex}", f"{a}_0 = {value.text}") for a in letters]
    return Formula((*found, *(Line(f"{a}_0 = 0", f"{a}_0 = 0") for a in outputs)))


def _reading(layer: Any, length: int | None) -> Formula:
    if not layer.go_backwards:
        return Formula((Line("x_t = x[:, t]", "x_t = x[:, t]"),))
    place = "T + 1 - t" if length is None else f"{length + 1} - t"
    return Formula((Line(f"x_t = x[:, {place}]", f"x_t = x[:, {place}]"),))


def _masked(layer: Any, letters: str) -> Formula:
    """Return what happens at a step of which the mask is False."""
    told = [(f"{one}_t", f"{one}_{{t-1}}") for one in letters or "s"]
    told.append(("y_t", "0" if layer.zero_output_for_mask else "y_{t-1}"))
    same = (Line("y_t = h_t", "y_t = h_t"),) if letters else ()
    return (
        Formula(same)
        + heading("but where the mask of the step is False:")
        + Formula(tuple(_kept(*pair) for pair in told))
    )


def _kept(left: str, right: str) -> Line:
    return Line(
        rf"{left} \leftarrow {right}", f"{left} ← {right.replace('{t-1}', '(t-1)')}"
    )


def _result(layer: Any, output: str, states: str, last: str) -> Formula:
    """Return the line of the outputs."""
    if layer.return_sequences:
        latex = rf"y = ({output}_1, \dots, {output}_{{{last}}})"
        text = f"y = ({output}_1, ..., {output}_{last})"
    else:
        latex, text = f"y = {output}_{{{last}}}", f"y = {output}_{last}"
    if layer.return_state:
        latex += "".join(rf", \; {one}_{{{last}}}" for one in states)
        text += "".join(f", {one}_{last}" for one in states)
    return Formula((Line(latex, text),))
