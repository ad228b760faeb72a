"""Models that are the same but for the order of their inputs or outputs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from teachkit.comparison.findings import Difference
from teachkit.comparison.of_pair.alignment import Alignment, aligned_by, has_own_name
from teachkit.comparison.of_pair.exchanges import (
    end_of,
    exchanged_inputs,
    exchanged_outputs,
    pairs_of_ends,
    place_of,
)
from teachkit.comparison.of_pair.grouping import Told, grouped
from teachkit.normal_form import Isomorphism, Node, NormalGraph, find_isomorphism

_MOST_ENDS = 8
_KINDS = (("input",), ("output",), ("input", "output"))


def reordered(left: NormalGraph, right: NormalGraph) -> Alignment | None:
    """Return which node is which if only the order of inputs or outputs differs.

    Arguments:
        left: a graph.
        right: one that is not equal to it.

    Returns:
        The pairs, by which as few ends as possible change their places; None if more
        than the order differs.
    """
    for kinds in _KINDS:
        ends = [_ends(left, kind) for kind in kinds]
        if any(len(one) < 2 for one in ends):
            continue
        same = find_isomorphism(
            _without_order(left, kinds), _without_order(right, kinds)
        )
        if same is not None:
            fewer = _two_exchanged(left, right, ends[0]) if len(kinds) == 1 else None
            return aligned_by(left, right, fewer or same)
    return None


def _two_exchanged(
    left: NormalGraph, right: NormalGraph, ends: list[int]
) -> Isomorphism | None:
    """Return how the models are the same once two ends have changed places.

    Where some ends are alike any order of these would do; one wants to tell of those
    that matter.
    """
    if len(ends) > _MOST_ENDS:
        return None
    for one, other in combinations(ends, 2):
        nodes = list(left.nodes)
        for k, source in ((one, other), (other, one)):
            meaning = left.nodes[source].meaning
            order = dict(meaning.settings)["order"]
            nodes[k] = _with_order(left.nodes[k], order)
        found = find_isomorphism(replace(left, nodes=tuple(nodes)), right)
        if found is not None:
            return found
    return None


def _ends(graph: NormalGraph, kind: str) -> list[int]:
    return [k for k, node in enumerate(graph.nodes) if node.meaning.type == kind]


def _without_order(graph: NormalGraph, kinds: tuple[str, ...]) -> NormalGraph:
    nodes = (
        _with_order(node, "any") if node.meaning.type in kinds else node
        for node in graph.nodes
    )
    return replace(graph, nodes=tuple(nodes))


def _with_order(node: Node, order: str) -> Node:
    settings = tuple(
        (key, order if key == "order" else value)
        for key, value in node.meaning.settings
    )
    return replace(node, meaning=replace(node.meaning, settings=settings))


def told_of_order(found: Alignment) -> list[Difference]:
    """Return one sentence on the inputs and one on the outputs, where they moved."""
    outputs = list(exchanged_outputs(found))
    return grouped([*_inputs(found, alone=not outputs), *outputs])


def _inputs(found: Alignment, *, alone: bool) -> Iterator[Told]:
    for told in exchanged_inputs(found):
        if not alone:
            yield told
            continue
        few = len(told.difference.left) == 2
        how = "the other way round" if few else "in that order"
        by_name = any("'" in end.path for end in found.left.graph.inputs)
        feed = "Hand the values over" if by_name else "Feed a list"
        text = f"{told.difference.text} {feed} {how} and both models compute the same."
        yield replace(told, difference=replace(told.difference, text=text))


def names_tell_of_order(found: Alignment) -> bool:
    """Tell whether the names speak for another order of the ends, too.

    What has one name in both models is the same; and of names that Keras counts, the
    first is taken for the first. Else it may as well be that the operands of a call
    are exchanged.
    """
    for kind in ("input", "output"):
        pairs = pairs_of_ends(found, kind)
        ends = [
            (end_of(found.left, left), end_of(found.right, right))
            for left, right in pairs
        ]
        moved = any(place_of(left) != place_of(right) for left, right in pairs)
        if moved and not _speak_for(ends):
            return False
    return True


def _speak_for(ends: list[tuple[Node, Node]]) -> bool:
    if all(has_own_name(node) for pair in ends for node in pair):
        return all(left.path == right.path for left, right in ends)
    numbers = [(_number(left), _number(right)) for left, right in ends]
    by_left, by_right = (sorted(numbers, key=lambda pair: pair[k]) for k in (0, 1))
    return by_left == by_right


def _number(node: Node) -> int:
    digits = re.search(r"\d+$", node.path)
    return int(digits.group()) if digits else 0
