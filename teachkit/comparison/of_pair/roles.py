"""Calls that play the same role in two models: the same layer, as far from the end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable

from teachkit.comparison.of_pair.alignment import Alignment
from teachkit.normal_form import NormalGraph

_ENDS = frozenset({"input", "output", "constant"})


def pair_by_role(found: Alignment) -> None:
    """Pair what means the same and is as far from an output.

    First what reads tensors of the same shape as well: its weights have the same
    shapes. Only where there is one such call in either model: a guess among several is
    left to what stands beside them.
    """
    distances = _distances(found.left), _distances(found.right)
    for shaped in (True, False):
        ours = _roles(found.left, found.only_left(), distances[0], shaped=shaped)
        theirs = _roles(found.right, found.only_right(), distances[1], shaped=shaped)
        for role, numbers in ours.items():
            others = theirs.get(role, [])
            if len(numbers) == len(others) == 1:
                found.add(numbers[0], others[0])


def _roles(
    graph: NormalGraph, numbers: list[int], distances: list[int], *, shaped: bool
) -> dict[Hashable, list[int]]:
    """Return calls without a partner by what they mean and where they stand."""
    found: dict[Hashable, list[int]] = defaultdict(list)
    for k in numbers:
        node = graph.nodes[k]
        if node.call is None or node.part or node.meaning.type in _ENDS:
            continue
        shapes = tuple(spec.shape for spec in node.call.inputs) if shaped else ()
        found[node.meaning, shapes, distances[k]].append(k)
    return found


def _distances(graph: NormalGraph) -> list[int]:
    """Return how many calls follow each node on the shortest way to an output.

    A layer and its activation are one call.
    """
    far = len(graph.nodes)
    found = [far] * far
    for k in reversed(range(far)):
        node = graph.nodes[k]
        if node.part == "output":
            found[k] = 0
        for read in node.reads:
            is_same_call = graph.nodes[read.source].path == node.path
            step = 0 if node.part == "output" or is_same_call else 1
            found[read.source] = min(found[read.source], found[k] + step)
    return found
