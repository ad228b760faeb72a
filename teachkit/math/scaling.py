"""What is standardized and scaled, with letters where arrays do not fit as they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from teachkit.graph import Shape
from teachkit.math.formulas import Formula, Line, Symbol, formula
from teachkit.math.moments import small_number

STANDARDIZED = Line(
    r"\frac{$x - $mean}{\sqrt{$variance + $epsilon}}",
    "($x - $mean) / √($variance + $epsilon)",
)


@dataclass(frozen=True, slots=True)
class Indices:
    """Letters of the axes, for arrays that do not lie above each other as they are.

    Attributes:
        x: of input and output: `nij`; empty where no letters are needed.
        moments: of mean and variance: `i`.
        weights: of gamma and beta.
    """

    x: str = ""
    moments: str = ""
    weights: str = ""


NO_INDICES = Indices()


def letters_of(shape: Shape) -> str:
    """Return a letter for each axis: `nij`."""
    return "nijklmpqrst"[: len(shape)]


def are_last(axes: Sequence[int], shape: Shape) -> bool:
    """Tell whether axes are the last ones, where weights along them fit as they are."""
    return tuple(axes) == tuple(range(len(shape) - len(axes), len(shape)))


def scaled_line(
    shape: Shape,
    epsilon: float,
    weights: Sequence[Symbol | None],
    moments: Line,
    indices: Indices = NO_INDICES,
) -> Formula:
    """Return `y = γ ⊙ (x - μ) / √(σ² + 0.001) + β`.

    Arguments:
        shape: of input and output.
        epsilon: as the layer has it.
        weights: gamma and beta; None for one that the layer does not have.
        moments: what x becomes before it is scaled, with `$x`, `$mean`, `$variance`
            and `$epsilon` in it, and `$r` and `$d` of a correction.
        indices: if numbers are written, and not arrays.
    """
    gamma, beta = weights
    symbols = {
        "y": Symbol("y", "y", shape, "output"),
        "x": Symbol("x", "x", shape, "input"),
        "epsilon": small_number(epsilon),
        "mean": _indexed(r"\mu", "μ", indices.moments),
        "variance": _indexed(r"\sigma^2", "σ²", indices.moments),
        "r": _indexed("r", "r", indices.moments),
        "d": _indexed("d", "d", indices.moments),
    }
    latex, text = moments.latex, moments.text
    if indices.x:
        # Numbers are multiplied, and not arrays.
        latex, text = latex.replace(r"\odot", r"\,"), text.replace("⊙ ", "")
    if gamma is not None:
        symbols["gamma"] = gamma
        latex, text = scaled(latex, text, is_array=not indices.x)
    if beta is not None:
        symbols["beta"] = beta
        latex, text = f"{latex} + $beta", f"{text} + $beta"
    return formula(
        placed(f"$y = {latex}", indices, "latex"),
        placed(f"$y = {text}", indices, "text"),
        **symbols,
    )


def scaled(latex: str, text: str, *, is_array: bool) -> tuple[str, str]:
    """Return both forms times gamma: each number of an array, or one number."""
    if is_array:
        return rf"$gamma \odot {latex}", f"$gamma ⊙ {text}"
    return rf"$gamma \, {latex}", f"$gamma {text}"


def placed(line: str, indices: Indices, form: str) -> str:
    """Return a line with the letters of the axes behind input, output and weights."""
    letters = dict.fromkeys("yx", indices.x)
    letters |= dict.fromkeys(("gamma", "beta"), indices.weights)

    def put(found: re.Match[str]) -> str:
        name, below = found[1], letters[found[1]]
        if not below:
            return found[0]
        return f"${name}_{{{below}}}" if form == "latex" else f"${{{name}}}_{below}"

    return re.sub(r"\$(y|x|gamma|beta)\b", put, line)


def _indexed(latex: str, text: str, letters: str) -> Symbol:
    if not letters:
        return Symbol(latex, text)
    letter, _, power = latex.partition("^")
    above = f"^{power}" if power else ""
    return Symbol(f"{letter}_{{{letters}}}{above}", f"{text}_{letters}")
