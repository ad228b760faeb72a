"""Scene -> drawing: every level is laid out by itself, each group as one large box.

All is worked out along the flow, as if from top to bottom; a drawing from left to
right is the same with x and y exchanged at the end.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from teachkit.layout import boxes as measure
from teachkit.layout.constraints import below_all, first_row
from teachkit.layout.drawing import (
    Box,
    Drawing,
    Wire,
    moved_box,
    moved_wire,
    ties_of,
    turned,
)
from teachkit.layout.engines.choice import Placer
from teachkit.layout.engines.problem import (
    ROW_GAP,
    Placement,
    Point,
    Problem,
    Route,
)
from teachkit.layout.scene import Item, Link, Scene
from teachkit.layout.slots import Ends, ports_of, spread

MARGIN = 16.0
_POINTS = frozenset({"entry", "exit"})
Sizes = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class _Level:
    """One scene laid out, wherever its corner may be.

    Attributes:
        drawing: what is on it, width and height included.
        spots: where each of its items stands, points on the border too.
        corner: the upper left end of all of it.
    """

    drawing: Drawing
    spots: tuple[Box, ...]
    corner: Point


class Arranger:
    """Lays out scenes in one direction.

    Arguments:
        direction: `TB` or `LR`.
        placer: what places the boxes of each scene.
    """

    def __init__(self, direction: str, placer: Placer) -> None:
        self._turned = direction == "LR"
        self._placer = placer
        pad, header = measure.FRAME_PADDING, measure.FRAME_HEADER + 6.0
        self._before = (header, pad + 8.0) if self._turned else (pad, header)
        self._after = (pad, pad + 8.0) if self._turned else (pad, pad)

    def drawing(self, scene: Scene) -> Drawing:
        """Return the whole drawing, with a margin around it."""
        level = self._level(scene)
        drawing = Drawing(
            width=level.drawing.width + 2 * MARGIN,
            height=level.drawing.height + 2 * MARGIN,
        )
        _put(drawing, level, (MARGIN, MARGIN))
        shown = sorted(
            [*drawing.frames, *drawing.boxes], key=lambda box: (box.y, box.x)
        )
        order = {box.item.key: k for k, box in enumerate(shown)}
        if self._turned:
            drawing = turned(drawing)
        shown = [*drawing.frames, *drawing.boxes]
        drawing.ties = ties_of(sorted(shown, key=lambda box: order[box.item.key]))
        return drawing

    def level(self, scene: Scene) -> tuple[Drawing, dict[str, Point]]:
        """Return one scene without groups, drawn from its corner, with no margin.

        The second is where lines leave the scene: its points, by their keys.
        """
        level = self._level(scene)
        drawing = Drawing(width=level.drawing.width, height=level.drawing.height)
        _put(drawing, level, (0.0, 0.0))
        dx, dy = level.corner
        points = [spot for spot in level.spots if spot.item.role in _POINTS]
        places = {p.item.key: (p.center[0] - dx, p.center[1] - dy) for p in points}
        if not self._turned:
            return drawing, places
        return turned(drawing), {key: (y, x) for key, (x, y) in places.items()}

    def _level(self, scene: Scene) -> _Level:
        inner = {
            k: self._level(item.inner)
            for k, item in enumerate(scene.items)
            if item.inner
        }
        sizes = self._sizes(scene, inner)
        placement = self._place(scene, sizes)
        fixed = self._fixed_ends(scene, inner, sizes)
        routes = spread(scene.links, placement, Ends(sizes, fixed, self._turned))
        arriving = ports_of(scene.links)
        spots = [
            Box(item, x - w / 2, y - h / 2, w, h)
            for item, (x, y), (w, h) in zip(
                scene.items, placement.centers, sizes, strict=True
            )
        ]
        drawing = Drawing()
        for k, spot in enumerate(spots):
            if k in inner:
                drawing.frames.append(spot)
                _put(drawing, inner[k], self._content_corner(inner[k], spot))
            elif spot.item.role not in _POINTS:
                drawing.boxes.append(spot)
        for link, route in zip(scene.links, routes, strict=True):
            wire = self._wire(link, route, spots, inner)
            if link.target not in inner or link.entry is None:
                label = self._label(link, sizes, arriving)
                wire = replace(wire, port=label)
            drawing.wires.append(wire)
        return _measured(drawing, spots)

    def _sizes(self, scene: Scene, inner: Mapping[int, _Level]) -> Sizes:
        width = measure.even_width(scene.items)
        arriving = ports_of(scene.links)
        sizes = []
        for k, item in enumerate(scene.items):
            if k in inner:
                sizes.append(self._group_size(item, inner[k].drawing))
            else:
                w, h = measure.box_size(item, width)
                across, along = (h, w) if self._turned else (w, h)
                edge = measure.edge_for(arriving.get(k, ()), turned=self._turned)
                sizes.append((max(across, edge), along))
        return sizes

    def _row_gap(self, scene: Scene) -> float:
        """Return the distance between rows: from left to right, labels stand there."""
        labels = [measure.label_width(link.port) for link in scene.links]
        return ROW_GAP + max(labels, default=0.0) if self._turned else ROW_GAP

    def _label(
        self, link: Link, sizes: Sizes, arriving: Mapping[int, list[str]]
    ) -> str:
        edge, ports = sizes[link.target][0], arriving[link.target]
        return measure.label_on(edge, link.port, ports, turned=self._turned)

    def _group_size(self, item: Item, inside: Drawing) -> tuple[float, float]:
        across = self._before[0] + inside.width + self._after[0]
        along = self._before[1] + inside.height + self._after[1]
        header = measure.frame_header_width(item)
        return (
            (across, max(along, header))
            if self._turned
            else (max(across, header), along)
        )

    def _place(self, scene: Scene, sizes: Sizes) -> Placement:
        links = [(link.source, link.target) for link in scene.links]
        exits = [k for k, item in enumerate(scene.items) if item.role == "exit"]
        below, hubs = below_all(links, exits, len(scene.items))
        problem = Problem(
            sizes=(*sizes, *[(measure.POINT, measure.POINT)] * hubs),
            edges=(*links, *below),
            top=first_row(scene, exits),
            row_gap=self._row_gap(scene),
        )
        placement = self._placer.place(problem)
        return Placement(
            placement.centers[: len(sizes)], placement.routes[: len(links)]
        )

    def _fixed_ends(
        self, scene: Scene, inner: Mapping[int, _Level], sizes: Sizes
    ) -> dict[tuple[int, bool], float]:
        """Return where lines must cross the border of a group, from its middle."""
        fixed = {}
        for number, link in enumerate(scene.links):
            for at_end, group, point in (
                (True, link.target, link.entry),
                (False, link.source, link.exit),
            ):
                if group in inner and point is not None:
                    x = inner[group].spots[point].center[0] - inner[group].corner[0]
                    left = self._left(inner[group].drawing, sizes[group][0])
                    fixed[number, at_end] = left + x - sizes[group][0] / 2
        return fixed

    def _left(self, inside: Drawing, room: float) -> float:
        """Return how far from a frame's edge its content starts, across the flow."""
        spare = room - self._before[0] - inside.width - self._after[0]
        return self._before[0] + (0.0 if self._turned else spare / 2)

    def _content_corner(self, level: _Level, frame: Box) -> Point:
        left = self._left(level.drawing, frame.width)
        return frame.x + left, frame.y + self._before[1]

    def _height_inside(self, level: _Level, item: int, frame: Box) -> float:
        """Return the upper end of an item inside a frame, along the flow."""
        inside = level.spots[item].y - level.corner[1]
        return inside + self._content_corner(level, frame)[1]

    def _wire(
        self, link: Link, route: Route, spots: list[Box], inner: Mapping[int, _Level]
    ) -> Wire:
        """Return the wire of a link, led on into the groups at its ends."""
        source, target = spots[link.source], spots[link.target]
        if link.source in inner and link.exit is not None:
            below = self._height_inside(inner[link.source], link.exit, source)
            route = (*_straight((route[0][0], below), route[0]), *route[1:])
        if link.target in inner and link.entry is not None:
            above = self._height_inside(inner[link.target], link.entry, target)
            route = (*route, *_straight(route[-1], (route[-1][0], above))[1:])
        into_point = link.target in inner and link.entry is not None
        end = (
            inner[link.target].spots[link.entry or 0].item
            if into_point
            else target.item
        )
        return Wire(
            tensor=link.tensor,
            route=route,
            source=source.item.key,
            target=target.item.key,
            output=str(link.tensor.index) if _has_several_outputs(source.item) else "",
            arrow=end.role not in _POINTS,
        )


