"""Layers and weights of a model as records: every layer and every variable once."""

from __future__ import annotations

from typing import Any

import keras

from teachkit.graph import Layer, Weight
from teachkit.keras_reader.discovery import Discovery, unique
from teachkit.keras_reader.sources import is_graph


class Inventory:
    """The layers and weights of one model, with ids that never depend on memory.

    A variable is recorded once, so that tied layers do not count double.
    """

    def __init__(self, discovery: Discovery, model: Any) -> None:
        self._weights: dict[str, Weight] = {}
        self._ids: dict[int, str] = {}
        self._taken: set[str] = set()
        self._layers: dict[int, Layer] = {}
        places = discovery.places
        # Plain layers first: a weight is named after its layer, not after the model
        # that the layer stands in.
        for nested in (False, True):
            for place in places.values():
                if is_graph(place.layer) is nested:
                    self._add(place.layer, place.id, tuple(place.calls))
        self._layers = {key: self._layers[key] for key in places}
        if isinstance(model, keras.Layer):
            self._weights_of(model, "")

    def layer(self, operation: Any) -> Layer | None:
        """Return the record of a layer object, None for an operation without one."""
        return self._layers.get(id(operation))

    def layers_among(self, operations: set[int]) -> tuple[Layer, ...]:
        """Return the records of layers, given by `id`, in the order of discovery."""
        return tuple(r for key, r in self._layers.items() if key in operations)

    def weights_of(self, model: Any) -> tuple[Weight, ...]:
        """Return every weight of a model once; a `keras.Function` owns none."""
        variables = getattr(model, "weights", ())
        return tuple(self._weights[self._ids[id(v)]] for v in variables)

    def _add(self, layer: Any, layer_id: str, calls: tuple[str, ...]) -> None:
        weights = self._weights_of(layer, layer_id + "/")
        self._layers[id(layer)] = Layer(
            id=layer_id,
            name=layer.name,
            type=type(layer).__name__,
            family=family_of(layer),
            weights=weights,
            params=sum(self._weights[weight].size for weight in weights),
            trainable=bool(layer.trainable),
            calls=calls,
        )

    def _weights_of(self, layer: Any, prefix: str) -> tuple[str, ...]:
        return tuple(self._weight(variable, prefix) for variable in layer.weights)

    def _weight(self, variable: Any, prefix: str) -> str:
        known = self._ids.get(id(variable))
        if known is not None:
            return known
        name = unique(prefix + variable.name, self._taken)
        self._weights[name] = weight_record(variable, name)
        self._ids[id(variable)] = name
        return name


def weight_record(variable: Any, name: str) -> Weight:
    """Return a variable as plain data."""
    return Weight(
        id=name,
        shape=tuple(variable.shape),
        dtype=str(variable.dtype),
        trainable=bool(variable.trainable),
    )


_FAMILIES: dict[type, str] = {}


def family_of(operation: Any) -> str:
    """Return the group of layers a class is of: the folder of Keras it comes from.

    A class of the learner's own is `custom`, what is itself a graph is `model`, and
    what has no layer is `operation`.
    """
    kind = type(operation)
    if kind not in _FAMILIES:
        _FAMILIES[kind] = _family(operation)
    return _FAMILIES[kind]


def _family(operation: Any) -> str:
    if isinstance(operation, keras.layers.InputLayer):
        return "input"
    if is_graph(operation):
        return "model"
    if not isinstance(operation, keras.Layer):
        return "operation"
    module = type(operation).__module__.split(".")
    if module[0] != "keras" or "layers" not in module:
        return "custom"
    return module[module.index("layers") + 1]
