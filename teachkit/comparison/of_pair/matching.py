"""Which node of one model is which node of another one that is not equal to it."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Hashable, Iterable

from teachkit.comparison.of_pair.alignment import Alignment, family, has_own_name
from teachkit.comparison.of_pair.places import pair_in_place, users_of
from teachkit.comparison.of_pair.roles import pair_by_role
from teachkit.normal_form import Node, NormalGraph

_MOST_CHANGES = 2
"""A layer of which more arguments differ is not taken for the same one."""


def align(
    left: NormalGraph, right: NormalGraph, known: Iterable[tuple[int, int]] = ()
) -> Alignment:
    """Pair the nodes of two graphs that differ.

    First what depends on the same, and what leads to the same; then what has the same
    name; then the neighbours of pairs; what plays the same role; at last what is of the
    same type, in order.

    Arguments:
        left: one graph.
        right: the other one.
        known: numbers of nodes that are pairs before one looks.
    """
    found = Alignment(left, right)
    for one, other in known:
        found.add(one, other)
    _pair_ends(found)
    lefts, rights = _Colours(left), _Colours(right)
    numbers: dict[Hashable, int] = {}
    for way in (_Colours.from_inputs, _Colours.from_outputs):
        _pair_unique(found, way(lefts, numbers), way(rights, numbers))
    _pair_names(found, _meaning)
    _pair_names(found, family)
    _pair_neighbours(found, _meaning)
    pair_by_role(found)
    _pair_neighbours(found, family)
    _pair_in_order(found, _meaning)
    _pair_neighbours(found, family)
    _pair_in_order(found, family)
    pair_in_place(found)
    return found


def _meaning(node: Node) -> Hashable:
    return node.meaning


def _may_be_pair(one: Node, other: Node) -> bool:
    """Tell whether one node may be the other one with a change or two."""
    if one.meaning == other.meaning or (has_own_name(one) and one.path == other.path):
        return True
    ours, theirs = set(one.meaning.settings), set(other.meaning.settings)
    return len({key for key, _ in ours ^ theirs}) <= _MOST_CHANGES


class _Colours:
    """What nodes look like to one who walks along the reads, or against them."""

    def __init__(self, graph: NormalGraph) -> None:
        self._nodes = graph.nodes

    def from_inputs(self, numbers: dict[Hashable, int]) -> list[int]:
        """Return for each node a number for all that it depends on."""
        found: list[int] = []
        for node in self._nodes:
            reads = sorted((r.port, found[r.source], r.index) for r in node.reads)
            key = ("in", node.meaning, tuple(reads))
            found.append(numbers.setdefault(key, len(numbers)))
        return found

    def from_outputs(self, numbers: dict[Hashable, int]) -> list[int]:
        """Return for each node a number for all that depends on it."""
        users: list[list[tuple[str, int, int]]] = [[] for _ in self._nodes]
        found = [0] * len(self._nodes)
        for k in reversed(range(len(self._nodes))):
            node = self._nodes[k]
            key = ("out", node.meaning, tuple(sorted(users[k])))
            found[k] = numbers.setdefault(key, len(numbers))
            for read in node.reads:
                users[read.source].append((read.port, found[k], read.index))
        return found


def _pair_ends(found: Alignment) -> None:
    """Pair inputs by their names if these are the same in another order."""
    for kind in ("input", "output"):
        ours, theirs = (_ends(graph, kind) for graph in (found.left, found.right))
        names = [_names(g, e) for g, e in ((found.left, ours), (found.right, theirs))]
        if set(names[0]) == set(names[1]) and len(set(names[0])) == len(ours):
            for name, one in zip(names[0], ours, strict=True):
                found.add(one, theirs[names[1].index(name)])
        else:
            for one, other in zip(ours, theirs, strict=False):
                found.add(one, other)


def _ends(graph: NormalGraph, kind: str) -> list[int]:
    nodes = enumerate(graph.nodes)
    ends = [(k, node) for k, node in nodes if node.meaning.type == kind]
    return [k for k, node in sorted(ends, key=lambda end: _order(end[1]))]


def _order(node: Node) -> int:
    return node.endpoint.order if node.endpoint is not None else 10**6


def _names(graph: NormalGraph, ends: list[int]) -> list[str]:
    """Return what the inputs are called; for an output, what makes it."""
    nodes = [graph.nodes[k] for k in ends]
    made = [graph.nodes[n.reads[0].source] if n.part == "output" else n for n in nodes]
    named = [
        f"{node.path} {end.reads[0].index if end.reads else 0}"
        for node, end in zip(made, nodes, strict=True)
        if has_own_name(node)
    ]
    return named if len(named) == len(ends) else [str(k) for k in range(len(ends))]


def _pair_unique(found: Alignment, ours: list[int], theirs: list[int]) -> None:
    counts = Counter(ours), Counter(theirs)
    where = {colour: k for k, colour in enumerate(theirs)}
    for one, colour in enumerate(ours):
        if counts[0][colour] == counts[1][colour] == 1:
            found.add(one, where[colour])


def _pair_names(found: Alignment, how: Callable[[Node], Hashable]) -> None:
    where = {
        (node.path, node.part, how(node)): k
        for k, node in enumerate(found.right.nodes)
        if has_own_name(node) and k not in found.reverse
    }
    for one, node in enumerate(found.left.nodes):
        other = where.get((node.path, node.part, how(node)))
        if other is not None and has_own_name(node):
            found.add(one, other)


def _pair_neighbours(found: Alignment, how: Callable[[Node], Hashable]) -> None:
    """Pair what pairs read at the same port, and what reads pairs."""
    users = users_of(found.left), users_of(found.right)
    waiting = deque(sorted(found.partner.items()))
    while waiting:
        one, other = waiting.popleft()
        sources = _sources(found.left, one, how), _sources(found.right, other, how)
        readers = (
            _readers(found.left, users[0][one], how),
            _readers(found.right, users[1][other], how),
        )
        for ours, theirs in (sources, readers):
            waiting.extend(_pair_equal(found, ours, theirs))


def _pair_equal(
    found: Alignment,
    ours: dict[Hashable, list[int]],
    theirs: dict[Hashable, list[int]],
) -> Iterable[tuple[int, int]]:
    new = []
    for key, nodes in ours.items():
        free = [k for k in nodes if k not in found.partner]
        others = [k for k in theirs.get(key, []) if k not in found.reverse]
        for one, other in zip(free, others, strict=False):
            pair = found.left.nodes[one], found.right.nodes[other]
            if _may_be_pair(*pair) and found.add(one, other):
                new.append((one, other))
    return new


def _sources(
    graph: NormalGraph, number: int, how: Callable[[Node], Hashable]
) -> dict[Hashable, list[int]]:
    grouped: dict[Hashable, list[int]] = defaultdict(list)
    for read in graph.nodes[number].reads:
        key = read.port, read.index, how(graph.nodes[read.source])
        if read.source not in grouped[key]:
            grouped[key].append(read.source)
    return grouped


def _readers(
    graph: NormalGraph, users: list[int], how: Callable[[Node], Hashable]
) -> dict[Hashable, list[int]]:
    grouped: dict[Hashable, list[int]] = defaultdict(list)
    for user in users:
        grouped[how(graph.nodes[user])].append(user)
    return grouped


def _pair_in_order(found: Alignment, how: Callable[[Node], Hashable]) -> None:
    theirs: dict[Hashable, deque[int]] = defaultdict(deque)
    for k in found.only_right():
        theirs[how(found.right.nodes[k])].append(k)
    for one in found.only_left():
        node = found.left.nodes[one]
        same = theirs[how(node)]
        if same and _may_be_pair(node, found.right.nodes[same[0]]):
            found.add(one, same.popleft())
