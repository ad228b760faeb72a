"""A layered layout for large graphs: 10 to 40 times as fast as Graphviz.

fast-sugiyama finds rows, the order in each row and the points where long edges pass;
the distances are ours, since it knows boxes of one size only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from fast_sugiyama import from_edges

from teachkit.errors import LayoutError
from teachkit.layout.engines.problem import NODE_GAP, Placement, Problem
from teachkit.layout.engines.routes import routes_of
from teachkit.layout.engines.spacing import centers_of_rows

Edges = list[tuple[int, int]]
_ROW = 1000.0
_PATIENT_UP_TO = 1500
"""Above so many edges the last pass against crossings would cost seconds."""


def place(problem: Problem) -> Placement:
    """Place boxes in rows, fewest crossings first.

    Raises:
        LayoutError: the library failed.
    """
    try:
        return _placed(problem)
    except (KeyboardInterrupt, SystemExit, LayoutError):
        raise
    except BaseException as error:
        # A panic in Rust derives from BaseException only.
        raise LayoutError(
            "a layout from fast-sugiyama",
            f"{type(error).__name__}: {error}",
            "try another engine, for example engine='graphviz'",
        ) from error


def _placed(problem: Problem) -> Placement:
    found, links = _solve(problem)
    rows: dict[float, list[tuple[float, int]]] = defaultdict(list)
    for box, (x, y) in found.items():
        rows[-y].append((x, box))
    ordered = [sorted(rows[y]) for y in sorted(rows)]
    centers = centers_of_rows(ordered, dict(enumerate(problem.sizes)), problem.row_gap)
    boxes = tuple(centers[box] for box in range(len(problem.sizes)))
    ways = [[centers[stop] for stop in way[1:-1]] for way in _ways(problem, links)]
    return Placement(boxes, routes_of(problem, boxes, ways))


def _solve(
    problem: Problem,
) -> tuple[dict[int, tuple[float, float]], list[tuple[int, int]]]:
    """Return position of boxes and of points on edges, and the links between them.

    Each part of the graph is given to the library by itself, numbered without gaps:
    of several parts it was seen to give points of edges the numbers of boxes.
    """
    widths = sorted(width for width, _ in problem.sizes)
    spacing = (widths[len(widths) // 2] if widths else 0.0) + NODE_GAP
    found: dict[int, tuple[float, float]] = {}
    links: list[tuple[int, int]] = []
    left = 0.0
    fresh = len(problem.sizes)  # the next number for a point of an edge
    for boxes, edges in _parts(problem):
        positions, width, found_links = _solve_part(len(boxes), edges, spacing)
        numbers = [*boxes, *range(fresh, fresh + len(positions) - len(boxes))]
        fresh += len(positions) - len(boxes)
        found.update((numbers[k], (left + x, y)) for k, (x, y) in enumerate(positions))
        links += [(numbers[a], numbers[b]) for a, b in found_links]
        left += width + spacing
    return found, links


def _solve_part(
    count: int, edges: Edges, spacing: float
) -> tuple[list[tuple[float, float]], float, Edges]:
    """Place one connected part: positions by number, its width, and its links.

    The boxes are numbered first, then the points on edges. The ranking `up` is chosen
    for safety: `minimize`, the default of the library, was seen never to end on
    graphs of 100 boxes.
    """
    if not edges:
        return [(0.0, 0.0)], 0.0, []
    ((placed, width, _, links),) = from_edges(
        edges,
        vertex_spacing=spacing,
        dummy_vertices=True,
        dummy_size=0.25,
        ranking_type="up",
        transpose=len(edges) <= _PATIENT_UP_TO,
        check_layout=False,
    )
    bottom = max(y for _, (_, y) in placed)
    spots = {
        int(number): (x, -round((bottom - y) / spacing) * _ROW)
        for number, (x, y) in placed
    }
    order = {number: k for k, number in enumerate(sorted(spots))}
    if len(spots) < len(placed) or sorted(spots)[:count] != list(range(count)):
        raise LayoutError("a place for each box", "one number twice", "report this")
    following = [(order[int(a)], order[int(b)]) for a, b in links or ()]
    return [spots[number] for number in order], width, following


def _parts(problem: Problem) -> Iterator[tuple[list[int], Edges]]:
    """Yield the connected parts: the boxes of each, and its edges between these.

    Edges name boxes by their position in the part.
    """
    beside: dict[int, list[int]] = defaultdict(list)
    leaving: dict[int, list[int]] = defaultdict(list)
    for source, target in problem.edges:
        beside[source].append(target)
        beside[target].append(source)
        leaving[source].append(target)
    seen: set[int] = set()
    for box in range(len(problem.sizes)):
        if box in seen:
            continue
        seen.add(box)
        part = [box]
        for one in part:
            fresh = [b for b in dict.fromkeys(beside[one]) if b not in seen]
            seen.update(fresh)
            part += fresh
        part.sort()
        place = {b: k for k, b in enumerate(part)}
        yield part, [(place[a], place[b]) for a in part for b in leaving[a]]


def _ways(problem: Problem, links: Edges) -> Iterator[list[int]]:
    """Yield the boxes and points on the way of each edge, in their order."""
    after: dict[int, list[int]] = defaultdict(list)
    for source, target in links:
        after[source].append(target)
    ways: dict[tuple[int, int], list[list[int]]] = defaultdict(list)
    for source in range(len(problem.sizes)):
        for step in after[source]:
            way = [source, step]
            while way[-1] >= len(problem.sizes):
                way.append(after[way[-1]][0])
            ways[source, way[-1]].append(way)
    for source, target in problem.edges:
        found = ways[source, target]
        # Edges between the same boxes may be one for the library.
        yield found.pop() if len(found) > 1 else found[0]
