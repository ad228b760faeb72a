r"""Formulas with other names: `y = a ⊙ b` as `scaled = x ⊙ factor`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from teachkit.math.formulas import Formula, Line, Symbol, Template, formula, word

_PLACE = r"\$(?:\w+|\{\w+\})"
_NEIGHBOURS = re.compile(rf"({_PLACE}(?:_\{{[^{{}}]*\}})?) (?={_PLACE})")
_COMMAND = re.compile(r"\\(?:text|operatorname)\{[^{}]*\}|\\[A-Za-z]+")


def renamed(written: Formula, names: Mapping[str, Symbol]) -> Formula | None:
    """Return a formula with other symbols.

    A symbol carries its shape where it appears for the first time in all lines.

    Arguments:
        written: the formula.
        names: the new symbols, with their shapes, by the LaTeX of the old ones.

    Returns:
        None if a line has an old symbol that cannot be told from its other letters.
    """
    texts = {one.text for one in _symbols(written) if one.latex in names}
    found = Formula(())
    shown: set[str] = set()
    for line in written.lines:
        if line.template is None:
            new = _plain(line, texts, names)
        else:
            new = _filled(line.template, texts, names, shown)
        if new is None:
            return None
        found += new
    return found


def without_shape(symbol: Symbol) -> Symbol:
    """Return a symbol that stands without its shape."""
    return replace(symbol, shape=None)


def indexed(symbol: Symbol, index: str) -> Symbol:
    """Return a symbol with a name below: `W_first`."""
    latex = f"{{{{{symbol.latex}}}_{{{word(index).latex}}}}}"
    return replace(symbol, latex=latex, text=f"{symbol.text}_{index}")


def has_letter(text: str, letter: str) -> bool:
    """Tell whether a letter stands alone somewhere in a text."""
    return re.search(rf"(?<![^\W_]){re.escape(letter)}(?![^\W_])", text) is not None


def _filled(
    template: Template, texts: set[str], names: Mapping[str, Symbol], shown: set[str]
) -> Formula | None:
    rest = _COMMAND.sub(" ", re.sub(_PLACE, " ", template.latex))
    literal = re.sub(_PLACE, " ", template.text)
    if any(has_letter(rest, one) or has_letter(literal, one) for one in texts):
        return None
    symbols: dict[str, Symbol | str] = {}
    for key, old in template.symbols.items():
        new = old if isinstance(old, str) else names.get(old.latex, old)
        if isinstance(new, Symbol) and new.latex in shown:
            new = without_shape(new)
        symbols[key] = new
    used = set(re.findall(r"\w+", template.latex))
    shown |= {
        s.latex for k, s in symbols.items() if isinstance(s, Symbol) and k in used
    }
    words = any(isinstance(s, Symbol) and len(s.text) > 1 for s in symbols.values())
    forms = template.latex, template.text
    if words:
        # Two words side by side would not look like a product.
        forms = (
            _NEIGHBOURS.sub(r"\1 \\cdot ", forms[0]),
            _NEIGHBOURS.sub(r"\1 · ", forms[1]),
        )
    return formula(*forms, **symbols)


def _symbols(written: Formula) -> list[Symbol]:
    """Return all symbols that lines were given, written or not."""
    templates = [line.template for line in written.lines if line.template is not None]
    given = [one for template in templates for one in template.symbols.values()]
    return [one for one in given if isinstance(one, Symbol)]


def _plain(line: Line, texts: set[str], names: Mapping[str, Symbol]) -> Formula | None:
    """Return a line without symbols; in a sentence `x` is replaced by the new name."""
    if not any(has_letter(line.text, one) for one in texts):
        return Formula((line,))
    by_text = {old: new.text for old, new in names.items() if old in texts}
    if line.latex != word(line.text).latex or texts - by_text.keys() or "a" in texts:
        return None
    letters = "|".join(map(re.escape, by_text))
    told = re.sub(rf"\b({letters})\b", lambda one: by_text[one[1]], line.text)
    return Formula((Line(word(told).latex, told),))
