"""The engine of last resort: rows by distance from the inputs, in order of number.

It needs no library and cannot fail, so a drawing is never lost; it does not try to
avoid crossings.
"""

from __future__ import annotations

from collections import defaultdict

from teachkit.layout.engines.problem import Placement, Problem
from teachkit.layout.engines.routes import routes_of
from teachkit.layout.engines.spacing import centers_of_rows


def place(problem: Problem) -> Placement:
    """Place boxes row by row; edges must lead from lower to higher numbers."""
    depth = [0] * len(problem.sizes)
    for source, target in sorted(problem.edges, key=lambda edge: edge[1]):
        depth[target] = max(depth[target], depth[source] + 1)
    rows: dict[int, list[int]] = defaultdict(list)
    for box, row in enumerate(depth):
        rows[row].append(box)
    ordered = [[(0.0, box) for box in rows[row]] for row in sorted(rows)]
    centers = centers_of_rows(ordered, dict(enumerate(problem.sizes)))
    boxes = tuple(centers[box] for box in range(len(problem.sizes)))
    return Placement(boxes, routes_of(problem, boxes, [()] * len(problem.edges)))
