"""What stands in another order: inputs, outputs, and two calls in a row."""

from __future__ import annotations

from collections.abc import Iterator

from teachkit.comparison.alignment import Alignment
from teachkit.comparison.findings import Difference
from teachkit.comparison.grouping import Told
from teachkit.comparison.wording import listed, name_of, sentence_start
from teachkit.normal_form import Node, NormalGraph


def exchanged_inputs(found: Alignment) -> Iterator[Told]:
    """Yield that the models take their inputs in another order."""
    yield from _exchanged(found, "input", "takes")


def exchanged_outputs(found: Alignment) -> Iterator[Told]:
    """Yield that the models return their outputs in another order."""
    yield from _exchanged(found, "output", "returns")


def _exchanged(found: Alignment, kind: str, verb: str) -> Iterator[Told]:
    pairs = [
        (left, right)
        for left, right in found.pairs()
        if left.meaning.type == kind and left.meaning.settings != right.meaning.settings
    ]
    moved = [pair for pair in pairs if place_of(pair[0]) != place_of(pair[1])]
    if moved:
        graphs = found.left, found.right
        sides = [
            [_shown(graph, node) for node in _in_order(graph, kind)] for graph in graphs
        ]
        text = (
            f"The {kind}s are exchanged: the left {verb} {listed(sides[0])}, the right "
            f"{listed(sides[1])}, in this order."
        )
        ends = [
            tuple(end_of(graph, pair[k]).path for pair in moved)
            for k, graph in enumerate(graphs)
        ]
        yield Told(Difference("swapped", text, *ends), (), kind)


def place_of(node: Node) -> int:
    """Return the position of an input or output in the order of Keras."""
    return node.endpoint.order if node.endpoint is not None else -1


def _in_order(graph: NormalGraph, kind: str) -> list[Node]:
    nodes = [node for node in graph.nodes if node.meaning.type == kind]
    return sorted(nodes, key=place_of)


def end_of(graph: NormalGraph, node: Node) -> Node:
    """Return what an output returns; an input is its own end."""
    return graph.nodes[node.reads[0].source] if node.part == "output" else node


def _shown(graph: NormalGraph, node: Node) -> str:
    return name_of(end_of(graph, node))


def exchanged_before(found: Alignment, one: int) -> int | None:
    """Return the call that comes before this one on the left, and after it right."""
    left, right = found.left.nodes[one], found.right.nodes[found.partner[one]]
    if len(left.reads) != 1 or len(right.reads) != 1 or not left.call or left.part:
        return None
    first = left.reads[0].source
    if first not in found.partner or len(found.left.nodes[first].reads) != 1:
        return None
    other = found.right.nodes[found.partner[first]]
    if [read.source for read in other.reads] != [found.partner[one]]:
        return None
    start = found.left.nodes[first].reads[0].source
    return first if found.partner.get(start) == right.reads[0].source else None


def exchange(found: Alignment, first: int, second: int) -> Told:
    """Return what is told of two calls in a row that stand in another order."""
    nodes = found.left.nodes
    names = name_of(nodes[first]), name_of(nodes[second])
    text = (
        f"{sentence_start(names[0])} comes before {names[1]} on the left, and after it "
        "on the right."
    )
    lefts = nodes[first].path, nodes[second].path
    rights = tuple(found.right.nodes[found.partner[k]].path for k in (first, second))
    return Told(Difference("swapped", text, lefts, rights), ("exchange",), names[0])
