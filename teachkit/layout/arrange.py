"""Scene -> drawing: every level is laid out by itself, each group as one large box.

All is worked out along the flow, as if from top to bottom; a drawing from left to
right is the same with x and y exchanged at the end.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from teachkit.layout import boxes as measure
from teachkit.layout.drawing import Box, Drawing, Tie, Wire, moved_box, moved_wire
from teachkit.layout.engines.choice import Placer
from teachkit.layout.engines.problem import Placement, Point, Problem, Route
from teachkit.layout.scene import Item, Link, Scene
from teachkit.layout.slots import spread

MARGIN = 16.0
_POINTS = frozenset({"entry", "exit"})
_MANY = 60
"""Invisible edges in a group, from which they are gathered in one point."""
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
        if self._turned:
            drawing = _turned(drawing)
        drawing.ties = _ties([*drawing.frames, *drawing.boxes])
        return drawing

    def _level(self, scene: Scene) -> _Level:
        inner = {
            k: self._level(item.inner) for k, item in enumerate(scene.items) if item.inner
        }
        sizes = self._sizes(scene, inner)
        placement = self._place(scene, sizes)
        fixed = self._fixed_ends(scene, inner, sizes)
        routes = spread(scene.links, placement, sizes, fixed)
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
            drawing.wires.append(self._wire(link, route, spots, inner))
        return _measured(drawing, spots)

    def _sizes(self, scene: Scene, inner: Mapping[int, _Level]) -> Sizes:
        width = measure.even_width(scene.items)
        sizes = []
        for k, item in enumerate(scene.items):
            if k in inner:
                sizes.append(self._group_size(item, inner[k].drawing))
            else:
                w, h = measure.box_size(item, width)
                sizes.append((h, w) if self._turned else (w, h))
        return sizes

    def _group_size(self, item: Item, inside: Drawing) -> tuple[float, float]:
        across = self._before[0] + inside.width + self._after[0]
        along = self._before[1] + inside.height + self._after[1]
        header = measure.frame_header_width(item)
        return (across, max(along, header)) if self._turned else (max(across, header), along)

    def _place(self, scene: Scene, sizes: Sizes) -> Placement:
        links = [(link.source, link.target) for link in scene.links]
        exits = [k for k, item in enumerate(scene.items) if item.role == "exit"]
        below, hubs = _below_all(links, exits, len(scene.items))
        problem = Problem(
            sizes=(*sizes, *[(measure.POINT, measure.POINT)] * hubs),
            edges=(*links, *below),
            top=_first_row(scene, exits),
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
        end = inner[link.target].spots[link.entry or 0].item if into_point else target.item
        return Wire(
            tensor=link.tensor,
            route=route,
            source=source.item.key,
            target=target.item.key,
            port=link.port,
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


def _below_all(
    links: list[tuple[int, int]], exits: list[int], count: int
) -> tuple[list[tuple[int, int]], int]:
    """Return invisible edges that keep the exits of a group below everything else.

    Where each end of the flow would need an edge to each of many exits, these edges
    meet in one more point, so that their number stays in proportion; the second value
    is how many points more there are.
    """
    points = set(exits)
    sources = {source for source, target in links if target not in points}
    ends = [k for k in range(count) if k not in sources and k not in points]
    if len(exits) * len(ends) > _MANY:
        return [*((a, count) for a in ends), *((count, b) for b in exits)], 1
    present = set(links)
    return [(a, b) for b in exits for a in ends if (a, b) not in present], 0


def _first_row(scene: Scene, exits: list[int]) -> frozenset[int]:
    """Return the items of a group at which wires come in; a whole model has none."""
    if not exits:
        return frozenset()
    return frozenset(
        k
        for k, item in enumerate(scene.items)
        if item.role == "entry" or (item.call is not None and item.call.kind == "input")
    )


def _measured(drawing: Drawing, spots: list[Box]) -> _Level:
    """Return a level with its size: from end to end of its boxes and wires."""
    xs = [x for wire in drawing.wires for x, _ in wire.route]
    ys = [y for wire in drawing.wires for _, y in wire.route]
    left = min([*xs, *(spot.x for spot in spots)])
    top = min([*ys, *(spot.y for spot in spots)])
    drawing.width = max([*xs, *(spot.x + spot.width for spot in spots)]) - left
    drawing.height = max([*ys, *(spot.y + spot.height for spot in spots)]) - top
    return _Level(drawing, tuple(spots), (left, top))


def _turned(drawing: Drawing) -> Drawing:
    """Exchange x and y."""

    def turn(box: Box) -> Box:
        return Box(box.item, box.y, box.x, box.height, box.width)

    return Drawing(
        width=drawing.height,
        height=drawing.width,
        direction="LR",
        boxes=[turn(box) for box in drawing.boxes],
        frames=[turn(box) for box in drawing.frames],
        wires=[
            replace(wire, route=tuple((y, x) for x, y in wire.route))
            for wire in drawing.wires
        ],
    )


def _ties(boxes: list[Box]) -> list[Tie]:
    """Join the calls of each shared layer, one to the next."""
    calls: dict[int, list[Box]] = defaultdict(list)
    for box in boxes:
        if box.item.share is not None:
            calls[box.item.share.number].append(box)
    ties = []
    for number, group in sorted(calls.items()):
        group.sort(key=lambda box: box.item.share.ordinal if box.item.share else 0)
        ties += [Tie(a, b, number) for a, b in zip(group, group[1:], strict=False)]
    return ties
