"""A drawing as SVG: one string, no scripts, no ids, nothing loaded from elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

from teachkit.graph import ModelGraph
from teachkit.layout import Drawing
from teachkit.layout.drawing import Tie, Wire
from teachkit.layout.engines.problem import Point, Route
from teachkit.layout.labels import shape_text
from teachkit.views.clean import clean
from teachkit.views.marks import Mark, pill
from teachkit.views.palette import Theme, check_theme
from teachkit.views.stylesheet import stylesheet
from teachkit.views.svg_boxes import (
    box_svg,
    frame_svg,
    heading_svg,
    knot,
    shared_class,
    tooltip,
)

_ARROW = 7.0


def draw_svg(
    graph: ModelGraph,
    drawing: Drawing,
    description: str,
    theme: Theme = "auto",
    marks: Mapping[str, Mark] | None = None,
) -> str:
    """Return the drawing of a model as SVG.

    Arguments:
        graph: the model, for its name.
        drawing: its layout.
        description: the same in words, for who cannot see the drawing.
        theme: `auto` follows the page; `light` and `dark` are fixed.
        marks: what to point out, by the path of a call.

    Raises:
        WrongValueError: there is no such theme.
    """
    title = f"Graph of the model '{clean(graph.name, 200)}'"
    size = drawing.width, drawing.height
    return sheet(title, description, size, drawing_parts(drawing, marks or {}), theme)


def sheet(
    title: str,
    description: str,
    size: tuple[float, float],
    parts: list[str],
    theme: Theme,
) -> str:
    """Return a whole SVG: what it is called, its style, its ground, and its parts.

    Raises:
        WrongValueError: there is no such theme.
    """
    check_theme(theme)
    width, height = map(round, size)
    head = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="tk" role="img" '
        f'aria-label={quoteattr(title)} width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" style="max-width: 100%; height: auto">',
        f"<title>{escape(title)}</title><desc>{escape(clean(description))}</desc>",
        f"<style>{stylesheet(theme)}</style>",
        f'<rect class="paper" width="{width}" height="{height}" rx="6"/>',
    ]
    return "\n".join([*head, *parts, "</svg>"])


def drawing_parts(drawing: Drawing, marks: Mapping[str, Mark]) -> list[str]:
    """Return everything in a drawing, what lies below first."""
    boxes = [*drawing.frames, *drawing.boxes]
    return [
        *(frame_svg(box) for box in drawing.frames),
        *(_tie(tie, drawing.direction) for tie in drawing.ties),
        *(_wire(wire, drawing.direction) for wire in drawing.wires),
        # After all wires: a label on a wire is to be read, not struck through.
        *filter(None, (_labels(wire, drawing.direction) for wire in drawing.wires)),
        *(heading_svg(box) for box in drawing.frames),
        *(box_svg(box) for box in drawing.boxes),
        *(pill(box, marks[box.item.key]) for box in boxes if box.item.key in marks),
    ]


def _wire(wire: Wire, direction: str) -> str:
    route = wire.route
    if not wire.arrow:
        return f'<g class="wire">{tooltip(journey(wire))}{_path(route)}</g>'
    (x, y), turned = route[-1], direction == "LR"
    if turned:
        base = (x - _ARROW, y)
        corners = ((x, y), (x - _ARROW, y - _ARROW / 2), (x - _ARROW, y + _ARROW / 2))
    else:
        base = (x, y - _ARROW)
        corners = ((x, y), (x - _ARROW / 2, y - _ARROW), (x + _ARROW / 2, y - _ARROW))
    points = " ".join(f"{a:.1f},{b:.1f}" for a, b in corners)
    arrow = f'<polygon points="{points}"/>'
    path = _path((*route[:-1], base))
    return f'<g class="wire">{tooltip(journey(wire))}{path}{arrow}</g>'


def _labels(wire: Wire, direction: str) -> str:
    """Return the number of the output at the start and the port at the end."""
    (x0, y0), (x1, y1), turned = wire.route[0], wire.route[-1], direction == "LR"
    texts = ""
    if wire.output:
        at = (x0 + 4, y0 - 4) if turned else (x0 + 4, y0 + 12)
        texts += _halo(wire.output, at, "start")
    if wire.port and wire.arrow:
        at = (x1 - 10, y1 - 4) if turned else (x1 + 5, y1 - 4)
        texts += _halo(wire.port, at, "end" if turned else "start")
    return f'<g class="labels">{texts}</g>' if texts else ""


def _halo(text: str, at: Point, anchor: str) -> str:
    place = f'x="{at[0]:.1f}" y="{at[1]:.1f}" text-anchor="{anchor}"'
    return f'<text class="halo" {place}>{escape(text)}</text>'


def _tie(tie: Tie, direction: str) -> str:
    """Join two calls of a shared layer: edge to edge, or by an arc outside."""
    left, right = sorted((tie.start, tie.end), key=lambda box: box.x)
    (x0, y0), (x1, y1) = knot(left), knot(right)
    if left.x + left.width <= right.x:
        x0, x1 = left.x + left.width, right.x
        bend = (x0 + x1) / 2
        curve = f"C{bend:.1f},{y0:.1f} {bend:.1f},{y1:.1f}"
    elif direction == "LR":
        curve = "L"
    else:
        x0, x1 = left.x + left.width, right.x + right.width
        bend = max(x0, x1) + min(24.0 + 0.1 * abs(y1 - y0), 90.0)
        curve = f"C{bend:.1f},{y0:.1f} {bend:.1f},{y1:.1f}"
    path = f"M{x0:.1f},{y0:.1f}{curve} {x1:.1f},{y1:.1f}"
    return f'<path class="tie {shared_class(tie.number)}" d="{path}"/>'


def _path(route: Route) -> str:
    (x, y), rest = route[0], route[1:]
    curves = " ".join(f"{a:.1f},{b:.1f}" for a, b in rest)
    return f'<path d="M{x:.1f},{y:.1f}C{curves}"/>'


def journey(wire: Wire) -> str:
    """Say from where to where a tensor goes, and its shape."""
    tensor = wire.tensor
    source, target = clean(tensor.source, 200), clean(tensor.target, 200)
    port = f" ({clean(tensor.port, 80)})" if tensor.port != tensor.target else ""
    return f"{source} → {target}{port}: {shape_text(tensor.shape)} {tensor.dtype}"
