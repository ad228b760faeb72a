"""Mean, spread and ends of an array, read once, in pieces that fit into the cache."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

_PIECE = 2**15


@dataclass(frozen=True, slots=True)
class Summary:
    """What an array looks like.

    All but the counts are of its finite numbers; they are NaN if there is none.

    Attributes:
        shape, dtype: of the array.
        size: how many numbers it has.
        mean, std, min, max: of the finite numbers.
        zeros: the share of zeros, between 0 and 1.
        norm: the root of the sum of squares of the finite numbers.
        not_finite: how many are infinite or no number.
    """

    shape: tuple[int, ...]
    dtype: str
    size: int
    mean: float
    std: float
    min: float
    max: float
    zeros: float
    norm: float
    not_finite: int = 0


def summary_of(array: np.ndarray[Any, Any]) -> Summary | None:
    """Return what an array looks like, None for words and for an empty array."""
    if array.dtype.kind not in "biufcV" or not array.size:
        return None
    if array.dtype.kind == "c":
        array = np.abs(array)
    sums = _Sums()
    flat = array.reshape(-1)
    for start in range(0, flat.size, _PIECE):
        sums.add(flat[start : start + _PIECE])
    return sums.summary(array)


def squares_of(numbers: np.ndarray[Any, Any]) -> float:
    """Return the sum of the squares of a row of numbers.

    A dot product of so few numbers would wait for threads longer than it takes.
    """
    return float(np.einsum("i,i->", numbers, numbers))


class _Sums:
    """Counts and sums over the pieces of an array.

    Means and spreads of pieces are joined, as one sum of squares over millions of
    numbers would lose what is small in what is large.
    """

    def __init__(self) -> None:
        self._count = 0
        self._mean = 0.0
        self._spread = 0.0
        self._zeros = 0
        self._ends = math.inf, -math.inf

    def add(self, piece: np.ndarray[Any, Any]) -> None:
        """Take in some more numbers."""
        self._zeros += piece.size - int(np.count_nonzero(piece != 0))
        rest = piece.astype("float64")
        low, high = float(piece.min()), float(piece.max())
        if not (math.isfinite(low) and math.isfinite(high)):
            rest = rest[np.isfinite(rest)]
            if not rest.size:
                return
            low, high = float(rest.min()), float(rest.max())
        self._ends = min(self._ends[0], low), max(self._ends[1], high)
        mean = float(rest.mean())
        rest -= mean
        count = self._count + rest.size
        step = mean - self._mean
        self._spread += squares_of(rest) + step * step * self._count * rest.size / count
        self._mean += step * rest.size / count
        self._count = count

    def summary(self, array: np.ndarray[Any, Any]) -> Summary:
        """Return what was found of the whole array."""
        count = self._count
        known = count > 0
        return Summary(
            shape=array.shape,
            dtype=str(array.dtype),
            size=array.size,
            mean=self._mean if known else math.nan,
            std=math.sqrt(self._spread / count) if known else math.nan,
            min=self._ends[0] if known else math.nan,
            max=self._ends[1] if known else math.nan,
            zeros=self._zeros / array.size,
            norm=math.sqrt(self._spread + count * self._mean**2),
            not_finite=array.size - count,
        )
