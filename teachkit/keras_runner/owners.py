"""Which weight of the graph a variable is, and which layers own it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from teachkit.graph import Weight
from teachkit.keras_reader.recording import Recording
from teachkit.keras_runner.running import model_of


@dataclass(frozen=True, slots=True)
class Owner:
    """A variable as the graph knows it.

    Attributes:
        weight: id of the weight.
        shape: of the weight.
        layers: ids of the layers that own it, without the models around them.
    """

    weight: str
    shape: tuple[int, ...]
    layers: tuple[str, ...]


def owners_of(recording: Recording) -> dict[int, Owner]:
    """Return the owner of each variable of a model, by `id` of the variable."""
    graph = recording.graph
    found = _paired(graph.weights, model_of(recording))
    layers = defaultdict(list)
    known = {weight.id: weight for weight in graph.weights}
    for layer in graph.layers:
        weights = [known.get(name) for name in layer.weights]
        found.update(_paired(weights, recording.layers[layer.id]))
        for name in layer.weights if layer.family != "model" else ():
            layers[name].append(layer.id)
    return {
        key: Owner(weight.id, weight.shape, tuple(layers[weight.id]))
        for key, weight in found.items()
    }


def _paired(weights: Any, layer: Any) -> dict[int, Weight]:
    """Return the weights of a layer by `id` of the variable, in the order of Keras."""
    own = {id(variable): None for variable in getattr(layer, "weights", ())}
    pairs = zip(own, weights, strict=False)
    return {key: weight for key, weight in pairs if weight is not None}
