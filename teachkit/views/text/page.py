"""The lines of a drawing: rows beside wires, frames around nested models, totals.

Calls are never walked by recursion, only levels of nesting are.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence

from teachkit.graph import Call, ModelGraph
from teachkit.views.text.labels import columns, flow, label, padded, paragraph
from teachkit.views.text.options import NARROWEST, Look
from teachkit.views.text.rails import Strip, rails
from teachkit.views.text.sharing import Sharing, is_call
from teachkit.views.text.words import Phrase, Words, counted

_MOST_ROWS = 60
"""Calls beyond which wires are hard to follow; rows then name what they read from."""

_FRAME = 6
"""Columns that a frame takes: two before it, its sides, and a space inside of each."""


class Page:
    """A drawing in the making: what is drawn already, and what is still to be drawn."""

    def __init__(self, graph: ModelGraph, look: Look) -> None:
        self._graph = graph
        self._look = look
        self._sharing = Sharing(graph.visible(), expanded=look.expanded)
        self._drawn: dict[str, list[tuple[str, ModelGraph]]] = {}
        self._waiting: deque[tuple[str, str, ModelGraph]] = deque()

    def lines(self) -> list[str]:
        lines = self._body(self._graph, "", "", self._look.width)
        while self._waiting:
            path, home, graph = self._waiting.popleft()
            lines += ["", f"inside {self._label(path)}:"]
            body = self._body(graph, path, home, self._look.width - 2)
            lines += [f"  {line}".rstrip() for line in body]
        return [*lines, "", *self._closing()]

    def _body(self, graph: ModelGraph, path: str, home: str, width: int) -> list[str]:
        """Return the rows of one level, with their wires if these can be followed."""
        shown = graph.visible()
        few = len(shown.calls) <= _MOST_ROWS
        found = rails(shown, width // 8) if few else None
        strips = found or [Strip()] * len(shown.calls)
        breadth = len(strips[0].row) + 2 if found else 0
        words = Words(shown, graph, self._look, self._sharing, width - breadth)
        table = [words.cells(call, home) for call in shown.calls]
        stops = _stops(table, (width - breadth) // 3)
        lines = []
        above = None
        for call, strip, cells in zip(shown.calls, strips, table, strict=True):
            phrases = words.phrases(call, home, above if found else None)
            told, frame = self._inside(call, path, home, width - breadth)
            row = _row([*cells, *phrases, *told], stops, width - breadth)
            lines += _beside(strip, [*row, *frame])
            above = call
        return lines

    def _inside(
        self, call: Call, path: str, home: str, room: int
    ) -> tuple[list[Phrase], list[str]]:
        """Return what to say of the graph inside a call, and its frame."""
        if call.nested is None:
            return ([("closed box",)] if call.kind == "model" else []), []
        size = counted(self._sharing.calls_inside(call.nested), "call")
        if not self._look.expanded:
            return [(f"{size} inside",)], []
        before = self._drawn.setdefault(call.layer_id or path + call.id, [])
        for place, graph in before:
            if graph == call.nested:
                return [("inside as in", self._label(place))], []
        before.append((path + call.id, call.nested))
        inner = f"{path}{call.id}/"
        place = inner, self._sharing.home(call, inner)
        if room - _FRAME < NARROWEST:
            self._waiting.append((*place, call.nested))
            return [(f"{size} inside,", "drawn below")], []
        body = self._body(call.nested, *place, room - _FRAME)
        return [(f"{size} inside:",)], _framed(self._label(call.id), body)

    def _label(self, path: str) -> str:
        return label(path, self._look.width // 3, ascii_only=self._look.ascii_only)

    def _closing(self) -> Iterator[str]:
        """Yield the totals, what the letters mean, and the notices."""
        ascii_only = self._look.ascii_only
        for text in (self._totals(), *self._remarks()):
            yield from paragraph(text, self._look.width, ascii_only=ascii_only)

    def _totals(self) -> str:
        """Count layers, each once, and calls; what an author calls layers: no inputs."""
        layers = [
            one
            for one in self._graph.layers
            if one.type != "InputLayer" and one.id not in self._sharing.homes
        ]
        calls = sum(map(is_call, self._graph.visible().calls))
        inside = self._sharing.calls_inside(self._graph) - calls
        more = f" and {inside:,} inside nested models" if inside else ""
        return (
            f"{counted(self._graph.params, 'parameter')} "
            f"in {counted(len(layers), 'layer')}, {counted(calls, 'call')}{more}"
        )

    def _remarks(self) -> Iterator[str]:
        letters = self._sharing.letters()
        if letters:
            yield (
                f"Rows with the same letter, such as ({letters[0]}), are calls of one "
                "layer: it has one set of weights."
            )
        for notice in self._graph.notices:
            rule = f" (rule {notice.rule})" if notice.rule else ""
            yield f"Note: {notice.text}{rule}"


def _stops(table: list[list[Phrase]], most: int) -> list[int]:
    """Return the width of each column of a table; cells wider than `most` stick out."""
    return [
        max((n for n in map(_width, cells) if n <= most), default=0)
        for cells in zip(*table, strict=True)
    ]


def _width(phrase: Phrase) -> int:
    return columns(" ".join(phrase))


def _row(
    cells: list[Phrase], phrases: list[Phrase], stops: list[int], room: int
) -> list[str]:
    """Set the words of a row in lines: cells at their stops, then the phrases."""
    pieces = []
    filled = []
    for cell, stop in zip(cells, stops, strict=True):
        *words, last = cell or ("",)
        missing = stop - _width(cell)
        filled.append((*words, last + " " * missing))
    for first, *others in (*filled, *phrases):
        pieces += [("  ", first), *((" ", word) for word in others)]
    return flow(pieces, room, "    ")


def _beside(strip: Strip, lines: Sequence[str]) -> Iterator[str]:
    """Yield the wires around a call and, beside them, what is to be said of it."""
    gap = "  " if strip.row else ""
    yield from strip.above
    yield strip.row + gap + lines[0]
    for line in lines[1:]:
        yield (strip.beside + gap + line).rstrip()
    yield from strip.below


def _framed(title: str, body: list[str]) -> list[str]:
    """Return lines with a frame around them; its lines are no wires: they are double."""
    inside = max(columns(title) + 1, *map(columns, body))
    top = f"  ╔═ {title} {'═' * (inside - columns(title) - 1)}╗"
    bottom = f"  ╚{'═' * (inside + 2)}╝"
    return [top, *(f"  ║ {padded(line, inside)} ║" for line in body), bottom]
