"""Pairs of nodes of two models."""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import dataclass, field

from teachkit.normal_form import Isomorphism, Node, NormalGraph


@dataclass(eq=False)
class Alignment:
    """Pairs of nodes of two graphs.

    Attributes:
        left, right: the graphs.
        partner: for a node of the left, the same node of the right.
        reverse: the same the other way round.
    """

    left: NormalGraph
    right: NormalGraph
    partner: dict[int, int] = field(default_factory=dict)
    reverse: dict[int, int] = field(default_factory=dict)

    def add(self, one: int, other: int) -> bool:
        """Pair two nodes, if neither has a partner; tell whether it was done.

        The activation of a layer goes with that layer.
        """
        if one in self.partner or other in self.reverse:
            return False
        left, right = self.left.nodes[one], self.right.nodes[other]
        if left.part == right.part == "activation":
            layers = left.reads[0].source, right.reads[0].source
            if self.partner.get(layers[0]) != layers[1] and not self._add_layers(
                *layers
            ):
                return False
        self.partner[one], self.reverse[other] = other, one
        return True

    def _add_layers(self, one: int, other: int) -> bool:
        alike = family(self.left.nodes[one]) == family(self.right.nodes[other])
        return alike and self.add(one, other)

    def pairs(self) -> list[tuple[Node, Node]]:
        """Return the pairs in the order of the left graph."""
        return [
            (self.left.nodes[one], self.right.nodes[self.partner[one]])
            for one in sorted(self.partner)
        ]

    def only_left(self) -> list[int]:
        """Return the nodes of the left that have no partner."""
        return [k for k in range(len(self.left.nodes)) if k not in self.partner]

    def only_right(self) -> list[int]:
        """Return the nodes of the right that have no partner."""
        return [k for k in range(len(self.right.nodes)) if k not in self.reverse]


def aligned_by(
    left: NormalGraph, right: NormalGraph, isomorphism: Isomorphism
) -> Alignment:
    """Return the pairs of graphs that are equal."""
    partner = dict(enumerate(isomorphism.nodes))
    reverse = {other: one for one, other in partner.items()}
    return Alignment(left, right, partner, reverse)


def family(node: Node) -> Hashable:
    """Return what two nodes share of which one may have been changed to the other."""
    kind = node.meaning.type
    if kind in {"input", "output"}:
        return kind, node.meaning
    return "activation" if kind.startswith("activation ") else (kind, node.part)


def has_own_name(node: Node) -> bool:
    """Tell whether the author named a call: Keras names a Dense `dense_1`."""
    call = node.call
    if call is None:
        return False
    name = re.sub(r"(:\d+)?$", "", call.id)
    stem = re.sub(r"(_\d+)?(CLONE)?$", "", name)
    automatic = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?=[A-Z][a-z])", "_", call.type).lower()
    known = {automatic.strip("_"), "input_layer", "keras_tensor", "constant"}
    return stem.replace("_", "") not in {word.replace("_", "") for word in known}
