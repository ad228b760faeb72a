"""The wires of a drawing: a column of characters for each tensor on its way.

A wire goes straight down from the call that makes a tensor to the call that reads it.
It leaves by a fork below the one and arrives by a merge above the other:

    ●          one call
    ├─╮        its tensor goes to two readers
    │ ●        the first of them
    ├─╯        both wires arrive
    ●          at the second reader

Where a fork or a merge has to pass a wire that it does not touch, that wire is drawn
through, `├─│─╮`; the characters of junctions are never used for a crossing. Nothing in
here knows of names, only which call reads from which.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from operator import attrgetter

from teachkit.graph import Call, ModelGraph, Tensor

Wire = list[Tensor]

_MARKERS = {"input": "○", "model": "■", "constant": "◆"}
_PIPE, _DASH = "│", "─"
_TRUNK = {(False, True): "├", (True, False): "┤", (True, True): "┼"}
_FORK = {(False, True): "╭", (True, False): "╮", (True, True): "┬"}
_MERGE = {(False, True): "╰", (True, False): "╯", (True, True): "┴"}

_MOST_CROSSINGS = 2
"""Crossings for each call."""


@dataclass(frozen=True, slots=True)
class Strip:
    """The wires around one call, all of the same breadth.

    Attributes:
        above: lines of merges before the row of the call.
        row: wires that pass, and the marker of the call.
        beside: what stands beside more lines of text on the call.
        below: lines of forks after it.
    """

    above: tuple[str, ...] = ()
    row: str = ""
    beside: str = ""
    below: tuple[str, ...] = ()


def rails(graph: ModelGraph, most: int) -> list[Strip] | None:
    """Return the wires around each call, or None if there are too many side by side.

    A tensor forks at once for all its readers, which shows best what runs in parallel;
    where this takes too many columns, it forks as late as can be. Wires that cross
    again and again are harder to follow than the names of what is read.
    """
    for late in (False, True):
        weaver = _Weaver(graph, late=late)
        strips = [weaver.strip(call) for call in graph.calls]
        breadth = len(weaver.columns)
        if breadth <= most and weaver.crossings <= _MOST_CROSSINGS * len(strips):
            return [_broadened(strip, 2 * breadth - 1) for strip in strips]
    return None


def _broadened(strip: Strip, width: int) -> Strip:
    return replace(strip, row=strip.row.ljust(width), beside=strip.beside.ljust(width))


class _Weaver:
    """The columns while a drawing goes down: the wire in each, none where it is free.

    A wire is the list of the edges that it stands for.
    """

    def __init__(self, graph: ModelGraph, *, late: bool) -> None:
        self.columns: list[Wire] = []
        self._graph = graph
        self._late = late
        self._rank = {call.id: rank for rank, call in enumerate(graph.calls)}
        self._ended: int | None = None
        self.crossings = 0

    def strip(self, call: Call) -> Strip:
        """Draw one call: the wires it reads end here, those it makes begin."""
        above = self._part(call) if self._late else []
        own = [c for c, wire in enumerate(self.columns) if _arrives(wire, call)]
        if len(own) > 1:
            above.append(self._line(own[0], own, _MERGE))
        for column in own:
            self.columns[column] = []
        column = own[0] if own else self._start()
        row = self._row(column, _MARKERS.get(call.kind, "●"))
        beside = self._row(column, _PIPE if self._graph.outgoing(call.id) else " ")
        below = self._leave(call, column)
        return Strip(tuple(above), row, beside, tuple(below))

    def _part(self, call: Call) -> list[str]:
        """Fork off what this call reads from wires that go on to later calls."""
        lines = []
        for column, wire in enumerate(list(self.columns)):
            mine = [[tensor] for tensor in wire if tensor.target == call.id]
            rest = [tensor for tensor in wire if tensor.target != call.id]
            groups = [rest, *mine] if rest else mine
            if mine and len(groups) > 1:
                lines.append(self._fork(column, groups))
        return lines

    def _leave(self, call: Call, column: int) -> list[str]:
        """Put what a call makes onto wires."""
        made = self._graph.outgoing(call.id)
        self._ended = None if made else column
        if self._late:
            indexes = sorted({tensor.index for tensor in made})
            groups = [[t for t in made if t.index == index] for index in indexes]
        else:
            groups = self._arranged(call, made)
        if len(groups) > 1:
            return [self._fork(column, groups)]
        self.columns[column] = groups[0] if groups else []
        return []

    def _arranged(self, call: Call, made: Iterable[Tensor]) -> list[Wire]:
        """Order wires from left to right such that they seldom cross.

        What is left over for a later merge stays outermost, on the left. Branches
        follow in the order of their rows, unless one of them has forks of its own: it
        then needs the free space on the right.
        """
        merges: Wire = []
        branches: Wire = []
        for tensor in made:
            several = len(self._graph.incoming(tensor.target)) > 1
            (merges if several else branches).append(tensor)
        merges.sort(key=self._row_of, reverse=True)
        branches.sort(key=self._row_of)
        if branches and self._forks(
            self._rank[call.id] + 1, self._row_of(branches[-1])
        ):
            branches.reverse()
        return [[tensor] for tensor in (*merges, *branches)]

    def _row_of(self, tensor: Tensor) -> int:
        return self._rank[tensor.target]

    def _forks(self, first: int, last: int) -> bool:
        between = map(attrgetter("id"), self._graph.calls[first:last])
        return any(len(self._graph.outgoing(name)) > 1 for name in between)

    def _start(self) -> int:
        """Return a free column, not right below a call with which a wire ended."""
        free = (c for c, w in enumerate(self.columns) if not w and c != self._ended)
        column = next(free, len(self.columns))
        self._grow(column)
        return column

    def _grow(self, column: int) -> None:
        missing = column + 1 - len(self.columns)
        self.columns.extend([] for _ in range(missing))

    def _fork(self, trunk: int, groups: list[Wire]) -> str:
        """Let the wires of a column go on in several; return the line that shows it."""
        ends = sorted([trunk, *self._nearest(trunk, len(groups) - 1)])
        self._grow(ends[-1])
        line = self._line(trunk, ends, _FORK)
        for column, wire in zip(ends, groups, strict=True):
            self.columns[column] = wire
        return line

    def _nearest(self, trunk: int, count: int) -> list[int]:
        """Return free columns that are reached by crossing as few wires as can be."""

        def cost(column: int) -> tuple[int, bool, int]:
            low, high = sorted((trunk, column))
            crossed = sum(map(bool, self.columns[low + 1 : high]))
            return crossed, column < trunk, high - low

        places = range(len(self.columns) + count)
        free = (c for c in places if c != trunk and not any(self.columns[c : c + 1]))
        return sorted(free, key=cost)[:count]

    def _row(self, column: int, marker: str) -> str:
        cells = [_PIPE if wire else " " for wire in self.columns]
        cells[column] = marker
        return " ".join(cells)

    def _line(
        self, trunk: int, ends: list[int], bends: dict[tuple[bool, bool], str]
    ) -> str:
        """Draw the line that joins columns to a trunk; the trunk goes on both ways."""
        cells = []
        for column, wire in enumerate(self.columns):
            sides = column > ends[0], column < ends[-1]
            if column in ends:
                cells.append((_TRUNK if column == trunk else bends)[sides])
            elif wire:
                cells.append(_PIPE)
                self.crossings += all(sides)
            else:
                cells.append(_DASH if all(sides) else " ")
            cells.append(_DASH if ends[0] <= column < ends[-1] else " ")
        return "".join(cells).rstrip()


def _arrives(wire: Wire, call: Call) -> bool:
    return bool(wire) and wire[0].target == call.id
