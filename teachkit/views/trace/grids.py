"""The numbers of a small tensor, written out so that one can compute with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from teachkit.math.written import LARGEST, told
from teachkit.speech import cut

Array = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class Grid:
    """Numbers in rows.

    Attributes:
        rows: as texts.
        word: what a row is, `sample` or `row`.
        part: which part of the tensor this is; empty if it is all of it.
    """

    rows: tuple[tuple[str, ...], ...]
    word: str
    part: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """The rows as text, the numbers below each other."""
        width = max(len(cell) for row in self.rows for cell in row)
        return tuple("  ".join(f"{cell:>{width}}" for cell in row) for row in self.rows)


def grid_of(array: Array) -> Grid | None:
    """Return the numbers of a small tensor, or of its first samples; else None."""
    if array.size == 0:
        return None
    if array.ndim <= 2:
        return _samples(array)
    if array.ndim == 3 and max(array.shape[1:]) <= LARGEST:
        part = "" if len(array) == 1 else f"the first of {len(array):,} samples"
        return Grid(_rows(array[0]), "row", part)
    return None


def cell_text(value: Any) -> str:
    """Return one number, or one word, as text."""
    if isinstance(value, bytes):
        value = value.decode(errors="replace")
    if isinstance(value, (str, bool, np.bool, int, np.integer)):
        return cut(str(value))
    return told(value) if np.isrealobj(value) else f"{value:.3g}"


def _samples(array: Array) -> Grid | None:
    rows = array.reshape(1, 1) if array.ndim == 0 else array.reshape(len(array), -1)
    if rows.shape[1] > LARGEST:
        return None
    count = len(rows)
    part = "" if count <= LARGEST else f"the first {LARGEST} of {count:,} samples"
    return Grid(_rows(rows[:LARGEST]), "sample" if array.ndim else "number", part)


def _rows(matrix: Array) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(cell_text(value) for value in row) for row in matrix)