def _put(drawing: Drawing, level: _Level, at: Point) -> None:
    """Add all of a level to a drawing, with its corner at a point."""
    dx, dy = at[0] - level.corner[0], at[1] - level.corner[1]
    drawing.frames += [moved_box(box, dx, dy) for box in level.drawing.frames]
    drawing.boxes += [moved_box(box, dx, dy) for box in level.drawing.boxes]
    drawing.wires += [moved_wire(wire, dx, dy) for wire in level.drawing.wires]


def _has_several_outputs(item: Item) -> bool:
    return item.call is not None and item.inner is None and len(item.call.outputs) > 1


def _straight(start: Point, end: Point) -> Route:
    return start, start, end, end


def _measured(drawing: Drawing, spots: list[Box]) -> _Level:
    """Return a level with its size: from end to end of its boxes and wires."""
    points = [point for wire in drawing.wires for point in wire.route]
    points += [(spot.x, spot.y) for spot in spots]
    points += [(spot.x + spot.width, spot.y + spot.height) for spot in spots]
    xs, ys = [x for x, _ in points] or [0.0], [y for _, y in points] or [0.0]
    left, top = min(xs), min(ys)
    drawing.width, drawing.height = max(xs) - left, max(ys) - top
    return _Level(drawing, tuple(spots), (left, top))
