"""What Keras loses when it saves a layer that a nested model shares."""

from __future__ import annotations

from collections.abc import Iterator

from teachkit.comparison.findings import Difference
from teachkit.comparison.of_pair.alignment import Alignment
from teachkit.comparison.of_pair.grouping import Told
from teachkit.graph import Layer, ModelGraph
from teachkit.speech import named, times


def lost_sharing(found: Alignment) -> Iterator[Told]:
    """Yield that a layer is shared with a nested model which is gone in the other one.

    What a file does not have of it is told call by call; this is the cause.
    """
    sides = (
        ("left", found.left.graph, found.right.graph),
        ("right", found.right.graph, found.left.graph),
    )
    nodes = {"left": found.left.nodes, "right": found.right.nodes}
    numbers = {"left": found.only_left(), "right": found.only_right()}
    for side, graph, other in sides:
        gone = {nodes[side][k].path for k in numbers[side]}
        names = {
            layer.name: layer
            for layer in other.layers
            if layer.params and any("/" not in path for path in layer.calls)
        }
        models = _models_gone(graph, other)
        for layer in graph.layers if models else ():
            kept = names.get(layer.name)
            inner = _inner_model(models, layer, gone)
            if kept and inner and len(kept.calls) < len(layer.calls):
                yield _told(side, graph, inner, (layer, kept))


def _models_gone(graph: ModelGraph, other: ModelGraph) -> dict[str, str]:
    """Return the names of nested models that the other model lacks, by their calls."""
    there = {call.layer for call in other.calls if call.kind == "model"}
    calls = (call for call in graph.calls if call.kind == "model")
    return {call.id: str(call.layer) for call in calls if call.layer not in there}


def _inner_model(models: dict[str, str], layer: Layer, gone: set[str]) -> str:
    """Return the nested model with which a layer was shared; empty if with none."""
    inside = [path for path in layer.calls if "/" in path]
    if not inside or len(inside) == len(layer.calls):
        return ""
    calls = [path.partition("/")[0] for path in inside if path in gone]
    return next((models[call] for call in calls if call in models), "")


def _told(
    side: str, graph: ModelGraph, inner: str, layers: tuple[Layer, Layer]
) -> Told:
    layer, kept = layers
    other = "right" if side == "left" else "left"
    text = (
        f"On the {side} {named(layer.name)} is one layer, shared between "
        f"{named(graph.name)} and its nested model {named(inner)}; on the {other} "
        f"{named(inner)} is gone, and {named(layer.name)} is called "
        f"{times(len(kept.calls))} instead of {times(len(layer.calls))}. Saving a "
        "model in Keras can lose such sharing."
    )
    ends = (layer.calls, kept.calls) if side == "left" else (kept.calls, layer.calls)
    return Told(Difference("sharing", text, *ends), (), named(layer.name))
