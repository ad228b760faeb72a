"""What is read from elsewhere: calls that are there twice and wired differently."""

from __future__ import annotations

from collections.abc import Iterator

from teachkit.comparison.alignment import Alignment
from teachkit.comparison.findings import Difference
from teachkit.comparison.grouping import Told
from teachkit.comparison.wording import (
    listed,
    name_of,
    names_of,
    quoted,
    sentence_start,
    times,
)
from teachkit.normal_form import Node, NormalGraph, Read

_End = tuple[str, int | None, int]
"""A port, the node that is read there in numbers of the right graph, and its output."""


def rewired(found: Alignment) -> Iterator[Told]:
    """Yield what is told of pairs that read other tensors."""
    for one in sorted(found.partner):
        left = found.left.nodes[one]
        right = found.right.nodes[found.partner[one]]
        told = _compared(found, left, right)
        if told is not None:
            yield told


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
    moved = [pair for pair in pairs if _place(pair[0]) != _place(pair[1])]
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
            tuple(_end(graph, pair[k]).path for pair in moved)
            for k, graph in enumerate(graphs)
        ]
        yield Told(Difference("swapped", text, *ends), (), kind)


def _place(node: Node) -> int:
    return node.endpoint.order if node.endpoint is not None else -1


def _in_order(graph: NormalGraph, kind: str) -> list[Node]:
    nodes = [node for node in graph.nodes if node.meaning.type == kind]
    return sorted(nodes, key=_place)


def _end(graph: NormalGraph, node: Node) -> Node:
    return graph.nodes[node.reads[0].source] if node.part == "output" else node


def _shown(graph: NormalGraph, node: Node) -> str:
    return name_of(_end(graph, node))


def _compared(found: Alignment, left: Node, right: Node) -> Told | None:
    ours = [(r.port, *_origin(found, r, left=True)) for r in left.reads]
    theirs = [(r.port, *_origin(found, r, left=False)) for r in right.reads]
    same = _sorted(_unplaced(ours)) == _sorted(_unplaced(theirs))
    other_ports = left.meaning.type != right.meaning.type
    if _sorted(ours) == _sorted(theirs) or (same and other_ports):
        return None
    # What was added or removed has been told, and explains what is read instead.
    known = all(source is not None for _, source, _ in (*ours, *theirs))
    if not known and not _both_known_differ(ours, theirs):
        return None
    if left.part == "output":
        return _other_output(found, left, right)
    name = sentence_start(names_of(left, right))
    sides = _read_text(found.left, left), _read_text(found.right, right)
    if same:
        text = (
            f"{name} reads {sides[0]} in this order on the left, and {sides[1]} on the "
            "right."
        )
        return _told("swapped", text, left, right)
    text = f"{name} reads {sides[0]} on the left, {sides[1]} on the right."
    return _told("rewired", text, left, right)


def _sorted(ends: list[_End]) -> list[tuple[str, int, int]]:
    """Return what is read, in an order of its own; -1 stands for what has no pair."""
    return sorted(
        (port, -1 if source is None else source, index) for port, source, index in ends
    )


def _unplaced(ends: list[_End]) -> list[_End]:
    return [("", source, index) for _, source, index in ends]


def _both_known_differ(ours: list[_End], theirs: list[_End]) -> bool:
    """Tell whether at one port both read something that both models have."""
    places = {port: (source, index) for port, source, index in theirs if port != "any"}
    for port, source, index in ours:
        other = places.get(port)
        if other is None or source is None or other[0] is None:
            continue
        if source >= 0 and other[0] >= 0 and (source, index) != other:
            return True
    return False


def _origin(found: Alignment, read: Read, *, left: bool) -> tuple[int | None, int]:
    """Return what is read, in numbers of the right graph; None if only here.

    One looks through calls that only one model has, and that have a single input.
    """
    graph = found.left if left else found.right
    known = found.partner if left else found.reverse
    source, index = read.source, read.index
    while source not in known:
        reads = graph.nodes[source].reads
        if len(reads) != 1 or index:
            return None, index
        source, index = reads[0].source, reads[0].index
    return (found.partner[source] if left else source), index


def _other_output(found: Alignment, left: Node, right: Node) -> Told:
    ends = _end(found.left, left), _end(found.right, right)
    count = _place(left) + 1
    several = sum(node.part == "output" for node in found.left.nodes) > 1
    which = f"Output {count}" if several else "The output"
    names = name_of(ends[0]), name_of(ends[1])
    text = f"{which} is {names[0]} on the left and {names[1]} on the right."
    return _told("outputs", text, *ends)


def _read_text(graph: NormalGraph, node: Node) -> str:
    """Return what a node reads, in words: `'a' twice`, `'a' and 'b'`."""
    if not node.reads:
        return "nothing"
    reads = (
        sorted(node.reads, key=_position) if not node.meaning.unordered else node.reads
    )
    names = [_output_text(graph, read) for read in reads]
    if len(names) > 1 and len(set(names)) == 1:
        return f"{names[0]} {times(len(names))}"
    return listed(names)


def _position(read: Read) -> tuple[int, str]:
    digits = "".join(c for c in read.port if c.isdigit())
    return (int(digits) if digits else 0), ""


def _output_text(graph: NormalGraph, read: Read) -> str:
    source = graph.nodes[read.source]
    name = name_of(source)
    if source.call is not None and len(source.call.outputs) > 1:
        name = f"output {read.index} of {name}"
    return f"{name} as {read.port}" if _is_word(read.port) else name


def _is_word(port: str) -> bool:
    plain = {"any", "inputs", "sequences", "x", "border"}
    return port.isidentifier() and port not in plain and not port[-1].isdigit()


def _told(code: str, text: str, left: Node, right: Node) -> Told:
    difference = Difference(code, text, (left.path,), (right.path,))
    return Told(difference, ("wiring",), quoted(left.path))
