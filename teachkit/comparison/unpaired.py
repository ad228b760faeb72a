"""What was added or removed: calls that only one of two models has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from teachkit.comparison.alignment import Alignment
from teachkit.comparison.findings import Difference
from teachkit.comparison.grouping import Told
from teachkit.comparison.wording import (
    activation_name,
    described,
    listed,
    name_of,
    quoted,
    sentence_start,
)
from teachkit.normal_form import Node

_OTHER = {"left": "right", "right": "left"}
_CODES = {"left": "removed", "right": "added"}


def unpaired(found: Alignment) -> Iterator[Told]:
    """Yield what is told of calls that only one of the models has."""
    for side, numbers in (("left", found.only_left()), ("right", found.only_right())):
        nodes = found.left.nodes if side == "left" else found.right.nodes
        lonely = set(numbers)
        returned = {
            nodes[k].reads[0].source for k in lonely if nodes[k].part == "output"
        }
        firsts = {node.owner: node.path for node in reversed(nodes)}
        for number in numbers:
            node = nodes[number]
            reads = [nodes[read.source] for read in node.reads]
            if node.part == "output" and node.reads[0].source in lonely:
                continue  # told of the call that is returned
            told = _of_an_end(node, reads, side)
            if told is not None:
                yield told
            elif not node.part:
                one = _of_a_call(node, reads, side, firsts.get(node.owner))
                yield _returned(one) if number in returned else one


def _of_an_end(node: Node, reads: list[Node], side: str) -> Told | None:
    """Return what is told of an input, an output or an activation, None of others."""
    if node.meaning.type == "output":
        text = f"Only the {side} returns {name_of(reads[0])}."
        return _told("outputs", text, reads[0], side)
    if node.meaning.type == "input":
        text = f"Only the {side} has the input {described(node)}."
        return _told("inputs", text, node, side)
    if node.part == "activation":
        text = (
            f"{quoted(node.path)} has the activation {activation_name(node)} on the "
            f"{side}, and none on the {_OTHER[side]}."
        )
        return _told("changed", text, node, side, ("activation", node.meaning.type))
    return None


def _of_a_call(node: Node, reads: list[Node], side: str, first: str | None) -> Told:
    names = listed(list(dict.fromkeys(map(name_of, reads))))
    code = _CODES[side]
    if node.owner is not None and node.call is not None and node.path != first:
        layer = described(replace(node, path=node.call.layer or node.path))
        text = (
            f"Only the {side} calls {layer} once more, as {quoted(node.path)}, on "
            f"{names}."
        )
        return _told(code, text, node, side, ("again", node.owner, side))
    where = f", which reads {names}" if reads else ""
    text = f"Only the {side} has {described(node)}{where}."
    return _told(code, text, node, side, ("lonely", node.meaning.type, side))


def _returned(told: Told) -> Told:
    text = told.difference.text.removesuffix(".") + ", and returns it."
    return replace(told, difference=replace(told.difference, text=text))


def _told(
    code: str, text: str, node: Node, side: str, key: tuple[object, ...] = ()
) -> Told:
    paths = (node.path,) if node.path else ()
    ends = (paths, ()) if side == "left" else ((), paths)
    return Told(Difference(code, sentence_start(text), *ends), key, name_of(node))
