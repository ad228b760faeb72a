"""What a trace says of sums: weights that are read by several calls."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from teachkit.math.written import told
from teachkit.speech import listed, named, number
from teachkit.traces.records import Gradients, WeightGradient
from teachkit.views.trace.gradient_words import norm_cell, norm_of

_MOST_TERMS = 6
_EXACT, _HALF_EXACT = 1e-4, 3e-2
"""Relative errors that are rounding: of usual numbers, and of those with 16 bits."""


def shared_weights(gradients: Gradients) -> list[WeightGradient]:
    """Return the weights whose gradient is a sum over several calls."""
    return [one for one in gradients.of_weights if len(one.calls) > 1]


def shared_sentence(gradients: Gradients) -> str:
    """Say that the gradients of all calls add up, and how exactly they do."""
    weights = shared_weights(gradients)
    count = number(len(weights))
    those = (
        "One weight is" if len(weights) == 1 else f"{count.capitalize()} weights are"
    )
    return (
        f"{those} read by several calls. Each call has a gradient of its own, and "
        f"training uses their sum (rule 7). {_sum_words(gradients, weights)}"
    )


def uneven(gradients: Gradients) -> list[str]:
    """Warn of weights whose shares are not what an ordinary pass gives."""
    off = [one for one in gradients.of_weights if not _is_sum(gradients, one)]
    if not off:
        return []
    far = max(one.sum_error for one in off)
    names = listed([named(one.weight) for one in off])
    return [
        "The gradients by call do NOT add up to the gradient of an ordinary pass "
        f"through the model for {names}: they differ by up to {told(far)} times "
        "its length. The two passes were not alike: as a rule a layer draws random "
        "numbers without a seed, or changes its own weights while it runs. Do not "
        "rely on these gradients."
    ]


def sum_text(weight: WeightGradient) -> str:
    """Return how the gradients of the calls add up.

    `0.525 + 0.194 (as vectors) = 0.573, relative error 0`
    """
    norms = [told(norm) for _, norm in shares(weight)]
    shown = norms
    if len(norms) > _MOST_TERMS:
        shown = [*norms[: _MOST_TERMS - 2], "...", norms[-1]]
    error = error_text(weight.sum_error)
    total = sum_cell(weight)
    return f"{' + '.join(shown)} (as vectors) = {total}, relative error {error}"


def sum_cell(weight: WeightGradient) -> str:
    """Return the norm of the sum of all shares: 0 if no loss reaches any."""
    return "0" if weight.total is None else norm_cell(weight)


def shares(weight: WeightGradient) -> Iterator[tuple[str, float]]:
    """Yield where the gradient of a weight comes from, with its norm."""
    for path, gradient in weight.calls.items():
        yield path, 0.0 if gradient is None else norm_of(gradient)
    if weight.penalty is not None:
        yield "its regularizer", norm_of(weight.penalty)


def error_text(error: float) -> str:
    """Return a relative error as text: `0`, `6e-8`."""
    return f"{error:.0e}".replace("e-0", "e-") if error else "0"


def _sum_words(gradients: Gradients, weights: Sequence[WeightGradient]) -> str:
    if not all(math.isfinite(one.sum_error) for one in weights):
        return "As some of these numbers are not finite, sums cannot be checked."
    if not all(_is_sum(gradients, one) for one in weights):
        return (
            "Here the sum does NOT equal the gradient of an ordinary pass through the "
            "model: the relative errors below are not rounding."
        )
    error = max(one.sum_error for one in weights)
    far = f", with a relative error of at most {error_text(error)}" if error else ""
    return f"The sum equals the gradient of an ordinary pass through the model{far}."


def _is_sum(gradients: Gradients, weight: WeightGradient) -> bool:
    """Tell whether the shares of a weight add up, but for rounding."""
    dtypes = {one.dtype for one in gradients.of_tensors.values() if one is not None}
    half = not dtypes.isdisjoint({"float16", "bfloat16"})
    error = weight.sum_error
    return not math.isfinite(error) or error <= (_HALF_EXACT if half else _EXACT)
