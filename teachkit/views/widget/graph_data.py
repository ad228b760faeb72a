"""A drawing as data for the browser: levels of boxes and wires, and what they say.

The pieces of SVG are those of the static drawing, so that both look alike. Where a
box stands is told beside its piece: the browser moves boxes when a group opens.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from teachkit.graph import ModelGraph
from teachkit.layout.boxes import frame_header_width
from teachkit.layout.drawing import Box, Wire
from teachkit.layout.labels import count_text, shape_text
from teachkit.layout.levels import Level
from teachkit.layout.scene import Item
from teachkit.views.clean import clean
from teachkit.views.marks import Mark, pill
from teachkit.views.palette import SHARED
from teachkit.views.stylesheet import drawing_rules
from teachkit.views.svg_boxes import box_class, box_words, heading_words, hue
from teachkit.views.widget.names import edge_name, ends_of, inner_prefix

Json = dict[str, Any]
_TOGGLE = 26.0
"""Width of the sign that opens and closes a group."""


def graph_data(
    graph: ModelGraph,
    level: Level,
    *,
    panels: Mapping[str, str],
    marks: Mapping[str, Mark] | None = None,
    code: str = "",
) -> Json:
    """Return a model as the browser draws it.

    Arguments:
        graph: the model.
        level: its layout.
        panels: what is told of a call that is selected, as HTML, by its path.
        marks: what to point out, by the path of a call.
        code: the source that builds the model; empty if there is none to copy.
    """
    return {
        "name": clean(graph.name, 200),
        "facts": _facts(graph),
        "direction": level.drawing.direction,
        "level": level_data(level, ""),
        "panels": dict(panels),
        "marks": {path: mark_data(mark) for path, mark in (marks or {}).items()},
        "code": code,
        "rules": drawing_rules(),
        "sharedColours": len(SHARED),
    }


def level_data(level: Level, prefix: str) -> Json:
    """Return one level, with those inside it in the boxes that open.

    Arguments:
        level: its layout.
        prefix: of the paths of its calls.
    """
    drawing = level.drawing
    wires = zip(drawing.wires, level.ways, strict=True)
    return {
        "width": round(drawing.width, 1),
        "height": round(drawing.height, 1),
        "boxes": [_box(box, level, prefix) for box in drawing.boxes],
        "wires": [_wire(wire, way, prefix) for wire, way in wires],
        "points": {key: [round(v, 1) for v in at] for key, at in level.points.items()},
    }


def mark_data(mark: Mark) -> Json:
    """Return a mark as a piece of SVG at the lower left corner of a box."""
    corner = Box(Item("", "", []), 0.0, 0.0, 96.0, 0.0)
    return {"piece": pill(corner, mark), "label": mark.label, "tip": clean(mark.tip)}


def _facts(graph: ModelGraph) -> str:
    calls = count_text(len(graph.visible().calls), "call")
    return f"{graph.type}, {calls}, {count_text(graph.params, 'parameter')}"


def _box(box: Box, level: Level, prefix: str) -> Json:
    item = box.item
    place = Box(item, 0.0, 0.0, box.width, box.height)
    data: Json = {
        "key": item.key,
        "x": round(box.x, 1),
        "y": round(box.y, 1),
        "width": round(box.width, 1),
        "height": round(box.height, 1),
        "piece": box_words(place),
        "kind": box_class(item),
        "label": _label(item),
    }
    if item.call is not None and item.call.layer_id and item.call.kind != "input":
        data["layer"] = item.call.layer_id
    if item.share is not None:
        data["share"] = [item.share.number, item.share.letter]
    if item.key in level.groups:
        opened, inside = level.groups[item.key]
        width = frame_header_width(opened) + _TOGGLE
        within = inner_prefix(item.key, prefix, opened.repeats)
        data["inside"] = level_data(inside, within)
        data["heading"] = heading_words(opened, (12.0, 19.0), width - _TOGGLE)
        data["headingWidth"] = round(width, 1)
        data["hue"] = hue(item)
    return data


def _label(item: Item) -> str:
    """Return what a screen reader says: it starts with what is written."""
    return clean(", ".join([item.title, *item.lines]), 400)


def _wire(wire: Wire, way: tuple[str, str], prefix: str) -> Json:
    tensor = wire.tensor
    start, end = ends_of(wire, prefix)
    data: Json = {
        "edge": edge_name(start, end, tensor.port),
        "source": wire.source,
        "target": wire.target,
        "route": [round(v, 1) for point in wire.route for v in point],
        "from": start,
        "to": end,
        "port": clean(tensor.port, 80),
        "shape": f"{shape_text(tensor.shape)} {tensor.dtype}",
        "index": tensor.index,
        "arrow": wire.arrow,
    }
    into, out_of = way
    more = {"label": wire.port, "output": wire.output, "into": into, "outOf": out_of}
    data.update({name: value for name, value in more.items() if value})
    return data
