r"""The formulas of recurrent cells, in the letters of textbooks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from teachkit.graph import Shape
from teachkit.math.activations import activation_of
from teachkit.math.formulas import Formula, Line, Symbol, formula, latex_safe
from teachkit.math.subjects import Subject

Symbols = Mapping[str, Symbol]


def heading(text: str) -> Formula:
    """Return a line of words."""
    return Formula((Line(rf"\text{{{latex_safe(text)}}}", text),))


def simple_formula(subject: Subject) -> Formula:
    """Return the line of a SimpleRNNCell."""
    layer, symbols = subject.operation, _symbols(subject)
    inner = "$x $W + $h" + " $U" + (" + $b" if layer.use_bias else "")
    return _applied("$new", layer.activation, inner, inner, symbols)


def gru_formula(subject: Subject) -> Formula:
    """Return the lines of a GRUCell: two gates, the candidate, and the mixture."""
    layer, symbols = subject.operation, _symbols(subject)
    lines = Formula(())
    for gate in ("z", "r"):
        inner = _sum(layer, gate, shaped=gate == "z")
        lines += _applied(f"{gate}_t", layer.recurrent_activation, *inner, symbols)
    candidate = _candidate(layer)
    lines += _applied(r"\tilde{h}_t", layer.activation, *candidate, symbols)
    return lines + _line(
        r"$new = z_t \odot h_{t-1} + (1 - z_t) \odot \tilde{h}_t",
        "$new = z_t × h_(t-1) + (1 - z_t) × h̃_t",
        symbols,
    )


def lstm_formula(subject: Subject) -> Formula:
    """Return the lines of an LSTMCell: three gates, the candidate, carry and state."""
    layer, symbols = subject.operation, _symbols(subject)
    lines = Formula(())
    for gate in ("i", "f", "o"):
        inner = _sum(layer, gate, shaped=gate == "i")
        lines += _applied(f"{gate}_t", layer.recurrent_activation, *inner, symbols)
    candidate = _sum(layer, "c", shaped=False)
    lines += _applied(r"\tilde{c}_t", layer.activation, *candidate, symbols)
    lines += _line(
        r"$carry = f_t \odot $c + i_t \odot \tilde{c}_t",
        "$carry = f_t × $c + i_t × c̃_t",
        symbols,
    )
    told = activation_of(layer.activation)
    carry = "c_t" if told.is_linear else "$f(c_t)"
    named = {**symbols, "f": told.symbol}
    return lines + _line(rf"$new = o_t \odot {carry}", f"$new = o_t × {carry}", named)


def definitions(layer: Any) -> Formula:
    """Return what the activations of a cell are, those that need to be told."""
    functions = [getattr(layer, "recurrent_activation", None), layer.activation]
    known = [activation_of(one) for one in functions]
    lines = Formula(())
    for one in {one.name: one for one in known if one.name != "tanh"}.values():
        lines += one.definition or Formula(())
    return lines


def dropout_lines(layer: Any, shape: Shape) -> Formula:
    """Return what dropout does to the input and the state before they are used."""
    lines = Formula(())
    for name, rate, length in (
        ("x_t", layer.dropout, shape[-1]),
        ("h_{t-1}", layer.recurrent_dropout, layer.units),
    ):
        if not rate:
            continue
        mask = Symbol("m", "m", (*shape[:-1], length), "1 for what is kept, else 0")
        lines += formula(
            rf"\text{{in products: }} {name} \leftarrow "
            rf"\frac{{1}}{{1 - {rate:g}}} \, $m \odot {name}",
            f"in products: {_plain(name)} ← $m × {_plain(name)} / (1 - {rate:g})",
            m=mask,
        )
    return lines


def _symbols(subject: Subject) -> dict[str, Symbol]:
    layer, shape = subject.operation, subject.shape
    state, square = (*shape[:-1], layer.units), (layer.units, layer.units)
    found = {
        "x": Symbol("x_t", "x_t", shape, "input of the step"),
        "h": Symbol("h_{t-1}", _plain("h_{t-1}"), state, "state before"),
        "c": Symbol("c_{t-1}", _plain("c_{t-1}"), state, "carry before"),
        "new": Symbol("h_t", "h_t", state, "output, and state after"),
        "carry": Symbol("c_t", "c_t", state, "carry after"),
    }
    bias = (layer.units,)
    for gate in ("", "z", "r", "h", "i", "f", "c", "o"):
        told = f" for {gate}" if gate else ""
        for key, letter, size, meaning in (
            ("W", "W", (shape[-1], layer.units), "part of the kernel"),
            ("U", "U", square, "part of the recurrent kernel"),
            ("b", "b", bias, "part of the bias"),
            ("d", "d", bias, "part of the bias, second row"),
        ):
            name = f"{letter}_{gate}" if gate else letter
            whole = meaning if gate else meaning.removeprefix("part of the ")
            found[f"{key}{gate}"] = Symbol(name, name, size, whole + told)
    return found


def _sum(layer: Any, gate: str, *, shaped: bool) -> tuple[str, str]:
    """Return the sum in a gate; the first gate alone tells the shapes of x and h."""
    inner = f"$x $W{gate} + $h $U{gate}"
    if layer.use_bias:
        inner += f" + $b{gate}"
        inner += f" + $d{gate}" if getattr(layer, "reset_after", False) else ""
    return (inner, inner) if shaped else _unshaped(inner, inner)


def _candidate(layer: Any) -> tuple[str, str]:
    """Return the sum in the candidate of a GRU, whose state the gate r may reset."""
    bias = " + $bh" if layer.use_bias else ""
    if not layer.reset_after:
        return _unshaped(
            rf"$x $Wh + (r_t \odot $h) $Uh{bias}", f"$x $Wh + (r_t × $h) $Uh{bias}"
        )
    reset = "$h $Uh + $dh" if layer.use_bias else "$h $Uh"
    return _unshaped(
        rf"$x $Wh{bias} + r_t \odot ({reset})", f"$x $Wh{bias} + r_t × ({reset})"
    )


def _unshaped(latex: str, text: str) -> tuple[str, str]:
    """Return two forms of a line with plain letters for input and state."""
    pairs = ("$x", "x_t"), ("$h", "h_{t-1}")
    for name, letter in pairs:
        latex, text = latex.replace(name, letter), text.replace(name, _plain(letter))
    return latex, text


def _applied(
    left: str, function: Any, latex: str, text: str, symbols: Symbols
) -> Formula:
    """Return `left = f(inner)`; `left` may be a symbol or LaTeX."""
    activation = activation_of(function)
    forms = (latex, text)
    if not activation.is_linear:
        forms = (f"$f({latex})", f"$f({text})")
    named = {**symbols, "f": activation.symbol}
    return _line(f"{left} = {forms[0]}", f"{_plain(left)} = {forms[1]}", named)


def _line(latex: str, text: str, symbols: Symbols) -> Formula:
    """Return a line with those symbols alone that it has."""
    used = set(re.findall(r"\$(\w+)", latex))
    return formula(latex, text, **{k: v for k, v in symbols.items() if k in used})


def _plain(latex: str) -> str:
    """Return a letter with its marks for a terminal: `h_(t-1)`, `c̃_t`."""
    for letter in "hc":
        latex = latex.replace(rf"\tilde{{{letter}}}", f"{letter}\u0303")
    return latex.replace("{t-1}", "(t-1)")
