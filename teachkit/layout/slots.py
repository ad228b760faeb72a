"""Where on the edge of a box each wire leaves or arrives.

Engines lead every edge to the middle of a box. Wires that arrive together are spread
in the order in which they come, so that none crosses another in front of the box, and
each keeps room for its label.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from teachkit.layout import boxes as measure
from teachkit.layout.engines.problem import Placement, Point, Route
from teachkit.layout.engines.routes import Rows, x_at
from teachkit.layout.scene import Link

_BETWEEN = 14.0
_USED = 0.84
"""Share of a box's edge on which wires may arrive."""
_DRAWN_BY_US = 1
"""Engines' own curves over so few rows have bends that are not needed. A wire that is
led on into a group is drawn by us as well: its end lies far from the middle, where no
engine would look for it."""
_THREE_PIECES = 10
"""Control points of a path of three pieces."""


@dataclass(frozen=True, slots=True)
class Ends:
    """What is known of the ends of links before they are led anywhere.

    Attributes:
        sizes: width and height of the boxes.
        fixed: for a link's number and whether its end is meant (else its start), how
            far from the middle of a group it has to be.
        turned: whether x and y will be exchanged: labels are then one above the other.
    """

    sizes: Sequence[tuple[float, float]]
    fixed: Mapping[tuple[int, bool], float]
    turned: bool


def spread(
    links: Sequence[Link], placement: Placement, ends_known: Ends
) -> list[Route]:
    """Return the routes of the links with their ends moved apart.

    Arguments:
        links: the links, in the order of the routes.
        placement: the answer of an engine.
        ends_known: sizes of boxes, and where ends have to be.
    """
    sizes, fixed = ends_known.sizes, ends_known.fixed
    rows = Rows(placement.centers, sizes)
    starts = _start_offsets(links, placement.routes, sizes)
    ends = _end_offsets(links, placement.routes, ends_known)
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


def ports_of(links: Sequence[Link]) -> dict[int, list[str]]:
    """Return the labels of the wires that arrive at each box."""
    arriving: dict[int, list[str]] = defaultdict(list)
    for link in links:
        arriving[link.target].append(link.port)
    return arriving


def _start_offsets(
    links: Sequence[Link], routes: Sequence[Route], sizes: Sequence[tuple[float, float]]
) -> list[float]:
    """Give each output of a box a place of its own; one output has one place."""
    goals: dict[int, dict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
    for link, route in zip(links, routes, strict=False):
        goals[link.source][link.tensor.index].append(_first_bend(route)[0])
    places = {}
    for box, found in goals.items():
        step = min(2 * _BETWEEN, _USED * sizes[box][0] / len(found))
        order = sorted(found, key=lambda k: (sum(found[k]) / len(found[k]), k))
        for position, output in enumerate(order):
            places[box, output] = (position - (len(order) - 1) / 2) * step
    return [places[link.source, link.tensor.index] for link in links]


def _end_offsets(
    links: Sequence[Link], routes: Sequence[Route], known: Ends
) -> list[float]:
    arriving: dict[int, list[int]] = defaultdict(list)
    for number, link in enumerate(links):
        arriving[link.target].append(number)
    offsets = [0.0] * len(links)
    for target, numbers in arriving.items():
        ports = [links[k].port for k in numbers]
        step = measure.step_on(known.sizes[target][0], ports, turned=known.turned)
        numbers.sort(key=lambda k: (_first_bend(routes[k][::-1])[0], k))
        for position, number in enumerate(numbers):
            offsets[number] = (position - (len(numbers) - 1) / 2) * step
    return offsets


def _first_bend(route: Route) -> Point:
    """Return the first point of a route that is not straight below its start."""
    start = route[0]
    return next((point for point in route if point[0] != start[0]), start)


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
