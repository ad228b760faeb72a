"""Two normal graphs as one plain graph of numbered, labelled, linked vertices."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable

from teachkit.normal_form.nodes import NormalGraph

Link = tuple[int, int]
"""A tag, and the vertex at the other end."""


class Linked:
    """The nodes of two graphs, and beside them their shared layers and weights.

    A layer that owns weights is a vertex of its own, linked to each call of it, so
    that sharing is nothing but structure; so is a weight that two layers share.

    Attributes:
        labels: of each vertex, as a number that equal things share.
        links: of each vertex; each link is there from both of its ends.
        border: vertices below it are of the left graph.
        owners: the vertex of each layer id, for the left and for the right graph.
        names: what stands behind a label.
    """

    def __init__(self, left: NormalGraph, right: NormalGraph) -> None:
        self.labels: list[int] = []
        self.links: list[list[Link]] = []
        self.owners: list[dict[str, int]] = []
        self.starts: list[int] = []
        self._numbers: dict[Hashable, int] = {}
        for graph in (left, right):
            self.starts.append(len(self.labels))
            self._add_graph(graph)
        self.border = self.starts[1]

    def _add_graph(self, graph: NormalGraph) -> None:
        start = len(self.labels)
        for node in graph.nodes:
            self._vertex(node.meaning)
        for number, node in enumerate(graph.nodes):
            for read in node.reads:
                tag = (read.port, read.index)
                self._link(start + number, start + read.source, tag)
        owners: dict[str, int] = {}
        for number, node in enumerate(graph.nodes):
            if node.owner is not None:
                if node.owner not in owners:
                    owners[node.owner] = self._vertex("layer")
                self._link(start + number, owners[node.owner], "layer")
        self.owners.append(owners)
        self._add_weights(graph, owners, start)

    def _add_weights(
        self, graph: NormalGraph, owners: dict[str, int], start: int
    ) -> None:
        """Add the weights that tie layers to each other, or to what reads them."""
        users: dict[str, list[tuple[int, Hashable]]] = defaultdict(list)
        for layer, vertex in owners.items():
            for position, weight in enumerate(graph.weights.get(layer, ())):
                users[weight].append((vertex, ("weight", position)))
        for number, node in enumerate(graph.nodes):
            call = node.call
            if call is not None and call.kind == "constant" and "weight" in call.config:
                weight = str(call.config["weight"])
                users[weight].append((start + number, "variable"))
        for ends in users.values():
            if len(ends) > 1:
                vertex = self._vertex("weight")
                for user, tag in ends:
                    self._link(user, vertex, tag)

    def _vertex(self, label: Hashable) -> int:
        self.labels.append(self._number(("label", label)))
        self.links.append([])
        return len(self.labels) - 1

    def _link(self, reader: int, source: int, tag: Hashable) -> None:
        self.links[reader].append((self._number(("to", tag)), source))
        self.links[source].append((self._number(("from", tag)), reader))

    def _number(self, key: Hashable) -> int:
        return self._numbers.setdefault(key, len(self._numbers))
