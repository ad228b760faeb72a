"""The lines of a drawing: rows beside wires, frames around nested models, totals.

Calls are never walked by recursion, only levels of nesting are.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from teachkit.graph import Call, ModelGraph
from teachkit.layout.labels import count_text
from teachkit.layout.sharing import Sharing
from teachkit.views.text.labels import columns, flow, label, padded, paragraph
from teachkit.views.text.options import NARROWEST, Look
from teachkit.views.text.rails import Strip, rails
from teachkit.views.text.sizes import Sizes, is_call
from teachkit.views.text.words import Phrase, Words

_MOST_ROWS = 60
"""Calls beyond which wires are hard to follow; rows then name what they read from."""

_FRAME = 6
"""Columns that a frame takes: two before it, its sides, and a space inside of each."""

_INDENT = "    "

_LONGEST_TITLE = NARROWEST - 2
"""Columns of the name on a frame, the narrowest of which has room for so much."""


@dataclass(frozen=True, slots=True)
class Level:
    """A graph and where it is.

    Attributes:
        graph: the model, or a model nested in it.
        path: ids of the calls that lead here: `encoder:2/`.
        home: the path that leads to the first call of it: `encoder/`.
    """

    graph: ModelGraph
    path: str = ""
    home: str = ""


class Page:
    """A drawing in the making: what is drawn already, and what is still to be drawn."""

    def __init__(self, graph: ModelGraph, look: Look) -> None:
        self._graph = graph
        self._look = look
        self._sharing = Sharing(graph.visible(), expanded=look.expanded)
        self._sizes = Sizes()
        self._drawn: dict[str, list[Level]] = {}
        self._waiting: deque[Level] = deque()

    def lines(self) -> list[str]:
        """Return the lines of the whole drawing."""
        lines = self._body(Level(self._graph), self._look.width)
        while self._waiting:
            level = self._waiting.popleft()
            title = self._label(level.path, self._look.width - len("inside :"))
            lines += ["", f"inside {title}:"]
            lines += (f"  {line}" for line in self._body(level, self._look.width - 2))
        gap = [""] if lines else []
        return [*lines, *gap, *self._closing()]

    def _body(self, level: Level, width: int) -> list[str]:
        """Return the rows of one level, with their wires if these can be followed."""
        shown = level.graph.visible()
        few = 0 < len(shown.calls) <= _MOST_ROWS
        found = rails(shown, width // 8) if few else None
        strips = found or [Strip()] * len(shown.calls)
        room = width - (len(strips[0].row) + 2 if found else 0)
        words = Words(shown, level.graph, self._look, self._sharing, room)
        table = [words.cells(call, level.home) for call in shown.calls]
        stops = _stops(table, room // 3)
        chain = bool(found) and len(strips[0].row) == 1
        lines: list[str] = []
        above, above_wire = None, ""
        for call, strip, cells in zip(shown.calls, strips, table, strict=True):
            # Without forks and merges only a piece of wire tells a chain from a list.
            lines += [above_wire] if chain and above else []
            told, frame = self._inside(call, level, room)
            phrases = [*words.phrases(call, level.home, above), *told]
            lines += _beside(strip, [*_row(cells, stops, phrases, room), *frame])
            above, above_wire = (call if found else None), strip.beside.rstrip()
        return lines

    def _inside(
        self, call: Call, level: Level, room: int
    ) -> tuple[list[Phrase], list[str]]:
        """Return what to say of the graph inside a call, and its frame."""
        if call.nested is None:
            return ([("closed box",)] if call.kind == "model" else []), []
        size = count_text(self._sizes.calls_inside(call.nested), "call")
        if not self._look.expanded:
            letters = ", ".join(map("({})".format, self._sharing.letters(call.nested)))
            return [(f"{size} inside", *([f"with {letters}"] if letters else []))], []
        path = f"{level.path}{call.id}/"
        inner = Level(
            call.nested, path, self._sharing.home(call, path.removesuffix("/"))
        )
        drawn = self._drawn.setdefault(call.layer_id or path, [])
        for other in drawn:
            if other.graph == inner.graph:
                title = self._label(other.path, min(room - 5, _LONGEST_TITLE))
                return [("the same inside as", title)], []
        drawn.append(inner)
        if room - _FRAME < NARROWEST:
            self._waiting.append(inner)
            return [(f"{size} inside,", "drawn below")], []
        body = self._body(inner, room - _FRAME)
        title = self._label(path, _LONGEST_TITLE)
        return [(f"{size} inside:",)], _framed(title, body)

    def _label(self, path: str, room: int) -> str:
        return label(path.removesuffix("/"), room, ascii_only=self._look.ascii_only)

    def _closing(self) -> Iterator[str]:
        """Yield the totals, what the letters mean, and the notices."""
        ascii_only = self._look.ascii_only
        for text in (self._totals(), *self._remarks()):
            yield from paragraph(text, self._look.width, ascii_only=ascii_only)

    def _totals(self) -> str:
        """Count layers and calls as their author does: without the inputs."""
        layers = [
            one
            for one in self._graph.layers
            if one.type != "InputLayer" and one.id not in self._sharing.homes
        ]
        calls = sum(map(is_call, self._graph.visible().calls))
        inside = self._sizes.calls_inside(self._graph) - calls
        more = f" and {inside:,} inside nested models" if inside else ""
        return (
            f"{count_text(self._graph.params, 'parameter')} "
            f"in {count_text(len(layers), 'layer')}, {count_text(calls, 'call')}{more}"
        )

    def _remarks(self) -> Iterator[str]:
        letters = self._sharing.letters(self._graph)
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
    cells: list[Phrase], stops: list[int], phrases: list[Phrase], room: int
) -> list[str]:
    """Set the words of a row in lines: cells at their stops, then the phrases."""
    filled = []
    for cell, stop in zip(cells, stops, strict=True):
        *words, last = cell or ("",)
        filled.append((*words, padded(last, columns(last) + stop - _width(cell))))
    pieces = [piece for cell in filled for piece in _pieces("  ", cell, room)]
    for position, (*words, last) in enumerate(phrases):
        gap = " " if position else "  "
        end = ";" if position < len(phrases) - 1 else ""
        pieces += _pieces(gap, (*words, last + end), room)
    return flow(pieces, room, _INDENT)


def _pieces(gap: str, phrase: Phrase, room: int) -> list[tuple[str, str]]:
    """Return the parts between which lines may end: a phrase that fits stays whole."""
    if _width(phrase) <= room - len(_INDENT):
        return [(gap, " ".join(phrase))]
    first, *others = phrase
    return [(gap, first), *((" ", word) for word in others)]


def _beside(strip: Strip, lines: Sequence[str]) -> Iterator[str]:
    """Yield the wires around a call and, beside them, what is to be said of it."""
    gap = "  " if strip.row else ""
    yield from strip.above
    yield strip.row + gap + lines[0]
    for line in lines[1:]:
        yield (strip.beside + gap + line).rstrip()
    yield from strip.below


def _framed(title: str, body: list[str]) -> list[str]:
    """Return lines with a frame around them, double lines to tell it from wires."""
    inside = max(map(columns, [f"{title} ", *body]))
    top = f"  ╔═ {title} {'═' * (inside - columns(title) - 1)}╗"
    bottom = f"  ╚{'═' * (inside + 2)}╝"
    return [top, *(f"  ║ {padded(line, inside)} ║" for line in body), bottom]
