"""What must be true of every drawing, checked against the graph it shows."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise

from teachkit.layout import Drawing
from teachkit.layout.drawing import Box

TOLERANCE = 0.6
"""Pixels: engines round coordinates."""


@dataclass
class Level:
    """One graph of the drawing: the model itself or an open one inside of it."""

    path: str
    graph: object
    frame: str | None


def levels(graph, *, expanded):
    """Return the graphs that are drawn, outer ones first."""
    found = [Level("", graph.visible(), None)]
    for level in found:
        for call in level.graph.calls:
            if expanded and call.nested is not None:
                path = level.path + call.id
                found.append(Level(f"{path}/", call.nested.visible(), path))
    return found


def check_drawing(graph, drawing, *, expanded):
    """Check a drawing that folds nothing away."""
    drawing = along_the_flow(drawing)
    found = levels(graph, expanded=expanded)
    frames = {level.frame for level in found} - {None}
    _check_what_is_drawn(found, frames, drawing)
    spots = {box.item.key: box for box in (*drawing.boxes, *drawing.frames)}
    _check_wires_touch(found, frames, spots, drawing)
    for level in found:
        keys = _keys(level)
        _check_boxes_of_a_level([spots[key] for key in keys])
        inside = spots[level.frame] if level.frame is not None else _paper(drawing)
        for key in keys:
            assert _contains(inside, spots[key]), f"{key!r} sticks out"
    check_geometry(drawing)


def check_geometry(drawing):
    """Check what holds for any drawing along the flow, folded or not."""
    arrivals = defaultdict(list)
    for wire in drawing.wires:
        assert wire.route[0][1] <= wire.route[-1][1] + TOLERANCE, "flows backwards"
        arrivals[wire.target].append(wire.route[-1][0])
        for x, y in wire.route:
            assert -TOLERANCE <= x <= drawing.width + TOLERANCE
            assert -TOLERANCE <= y <= drawing.height + TOLERANCE
    open_frames = {box.item.key for box in drawing.frames}
    for target, places in arrivals.items():
        if target not in open_frames:
            apart = sorted(places)
            for a, b in pairwise(apart):
                assert b - a > 0.01, f"two wires arrive at one point of {target!r}"


def along_the_flow(drawing):
    """Return the drawing as if from top to bottom."""
    if drawing.direction == "TB":
        return drawing

    def turn(box):
        return Box(box.item, box.y, box.x, box.height, box.width)

    turned = Drawing(drawing.height, drawing.width)
    turned.boxes = [turn(box) for box in drawing.boxes]
    turned.frames = [turn(box) for box in drawing.frames]
    turned.wires = [
        type(w)(w.tensor, tuple((y, x) for x, y in w.route), w.source, w.target)
        for w in drawing.wires
    ]
    return turned


def wires_over_boxes(graph, drawing, *, expanded):
    """Return a sentence for each wire that runs over a box it has nothing to do with.

    A wire that is led on into a frame may not run over the boxes inside it either.
    """
    drawing = along_the_flow(drawing)
    spots = {box.item.key: box for box in (*drawing.boxes, *drawing.frames)}
    wires = defaultdict(list)
    for wire in drawing.wires:
        wires[wire.source].append(wire)
    found = levels(graph, expanded=expanded)
    graphs = {level.frame: level.graph for level in found}
    faults = []
    for level in found:
        sources = [level.path + call.id for call in level.graph.calls]
        keys = _keys(level)
        for wire in (wire for key in sources for wire in wires[key]):
            ends = {wire.source, wire.target}
            around = [key for key in keys if key not in ends]
            for end in ends & graphs.keys():
                inner = Level(f"{end}/", graphs[end], end)
                ports = _inputs_by_port(graphs[end]) if end == wire.target else {}
                around += set(_keys(inner)) - {f"{end}/{ports.get(wire.tensor.port)}"}
            faults += [
                f"{wire.source!r} -> {wire.target!r} over {key!r}"
                for key in around
                if _runs_over(wire.route, spots[key])
            ]
    return faults


def _keys(level):
    keys = [level.path + call.id for call in level.graph.calls]
    if level.frame is None:
        keys += [f"#output{e.order}" for e in level.graph.outputs]
    return keys


def _runs_over(route, box, slack=1.5):
    left, right = box.x + slack, box.x + box.width - slack
    top, bottom = box.y + slack, box.y + box.height - slack
    for k in range(0, len(route) - 3, 3):
        piece = route[k : k + 4]
        if max(y for _, y in piece) < top or min(y for _, y in piece) > bottom:
            continue
        for step in range(33):
            x, y = _at(piece, step / 32)
            if left < x < right and top < y < bottom:
                return True
    return False


def _at(piece, t):
    s = 1 - t
    weights = (s**3, 3 * s * s * t, 3 * s * t * t, t**3)
    return tuple(
        sum(w * point[axis] for w, point in zip(weights, piece, strict=True))
        for axis in (0, 1)
    )


def _check_what_is_drawn(found, frames, drawing):
    boxes, wires = Counter(), Counter()
    for level in found:
        for call in level.graph.calls:
            if level.path + call.id not in frames:
                boxes[level.path + call.id] += 1
        for t in level.graph.tensors:
            ends = level.path + t.source, t.index, level.path + t.target, t.port
            wires[ends] += 1
        for end in level.graph.outputs:
            key = f"{level.path}#output{end.order}"
            boxes[key] += level.frame is None
            wires[level.path + end.call, end.index, key, None] += 1
    boxes = +boxes
    assert Counter(box.item.key for box in drawing.boxes) == boxes
    assert Counter(box.item.key for box in drawing.frames) == Counter(frames)
    assert wires == Counter(
        (w.source, w.tensor.index, w.target, _port(w)) for w in drawing.wires
    )


def _port(wire):
    """Return the port of a wire, None for one that leads to an output."""
    is_output = wire.tensor.target == wire.target and wire.tensor.port.startswith(
        "output"
    )
    return None if is_output else wire.tensor.port


def _check_wires_touch(found, frames, spots, drawing):
    """Check that each wire runs from the edge of its source to that of its target."""
    graphs = {level.frame: level.graph for level in found}
    ends = {(w.target, w.source, w.tensor.index): w.route[-1] for w in drawing.wires}
    inputs = {key: _inputs_by_port(graphs[key]) for key in frames}
    for wire in drawing.wires:
        start, end = wire.route[0], wire.route[-1]
        if wire.source in frames:
            graph = graphs[wire.source]
            left = next(e for e in graph.outputs if e.order == wire.tensor.index)
            key = f"{wire.source}/#output{left.order}"
            goes_on = ends[key, f"{wire.source}/{left.call}", left.index]
            assert _near(start, goes_on), f"{wire.source!r}: a broken line"
            start = None
        else:
            source = spots[wire.source]
            assert abs(start[1] - source.y - source.height) < TOLERANCE
            assert _between(start[0], source)
        if wire.target in frames:
            inner = inputs[wire.target][wire.tensor.port]
            target = spots[f"{wire.target}/{inner}"]
        elif wire.target in spots:
            target = spots[wire.target]
        else:
            continue  # a point on the border of a frame
        assert abs(end[1] - target.y) < TOLERANCE, f"{wire.target!r}: ends elsewhere"
        assert _between(end[0], target)


def _inputs_by_port(graph):
    return {f"inputs{endpoint.path}": endpoint.call for endpoint in graph.inputs}


def _check_boxes_of_a_level(boxes):
    boxes = sorted(boxes, key=lambda box: box.x)
    for k, one in enumerate(boxes):
        for other in boxes[k + 1 :]:
            if other.x >= one.x + one.width - TOLERANCE:
                break
            apart = (
                one.y + one.height <= other.y + TOLERANCE
                or other.y + other.height <= one.y + TOLERANCE
            )
            assert apart, f"{one.item.key!r} and {other.item.key!r} overlap"


def _paper(drawing):
    return Box(None, 0, 0, drawing.width, drawing.height)


def _contains(outer, inner):
    return (
        outer.x <= inner.x + TOLERANCE
        and outer.y <= inner.y + TOLERANCE
        and outer.x + outer.width >= inner.x + inner.width - TOLERANCE
        and outer.y + outer.height >= inner.y + inner.height - TOLERANCE
    )


def _near(a, b):
    return abs(a[0] - b[0]) < TOLERANCE and abs(a[1] - b[1]) < TOLERANCE


def _between(x, box):
    return box.x - TOLERANCE <= x <= box.x + box.width + TOLERANCE
