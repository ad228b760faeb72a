r"""The formula of Bidirectional: the letters of each direction have an arrow."""

from __future__ import annotations

from typing import Any

from teachkit.graph import Shape
from teachkit.math.formulas import Formula, Symbol, formula
from teachkit.math.layers.cell_letters import (
    backwards,
    forwards,
    marked,
    sentence,
    without,
)
from teachkit.math.layers.cell_stacks import cell_of, definitions_of
from teachkit.math.layers.recurrent_formulas import (
    last_states,
    returned,
    without_returned,
)
from teachkit.math.meanings import Meaning

_MERGED: dict[str, tuple[str, str]] = {
    "concat": ("($ahead, $back)", "($ahead, $back)"),
    "sum": ("$ahead + $back", "$ahead + $back"),
    "mul": (r"$ahead \odot $back", "$ahead ⊙ $back"),
    "ave": (r"\frac{1}{2} ($ahead + $back)", "($ahead + $back) / 2"),
}


def bidirectional_formula(
    layer: Any, ahead: Meaning, back: Meaning, shapes: tuple[Shape, Shape]
) -> Formula:
    """Return the lines of both layers, of which each has its own letters.

    Arguments:
        layer: Bidirectional.
        ahead: what the layer that reads forwards means.
        back: what the other one means.
        shapes: of the input, and of what is merged.
    """
    told = definitions_of(cell_of(layer.forward_layer))
    told += without(definitions_of(cell_of(layer.backward_layer)), told)
    lines = Formula(())
    for title, meaning, mark in (
        ("forwards:", ahead, forwards),
        ("backwards:", back, backwards),
    ):
        own = without_returned(without(meaning.formula, told))
        lines += sentence(title) + marked(own, mark)
    y = Symbol("y", "y")
    sides = {"ahead": forwards(y), "back": backwards(y)}
    if layer.return_sequences:
        lines += sentence("$back is turned round along time", sides)
    return lines + _result(layer, sides, *shapes) + told


def _result(
    layer: Any, sides: dict[str, Symbol], shape: Shape, output: Shape
) -> Formula:
    """Return how both directions are merged, and all that is returned."""
    lines, outputs = Formula(()), list(sides.values())
    if layer.merge_mode is not None:
        latex, text = _MERGED[layer.merge_mode]
        y = Symbol("y", "y", output, "output")
        lines += formula(f"$y = {latex}", f"$y = {text}", y=y, **sides)
        outputs = [Symbol("y", "y")]
    if not layer.return_state:
        return lines if layer.merge_mode is not None else returned(outputs, [])
    states = [
        mark(state)
        for inner, mark in (
            (layer.forward_layer, forwards),
            (layer.backward_layer, backwards),
        )
        for state in last_states(inner, shape[1])
    ]
    return lines + returned(outputs, states)
