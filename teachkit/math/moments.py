"""Mean and variance: computed, written as formulas, and written out by hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from teachkit.graph import Shape
from teachkit.math.amounts import NOTHING, Amount, amount, product
from teachkit.math.formulas import (
    Formula,
    Line,
    Symbol,
    formula,
    latex_safe,
    powers_of_ten,
)
from teachkit.math.numbers import numbers
from teachkit.math.subjects import Array
from teachkit.math.written import LARGEST, bracketed, line, summed, told
from teachkit.speech import listed

STAYS = "the shape stays"
ALONE = "Each sample is normalized alone, in training and later in the same way."


def axes_of(axis: int | Sequence[int], shape: Shape) -> tuple[int, ...]:
    """Return axes counted from 0, in order."""
    given = [axis] if isinstance(axis, int) else axis
    return tuple(sorted(one % len(shape) for one in given))


def axes_words(axes: tuple[int, ...]) -> str:
    """Return `axis 1`, `axes 1 and 2`."""
    return f"{'axis' if len(axes) == 1 else 'axes'} {listed([str(a) for a in axes])}"


def without(shape: Shape, axes: tuple[int, ...]) -> Shape:
    """Return the lengths that are left when some axes are summed up."""
    return tuple(n for axis, n in enumerate(shape) if axis not in axes)


def size_amount(sizes: Shape, axes: tuple[int, ...]) -> Amount:
    """Return how many numbers a weight along some axes has."""
    names = ["channels"] if len(axes) == 1 else [f"length of axis {a}" for a in axes]
    return product(
        *(amount(size or 0, name) for size, name in zip(sizes, names, strict=True))
    )


def weights_of(count: int, size: Amount) -> Amount:
    """Return so many weights of one size."""
    return product(amount(count, "weights"), size) if count else NOTHING


def small_number(value: float) -> Symbol:
    """Return a number such as epsilon: `0.001`, `10^{-6}`."""
    text = f"{value:g}"
    return Symbol(powers_of_ten(text), text)


def laid(weight: Any, x: Array, axes: tuple[int, ...]) -> Array:
    """Return a weight with its axes where they belong in the input."""
    return numbers(weight).reshape(
        [n if axis in axes else 1 for axis, n in enumerate(x.shape)]
    )


def standardized(x: Array, axes: tuple[int, ...], epsilon: float) -> Array:
    """Return numbers with mean 0 and variance 1, over some axes."""
    mean = x.mean(axis=axes, keepdims=True)
    variance = ((x - mean) ** 2).mean(axis=axes, keepdims=True)
    return np.asarray((x - mean) / np.sqrt(variance + epsilon))


def moment_lines(where: str, shape: Shape | None) -> Formula:
    """Return two lines: what mean and variance are.

    Arguments:
        where: over which numbers: `each channel: over axes 0, 1 and 2`.
        shape: of mean and variance.
    """
    symbols = {
        "m": Symbol(r"\mu", "μ", shape, "mean"),
        "v": Symbol(r"\sigma^2", "σ²", shape, "variance"),
    }
    safe = latex_safe(where)
    first = formula(
        rf"$m = \text{{mean of }} x \text{{ {safe}}}",
        f"$m = mean of x {where}",
        m=symbols["m"],
    )
    return first + formula(
        rf"$v = \text{{mean of }} (x - \mu)^2 \text{{ {safe}}}",
        f"$v = mean of (x - μ)² {where}",
        v=symbols["v"],
    )


def moments_by_hand(seen: Array) -> Formula:
    """Return the mean and the variance of a few numbers, written out; else no line."""
    if not 0 < seen.size <= LARGEST**2:
        return Formula(())
    mean = float(seen.mean())
    total = summed(bracketed(float(one)) for one in seen)
    gaps = summed(f"({told(one)} - {bracketed(mean)})²" for one in seen)
    first = line(Line(r"\mu", "μ"), f"= ({total}) / {seen.size} = {told(mean)}")
    variance = told(float(seen.var()))
    return first + line(
        Line(r"\sigma^2", "σ²"), f"= ({gaps}) / {seen.size} = {variance}"
    )


def scaled_by_hand(
    x: float,
    moments: tuple[float, float, float],
    weights: tuple[float | None, float | None],
    result: float,
) -> Formula:
    """Return one number standardized and scaled.

    Arguments:
        x: the number.
        moments: mean, variance and epsilon.
        weights: gamma and beta of its channel; None for one that is not there.
        result: what Keras gave.
    """
    mean, variance, epsilon = moments
    gamma, beta = weights
    above = f"{told(x)} - {bracketed(mean)}"
    more = small_number(epsilon)
    below = [f"{told(variance)} + {one}" for one in (more.latex, more.text)]
    before = "" if gamma is None else f"{bracketed(gamma)} × "
    after = "" if beta is None else f" + {bracketed(beta)}"
    return line(
        f"y = {before}".strip(),
        Line(
            rf"\frac{{{above}}}{{\sqrt{{{below[0]}}}}}",
            f"({above}) / √({below[1]})",
        ),
        f"{after} = {told(result)}".strip(),
    )
