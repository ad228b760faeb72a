"""What dropout may leave: every mask is tried, for what is small enough."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product

import numpy as np

from teachkit.math.subjects import Array

MOST = 10
"""So many numbers may be dropped or not before trying them all takes too long."""


def masks(count: int, rate: float) -> Iterator[Array]:
    """Yield each way of dropping some of `count` numbers, the others scaled up."""
    for kept in product((0.0, 1.0), repeat=count):
        yield np.array(kept) / (1 - rate)


def distance_to_nearest(
    choices: Iterable[Sequence[Array]], outputs: Sequence[Array]
) -> float:
    """Return how far outputs are from the choice that is nearest.

    Each sample has its own mask, so the nearest is searched for each of them; the
    worst sample counts. The first axis of each array are the samples.
    """
    size = max(1.0, *(float(np.abs(one).max(initial=0)) for one in outputs))
    gaps = [_gaps(choice, outputs) for choice in choices]
    return float(np.min(gaps, axis=0).max()) / size


def _gaps(choice: Sequence[Array], outputs: Sequence[Array]) -> Array:
    gaps = [
        np.abs(ours - theirs).reshape(len(theirs), -1).max(axis=1)
        for ours, theirs in zip(choice, outputs, strict=True)
    ]
    return np.asarray(np.max(gaps, axis=0))
