"""Weights and arguments as arrays of double precision, and comparing of results."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import keras
import numpy as np

from teachkit.keras_runner.gaps import as_floats, largest_gap
from teachkit.math.subjects import Array

_TOLERANCE = {"float16": 2e-2, "bfloat16": 8e-2, "float64": 1e-6}
_USUAL = 2e-5


def numbers(variable: Any) -> Array:
    """Return the numbers of a weight in double precision; whole numbers stay whole."""
    return precise(np.asarray(keras.ops.convert_to_numpy(variable)))


def precise(array: Any) -> Array:
    """Return an array in double precision if it holds floats, else as it is."""
    found: Array = np.asarray(array)
    if found.dtype.kind in "OSU":
        return found
    floats = keras.backend.is_float_dtype(str(found.dtype))
    return found.astype("float64") if floats else found


def flat_arrays(result: Any) -> list[Array]:
    """Return arrays in flat order from what an evaluation returned."""
    if isinstance(result, dict):
        return [one for key in sorted(result) for one in flat_arrays(result[key])]
    if isinstance(result, (list, tuple)):
        return [one for item in result for one in flat_arrays(item)]
    return [np.asarray(result)]


def relative_error(ours: Iterable[Array], theirs: Iterable[Array]) -> float:
    """Return the largest difference, relative to the largest number if above one.

    It is infinite when the shapes differ, or when one side has numbers where the
    other has none.
    """
    ours, theirs = list(ours), list(theirs)
    if len(ours) != len(theirs):
        return float("inf")
    return max((_error(a, b) for a, b in zip(ours, theirs, strict=True)), default=0.0)


def tolerance(dtype: str) -> float:
    """Return how far two computations in a dtype may be apart by rounding."""
    return _TOLERANCE.get(dtype, _USUAL)


def _error(ours: Array, theirs: Array) -> float:
    sizes = np.abs(as_floats(theirs))
    size = float(np.max(sizes, initial=0, where=np.isfinite(sizes)))
    return largest_gap(ours, theirs) / max(1.0, size)
