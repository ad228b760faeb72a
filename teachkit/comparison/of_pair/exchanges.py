"""What stands in another order: inputs, outputs, and two calls in a row."""

from __future__ import annotations

from collections.abc import Iterator

from teachkit.comparison.findings import Difference
from teachkit.comparison.of_pair.alignment import Alignment
from teachkit.comparison.of_pair.grouping import Told
from teachkit.comparison.of_pair.wording import name_of
from teachkit.normal_form import Node, NormalGraph
from teachkit.speech import ordinal, sentence_start

_STARTS = {"input": "The inputs are given", "output": "The outputs come"}
_MOST = 6
_Pairs = list[tuple[Node, Node]]


def exchanged_inputs(found: Alignment) -> Iterator[Told]:
    """Yield that the models take their inputs in another order."""
    yield from _exchanged(found, "input")


def exchanged_outputs(found: Alignment) -> Iterator[Told]:
    """Yield that the models return their outputs in another order."""
    yield from _exchanged(found, "output")


def pairs_of_ends(found: Alignment, kind: str) -> _Pairs:
    """Return the pairs of inputs or of outputs in the order of the left model."""
    pairs = [pair for pair in found.pairs() if pair[0].meaning.type == kind]
    return sorted(pairs, key=lambda pair: place_of(pair[0]))


def _exchanged(found: Alignment, kind: str) -> Iterator[Told]:
    pairs = pairs_of_ends(found, kind)
    moved = [pair for pair in pairs if place_of(pair[0]) != place_of(pair[1])]
    if not moved:
        return
    graphs = found.left, found.right
    ends = [tuple(end_of(g, p[k]).path for p in moved) for k, g in enumerate(graphs)]
    order = _by_name(found, moved) or _by_place(found, moved)
    text = f"{_STARTS[kind]} in another order: {order}."
    yield Told(Difference("swapped", text, *ends), (), kind)


def _by_name(found: Alignment, moved: _Pairs) -> str:
    """Return the names in either order; nothing if the names do not tell the order."""
    names = [_shown(found.left, left) for left, _ in moved]
    if names != [_shown(found.right, right) for _, right in moved]:
        return ""
    others = sorted(moved, key=lambda pair: place_of(pair[1]))
    theirs = [_shown(found.right, right) for _, right in others]
    return f"{_cut(names, ', ')} on the left, {_cut(theirs, ', ')} on the right"


def _by_place(found: Alignment, moved: _Pairs) -> str:
    """Return which one of the left is which one of the right."""
    places: list[str] = []
    for left, right in moved:
        on_left, on_right = ("", "") if places else (" on the left", " on the right")
        places.append(
            f"the {ordinal(place_of(left))}{on_left}, {_shown(found.left, left)}, is "
            f"the {ordinal(place_of(right))}{on_right}, {_shown(found.right, right)}"
        )
    return _cut(places, "; ")


def _cut(texts: list[str], comma: str) -> str:
    more = [f"and {len(texts) - _MOST:,} more"] if len(texts) > _MOST else []
    return comma.join([*texts[:_MOST], *more])


def place_of(node: Node) -> int:
    """Return the position of an input or output in the order of Keras."""
    return node.endpoint.order if node.endpoint is not None else -1


def end_of(graph: NormalGraph, node: Node) -> Node:
    """Return what an output returns; an input is its own end."""
    return graph.nodes[node.reads[0].source] if node.part == "output" else node


def _shown(graph: NormalGraph, node: Node) -> str:
    end = end_of(graph, node)
    if end is node or end.call is None or len(end.call.outputs) < 2:
        return name_of(end)
    return f"output {node.reads[0].index} of {name_of(end)}"


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
