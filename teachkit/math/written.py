"""Numbers of small arrays written out, so that one can compute them by hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from teachkit.math.formulas import Formula, Line, latex_safe, powers_of_ten
from teachkit.math.subjects import Array

LARGEST = 6
"""Rows and columns of what is written out."""

MOST = 9
"""Of more terms than these some are left out."""

_COMMANDS = {"×": r"\times", "²": "^2", "...": r"\dots"}


def small(*arrays: Array) -> bool:
    """Tell whether arrays have at most two axes, of at most six each."""
    return all(a.ndim <= 2 and max(a.shape, default=1) <= LARGEST for a in arrays)


def told(value: float) -> str:
    """Return a number with three digits that count: `0.25`, `-1.3`, `12`."""
    # Adding zero turns -0.0 into 0.0.
    return f"{float(value) + 0.0:.3g}"


def matrix(array: Array) -> Line:
    r"""Return an array of at most two axes, as `bmatrix` and as `[1 2; 3 4]`."""
    rows = [[told(value) for value in row] for row in np.atleast_2d(array)]
    latex = powers_of_ten(r" \\ ".join(" & ".join(row) for row in rows))
    text = "; ".join(" ".join(row) for row in rows)
    return Line(rf"\begin{{bmatrix}} {latex} \end{{bmatrix}}", f"[{text}]")


def line(*parts: Line | str) -> Formula:
    r"""Return one line put together; a plain string is the same in both forms.

    `×`, `²` and `...` in a string become commands in LaTeX, `1e-07` a power of ten.
    """
    pieces = [_part(part) if isinstance(part, str) else part for part in parts]
    return Formula(
        (
            Line(
                " ".join(piece.latex for piece in pieces),
                " ".join(piece.text for piece in pieces),
            ),
        )
    )


def upright(text: str) -> Line:
    """Return a name for use in a line: `relu`."""
    return Line(rf"\text{{{latex_safe(text)}}}", text)


def weighted_sum(
    result: str, pairs: Sequence[tuple[float, float]], bias: float | None, value: float
) -> Formula:
    """Return `z_1 = 1 × 0.5 + 2 × (-1) + 0.1 = -1.4`."""
    factors = [told(a) if k == 0 else bracketed(a) for k, (a, _) in enumerate(pairs)]
    products = summed(
        f"{a} × {bracketed(b)}" for a, (_, b) in zip(factors, pairs, strict=True)
    )
    after = "" if bias is None else f" + {bracketed(bias)}"
    return line(f"{result} = {products}{after} = {told(value)}")


def summed(terms: Iterable[str]) -> str:
    """Return terms with `+` between them; of many the first three and the last."""
    return " + ".join(shortened(terms))


def shortened(parts: Iterable[str]) -> list[str]:
    """Return parts as they are; of many the first three, `...` and the last."""
    found = list(parts)
    return found if len(found) <= MOST else [*found[:3], "...", found[-1]]


def before_and_after(x: Array, y: Array) -> Formula | None:
    """Return `x = ...` and `y = ...`, None if they are too large to be written out."""
    if not small(x, y):
        return None
    return line("x =", matrix(x)) + line("y =", matrix(y))


def bracketed(value: float) -> str:
    """Return a number, in brackets if it is negative."""
    text = told(value)
    return f"({text})" if text.startswith("-") else text


def _part(text: str) -> Line:
    latex = powers_of_ten(text)
    for sign, command in _COMMANDS.items():
        latex = latex.replace(sign, command)
    return Line(latex, text)
