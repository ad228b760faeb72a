"""Sums of sums become one sum, and what leads nowhere goes."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from teachkit.normal_form.nodes import Node, Read

FLATTENED = frozenset({"add", "multiply", "maximum", "minimum"})
"""Merges of merges: `(a + b) + c` is one sum of three."""


def flattened(nodes: list[Node]) -> list[Node]:
    """Return sums of sums as one sum, where nothing else reads the inner one.

    The inner ones stay in the list, read by nothing.
    """
    uses = Counter(read.source for node in nodes for read in node.reads)
    absorbed = {
        read.source
        for node in nodes
        if node.meaning.type in FLATTENED
        for read in node.reads
        if uses[read.source] == 1 and _same_kind(node, nodes[read.source])
    }
    return [
        _gathered(nodes, node, absorbed) if number not in absorbed else node
        for number, node in enumerate(nodes)
    ]


def _same_kind(one: Node, other: Node) -> bool:
    ours, theirs = one.meaning, other.meaning
    return (ours.type, ours.dtypes) == (theirs.type, theirs.dtypes)


def _gathered(nodes: list[Node], node: Node, absorbed: set[int]) -> Node:
    """Return a merge that reads what the merges inside it read."""
    if not any(read.source in absorbed for read in node.reads):
        return node
    reads: list[Read] = []
    words = list(node.meaning.words)
    waiting = list(node.reads[::-1])
    while waiting:
        read = waiting.pop()
        if read.source in absorbed:
            words += nodes[read.source].meaning.words
            waiting.extend(nodes[read.source].reads[::-1])
        else:
            reads.append(read)
    meaning = replace(node.meaning, words=tuple(sorted(words)))
    return replace(node, meaning=meaning, reads=tuple(reads))


def alive(nodes: list[Node]) -> list[Node]:
    """Return the nodes on which an output depends, and all inputs, renumbered."""
    kept = {k for k, node in enumerate(nodes) if node.part == "output"}
    kept |= {k for k, node in enumerate(nodes) if node.meaning.type == "input"}
    for number in reversed(range(len(nodes))):
        if number in kept:
            kept.update(read.source for read in nodes[number].reads)
    order = [number for number in range(len(nodes)) if number in kept]
    place = {number: position for position, number in enumerate(order)}
    return [
        replace(
            nodes[number],
            reads=tuple(
                replace(read, source=place[read.source]) for read in nodes[number].reads
            ),
        )
        for number in order
    ]
