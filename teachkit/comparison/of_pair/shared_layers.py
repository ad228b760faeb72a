"""Layers that are one in one model and several in the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from teachkit.comparison.findings import Difference
from teachkit.comparison.of_pair.alignment import Alignment
from teachkit.comparison.of_pair.grouping import Told
from teachkit.comparison.of_pair.wording import model_names
from teachkit.graph import Layer
from teachkit.layout.labels import count_text
from teachkit.normal_form import Node, NormalGraph
from teachkit.speech import (
    listed,
    named,
    number,
    sentence_start,
    times,
)

_Pairs = list[tuple[Node, Node]]
_Owner = Callable[[Node], str | None]


def sharing(found: Alignment, *, without_weights: bool = False) -> Iterator[Told]:
    """Yield what is told of layers that are shared in one model only.

    Arguments:
        found: which call is which.
        without_weights: look at the other layers, for which it changes nothing.
    """
    splits = _splits(found, _owner)
    if without_weights:
        # A nested model that was told of is not told again for what has no weights.
        others = _splits(found, _layer_without_weights)
        splits = {key: split for key, split in others.items() if key not in splits}
    for split in splits.values():
        yield split.told()


def _splits(found: Alignment, owner: _Owner) -> dict[tuple[str, ...], _Split]:
    pairs = [(a, b) for a, b in found.pairs() if owner(a) and owner(b)]
    splits: dict[tuple[str, ...], _Split] = {}
    for side in (0, 1):
        for group in _groups(pairs, side, owner):
            split = _Split(found, group, side, owner)
            splits.setdefault(split.models, split)
    return splits


def _owner(node: Node) -> str | None:
    return node.owner


def _layer_without_weights(node: Node) -> str | None:
    plain = node.owner is None and not node.part and not node.is_inside
    return node.call.layer_id if node.call is not None and plain else None


def _groups(pairs: _Pairs, side: int, owner: _Owner) -> Iterator[_Pairs]:
    """Yield the calls of each layer of one side that is several on the other."""
    groups: dict[str | None, _Pairs] = defaultdict(list)
    for pair in pairs:
        groups[owner(pair[side])].append(pair)
    for group in groups.values():
        if len({owner(pair[1 - side]) for pair in group}) > 1:
            yield group


class _Split:
    """A layer or nested model of one side, and what stands for it on the other."""

    def __init__(
        self, found: Alignment, group: _Pairs, side: int, owner: _Owner
    ) -> None:
        graphs = found.left, found.right
        self._side = side
        self._pairs = group
        self._shared = _outermost(graphs[side], [pair[side] for pair in group], owner)
        self._single = _outermost(
            graphs[1 - side], [pair[1 - side] for pair in group], owner
        )
        self._graphs = graphs

    @property
    def models(self) -> tuple[str, ...]:
        """Return ids that all layers of the same shared model have in common."""
        return str(self._side), *self._shared, *self._single

    def told(self) -> Told:
        """Return the sentence about them."""
        names = model_names(*(graph.graph for graph in self._graphs))
        sides = names if self._side == 0 else names[::-1]
        calls = list(dict.fromkeys(pair[self._side].path for pair in self._pairs))
        shared = self._layers(self._side, self._shared)
        single = self._layers(1 - self._side, self._single)
        text = (
            f"{sentence_start(sides[0])} calls {_one(shared)} {times(len(calls))} "
            f"({_params(shared)}); {sides[1]} has {_several(single)} "
            f"({_params(single)})."
        )
        ends = [
            tuple(dict.fromkeys(pair[k].path for pair in self._pairs)) for k in (0, 1)
        ]
        return Told(Difference("sharing", text, *ends), ("sharing",), text)

    def _layers(self, side: int, ids: Iterable[str]) -> list[Layer]:
        known = {layer.id: layer for layer in self._graphs[side].graph.layers}
        return [known[one] for one in ids if one in known]


def _outermost(graph: NormalGraph, nodes: list[Node], owner: _Owner) -> list[str]:
    """Return the layers of calls; where each is in a nested model, those models."""
    outer = [_outer_model(graph, node) for node in nodes]
    if all(outer) and len(set(outer)) <= len(set(map(owner, nodes))):
        return list(dict.fromkeys(str(one) for one in outer))
    return list(dict.fromkeys(str(owner(node)) for node in nodes))


def _outer_model(graph: NormalGraph, node: Node) -> str | None:
    first, slash, _ = node.path.partition("/")
    if not slash:
        return None
    known = {call.id: call for call in graph.graph.calls}
    return known[first].layer_id if first in known else None


def _one(layers: list[Layer]) -> str:
    if not layers:
        return "one layer"
    kind = "model" if layers[0].family == "model" else layers[0].type
    return f"one {kind} {named(layers[0].name)}"


def _several(layers: list[Layer]) -> str:
    kind = "models" if layers and layers[0].family == "model" else "layers"
    return f"{number(len(layers))} {kind} {listed([named(one.name) for one in layers])}"


def _params(layers: list[Layer]) -> str:
    return count_text(sum(layer.params for layer in layers), "parameter")
