"""Whether two normal graphs are one and the same but for names: exactly, and fast."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from teachkit.normal_form.linked import Linked
from teachkit.normal_form.nodes import Isomorphism, NormalGraph
from teachkit.normal_form.partition import Partition, cells_by_label

_Mapping = dict[int, int]
_Shape = tuple[tuple[int, int], ...]


def find_isomorphism(left: NormalGraph, right: NormalGraph) -> Isomorphism | None:
    """Return how one graph becomes the other by other names, None if it cannot.

    Colours are refined first. What they leave open falls apart into small pieces, such
    as parallel branches that are alike; those are matched piece by piece, and in a
    piece that is alike in itself (a ring) one vertex is singled out at a time.
    """
    linked = Linked(left, right)
    if len(linked.labels) != 2 * linked.border:
        return None
    found = _match(linked, Partition(linked, cells_by_label(linked)))
    return None if found is None else _told(left, right, linked, found)


def _match(linked: Linked, partition: Partition) -> _Mapping | None:
    """Return for each vertex on the left its partner; None if there is no way."""
    if not partition.refine():
        return None
    found = {min(cell): max(cell) for cell in partition.cells if len(cell) == 2}
    lefts, rights = _pieces(linked, partition)
    if len(lefts) != len(rights):
        return None
    kinds = _Kinds(linked, partition)
    for piece in lefts:
        kinds.keep(piece)
    for piece in rights:
        matched = kinds.partner(piece)
        if matched is None:
            return None
        found.update(matched)
    return found


class _Kinds:
    """Pieces of the left graph, those that are alike together."""

    def __init__(self, linked: Linked, partition: Partition) -> None:
        self._linked = linked
        self._partition = partition
        self._by_shape: dict[_Shape, list[list[list[int]]]] = defaultdict(list)

    def keep(self, piece: list[int]) -> None:
        """Add a piece to the others that it is like."""
        kinds = self._by_shape[self._shape(piece)]
        # All are first taken to be alike: they are, but for rare graphs.
        if kinds:
            kinds[0].append(piece)
        else:
            kinds.append([piece])

    def partner(self, right: list[int]) -> _Mapping | None:
        """Take a piece of the left away that is like this one, and map it onto it."""
        for kind in self._by_shape.get(self._shape(right), []):
            tried: list[list[int]] = []
            while kind:
                piece = kind.pop(0)
                found = self._onto(piece, right)
                if found is not None:
                    kind[:0] = tried
                    return found
                tried.append(piece)
            kind[:0] = tried
        return None

    def _onto(self, left: list[int], right: list[int]) -> _Mapping | None:
        cells = self._cells(left, right)
        if all(len(cell) == 2 for cell in cells):
            return {min(cell): max(cell) for cell in cells}
        one, *others = min((c for c in cells if len(c) > 2), key=len)
        for other in others:
            if other >= self._linked.border:
                partition = Partition(self._linked, cells)
                partition.single_out(one, other)
                found = _match(self._linked, partition)
                if found is not None:
                    return found
        return None

    def _cells(self, left: list[int], right: list[int]) -> list[list[int]]:
        cells: dict[int, list[int]] = defaultdict(list)
        for vertex in (*left, *right):
            cells[self._partition.cell_of[vertex]].append(vertex)
        return list(cells.values())

    def _shape(self, piece: list[int]) -> _Shape:
        counts = Counter(self._partition.cell_of[vertex] for vertex in piece)
        return tuple(sorted(counts.items()))


def _pieces(
    linked: Linked, partition: Partition
) -> tuple[list[list[int]], list[list[int]]]:
    """Return what hangs together of the vertices without a partner, left and right."""
    lefts: list[list[int]] = []
    rights: list[list[int]] = []
    done: set[int] = set()
    for cell in partition.cells:
        for start in cell if len(cell) > 2 else ():
            if start not in done:
                piece = _piece(linked, partition, start, done)
                (lefts if start < linked.border else rights).append(piece)
    return lefts, rights


def _piece(
    linked: Linked, partition: Partition, start: int, done: set[int]
) -> list[int]:
    done.add(start)
    piece = [start]
    for vertex in piece:
        for other in _telling(linked, partition, vertex):
            if other not in done:
                done.add(other)
                piece.append(other)
    return piece


def _telling(linked: Linked, partition: Partition, vertex: int) -> Iterator[int]:
    """Yield the neighbours that tell a vertex from the others of its cell.

    A link to every vertex of a cell, as from each of ten layers to each of ten sums,
    tells nothing: all in the cell have it.
    """
    groups: dict[tuple[int, int], list[int]] = defaultdict(list)
    for tag, other in linked.links[vertex]:
        cell = partition.cell_of.get(other)
        if cell is not None and len(partition.cells[cell]) > 2:
            groups[tag, cell].append(other)
    for (_, cell), others in groups.items():
        if 2 * len(set(others)) != len(partition.cells[cell]):
            yield from others


def _told(
    left: NormalGraph, right: NormalGraph, linked: Linked, found: _Mapping
) -> Isomorphism | None:
    nodes = tuple(found[number] - linked.border for number in range(len(left.nodes)))
    if not _holds(left, right, nodes):
        raise AssertionError("colours were refined to the end")
    owners = {vertex: layer for layer, vertex in linked.owners[1].items()}
    layers = [
        (layer, owners[found[vertex]]) for layer, vertex in linked.owners[0].items()
    ]
    calls = (
        (node.path, right.nodes[nodes[number]].path)
        for number, node in enumerate(left.nodes)
        if node.call is not None
    )
    return Isomorphism(
        tuple(pair for pair in layers if _has_weights(left, pair[0])),
        tuple(dict.fromkeys(calls)),
        nodes,
    )


def _has_weights(graph: NormalGraph, layer: str) -> bool:
    return bool(graph.weights.get(layer))


def _holds(left: NormalGraph, right: NormalGraph, nodes: tuple[int, ...]) -> bool:
    """Look once more at each node and its reads."""
    for number, node in enumerate(left.nodes):
        partner = right.nodes[nodes[number]]
        mine = sorted((r.port, nodes[r.source], r.index) for r in node.reads)
        theirs = sorted((r.port, r.source, r.index) for r in partner.reads)
        if node.meaning != partner.meaning or mine != theirs:
            return False
    return True
