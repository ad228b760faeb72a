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
"""Engines' own curves over so few rows have bends that are not needed. A wire that is
led on into a group is drawn by us as well: its end lies far from the middle, where no
engine would look for it."""
_THREE_PIECES = 10
"""Control points of a path of three pieces."""
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
    led_on = {k for k, _ in fixed}
    routes = []
    for k, link in enumerate(links):
        shifts = fixed.get((k, False), starts[k]), fixed.get((k, True), ends[k])
        upper, lower = placement.centers[link.source], placement.centers[link.target]
        route = _moved(placement.routes[k], *shifts)
        # Graphviz rounds heights to whole points, so that its ends are a little off.
        start = route[0][0], upper[1] + sizes[link.source][1] / 2
        end = route[-1][0], lower[1] - sizes[link.target][1] / 2
        route = (start, *route[1:-1], end)
        crossed = rows.between(upper, lower)
        ours = len(crossed) <= _DRAWN_BY_US or k in led_on
        if ours or rows.are_hit(_pieces_at_the_ends(route), crossed):
            stops = [(rows.clear(x_at(placement.routes[k], y), y), y) for y in crossed]
            route = rows.route(start, upper[1], end, lower[1], stops)
        routes.append(route)
    return routes


def _start_offsets(links: Sequence[Link], sizes: Sizes) -> list[float]:
    """Give each output of a box a place of its own; one output has one place."""
    outputs: dict[int, set[int]] = defaultdict(set)
    for link in links:
        outputs[link.source].add(link.tensor.index)
    places = {
        (box, output): (k - (len(found) - 1) / 2)
        * min(2 * _BETWEEN, _USED * sizes[box][0] / len(found))
        for box, found in outputs.items()
        for k, output in enumerate(sorted(found))
    }
    return [places[link.source, link.tensor.index] for link in links]


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
    """Return the route with its ends moved; a straight piece at an end goes with it."""
    points = list(route)
    long = len(route) >= _THREE_PIECES
    head = 5 if long and route[0][0] == route[3][0] else 2
    tail = 5 if long and route[-1][0] == route[-4][0] else 2
    for index in range(head):
        points[index] = (points[index][0] + start, points[index][1])
    for index in range(len(points) - tail, len(points)):
        points[index] = (points[index][0] + end, points[index][1])
    return tuple(points)


def _pieces_at_the_ends(route: Route) -> list[Route]:
    """Return the pieces that moving the ends may have changed."""
    if len(route) < _THREE_PIECES:
        return [route]
    return [route[:7], route[-7:]]
