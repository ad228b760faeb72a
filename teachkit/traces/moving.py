"""How far the tensors of two runs are from each other."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

import numpy as np

from teachkit.traces.records import Array, Moved, Value
from teachkit.traces.summaries import squares_of

_PIECE = 2**15
_NOISE = 1e-3


def moved_between(
    before: Mapping[tuple[str, int], Value], after: Mapping[tuple[str, int], Value]
) -> tuple[Moved, ...]:
    """Return the tensors that two runs have in common and that are not the same."""
    pairs = ((value, after[key]) for key, value in before.items() if key in after)
    moved = (moved_by(one, other) for one, other in pairs)
    return tuple(one for one in moved if one.difference > 0)


def is_noisy(
    moved: Iterable[Moved], order: Iterable[str], touched: Iterable[str]
) -> bool:
    """Tell whether something moved before anything was changed.

    Arguments:
        moved: between two runs.
        order: the paths of all calls in the order of the run.
        touched: the paths at which something was changed.
    """
    places = {path: place for place, path in enumerate(order)}
    first = min((places[path] for path in touched if path in places), default=0)
    return any(
        one.relative > _NOISE and places.get(one.path, first) < first for one in moved
    )


def moved_by(before: Value, after: Value) -> Moved:
    """Return how far one tensor moved."""
    one, other = before.array, after.array
    if one.shape != other.shape or one.dtype.kind not in "biufV":
        far = 0.0 if np.array_equal(one, other) else math.inf
        return Moved(before.path, before.index, far, far)
    largest, squares, whole = 0.0, 0.0, 0.0
    for left, right in _pieces(one, other):
        with np.errstate(invalid="ignore"):
            gap = np.abs(right - left)
        gap[(left == right) | (np.isnan(left) & np.isnan(right))] = 0
        gap[np.isnan(gap)] = math.inf
        largest = max(largest, float(gap.max()))
        squares += squares_of(gap)
        whole += squares_of(left)
    if not largest:
        return Moved(before.path, before.index, 0.0, 0.0)
    share = math.sqrt(squares / whole) if whole > 0 else math.inf
    return Moved(before.path, before.index, largest, share)


def _pieces(one: Array, other: Array) -> Iterable[tuple[Array, Array]]:
    left, right = one.reshape(-1), other.reshape(-1)
    for start in range(0, left.size, _PIECE):
        part = slice(start, start + _PIECE)
        yield left[part].astype("float64"), right[part].astype("float64")
