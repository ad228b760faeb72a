"""Spectral normalization: a kernel divided by its largest singular value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import prod
from typing import Any

import numpy as np

from teachkit.math.amounts import amount
from teachkit.math.explaining import CannotEvaluateError, meaning_of
from teachkit.math.formulas import Formula, Symbol, formula
from teachkit.math.meanings import Meaning
from teachkit.math.numbers import numbers
from teachkit.math.rules import for_layers, rule_for
from teachkit.math.subjects import Arguments, Array, Subject, bound

Evaluation = Callable[[Arguments], Array | Sequence[Array]]

_LATER = (
    "Outside of training nothing is divided: the kernel is the one that the last step "
    "of training left."
)
_KEPT = (
    "In training the divided kernel replaces the one before, and u is remembered; both "
    "are estimates that get better from step to step."
)


@for_layers("SpectralNormalization")
def spectral_normalization(subject: Subject) -> Meaning:
    """The layer inside, whose kernel is divided by its spectral norm in training."""
    layer = subject.operation
    inner = replace(
        subject.of(layer.layer, subject.given.first), outputs=subject.outputs
    )
    meaning = meaning_of(inner)
    columns = amount(layer.kernel.shape[-1], "numbers of u")
    params = meaning.params + columns
    if not subject.trains:
        notes = (*meaning.notes, _LATER)
        return replace(meaning, params=params, by_hand=None, notes=notes)
    return replace(
        meaning,
        formula=_formula(layer) + meaning.formula,
        params=params,
        evaluate=_evaluation(layer, inner),
        by_hand=None,
        notes=(*meaning.notes, _KEPT),
    )


def _formula(layer: Any) -> Formula:
    """Return the power iteration that estimates the largest singular value."""
    shape = tuple(layer.kernel.shape)
    rows = prod(shape[:-1])
    symbols = {
        "V": Symbol("V", "V", (rows, shape[-1]), "kernel before, as a matrix"),
        "u": Symbol("u", "u", (shape[-1],), "estimate of a singular vector"),
    }
    rounds = layer.power_iterations
    often = "once" if rounds == 1 else f"{rounds} times"
    steps = formula(
        r"v = \frac{$V $u}{|V u|}, \; u = \frac{V^T v}{|V^T v|}, \; "
        rf"\text{{{often}}}",
        f"v = $V $u / |V u|, u = Vᵀ v / |Vᵀ v|, {often}",
        **symbols,
    )
    return steps + formula(
        r"W = \frac{V}{\sigma}, \; \sigma = v^T V u", "W = V / σ, σ = vᵀ V u"
    )


def _evaluation(layer: Any, inner: Subject) -> Evaluation | None:
    """Return what the layer inside computes with the divided kernel."""
    rule = rule_for(layer.layer)
    if rule is None:
        return None

    def evaluate(given: Arguments) -> Array | Sequence[Array]:
        divided = _WithKernel(layer.layer, _divided(layer))
        found = rule(replace(inner, operation=divided)).evaluate
        if found is None:
            raise CannotEvaluateError(layer.name)
        return found(bound(layer.layer, (given.first,), {}))

    return evaluate


def _divided(layer: Any) -> Array:
    """Return the kernel divided by the estimate of its largest singular value."""
    kernel = numbers(layer.kernel)
    matrix = kernel.reshape(-1, kernel.shape[-1])
    u = numbers(layer.vector_u)[0]
    if not kernel.any():
        return kernel
    for _ in range(layer.power_iterations):
        v = matrix @ u
        v = v / np.linalg.norm(v)
        u = matrix.T @ v
        u = u / np.linalg.norm(u)
    return np.asarray(kernel / (v @ matrix @ u))


class _WithKernel:
    """A layer with other numbers as its kernel."""

    def __init__(self, layer: Any, kernel: Array) -> None:
        self._layer = layer
        self.kernel = self.embeddings = kernel

    def __getattr__(self, name: str) -> Any:
        return getattr(self._layer, name)
