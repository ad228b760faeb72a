"""A drawing: boxes, frames and wires with coordinates in pixels. No colours yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from teachkit.graph import Tensor
from teachkit.layout.engines.problem import Point, Route
from teachkit.layout.scene import Item


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle around one item; x and y are its upper left corner."""

    item: Item
    x: float
    y: float
    width: float
    height: float

    @property
    def center(self) -> Point:
        """Return the middle of the box."""
        return self.x + self.width / 2, self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class Wire:
    """A tensor on its way: cubic Bezier pieces from one box to another.

    `port` is to be written at its end and `output` at its start, where they matter;
    `arrow` is False where the line goes on.
    """

    tensor: Tensor
    route: Route
    source: str
    target: str
    port: str = ""
    output: str = ""
    arrow: bool = True


@dataclass(frozen=True, slots=True)
class Tie:
    """A line between two calls of one shared layer; `number` is that of its badge."""

    start: Box
    end: Box
    number: int


@dataclass(slots=True)
class Drawing:
    """Everything to draw, frames before the boxes inside them.

    Attributes:
        boxes: one for each call and each output of the model.
        frames: boxes with a scene inside: open nested models and folded blocks.
        direction: `TB` or `LR`; wires arrive from above or from the left.
    """

    width: float = 0.0
    height: float = 0.0
    direction: str = "TB"
    boxes: list[Box] = field(default_factory=list)
    frames: list[Box] = field(default_factory=list)
    wires: list[Wire] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)


def moved_box(box: Box, dx: float, dy: float) -> Box:
    """Return the box moved."""
    return Box(box.item, box.x + dx, box.y + dy, box.width, box.height)


def moved_wire(wire: Wire, dx: float, dy: float) -> Wire:
    """Return the wire moved."""
    return replace(wire, route=tuple((x + dx, y + dy) for x, y in wire.route))


def turned(drawing: Drawing) -> Drawing:
    """Return the drawing with x and y exchanged: from left to right."""

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


def ties_of(boxes: Sequence[Box]) -> list[Tie]:
    """Join the calls of each shared layer, each to the next of the boxes given.

    Not by their number: a model that is drawn twice shows a call of it twice.
    """
    calls: dict[int, list[Box]] = defaultdict(list)
    for box in boxes:
        if box.item.share is not None:
            calls[box.item.share.number].append(box)
    return [
        Tie(a, b, number)
        for number, group in sorted(calls.items())
        for a, b in pairwise(group)
    ]
