"""How far the outputs of two models are apart, in numbers and in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from teachkit.keras_runner.running import Arrays
from teachkit.keras_runner.verdict import Pairs

_ROUNDING = 1e-5
"""Up to so much of the size of the outputs, a difference is rounding."""


@dataclass(frozen=True, slots=True)
class Result:
    """The largest difference between outputs, and the largest number among them.

    `finite` tells whether at least half of the numbers are finite on both sides.
    """

    error: float
    size: float
    place: str
    finite: bool = True

    @property
    def equal(self) -> bool:
        """Tell whether it is no more than rounding."""
        return self.error <= _ROUNDING * self.size or self.error == 0


def matched(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> Pairs:
    """Return pairs of paths: the same ones if possible, else by their order."""
    if set(ours) == set(theirs):
        return tuple((path, path) for path in ours)
    return tuple(zip(ours, theirs, strict=False))


def as_floats(array: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return numbers in double precision, and zeros for words."""
    if array.dtype.kind in "OSU":
        return np.zeros(array.shape)
    return array.astype("complex128" if array.dtype.kind == "c" else "float64")


def difference(ours: Arrays, theirs: Arrays) -> Result:
    """Return the largest difference between outputs that correspond."""
    return worst(
        [
            Result(
                largest_gap(ours[p], theirs[q]),
                _size(ours[p], theirs[q]),
                p,
                _mostly_finite(ours[p]) and _mostly_finite(theirs[q]),
            )
            for p, q in matched(ours, theirs)
        ]
    )


def worst(results: Sequence[Result]) -> Result:
    """Return the result that counts: each output is measured by its own size."""
    return max(results, key=lambda result: (not result.equal, result.error))


def _mostly_finite(array: np.ndarray[Any, Any]) -> bool:
    return array.size == 0 or float(np.isfinite(as_floats(array)).mean()) >= 0.5


def _size(one: np.ndarray[Any, Any], other: np.ndarray[Any, Any]) -> float:
    numbers = np.concatenate([np.abs(as_floats(a)).ravel() for a in (one, other)])
    return float(np.max(numbers, initial=0, where=np.isfinite(numbers)))


def largest_gap(one: np.ndarray[Any, Any], other: np.ndarray[Any, Any]) -> float:
    """Return the largest difference between two arrays.

    It is infinite where the shapes differ, where words do, and where one side has a
    number and the other has none.
    """
    if one.shape != other.shape:
        return float("inf")
    if one.dtype.kind in "OSU" or other.dtype.kind in "OSU":
        return 0.0 if (one == other).all() else float("inf")
    a, b = as_floats(one), as_floats(other)
    same = (a == b) | (np.isnan(a) & np.isnan(b))
    with np.errstate(invalid="ignore"):
        gaps = np.where(same, 0, np.abs(a - b))
    return float(np.max(np.where(np.isnan(gaps), np.inf, gaps), initial=0))


def sentence_on(result: Result, samples: int) -> str:
    """Return in words what came out on so many samples."""
    inputs = "1 random input" if samples == 1 else f"{samples} random inputs"
    where = f" of {result.place}" if result.place else ""
    if result.error == 0:
        return f"On {inputs} both models gave the same numbers: largest difference 0.0."
    if result.equal:
        return (
            f"On {inputs} both models gave the same numbers up to rounding: largest "
            f"difference {result.error:.1e}, in outputs{where} of up to "
            f"{result.size:.3g}."
        )
    if result.error == float("inf"):
        return (
            f"On {inputs} the models gave different outputs{where}: of different "
            "shapes, or numbers on one side only."
        )
    return (
        f"On {inputs} the models gave different numbers: largest difference "
        f"{result.error:.2g}, in outputs{where} of up to {result.size:.3g}."
    )
