"""Gradients of weights, split by call, beside the total of an ordinary pass."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from teachkit.keras_runner.gradients import REGULARIZATION, Found
from teachkit.keras_runner.owners import owners_of
from teachkit.keras_runner.tracer import Outcome, Tracer, trained
from teachkit.traces.building import (
    gradient_of,
    gradients_of_edges,
    gradients_of_tensors,
)
from teachkit.traces.records import (
    Array,
    Gradient,
    Gradients,
    LossPart,
    Step,
    WeightGradient,
)

_ROUNDING = 1e-6
"""A share of the largest gradient that is below this is rounding."""


def gradients_of(
    run: Tracer, outcome: Outcome, steps: tuple[Step, ...]
) -> Gradients | None:
    """Return the gradients of a run, None if it has no loss."""
    found = outcome.found
    if found is None:
        return None
    weights = list(_of_weights(run, found, {step.path: step.number for step in steps}))
    return Gradients(
        losses=tuple(LossPart(*part) for part in found.losses),
        of_tensors=gradients_of_tensors(run, outcome),
        of_weights=tuple(weights),
        by_depth=tuple(_by_depth(steps, weights)),
        of_edges=gradients_of_edges(run, outcome),
    )


def _of_weights(
    run: Tracer, found: Found, order: dict[str, int]
) -> Iterator[WeightGradient]:
    owners = owners_of(run.recording)
    keys = [id(v) for v, _ in trained(run.recording, run.state) if id(v) in owners]
    totals = {k: gradient_of(owners[k].weight, found.totals.get(k)) for k in keys}
    largest = max((total.norm for total in totals.values() if total), default=0.0)
    for key in keys:
        calls = _of_calls(key, found, order)
        penalty = gradient_of(REGULARIZATION, found.penalties.get(key))
        error = _sum_error([*calls.values(), penalty], totals[key], largest)
        yield WeightGradient(
            weight=owners[key].weight,
            layers=owners[key].layers,
            shape=owners[key].shape,
            calls=calls,
            penalty=penalty,
            total=totals[key],
            sum_error=error,
            reached_by=tuple(found.reached.get(key, ())),
        )


def _of_calls(
    key: int, found: Found, order: dict[str, int]
) -> dict[str, Gradient | None]:
    """Return the share of each call that may read a weight, in the order of the run."""
    paths = [path for path, variable in found.of_calls if variable == key]
    paths.sort(key=lambda path: order.get(path, len(order)))
    return {path: gradient_of(path, found.of_calls[path, key]) for path in paths}


def _sum_error(
    shares: Iterable[Gradient | None], total: Gradient | None, largest: float
) -> float:
    """Return how far the sum of shares is from the total.

    It is a part of the total, or of the largest share where shares cancel out. Where
    all of them are nothing but rounding, beside the largest gradient of any weight,
    it is a part of that one: no loss depends on the bias of keys in an attention.
    """
    arrays = [share.array for share in shares if share is not None]
    goal: Any = 0.0 if total is None else total.array
    rest = _length(sum(arrays[1:], start=arrays[0]) - goal if arrays else goal)
    own = max([_length(array) for array in arrays], default=0.0)
    own = max(own, 0.0 if total is None else total.norm)
    if not rest:
        return 0.0
    is_rounding = own < _ROUNDING * largest and rest > _ROUNDING * own
    return rest / (largest if is_rounding else own)


def _length(array: Array) -> float:
    return float(np.linalg.norm(np.asarray(array).reshape(-1)))


def _by_depth(
    steps: tuple[Step, ...], weights: list[WeightGradient]
) -> Iterable[tuple[str, Gradient | None]]:
    """Yield the gradient of the kernel of each call: its largest matrix."""
    for step in steps:
        mine = [w for w in weights if step.path in w.calls and len(w.shape) > 1]
        if mine:
            kernel = max(mine, key=lambda weight: np.prod(weight.shape))
            yield step.path, kernel.calls[step.path]
