"""The letters of cells: their states, cells in a row, and cells of one's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import keras

from teachkit.keras_reader.ports import call_parameters
from teachkit.math.formulas import Formula, Symbol, formula, word
from teachkit.math.layers.cell_formulas import definitions
from teachkit.math.layers.cell_letters import marked, numbered, sentence, without
from teachkit.math.meanings import Meaning
from teachkit.math.rules import rule_for
from teachkit.math.subjects import Subject

_STATES = {
    keras.layers.SimpleRNNCell: "h",
    keras.layers.GRUCell: "h",
    keras.layers.LSTMCell: "hc",
}


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter that has another value at each step, such as `h` of the second cell.

    Attributes:
        name: `h`.
        number: of its cell; None where there is only one.
    """

    name: str
    number: int | None = None

    def at(self, step: str) -> Symbol:
        """Return it at a step: `h^2_(t-1)`."""
        below = step if len(step) == 1 or step.isdigit() else f"({step})"
        index = step if len(step) == 1 else f"{{{step}}}"
        one = Symbol(f"{self.name}_{index}", f"{self.name}_{below}")
        return one if self.number is None else numbered(self.number)(one)


def cell_of(layer: Any) -> Any:
    """Return the cell of a layer, None for a recurrent layer of one's own."""
    return getattr(layer, "cell", None)


def states_of(cell: Any) -> list[Letter]:
    """Return the letters of the states of a cell, or of all in a row."""
    if _is_row(cell):
        pairs = enumerate(cell.cells, start=1)
        return [replace(a, number=k) for k, one in pairs for a in states_of(one)]
    return [Letter(name) for name in _letters(cell) or "s"]


def output_of(cell: Any) -> Letter:
    """Return the letter of what a cell puts out."""
    if _is_row(cell):
        return replace(output_of(cell.cells[-1]), number=len(cell.cells))
    return Letter(_letters(cell)[:1] or "y")


def definitions_of(cell: Any) -> Formula:
    """Return what the activations are, in a cell or in any of a row."""
    cells = cell.cells if _is_row(cell) else [cell]
    found = [definitions(one) for one in cells if _letters(one)]
    lines = dict.fromkeys(line for one in found for line in one.lines)
    symbols = dict.fromkeys(symbol for one in found for symbol in one.symbols)
    return Formula(tuple(lines), tuple(symbols))


def stacked_formula(cells: Sequence[tuple[Subject, Meaning]]) -> Formula:
    """Return the lines of cells in a row; those of each have its number."""
    lines = Formula(())
    before: Symbol | None = None
    for number, (one, meaning) in enumerate(cells, start=1):
        cell = one.operation
        told = f"cell {number}, {type(cell).__name__}"
        reads = {} if before is None else {"before": before}
        lines += sentence(f"{told}, reads $before:" if reads else f"{told}:", reads)
        mark = _reading(before, number)
        lines += marked(cell_lines(cell, meaning, one.shape), mark)
        before = replace(output_of(cell), number=number).at("t")
    return lines


def cell_lines(cell: Any, meaning: Meaning, shape: Any) -> Formula:
    """Return the lines of one step of a cell, without the definitions.

    Arguments:
        cell: the cell.
        meaning: of one step.
        shape: of the input of one step.
    """
    if _letters(cell) or _is_row(cell):
        return without(meaning.formula, definitions_of(cell))
    symbols = {
        "y": Symbol("y_t", "y_t", meaning.shapes[0], "output of the step"),
        "s": Symbol("s_t", "s_t", None, "states after"),
        "x": Symbol("x_t", "x_t", shape, "input of the step"),
        "b": Symbol("s_{t-1}", "s_(t-1)", None, "states before"),
        "f": word(type(cell).__name__),
    }
    lines = formula("$y, $s = $f($x, $b)", **symbols)
    bare = {k: replace(s, shape=None, meaning="") for k, s in symbols.items()}
    first, second = call_parameters(cell, 2)[:2]
    told = f"in $f, {first} = $x, {second} = $b, y = $y:"
    return lines + sentence(told, bare) + meaning.formula


def _reading(before: Symbol | None, number: int) -> Any:
    """Return the mark of a cell, whose input is what the cell before it puts out."""
    mark = numbered(number)

    def marks(symbol: Symbol) -> Symbol:
        if symbol.latex != "x_t":
            return mark(symbol)
        if before is None:
            return symbol
        return replace(symbol, latex=before.latex, text=before.text, meaning="")

    return marks


def _is_row(cell: Any) -> bool:
    return isinstance(cell, keras.layers.StackedRNNCells)


def _letters(cell: Any) -> str:
    """Return the letters of the states, nothing for a cell of one's own."""
    if rule_for(cell) is None:
        return ""
    return next((told for kind, told in _STATES.items() if isinstance(cell, kind)), "")
