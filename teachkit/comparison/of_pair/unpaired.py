"""What was added or removed: calls that only one of two models has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from teachkit.comparison.findings import Difference
from teachkit.comparison.of_pair.alignment import Alignment
from teachkit.comparison.of_pair.grouping import Told
from teachkit.comparison.of_pair.wording import (
    activation_name,
    described,
    name_of,
    names_of,
)
from teachkit.normal_form import Node
from teachkit.speech import listed, named, sentence_start

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
        kept = _Kept(found, side)
        firsts = {node.owner: node.path for node in reversed(nodes)}
        for number in numbers:
            node = nodes[number]
            reads = [nodes[read.source] for read in node.reads]
            if node.part == "output" and node.reads[0].source in lonely:
                continue  # told of the call that is returned
            told = _of_an_end(node, reads, side) or _of_an_activation(
                found, number, side
            )
            if told is not None:
                yield told
            elif not node.part:
                one = _of_a_call(node, reads, side, firsts.get(node.owner))
                one = kept.added_to(one, node)
                yield _returned(one) if number in returned else one


def _of_an_end(node: Node, reads: list[Node], side: str) -> Told | None:
    """Return what is told of an input or an output, None of others."""
    if node.meaning.type == "output":
        text = f"Only the {side} returns {name_of(reads[0])}."
        return _told("outputs", text, reads[0], side)
    if node.meaning.type == "input":
        text = f"Only the {side} has the input {described(node)}."
        return _told("inputs", text, node, side)
    return None


def _of_an_activation(found: Alignment, number: int, side: str) -> Told | None:
    """Return what is told of an activation that a layer has in one model only."""
    graph = found.left if side == "left" else found.right
    node = graph.nodes[number]
    if node.part != "activation":
        return None
    layer = node.reads[0].source
    known = found.partner if side == "left" else found.reverse
    pair = [node, node]
    if layer in known:
        other = (found.right if side == "left" else found.left).nodes[known[layer]]
        pair = [node, other] if side == "left" else [other, node]
    activation = activation_name(node)
    sides = ("left", "right") if side == "left" else ("right", "left")
    text = (
        f"{names_of(*pair)} has the activation {activation} on the {sides[0]}, and "
        f"none on the {sides[1]}."
    )
    both = layer in known
    lefts = (pair[0].path,) if both or side == "left" else ()
    rights = (pair[1].path,) if both or side == "right" else ()
    key = ("activation", node.meaning.type)
    return Told(Difference("changed", text, lefts, rights), key, name_of(node))


class _Kept:
    """What is left in one model of the layers that the other one calls again."""

    def __init__(self, found: Alignment, side: str) -> None:
        own, other = found.left, found.right
        pairs = found.pairs()
        if side == "right":
            own, other = other, own
            pairs = [(right, left) for left, right in pairs]
        self._side = _OTHER[side]
        self._partners = {mine.owner: node.owner for mine, node in pairs}
        self._counts = Counter(node.owner for node in other.nodes)
        # With a nested model gone there is another cause, which is told first.
        self._told = {node.owner for node in own.nodes if "/" in node.path}

    def added_to(self, told: Told, node: Node) -> Told:
        """Add, once, that a layer is called but once in the other model."""
        partner = self._partners.get(node.owner)
        again = told.key[:1] == ("again",) and node.owner not in self._told
        if not again or partner is None or self._counts[partner] != 1:
            return told
        self._told.add(node.owner)
        name = named(node.call.layer or node.path) if node.call else name_of(node)
        text = f"{told.difference.text} The {self._side} keeps only the first use of "
        return replace(told, difference=replace(told.difference, text=f"{text}{name}."))


def _of_a_call(node: Node, reads: list[Node], side: str, first: str | None) -> Told:
    names = listed(list(dict.fromkeys(map(name_of, reads))))
    code = _CODES[side]
    if node.owner is not None and node.call is not None and node.path != first:
        layer = described(replace(node, path=node.call.layer or node.path))
        text = (
            f"Only the {side} calls {layer} once more, as {named(node.path)}, on "
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
