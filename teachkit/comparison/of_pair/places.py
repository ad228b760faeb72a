"""Calls that were exchanged for something else: what stands in the same place."""

from __future__ import annotations

from collections.abc import Hashable

from teachkit.comparison.of_pair.alignment import Alignment, has_own_name
from teachkit.normal_form import Node, NormalGraph


def users_of(graph: NormalGraph) -> list[list[int]]:
    """Return for each node the nodes that read it."""
    users: list[list[int]] = [[] for _ in graph.nodes]
    for k, node in enumerate(graph.nodes):
        for source in dict.fromkeys(read.source for read in node.reads):
            users[source].append(k)
    return users


def pair_in_place(found: Alignment) -> None:
    """Pair what was exchanged for something else: same name, or same neighbours."""
    users = users_of(found.left), users_of(found.right)
    rights = [k for k in found.only_right() if _may_change(found.right.nodes[k])]
    nodes = found.right.nodes
    named = {
        (nodes[k].path, nodes[k].part): k for k in rights if has_own_name(nodes[k])
    }
    placed = {_place(found, k, users[1][k], rights=True): k for k in rights}
    placed.pop(None, None)
    for one in found.only_left():
        node = found.left.nodes[one]
        if _may_change(node):
            place = _place(found, one, users[0][one], rights=False)
            other = placed.get(place)
            if has_own_name(node):
                other = named.get((node.path, node.part), other)
            if other is not None:
                found.add(one, other)


def _may_change(node: Node) -> bool:
    return node.meaning.type not in {"input", "output", "constant"}


def _place(
    found: Alignment, number: int, users: list[int], *, rights: bool
) -> Hashable:
    """Return what a node reads and what reads it, in numbers of the right graph.

    None if one of them has no partner: that is no place to be found again.
    """
    graph = found.right if rights else found.left
    both = [r.source for r in graph.nodes[number].reads], users
    known = {k: k for k in found.reverse} if rights else found.partner
    if not all(both) or not all(k in known for ends in both for k in ends):
        return None
    return tuple(tuple(sorted(known[k] for k in ends)) for ends in both)
