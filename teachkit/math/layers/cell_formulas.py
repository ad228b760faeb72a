r"""The formulas of recurrent cells, in the letters of textbooks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from teachkit.graph import Shape
from teachkit.math.activations import activation_of
from teachkit.math.formulas import Formula, Line, Symbol, formula
from teachkit.math.layers.cell_letters import sentence
from teachkit.math.subjects import Subject

Symbols = Mapping[str, Symbol]

_BARE_Z = re.compile(r"(?<![A-Za-z\\])z(?![A-Za-z])")
_GATES = {
    "z": "update gate",
    "r": "reset gate",
    "i": "input gate",
    "f": "forget gate",
    "o": "output gate",
}


def simple_formula(subject: Subject) -> Formula:
    """Return the line of a SimpleRNNCell."""
    layer, symbols = subject.operation, _symbols(subject)
    inner = "$x $W + $h $U" + (" + $b" if layer.use_bias else "")
    return _applied("$new", layer.activation, inner, symbols)


def gru_formula(subject: Subject) -> Formula:
    """Return the lines of a GRUCell: two gates, the candidate, and the mixture."""
    layer, symbols = subject.operation, _symbols(subject)
    lines = Formula(())
    for gate in ("z", "r"):
        inner = _sum(layer, gate, shaped=gate == "z")
        lines += _applied(f"$gate{gate}", layer.recurrent_activation, inner, symbols)
    lines += _applied("$maybeh", layer.activation, _candidate(layer), symbols)
    mixture = "$gatez ⊙ $h0 + (1 - $gatez) ⊙ $maybeh"
    return lines + _applied("$new", None, mixture, symbols)


def lstm_formula(subject: Subject) -> Formula:
    """Return the lines of an LSTMCell: three gates, the candidate, carry and state."""
    layer, symbols = subject.operation, _symbols(subject)
    lines = Formula(())
    for gate in ("i", "f", "o"):
        inner = _sum(layer, gate, shaped=gate == "i")
        lines += _applied(f"$gate{gate}", layer.recurrent_activation, inner, symbols)
    candidate = _sum(layer, "c", shaped=False)
    lines += _applied("$maybec", layer.activation, candidate, symbols)
    carry = "$gatef ⊙ $c + $gatei ⊙ $maybec"
    lines += _applied("$carry", None, carry, symbols)
    told = activation_of(layer.activation)
    inner = "$carry0" if told.is_linear else "$f($carry0)"
    named = {**symbols, "f": told.symbol}
    return lines + _applied("$new", None, f"$gateo ⊙ {inner}", named)


def definitions(layer: Any) -> Formula:
    """Return what the activations of a cell are, those that need to be told."""
    functions = [getattr(layer, "recurrent_activation", None), layer.activation]
    known = [activation_of(one) for one in functions]
    lines = Formula(())
    for one in {one.name: one for one in known if one.name != "tanh"}.values():
        lines += _of_a(one.definition or Formula(()))
    return lines


def _of_a(definition: Formula) -> Formula:
    """Return a definition of `f(a)`: z is a gate of GRU."""
    lines = (
        Line(_BARE_Z.sub("a", line.latex), _BARE_Z.sub("a", line.text))
        for line in definition.lines
    )
    return Formula(tuple(lines), definition.symbols)


def dropout_lines(layer: Any, shape: Shape) -> Formula:
    """Return what dropout does to the input and the state before they are used."""
    lines = Formula(())
    masks = {}
    for letter, dropped, rate, length in (
        ("x", Symbol("x_t", "x_t"), layer.dropout, shape[-1]),
        ("h", Symbol("h_{t-1}", "h_(t-1)"), layer.recurrent_dropout, layer.units),
    ):
        if not rate:
            continue
        mask = Symbol(f"m_{letter}", f"m_{letter}", (*shape[:-1], length), "mask")
        masks[letter] = replace(mask, shape=None, meaning="")
        lines += formula(
            rf"\text{{in products: }} $d \leftarrow "
            rf"\frac{{1}}{{1 - {rate:g}}} \, $m \odot $d",
            f"in products: $d ← $m ⊙ $d / (1 - {rate:g})",
            m=mask,
            d=dropped,
        )
    listed = ", ".join(f"${letter}" for letter in masks)
    told = f"{listed}: 0 for what is dropped, else 1; the same in all steps"
    return lines + sentence(told, masks)


def _symbols(subject: Subject) -> dict[str, Symbol]:
    layer, shape = subject.operation, subject.shape
    state = (*shape[:-1], layer.units)
    found = {
        "x": Symbol("x_t", "x_t", shape, "input of the step"),
        "h": Symbol("h_{t-1}", "h_(t-1)", state, "state before"),
        "c": Symbol("c_{t-1}", "c_(t-1)", state, "carry before"),
        "new": Symbol("h_t", "h_t", state, "output, and state after"),
        "carry": Symbol("c_t", "c_t", state, "carry after"),
    }
    for name in ("x", "h", "carry"):
        found[f"{name}0"] = replace(found[name], shape=None, meaning="")
    for gate, meaning in _GATES.items():
        found[f"gate{gate}"] = Symbol(f"{gate}_t", f"{gate}_t", None, meaning)
    for letter in "hc":
        latex, text = rf"\tilde{{{letter}}}_t", f"{letter}\u0303_t"
        found[f"maybe{letter}"] = Symbol(latex, text, None, "candidate")
    for gate in ("", *_GATES, "h", "c"):
        found |= _weights(layer, gate, shape)
    return found


def _weights(layer: Any, gate: str, shape: Shape) -> dict[str, Symbol]:
    """Return the weights of a gate: `W_z`, or `W` where there are none."""
    bias, told = (layer.units,), f" for {gate}" if gate else ""
    found = {}
    for letter, size, meaning in (
        ("W", (shape[-1], layer.units), "part of the kernel"),
        ("U", (layer.units, layer.units), "part of the recurrent kernel"),
        ("b", bias, "part of the bias"),
        ("d", bias, "part of the bias, second row"),
    ):
        name = f"{letter}_{gate}" if gate else letter
        whole = meaning if gate else meaning.removeprefix("part of the ")
        found[f"{letter}{gate}"] = Symbol(name, name, size, whole + told)
    return found


def _sum(layer: Any, gate: str, *, shaped: bool) -> str:
    """Return the sum in a gate; the first gate alone tells the shapes of x and h."""
    bare = "" if shaped else "0"
    inner = f"$x{bare} $W{gate} + $h{bare} $U{gate}"
    if layer.use_bias:
        inner += f" + $b{gate}"
        inner += f" + $d{gate}" if getattr(layer, "reset_after", False) else ""
    return inner


def _candidate(layer: Any) -> str:
    """Return the sum in the candidate of a GRU, whose state the gate r may reset."""
    bias = " + $bh" if layer.use_bias else ""
    if not layer.reset_after:
        return f"$x0 $Wh + ($gater ⊙ $h0) $Uh{bias}"
    reset = "$h0 $Uh + $dh" if layer.use_bias else "$h0 $Uh"
    return f"$x0 $Wh{bias} + $gater ⊙ ({reset})"


def _applied(left: str, function: Any, inner: str, symbols: Symbols) -> Formula:
    """Return `left = f(inner)`."""
    activation = activation_of(function)
    text = f"{left} = {inner}" if activation.is_linear else f"{left} = $f({inner})"
    # An activation that is linear leaves the letter f to whoever needs it.
    named = symbols if activation.is_linear else {**symbols, "f": activation.symbol}
    return formula(text.replace("⊙", r"\odot"), text, **named)
