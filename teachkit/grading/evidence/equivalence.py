"""Whether two models are the same: by their wiring, or by the numbers they give."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import islice, permutations
from math import factorial, prod
from typing import Any

import numpy as np

from teachkit.errors import ModelError
from teachkit.grading.evidence.at_once import Values
from teachkit.grading.evidence.numbers import same
from teachkit.grading.evidence.subject import Subject
from teachkit.keras_runner.weights import leaf_layers, parts_of
from teachkit.normal_form import Node, NormalGraph, Read, find_isomorphism

VariablePairs = list[tuple[Any, Any]]

_PASSED_THROUGH = frozenset(
    {
        "ActivityRegularization",
        "AlphaDropout",
        "Dropout",
        "GaussianDropout",
        "GaussianNoise",
        "Identity",
        "SpatialDropout1D",
        "SpatialDropout2D",
        "SpatialDropout3D",
        "cast",
    }
)
"""What changes no number at inference."""
_MOST_PAIRINGS = 120
_OF_MANY = 6
"""Where not all can be tried, hardly one but the first is right."""


def same_wiring(one: Subject, other: Subject) -> bool:
    """Tell whether two graphs differ in nothing but names and the order of arms."""
    return find_isomorphism(loose(one.normal), loose(other.normal)) is not None


def same_function(one: Subject, reference: Subject) -> bool:
    """Tell whether two models give the same numbers once their weights are the same.

    The weights of layers of the same shapes are copied in topological order; where
    several have the same shapes, all orders are tried, or a few where there are many.
    """
    if len(one.outputs) != len(reference.outputs):
        return False
    if len(one.inputs) != len(reference.inputs):
        return False
    groups = _by_shapes(reference).values()
    many = prod(factorial(len(group)) for group in groups) > _MOST_PAIRINGS
    ways = islice(pairings(one, reference), _OF_MANY if many else _MOST_PAIRINGS)
    return any(_agree(one, reference, pairs) for pairs in ways)


def _agree(one: Subject, reference: Subject, pairs: VariablePairs) -> bool:
    for draw in one.draws():
        values = {id(v): value for v, value in reference.probe.weights(draw)}
        moved = [
            (mine, values.get(id(theirs), np.asarray(theirs.value)))
            for theirs, mine in pairs
        ]
        given = _renamed(reference.given(draw), one.inputs)
        try:
            found = one.run(given, weights=moved)
        except ModelError:
            return False
        wanted = _renamed(reference.baseline(draw), one.outputs)
        if not all(same(found[role], wanted[role]) for role in wanted):
            return False
    return True


def _renamed(values: Values, roles: Collection[str]) -> Values:
    """Return values by the roles of another model: by name, else by place."""
    if set(values) == set(roles):
        return values
    return dict(zip(roles, values.values(), strict=True))


def pairings(one: Subject, reference: Subject) -> Iterator[VariablePairs]:
    """Yield ways to give each weight of the reference to one of the answer."""
    ours, theirs = _by_shapes(one), _by_shapes(reference)
    if _counts(ours) != _counts(theirs):
        ours, theirs = (_by_shapes(x, is_open=True) for x in (one, reference))
    if _counts(ours) != _counts(theirs):
        pairs = _of_variables(one, reference)
        if pairs is not None:
            yield pairs
        return
    for orders in _orders([ours[key] for key in theirs]):
        layers = [
            pair
            for key, order in zip(theirs, orders, strict=True)
            for pair in zip(theirs[key], order, strict=True)
        ]
        yield [
            pair
            for theirs_layer, our_layer in layers
            for pair in zip(theirs_layer.weights, our_layer.weights, strict=True)
        ]


def _orders(groups: Sequence[list[Any]]) -> Iterator[tuple[Any, ...]]:
    """Yield all ways to order each group, one by one: there may be millions."""
    if not groups:
        yield ()
        return
    for order in permutations(groups[0]):
        for others in _orders(groups[1:]):
            yield (order, *others)


def _counts(layers: dict[Any, list[Any]]) -> dict[Any, int]:
    return {shapes: len(found) for shapes, found in layers.items()}


def _by_shapes(subject: Subject, *, is_open: bool = False) -> dict[Any, list[Any]]:
    """Return the layers by the shapes of their weights.

    Arguments:
        subject: the model.
        is_open: take the layers inside of a layer of the author's own.
    """
    found: dict[Any, list[Any]] = defaultdict(list)
    leaves = list(leaf_layers(subject.recording).values())
    if is_open:
        leaves = [part for layer in leaves for part in parts_of(layer)]
    for layer in leaves:
        shapes = tuple(tuple(weight.shape) for weight in layer.weights)
        if shapes:
            found[shapes].append(layer)
    return found


def _of_variables(one: Subject, reference: Subject) -> VariablePairs | None:
    """Return pairs of single weights of the same shape, in their order."""
    waiting: dict[Any, list[Any]] = defaultdict(list)
    for variable, _ in one.probe.weights():
        waiting[tuple(variable.shape)].append(variable)
    pairs = []
    for variable, _ in reference.probe.weights():
        mine = waiting[tuple(variable.shape)]
        if not mine:
            return None
        pairs.append((variable, mine.pop(0)))
    return None if any(waiting.values()) else pairs


def loose(normal: NormalGraph) -> NormalGraph:
    """Return a normal form without what changes no number at inference.

    Dropout, casts and dtypes are left out, and the parts of a concatenation have no
    order.
    """
    stands_for: dict[int, tuple[int, int]] = {}
    nodes: list[Node] = []
    new_number: dict[int, int] = {}

    def moved(read: Read) -> Read:
        source, index = read.source, read.index
        while source in stands_for:
            source, index = stands_for[source]
        return replace(read, source=new_number[source], index=index)

    for number, node in enumerate(normal.nodes):
        if node.meaning.type in _PASSED_THROUGH and len(node.reads) == 1:
            stands_for[number] = node.reads[0].source, node.reads[0].index
            continue
        new_number[number] = len(nodes)
        reads = tuple(moved(read) for read in node.reads)
        meaning = replace(node.meaning, dtypes=())
        if meaning.type == "concatenate":
            meaning = replace(meaning, unordered=True)
            reads = tuple(replace(read, port="any") for read in reads)
        nodes.append(replace(node, meaning=meaning, reads=reads))
    return NormalGraph(normal.graph, tuple(nodes), normal.weights, normal.strict)
