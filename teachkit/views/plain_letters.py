"""Formulas for terminals that know nothing but ASCII."""

from __future__ import annotations

from teachkit.views.text import ASCII

_WORDS = {
    "×": "x",
    "⊙": "*",
    "·": ".",
    "−": "-",
    "→": "->",
    "←": "<-",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "≈": "~",
    "√": "sqrt",
    "Σ": "sum",
    "∑": "sum",
    "Π": "prod",
    "²": "^2",
    "³": "^3",
    "½": "1/2",
    "…": "~",
    "–": "-",
    "⏎": "~",
    "⌊": "floor(",
    "⌋": ")",
    "⌈": "ceil(",
    "⌉": ")",
    "∈": "in",
    "∞": "inf",
    "h̃": "h~",
    "α": "alpha",
    "β": "beta",
    "γ": "gamma",
    "δ": "delta",
    "ε": "epsilon",
    "θ": "theta",
    "λ": "lambda",
    "μ": "mu",
    "π": "pi",
    "σ": "sigma",
    "τ": "tau",
    "φ": "phi",
    "ω": "omega",
    "Φ": "Phi",
}


def plain_letters(text: str) -> str:
    """Return text in ASCII: `gamma` for `γ`, an escape for what has no other form."""
    for sign, told in _WORDS.items():
        text = text.replace(sign, told)
    return text.translate(ASCII).encode("ascii", "backslashreplace").decode()
