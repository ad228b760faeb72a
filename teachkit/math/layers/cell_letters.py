r"""Letters that tell whose they are: `→W` of one direction, `W^2` of another cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from teachkit.math.formulas import (
    Formula,
    Line,
    Symbol,
    Template,
    formula,
    latex_safe,
    word,
)

Mark = Callable[[Symbol], Symbol]

_LETTER = re.compile(r"(\\tilde\{\w\}|[A-Za-z])(?![A-Za-z])(.*)", re.DOTALL)
_PLAIN_LETTER = re.compile("([A-Za-z]\u0303?)(?![A-Za-z])(.*)", re.DOTALL)


def forwards(symbol: Symbol) -> Symbol:
    """Return a letter of the layer that reads forwards."""
    return _arrowed(symbol, "overrightarrow", "→")


def backwards(symbol: Symbol) -> Symbol:
    """Return a letter of the layer that reads backwards."""
    return _arrowed(symbol, "overleftarrow", "←")


def numbered(number: int) -> Mark:
    """Return what puts the number of its cell at a letter: `W^2_i`."""

    def mark(symbol: Symbol) -> Symbol:
        (latex, below), (text, rest) = _parts(symbol)
        return replace(
            symbol, latex=f"{latex}^{{{number}}}{below}", text=f"{text}^{number}{rest}"
        )

    return mark


def marked(written: Formula, mark: Mark) -> Formula:
    """Return a formula of which each letter is marked; names of functions stay."""
    found = Formula(())
    for line in written.lines:
        if line.template is None:
            found += Formula((line,))
        else:
            symbols = {k: _marked(s, mark) for k, s in line.template.symbols.items()}
            found += formula(line.template.latex, line.template.text, **symbols)
    return found


def indented(written: Formula) -> Formula:
    """Return lines that stand further in."""
    lines = []
    for line in written.lines:
        told = line.template
        if told is not None:
            told = Template(rf"\quad {told.latex}", f"  {told.text}", told.symbols)
        lines.append(Line(rf"\quad {line.latex}", f"  {line.text}", told))
    return Formula(tuple(lines), written.symbols)


def sentence(text: str, symbols: Mapping[str, Symbol] | None = None) -> Formula:
    """Return a line of words, with `$name` for each symbol in it."""
    parts = re.split(r"(\$\w+)", text)
    latex = "".join(
        part if part.startswith("$") else rf"\text{{{latex_safe(part)}}}"
        for part in parts
        if part
    )
    return formula(latex, text, **(symbols or {}))


def without(written: Formula, others: Formula) -> Formula:
    """Return a formula without some lines."""
    kept = tuple(line for line in written.lines if line not in others.lines)
    return Formula(kept, written.symbols)


def _marked(symbol: Symbol | str, mark: Mark) -> Symbol | str:
    if isinstance(symbol, str):
        return symbol
    is_name = symbol.shape is None and symbol.latex == word(symbol.text).latex
    return symbol if is_name else mark(symbol)


def _arrowed(symbol: Symbol, command: str, arrow: str) -> Symbol:
    if symbol.meaning == "input":
        return symbol  # both directions read the same
    latex, below = _parts(symbol)[0]
    return replace(
        symbol, latex=rf"\{command}{{{latex}}}{below}", text=f"{arrow}{symbol.text}"
    )


def _parts(symbol: Symbol) -> tuple[tuple[str, str], tuple[str, str]]:
    """Return letter and index in both forms; what is no letter has no index."""
    latex, text = _LETTER.fullmatch(symbol.latex), _PLAIN_LETTER.fullmatch(symbol.text)
    if latex is None or text is None:
        return (f"{{{symbol.latex}}}", ""), (symbol.text, "")
    return (latex[1], latex[2]), (text[1], text[2])


def heading(text: str) -> Formula:
    """Return a line of words, whatever signs they have."""
    return Formula((Line(word(text).latex, text),))
