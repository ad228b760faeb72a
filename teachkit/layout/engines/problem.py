"""What every layout engine is asked and answers: boxes and arrows, no models.

An engine is a function `place(problem) -> Placement`. It works from top to bottom;
drawings from left to right are turned before and after.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Point = tuple[float, float]
Route = tuple[Point, ...]
"""Control points of a cubic Bezier path: a start, then three points for each piece."""


NODE_GAP = 28.0
"""Least distance between two boxes of a row."""
ROW_GAP = 40.0
"""Distance between two rows, where no labels need more."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Boxes to place, in pixels.

    Attributes:
        sizes: width and height of each box.
        edges: pairs of box numbers, source and target; a pair may stand twice.
        top: numbers of the boxes that belong into the first row.
        row_gap: distance between two rows.
    """

    sizes: tuple[tuple[float, float], ...]
    edges: tuple[tuple[int, int], ...]
    top: frozenset[int] = frozenset()
    row_gap: float = ROW_GAP


@dataclass(frozen=True, slots=True)
class Placement:
    """Where the boxes are (their centres; y grows downwards) and how the edges run."""

    centers: tuple[Point, ...]
    routes: tuple[Route, ...]


Engine = Callable[[Problem], Placement]

TIME_LIMIT = 20.0
"""Seconds after which an engine that can be stopped is stopped."""
