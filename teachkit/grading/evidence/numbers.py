"""Whether numbers are the same, and how they are told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

Array = "np.ndarray[Any, Any]"
ABSOLUTE = 1e-5
RELATIVE = 1e-4


def same(one: Any, other: Any) -> bool:
    """Tell whether arrays are equal up to rounding: 1e-5 + 1e-4 · |v|.

    Numbers that are NaN in both are the same.
    """
    one, other = np.asarray(one), np.asarray(other)
    if one.shape != other.shape:
        return False
    return bool(np.allclose(one, other, RELATIVE, ABSOLUTE, equal_nan=True))


def gap(one: Any, other: Any) -> float:
    """Return the largest difference between two arrays; infinite for other shapes."""
    one, other = np.asarray(one), np.asarray(other)
    if one.shape != other.shape:
        return float("inf")
    differences = np.abs(one - other)
    finite = differences[np.isfinite(differences)]
    return float(finite.max()) if finite.size else 0.0


def sized(arrays: Mapping[str, Any], size: float) -> dict[str, Any]:
    """Return arrays with their numbers multiplied; whole numbers stay as they are."""
    return {
        name: (array * size).astype(array.dtype) if array.dtype.kind == "f" else array
        for name, array in arrays.items()
    }


def told(number: float) -> str:
    """Return a number as a sentence has it: 0.31, 3.2, 1,024, 1e-06."""
    number = float(number)
    if number == 0 or not np.isfinite(number):
        return f"{number:g}"
    if abs(number) >= 1000:
        return f"{number:,.0f}"
    if abs(number) < 0.001:
        return f"{number:.0e}"
    return f"{number:.2f}" if abs(number) >= 0.01 else f"{number:.3f}"


def shape_told(shape: Any) -> str:
    """Return the shape of one sample: `(8, 8, 1)`, with `any` for an open length."""
    if shape is None:
        return "(unknown)"
    parts = ["any" if part is None else str(part) for part in shape]
    return f"({parts[0]},)" if len(parts) == 1 else f"({', '.join(parts)})"


def counted(number: int, noun: str) -> str:
    """Return `1 input`, `2 inputs`."""
    return f"{number:,} {noun if number == 1 else noun + 's'}"
