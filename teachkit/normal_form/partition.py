"""Colours: vertices that no walk through the graph can tell apart have the same one."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable

from teachkit.normal_form.linked import Linked


class Partition:
    """Vertices of two graphs in cells, refined until neighbours agree as well.

    This is colour refinement in the way of Hopcroft: of the parts of a split cell, all
    but the largest are looked at again, which makes it m log n for m links.

    Arguments:
        linked: the two graphs.
        cells: the vertices to begin with; links to any others are ignored.

    Attributes:
        cells: the vertices of each cell, left and right ones mixed.
        cell_of: the cell of each vertex.
        balanced: each cell has as many vertices of the left as of the right.
    """

    def __init__(self, linked: Linked, cells: Iterable[Iterable[int]]) -> None:
        self._linked = linked
        # The keys of a dict are a set that has an order.
        self.cells: list[dict[int, None]] = []
        self.cell_of: dict[int, int] = {}
        self.balanced = True
        self._surplus: list[int] = []
        self._waiting: deque[int] = deque()
        self._is_waiting: list[bool] = []
        for cell in cells:
            self._await(self._new_cell(list(cell)))

    def refine(self, *, to_the_end: bool = False) -> bool:
        """Split cells until nothing more splits; tell whether they are balanced.

        Arguments:
            to_the_end: go on when they are not.
        """
        while self._waiting and (self.balanced or to_the_end):
            cell = self._waiting.popleft()
            self._is_waiting[cell] = False
            self._split_by(list(self.cells[cell]))
        return self.balanced

    def single_out(self, one: int, other: int) -> None:
        """Give two vertices of the same cell a cell of their own."""
        self._take_out(self.cell_of[one], [one, other])
        self._await(self._new_cell([one, other]))

    def _split_by(self, splitter: list[int]) -> None:
        seen: dict[int, list[int]] = defaultdict(list)
        for vertex in splitter:
            for tag, other in self._linked.links[vertex]:
                if other in self.cell_of:
                    seen[other].append(tag)
        touched: dict[int, list[int]] = defaultdict(list)
        for vertex in seen:
            touched[self.cell_of[vertex]].append(vertex)
        for cell, vertices in touched.items():
            if len(self.cells[cell]) > 1:
                self._split(cell, vertices, seen)

    def _split(
        self, cell: int, vertices: list[int], seen: dict[int, list[int]]
    ) -> None:
        groups: dict[tuple[int, ...], list[int]] = defaultdict(list)
        for vertex in vertices:
            groups[tuple(sorted(seen[vertex]))].append(vertex)
        parts = sorted(groups.values(), key=len)
        if len(vertices) == len(self.cells[cell]):
            parts.pop()  # the largest stays where it is
        if not parts:
            return
        for part in parts:
            self._take_out(cell, part)
        cells = [cell, *(self._new_cell(part) for part in parts)]
        if not self._is_waiting[cell]:
            cells.remove(max(cells, key=lambda number: len(self.cells[number])))
        for number in cells:
            self._await(number)

    def _new_cell(self, vertices: list[int]) -> int:
        number = len(self.cells)
        self.cells.append(dict.fromkeys(vertices))
        self.cell_of.update((vertex, number) for vertex in vertices)
        self._surplus.append(self._lefts_over_rights(vertices))
        self._is_waiting.append(False)
        self.balanced = self.balanced and not self._surplus[number]
        return number

    def _take_out(self, cell: int, vertices: list[int]) -> None:
        for vertex in vertices:
            del self.cells[cell][vertex]
        self._surplus[cell] -= self._lefts_over_rights(vertices)
        self.balanced = self.balanced and not self._surplus[cell]

    def _await(self, cell: int) -> None:
        if not self._is_waiting[cell]:
            self._is_waiting[cell] = True
            self._waiting.append(cell)

    def _lefts_over_rights(self, vertices: list[int]) -> int:
        return sum(1 if v < self._linked.border else -1 for v in vertices)


def cells_by_label(linked: Linked) -> list[list[int]]:
    """Return the vertices of two graphs, those of the same label together."""
    cells: dict[int, list[int]] = defaultdict(list)
    for vertex, label in enumerate(linked.labels):
        cells[label].append(vertex)
    return list(cells.values())
