"""Where on the edge of a box each wire leaves or arrives.

Engines lead every edge to the middle of a box. Wires that arrive together are spread
in the order in which they come, so that none crosses another in front of the box, and
each keeps room for its label.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from teachkit.layout.boxes import LINE_SIZE
from teachkit.layout.engines.problem import Placement, Point, Route
from teachkit.layout.engines.routes import Rows, x_at
from teachkit.layout.scene import Link
from teachkit.layout.text_size import text_width

_BETWEEN = 14.0
_USED = 0.84
"""Share of a box's edge on which wires may arrive."""
_DRAWN_BY_US = 1
"""Engines' own curves over so few rows have bends that are not needed."""
Sizes = Sequence[tuple[float, float]]
Fixed = Mapping[tuple[int, bool], float]


def spread(
    links: Sequence[Link], placement: Placement, sizes: Sizes, fixed: Fixed
) -> list[Route]:
    """Return the routes of the links with their ends moved apart.

    Arguments:
        links: the links, in the order of the routes.
        placement: the answer of an engine.
        sizes: width and height of the boxes.
        fixed: for a link's number and whether its end is meant (else its start), how
            far from the middle of a group it has to be.
    """
    rows = Rows(placement.centers, sizes)
    starts = _start_offsets(links, sizes)
    ends = _end_offsets(links, placement.routes, sizes)
    routes = []
    for k, link in enumerate(links):
        shifts = fixed.get((k, False), starts[k]), fixed.get((k, True), ends[k])
        upper, lower = placement.centers[link.source], placement.centers[link.target]
        route = _moved(placement.routes[k], *shifts)
        crossed = rows.between(upper, lower)
        if len(crossed) <= _DRAWN_BY_US:
            stops = [(x_at(route, y), y) for y in crossed]
            route = rows.route(route[0], upper[1], route[-1], lower[1], stops)
        routes.append(route)
    return routes


def _start_offsets(links: Sequence[Link], sizes: Sizes) -> list[float]:
    """Give each output of a box a place of its own; one output has one place."""
    outputs: dict[int, set[int]] = defaultdict(set)
    for link in links:
        outputs[link.source].add(link.output)
    places = {
        (box, output): (k - (len(found) - 1) / 2)
        * min(2 * _BETWEEN, _USED * sizes[box][0] / len(found))
        for box, found in outputs.items()
        for k, output in enumerate(sorted(found))
    }
    return [places[link.source, link.output] for link in links]


def _end_offsets(
    links: Sequence[Link], routes: Sequence[Route], sizes: Sizes
) -> list[float]:
    arriving: dict[int, list[int]] = defaultdict(list)
    for number, link in enumerate(links):
        arriving[link.target].append(number)
    offsets = [0.0] * len(links)
    for target, numbers in arriving.items():
        labels = [text_width(links[k].port, LINE_SIZE) for k in numbers]
        room = _USED * sizes[target][0] / len(numbers)
        step = min(max(_BETWEEN, max(labels) + 10), room)
        numbers.sort(key=lambda k: (_comes_from(routes[k])[0], k))
        for position, number in enumerate(numbers):
            offsets[number] = (position - (len(numbers) - 1) / 2) * step
    return offsets


def _comes_from(route: Route) -> Point:
    """Return the last point of a route that is not straight above its end."""
    end = route[-1]
    return next((point for point in reversed(route) if point[0] != end[0]), end)


def _moved(route: Route, start: float, end: float) -> Route:
    points = list(route)
    for index, shift in ((0, start), (1, start), (-2, end), (-1, end)):
        points[index] = (points[index][0] + shift, points[index][1])
    return tuple(points)
