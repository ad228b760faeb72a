"""How an edge runs between rows: straight through each row, bending between them.

A curve that bends only in the gap between two rows can never run over a box, however
different the boxes of a row are in height.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence

from teachkit.layout.engines.problem import Point, Problem, Route

Size = tuple[float, float]


_CLEARANCE = 8.0
"""Least distance between a wire and a box that it passes."""
ARRIVAL = 11.0
"""Length of the straight piece before the end: an arrow and a label stand there."""


class Rows:
    """The rows of a placement: boxes whose middles have the same y."""

    def __init__(self, centers: Sequence[Point], sizes: Sequence[Size]) -> None:
        extents: dict[int, tuple[float, float]] = {}
        boxes: dict[int, list[tuple[float, float]]] = defaultdict(list)
        for (x, y), (width, height) in zip(centers, sizes, strict=True):
            top, bottom = extents.get(round(y), (y, y))
            extents[round(y)] = min(top, y - height / 2), max(bottom, y + height / 2)
            boxes[round(y)].append((x - width / 2, x + width / 2))
        self._extents = extents
        self._boxes = {y: sorted(found) for y, found in boxes.items()}
        self._sorted = sorted(extents)
        self._order = {y: k for k, y in enumerate(self._sorted)}

    def between(self, upper: Point, lower: Point) -> list[float]:
        """Return the middles of the rows between two boxes, given by their middles."""
        first, last = self._order[round(upper[1])], self._order[round(lower[1])]
        return [float(y) for y in self._sorted[first + 1 : last]]

    def extent(self, y: float) -> tuple[float, float]:
        """Return top and bottom of the row whose middle is at y."""
        return self._extents.get(round(y), (y, y))

    def clear(self, x: float, y: float) -> float:
        """Return the x nearest to one given that keeps off the boxes of a row."""
        boxes = self._boxes.get(round(y), [])
        after = bisect_right(boxes, (x + _CLEARANCE, math.inf))
        left, right = boxes[after - 1] if after else (math.inf, -math.inf)
        if x >= right + _CLEARANCE:
            return x
        if x - left < right - x:
            return left - _CLEARANCE
        return right + _CLEARANCE

    def are_hit(self, routes: Iterable[Route], crossed: Sequence[float]) -> bool:
        """Tell whether one of some routes runs over a box of the rows it crosses."""
        for route in routes:
            first = bisect_left(crossed, route[0][1])
            last = bisect_right(crossed, route[-1][1])
            if any(self._is_hit(route, y) for y in crossed[first:last]):
                return True
        return False

    def _is_hit(self, route: Route, y: float) -> bool:
        top, bottom = self._extents[round(y)]
        passed = [x_at(route, height) for height in (top, y, bottom)]
        return any(abs(self.clear(x, y) - x) >= _CLEARANCE - 1 for x in passed)

    def route(
        self,
        start: Point,
        upper: float,
        end: Point,
        lower: float,
        stops: Sequence[Point],
    ) -> Route:
        """Return the path of an edge.

        Arguments:
            start: where it leaves the upper box.
            upper: the middle of the row of this box.
            end: where it arrives at the lower box.
            lower: the middle of the row of that one.
            stops: a point for each row between them.
        """
        route = [start]
        _bend(route, (start[0], self.extent(upper)[1]))
        for x, y in stops:
            top, bottom = self.extent(y)
            _bend(route, (x, top))
            _bend(route, (x, bottom))
        _bend(route, (end[0], self.extent(lower)[0] - ARRIVAL))
        _bend(route, end)
        return tuple(route)


def routes_of(
    problem: Problem, centers: Sequence[Point], ways: Sequence[Sequence[Point]]
) -> tuple[Route, ...]:
    """Return the routes of all edges, each through the points on its way."""
    rows = Rows(centers, problem.sizes)
    routes = []
    for (a, b), way in zip(problem.edges, ways, strict=True):
        (x0, y0), (x1, y1) = centers[a], centers[b]
        start = (x0, y0 + problem.sizes[a][1] / 2)
        end = (x1, y1 - problem.sizes[b][1] / 2)
        routes.append(rows.route(start, y0, end, y1, way))
    return tuple(routes)


def _bend(route: list[Point], point: Point) -> None:
    """Add a piece that leaves and arrives vertically; go on if the way is straight."""
    (x0, y0), (x1, y1) = route[-1], point
    if y0 == y1 and x0 == x1:
        return
    if x0 == x1 and len(route) > 3 and route[-4][0] == x0:
        y0 = route[-4][1]
        del route[-3:]
    middle = (y0 + y1) / 2
    route += [(x0, middle), (x1, middle), (x1, y1)]


def x_at(route: Route, y: float) -> float:
    """Return the x of a route where it passes a height on its way down."""
    for k in range(0, len(route) - 3, 3):
        piece = route[k : k + 4]
        if piece[0][1] <= y <= piece[3][1]:
            return _x_on_piece(piece, y)
    nearest = min(route, key=lambda point: abs(point[1] - y))
    return nearest[0]


def _x_on_piece(piece: Route, y: float) -> float:
    if piece[0][0] == piece[3][0]:
        return piece[0][0]
    low, high = 0.0, 1.0
    for _ in range(20):
        middle = (low + high) / 2
        if _cubic([point[1] for point in piece], middle) < y:
            low = middle
        else:
            high = middle
    return _cubic([point[0] for point in piece], low)


def _cubic(values: list[float], t: float) -> float:
    a, b, c, d = values
    s = 1 - t
    return a * s**3 + 3 * b * s * s * t + 3 * c * s * t * t + d * t**3
