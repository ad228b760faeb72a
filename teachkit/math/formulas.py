r"""Formulas, as LaTeX and as text, whose symbols carry the shapes of this model.

A formula is written once with `$name` in the place of each symbol, such as
`$y = \phi($x $W + $b)`. Where LaTeX and text need different signs, both are written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from teachkit.graph import Shape

_MARKS = {
    "^": r"\textasciicircum{}",
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "{": r"\{",
    "}": r"\}",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "$": r"\$",
    "<": r"\lt{}",
    ">": r"\gt{}",
}
_PLAIN = {safe: letter for letter, safe in _MARKS.items()}
_SAFE = re.compile("|".join(re.escape(s) for s in sorted(_PLAIN, key=len)[::-1]))

_POWER = re.compile(
    r"\\text\{(?:\\.|[^{}\\])*\}|(?<![\w.])(?P<digits>\d+(?:\.\d+)?)e(?P<power>[+-]?\d+)"
)
"""A text, which stays as it is, or a number with an exponent as Python writes it."""


@dataclass(frozen=True, slots=True)
class Symbol:
    r"""A letter of a formula, with the shape of what it stands for.

    Attributes:
        latex: how it is written: `W`, `\gamma`.
        text: the same for a terminal: `W`, `γ`.
        shape: of the array; None for a plain number. None inside is the open batch.
        meaning: what it is, in a few words: `kernel`.
    """

    latex: str
    text: str
    shape: Shape | None = None
    meaning: str = ""

    @property
    def shaped_latex(self) -> str:
        r"""The symbol with its shape below: `\underset{\;32 \times 64\;}{W}`."""
        if self.shape is None:
            return self.latex
        below = r" \times ".join(map(_length, self.shape)) or r"\text{number}"
        # Without the thin spaces the shapes of two neighbours would run together.
        return rf"\underset{{\;{below}\;}}{{{self.latex}}}"

    @property
    def shaped_text(self) -> str:
        """The symbol with its shape behind: `W[32×64]`."""
        if self.shape is None:
            return self.text
        return f"{self.text}[{'×'.join(map(_length, self.shape)) or 'number'}]"


@dataclass(frozen=True, eq=False, slots=True)
class Template:
    """How a line was written: both forms with `$name`, and the symbols by name."""

    latex: str
    text: str
    symbols: Mapping[str, Symbol | str]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a formula, in both forms, without shapes missing or signs lost.

    Attributes:
        latex: as LaTeX.
        text: for a terminal.
        template: from which it was filled in, so that symbols can be renamed.
    """

    latex: str
    text: str
    template: Template | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Formula:
    """One or several lines, and what their symbols are.

    Example:
        >>> W = Symbol("W", "W", (32, 64), "kernel")
        >>> x = Symbol("x", "x", (None, 32), "input")
        >>> formula("$x $W", x=x, W=W).text
        'x[?×32] W[32×64]'
    """

    lines: tuple[Line, ...]
    symbols: tuple[Symbol, ...] = ()

    @property
    def latex(self) -> str:
        """All lines as LaTeX for display, without dollar signs around them."""
        if len(self.lines) == 1:
            return self.lines[0].latex
        rows = r" \\ ".join(line.latex for line in self.lines)
        return rf"\begin{{gathered}} {rows} \end{{gathered}}"

    @property
    def text(self) -> str:
        """All lines as text."""
        return "\n".join(line.text for line in self.lines)

    def __add__(self, other: Formula) -> Formula:
        symbols = dict.fromkeys((*self.symbols, *other.symbols))
        return Formula((*self.lines, *other.lines), tuple(symbols))


def formula(latex: str, text: str | None = None, /, **symbols: Symbol | str) -> Formula:
    r"""Return one line with its symbols filled in.

    The first time that a symbol appears in the line it carries its shape, later not.
    Numbers may be written as Python does it: `1e-07` becomes a power of ten in LaTeX.

    Arguments:
        latex: the line with `$name` for each symbol; `$$` for a dollar sign.
        text: the same for a terminal; by default the LaTeX, if it has no command.
        symbols: by name; a plain string is filled in as it is in both forms. Those that
            are not in the line are left out: no bias where none is added.

    Raises:
        ValueError: the line has a LaTeX command and no text was given.
    """
    if text is None:
        if "\\" in latex:
            raise ValueError(f"{latex!r} has LaTeX commands and needs a text form")
        text = latex
    named = _names(latex) | _names(text)
    known = tuple(
        one
        for name, one in symbols.items()
        if name in named and isinstance(one, Symbol)
    )
    forms = _filled(latex, symbols, "latex"), _filled(text, symbols, "text")
    template = Template(latex, text, symbols)
    return Formula((Line(powers_of_ten(forms[0]), forms[1], template),), known)


def word(text: str) -> Symbol:
    """Return a name of Keras or of a person as a symbol: upright, made safe."""
    return Symbol(rf"\text{{{latex_safe(text)}}}", text)


def latex_safe(text: str) -> str:
    r"""Return any text such that it can stand inside `\text{...}`."""
    return "".join(_MARKS.get(letter, letter) for letter in text)


def powers_of_ten(latex: str) -> str:
    r"""Return LaTeX with numbers such as `2e-07` as `2 \cdot 10^{-7}`; not in texts."""

    def put(found: re.Match[str]) -> str:
        if found["power"] is None:
            return found[0]
        front = "" if found["digits"] == "1" else rf"{found['digits']} \cdot "
        return f"{front}10^{{{int(found['power'])}}}"

    return _POWER.sub(put, latex)


def plain_text(safe: str) -> str:
    """Return the text that `latex_safe` made safe."""
    return _SAFE.sub(lambda found: _PLAIN[found[0]], safe)


def _length(length: int | None) -> str:
    return "?" if length is None else str(length)


_PLACE = re.compile(
    r"\$(?:(?P<escaped>\$)|(?P<named>[A-Za-z]\w*?(?=_\{|\W|$))|\{(?P<braced>\w+)\})"
    r"(?P<index>_\{[^{}]*\})?"
)
"""A symbol in a line, and the index behind it."""


def _names(line: str) -> set[str]:
    """Return the names that stand in a line."""
    return {found["named"] or found["braced"] or "" for found in _PLACE.finditer(line)}


def _filled(line: str, symbols: Mapping[str, Symbol | str], form: str) -> str:
    seen: set[str] = set()

    def put(found: re.Match[str]) -> str:
        name, index = found["named"] or found["braced"], found["index"] or ""
        if name is None:
            return f"${index}"
        symbol = symbols[name]
        if isinstance(symbol, str):
            return symbol + index
        if name in seen:
            return str(getattr(symbol, form)) + index
        seen.add(name)
        if form == "text":
            return symbol.shaped_text + index
        # The shape stands below the letter and its index, not between them.
        return replace(symbol, latex=symbol.latex + index).shaped_latex

    return _PLACE.sub(put, line)
