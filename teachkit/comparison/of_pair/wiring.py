"""What is read from elsewhere: calls that are there twice and wired differently."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from teachkit.comparison.findings import Difference
from teachkit.comparison.of_pair.alignment import Alignment
from teachkit.comparison.of_pair.exchanges import (
    end_of,
    exchange,
    exchanged_before,
    place_of,
)
from teachkit.comparison.of_pair.grouping import Told
from teachkit.comparison.of_pair.operands import computed
from teachkit.comparison.of_pair.wording import activation_name, name_of, names_of
from teachkit.normal_form import Node, NormalGraph, Read
from teachkit.speech import (
    listed,
    named,
    ordinal,
    sentence_start,
    times,
)

_MOST_OPERANDS = 5
_End = tuple[str, int, int, bool]
"""A port; what is read there, in numbers of the right graph; which output of it; and
whether it is read directly, not through calls that only one model has."""


def rewired(found: Alignment) -> Iterator[Told]:
    """Yield what is told of pairs that read other tensors."""
    exchanges = {}
    for one in sorted(found.partner):
        first = exchanged_before(found, one)
        if first is not None:
            exchanges[one] = found.partner[first]
            exchanges[first] = found.partner[one]
            yield exchange(found, first, one)
    for one in sorted(found.partner):
        told = _compared(found, one, exchanges)
        if told is not None and one not in exchanges:
            yield told


def _compared(found: Alignment, one: int, exchanges: dict[int, int]) -> Told | None:
    left, right = found.left.nodes[one], found.right.nodes[found.partner[one]]
    ours = [_origin(found, read, exchanges) for read in _written(left)]
    theirs = [_origin(found, read, None) for read in _written(right)]
    same = _sorted(_unplaced(ours)) == _sorted(_unplaced(theirs))
    other_ports = left.meaning.type != right.meaning.type
    if _sorted(ours) == _sorted(theirs) or (same and other_ports):
        return None
    if _explained(ours, theirs) or (same and _is_computed(found, left, right)):
        return None
    return _told_of(found, left, right, same=same)


def _told_of(found: Alignment, left: Node, right: Node, *, same: bool) -> Told:
    """Return what is told of a pair that reads other tensors, or the same in turn."""
    if left.part == "output":
        return _other_output(found, left, right)
    if {left.part, right.part} == {"activation", ""}:
        return _applied_elsewhere(found, left, right)
    name = sentence_start(names_of(left, right))
    sides = _read_text(found.left, left), _read_text(found.right, right)
    if same and len(left.reads) > _MOST_OPERANDS:
        text = _first_exchanged(found, left, right)
        return _told("swapped", text, left, right)
    if same:
        text = (
            f"{name} reads {sides[0]} in this order on the left, and {sides[1]} on the "
            "right."
        )
        return _told("swapped", text, left, right)
    text = f"{name} reads {sides[0]} on the left, {sides[1]} on the right."
    return _told("rewired", text, left, right)


def _is_computed(found: Alignment, left: Node, right: Node) -> bool:
    """Tell whether a sentence shows the operands of a call with their values."""
    words = left.meaning.words, right.meaning.words
    sides = (found.left, left), (found.right, right)
    return words[0] != words[1] and computed(*sides) is not None


def _applied_elsewhere(found: Alignment, left: Node, right: Node) -> Told:
    """Return where an activation works that is part of a layer on one side only."""
    sides = _read_text(found.left, left), _read_text(found.right, right)
    text = (
        f"The activation {activation_name(left)} works on {sides[0]} on the left and "
        f"on {sides[1]} on the right."
    )
    return _told("rewired", text, left, right)


def _first_exchanged(found: Alignment, left: Node, right: Node) -> str:
    """Return the first one of many operands that is another one on the right."""
    sides = [sorted(_written(node), key=_position) for node in (left, right)]
    moved = (
        (place, one, other)
        for place, (one, other) in enumerate(zip(*sides, strict=True))
        if (found.partner.get(one.source), one.index) != (other.source, other.index)
    )
    place, one, other = next(moved, (0, sides[0][0], sides[1][0]))
    names = _output_text(found.left, one), _output_text(found.right, other)
    return (
        f"{sentence_start(names_of(left, right))} reads {len(sides[0])} tensors in "
        f"another order: the {ordinal(place)} is {names[0]} on the left and {names[1]} "
        "on the right."
    )


def _sorted(ends: list[_End]) -> list[tuple[str, int, int]]:
    return sorted(end[:3] for end in ends)


def _unplaced(ends: list[_End]) -> list[_End]:
    return [("", *end[1:]) for end in ends]


def _explained(ours: list[_End], theirs: list[_End]) -> bool:
    """Tell whether what was added or removed explains what is read instead.

    That has been told. It explains all if what is left is the same in the same order.
    """
    kept = [[end[1:3] for end in ends if end[3]] for ends in (ours, theirs)]
    if len(kept[0]) == len(ours) and len(kept[1]) == len(theirs):
        return False
    places = {end[0]: end[1:3] for end in theirs if end[3] and end[0] != "any"}
    clash = any(end[3] and places.get(end[0], end[1:3]) != end[1:3] for end in ours)
    unordered = any(end[0] == "any" for end in ours)
    if unordered:
        return _sub(kept[0], kept[1]) or _sub(kept[1], kept[0])
    return kept[0] == kept[1] or not clash


def _sub(some: list[tuple[int, int]], all_of_them: list[tuple[int, int]]) -> bool:
    return not Counter(some) - Counter(all_of_them)


def _origin(found: Alignment, read: Read, exchanges: dict[int, int] | None) -> _End:
    """Return what is read, in numbers of the right graph; -1 if only one model has it.

    One looks through calls that only one model has, and that have a single input.

    Arguments:
        found: the pairs.
        read: a read of the left, or of the right if there are no exchanges.
        exchanges: what stands on the right in the place of a call of the left.
    """
    is_left = exchanges is not None
    graph = found.left if is_left else found.right
    known = found.partner if is_left else found.reverse
    source, index, direct = read.source, read.index, True
    while source not in known:
        direct = False
        reads = graph.nodes[source].reads
        if len(reads) != 1 or index:
            return read.port, -1, index, False
        source, index = reads[0].source, reads[0].index
    if exchanges is not None:
        source = exchanges.get(source, found.partner[source])
    return read.port, source, index, direct


def _other_output(found: Alignment, left: Node, right: Node) -> Told:
    ends = end_of(found.left, left), end_of(found.right, right)
    count = place_of(left) + 1
    several = sum(node.part == "output" for node in found.left.nodes) > 1
    which = f"Output {count}" if several else "The output"
    names = name_of(ends[0]), name_of(ends[1])
    text = f"{which} is {names[0]} on the left and {names[1]} on the right."
    return _told("outputs", text, *ends)


def _read_text(graph: NormalGraph, node: Node) -> str:
    """Return what a node reads, in words: `'a' twice`, `'a' and 'b'`."""
    if not node.reads:
        return "nothing"
    reads = _written(node)
    if not node.meaning.unordered:
        reads = sorted(reads, key=_position)
    names = [_output_text(graph, read) for read in reads]
    if len(names) > 1 and len(set(names)) == 1:
        return f"{names[0]} {times(len(names))}"
    return listed(names)


def _written(node: Node) -> list[Read]:
    """Return the reads without the keys of an attention that are its values anyway."""
    values = [(r.source, r.index) for r in node.reads if r.port == "value"]
    return [
        read
        for read in node.reads
        if read.port != "key" or (read.source, read.index) not in values
    ]


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
    return Told(difference, ("wiring",), named(left.path))
