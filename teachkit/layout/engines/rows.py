"""The engine of last resort: rows by distance from the inputs, in order of number.

It needs no library and cannot fail, so a drawing is never lost; it does not try to
avoid crossings. Edges that pass rows do so in lanes beside all boxes.
"""

from __future__ import annotations

from collections import defaultdict

from teachkit.layout.engines.problem import Placement, Point, Problem
from teachkit.layout.engines.routes import Rows, routes_of
from teachkit.layout.engines.spacing import centers_of_rows

_LANE = 14.0
_LANES = 40
"""More edges than these share lanes."""


def place(problem: Problem) -> Placement:
    """Place boxes row by row; edges must lead from lower to higher numbers."""
    depth = [0] * len(problem.sizes)
    for source, target in sorted(problem.edges, key=lambda edge: edge[1]):
        depth[target] = max(depth[target], depth[source] + 1)
    rows: dict[int, list[int]] = defaultdict(list)
    for box, row in enumerate(depth):
        rows[row].append(box)
    ordered = [[(0.0, box) for box in rows[row]] for row in sorted(rows)]
    sizes = dict(enumerate(problem.sizes))
    centers = centers_of_rows(ordered, sizes, problem.row_gap)
    boxes = tuple(centers[box] for box in range(len(problem.sizes)))
    return Placement(boxes, routes_of(problem, boxes, _ways(problem, boxes)))


def _ways(problem: Problem, boxes: tuple[Point, ...]) -> list[list[Point]]:
    """Return where each edge passes the rows between its ends."""
    rows = Rows(boxes, problem.sizes)
    right = max(x + w / 2 for (x, _), (w, _) in zip(boxes, problem.sizes, strict=True))
    ways = []
    lane = 0
    for source, target in problem.edges:
        crossed = rows.between(boxes[source], boxes[target])
        x = right + _LANE * (1 + lane % _LANES)
        ways.append([(x, y) for y in crossed])
        lane += bool(crossed)
    return ways
