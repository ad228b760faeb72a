"""A drawing as SVG: one string, no scripts, no ids, nothing loaded from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape, quoteattr

from teachkit.graph import ModelGraph
from teachkit.layout import Drawing
from teachkit.layout import boxes as measure
from teachkit.layout.drawing import Box, Tie, Wire
from teachkit.layout.engines.problem import Point, Route
from teachkit.layout.labels import shape_text
from teachkit.layout.text_size import shorten, text_width
from teachkit.views.clean import clean
from teachkit.views.marks import Mark, pill
from teachkit.views.palette import SHARED, Theme, check_theme, hue_of
from teachkit.views.stylesheet import stylesheet

_ARROW = 7.0
_BADGE_RADIUS = 8.5


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
        *(_frame(box) for box in drawing.frames),
        *(_tie(tie, drawing.direction) for tie in drawing.ties),
        *(_wire(wire, drawing.direction) for wire in drawing.wires),
        # After all wires: a label on a wire is to be read, not struck through.
        *filter(None, (_labels(wire, drawing.direction) for wire in drawing.wires)),
        *(_heading(box) for box in drawing.frames),
        *(_box(box) for box in drawing.boxes),
        *(pill(box, marks[box.item.key]) for box in boxes if box.item.key in marks),
    ]


def _box(box: Box) -> str:
    item = box.item
    kind = item.call.kind if item.call else item.role
    classes = ["box", _hue(box), kind, "unused" if item.unused else ""]
    radius = box.height / 2 if _is_end(box) else 6.0
    x = box.x + box.width / 2
    room = box.width - 2 * measure.PADDING_X
    inside = [_rect(box, min(radius, 16.0))]
    if item.role == "output":
        y = box.y + box.height / 2 + 4
        inside.append(_line(x, y, shorten(item.title, measure.LINE_SIZE, room)))
    else:
        words = measure.LINE_HEIGHT * (1 + len(item.lines))
        y = box.y + (box.height - words) / 2 + 12
        title_room = room - (measure.BADGE if item.share else 0)
        title = shorten(item.title, measure.TITLE_SIZE, title_room, bold=True)
        inside.append(_line(x, y, title, "title"))
        for line in item.lines:
            y += measure.LINE_HEIGHT
            inside.append(_line(x, y, shorten(line, measure.LINE_SIZE, room)))
        inside += _marks(box)
    name = " ".join(filter(None, classes))
    return f'<g class="{name}">{_tooltip(_told(box))}{"".join(inside)}</g>'


def _frame(box: Box) -> str:
    return f'<g class="frame {_hue(box)}">{_tooltip(_told(box))}{_rect(box, 8.0)}</g>'


def _heading(box: Box) -> str:
    """Return the words on a frame; they lie above the wires that cross its edge."""
    item = box.item
    words = " · ".join(item.lines)
    x, y = box.x + measure.PADDING_X, box.y + 19
    room = box.width - 2 * measure.PADDING_X - (measure.BADGE if item.share else 0)
    title = shorten(item.title, measure.TITLE_SIZE, room * 0.6, bold=True)
    used = text_width(title, measure.TITLE_SIZE, bold=True) + 8
    words = shorten(words, measure.LINE_SIZE, room - used) if room - used > 30 else ""
    text = (
        f'<text class="halo" x="{x:.1f}" y="{y:.1f}"><tspan class="title">'
        f'{escape(title)}</tspan><tspan dx="8">{escape(words)}</tspan></text>'
    )
    return f'<g class="heading">{text}{"".join(_marks(box))}</g>'


def _marks(box: Box) -> Iterator[str]:
    """Yield the badge of a shared layer."""
    if box.item.share is not None:
        number = box.item.share.number
        x, y = _knot(box)
        yield (
            f'<g class="badge {_shared(number)}"><circle cx="{x:.1f}" cy="{y:.1f}" '
            f'r="{_BADGE_RADIUS}"/><text x="{x:.1f}" y="{y + 4.2:.1f}" '
            f'text-anchor="middle">{box.item.share.letter}</text></g>'
        )


def _wire(wire: Wire, direction: str) -> str:
    route = wire.route
    if not wire.arrow:
        return f'<g class="wire">{_tooltip(_journey(wire))}{_path(route)}</g>'
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
    return f'<g class="wire">{_tooltip(_journey(wire))}{path}{arrow}</g>'


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
    (x0, y0), (x1, y1) = _knot(left), _knot(right)
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
    return f'<path class="tie {_shared(tie.number)}" d="{path}"/>'


def _knot(box: Box) -> Point:
    """Return the middle of a box's badge."""
    return box.x + box.width - 12, box.y + 13


def _path(route: Route) -> str:
    (x, y), rest = route[0], route[1:]
    curves = " ".join(f"{a:.1f},{b:.1f}" for a, b in rest)
    return f'<path d="M{x:.1f},{y:.1f}C{curves}"/>'


def _rect(box: Box, radius: float) -> str:
    return (
        f'<rect x="{box.x:.1f}" y="{box.y:.1f}" width="{box.width:.1f}" '
        f'height="{box.height:.1f}" rx="{radius:.1f}"/>'
    )


def _line(x: float, y: float, text: str, kind: str = "") -> str:
    name = f' class="{kind}"' if kind else ""
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="middle"'
    return f"<text{name} {place}>{escape(text)}</text>"


def _tooltip(text: str) -> str:
    return f"<title>{escape(text)}</title>"


def _told(box: Box) -> str:
    name = clean(box.item.key, 400)
    return "\n".join([name, *(clean(line, 400) for line in box.item.lines)])


def _journey(wire: Wire) -> str:
    tensor = wire.tensor
    source, target = clean(tensor.source, 200), clean(tensor.target, 200)
    port = f" ({clean(tensor.port, 80)})" if tensor.port != tensor.target else ""
    return f"{source} → {target}{port}: {shape_text(tensor.shape)} {tensor.dtype}"


def _hue(box: Box) -> str:
    call = box.item.call
    if call is None:
        return "slate"
    return hue_of(call.family)


def _is_end(box: Box) -> bool:
    call = box.item.call
    return box.item.role == "output" or (call is not None and call.kind == "input")


def _shared(number: int) -> str:
    return f"shared-{(number - 1) % len(SHARED)}"
