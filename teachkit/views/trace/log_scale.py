"""A log scale with its ends near the numbers, for dots: it has no baseline for bars."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

_LEAST = math.log10(3)
"""Numbers that are nearly equal must not look as if they were far apart."""
_AROUND = 0.06
_ENDS = -300.0, 300.0
"""A scale cannot begin at a number that is stored as 0, or end at infinity."""


def log_limits(sizes: Iterable[float | None]) -> tuple[float, float]:
    """Return the ends of a scale around all finite sizes above 0, as logarithms."""
    logs = [math.log10(size) for size in sizes if size is not None and has_place(size)]
    if not logs:
        return -1.0, 0.0
    low, high = min(logs), max(logs)
    around = max(_AROUND * (high - low), (_LEAST - (high - low)) / 2)
    return max(low - around, _ENDS[0]), min(high + around, _ENDS[1])


def log_places(sizes: Sequence[float]) -> list[float | None]:
    """Return the place of each size on their scale, from 0 to 1, None for 0 and NaN."""
    low, high = log_limits(sizes)
    return [
        (math.log10(size) - low) / (high - low) if has_place(size) else None
        for size in sizes
    ]


def has_place(size: float) -> bool:
    """Tell whether a number can stand on a log scale."""
    return math.isfinite(size) and size > 0 and abs(math.log10(size)) < _ENDS[1]
