"""Layers and weights of a model as records: every layer and every variable once."""

from __future__ import annotations

from typing import Any

import keras

from teachkit.graph import Layer, Weight
from teachkit.keras_reader.discovery import Discovery, LayerPlace, Level
from teachkit.keras_reader.names import Names
from teachkit.keras_reader.sources import is_graph


class Inventory:
    """The layers and weights of one model, with ids that never depend on memory.

    A variable is recorded once, so that tied layers do not count double.
    """

    def __init__(self, discovery: Discovery) -> None:
        self._discovery = discovery
        self._weights: dict[str, Weight] = {}
        self._ids: dict[int, str] = {}
        self._names = Names()
        places = discovery.places
        self._layers: dict[int, Layer] = {}
        # Plain layers first: a weight is named after its layer, not after the model
        # that the layer stands in.
        for nested in (False, True):
            for key, place in places.items():
                if is_graph(place.layer) is nested:
                    self._layers[key] = self._layer(place)
        self._positions = {key: position for position, key in enumerate(places)}
        self._weights_of(discovery.root.source.model, None)

    def layer(self, operation: Any) -> Layer | None:
        """Return the record of a layer object, None for an operation without one."""
        return self._layers.get(id(operation))

    def layers_of(self, level: Level) -> tuple[Layer, ...]:
        """Return the layers of a level and those inside it, in order of discovery."""
        operations = self._discovery.operations(level)
        keys = (key for key in operations if key in self._layers)
        ordered = sorted(keys, key=self._positions.__getitem__)
        return tuple(self._layers[key] for key in ordered)

    def weights_of(self, level: Level) -> tuple[Weight, ...]:
        """Return every weight of a level once.

        A `keras.Function` owns no weights: it has those of its layers.
        """
        model = level.source.model
        if isinstance(model, keras.Function) and not isinstance(model, keras.Model):
            layers = self.layers_of(level)
            ids = dict.fromkeys(name for layer in layers for name in layer.weights)
            return tuple(self._weights[name] for name in ids)
        return tuple(self._weights[self._ids[id(v)]] for v in _distinct(model.weights))

    def weight_id(self, variable: Any) -> str | None:
        """Return the id of a variable that is a weight of the model."""
        return self._ids.get(id(variable))

    def _layer(self, place: LayerPlace) -> Layer:
        layer = place.layer
        weights = self._weights_of(layer, None if is_graph(layer) else place.id)
        return Layer(
            id=place.id,
            name=str(layer.name),
            type=type(layer).__name__,
            family=family_of(layer),
            weights=weights,
            params=sum(self._weights[weight].size for weight in weights),
            trainable=bool(layer.trainable),
            calls=tuple(place.calls),
        )

    def _weights_of(self, model: Any, owner: str | None) -> tuple[str, ...]:
        weights = _distinct(getattr(model, "weights", ()))
        return tuple(self._weight(variable, owner) for variable in weights)

    def _weight(self, variable: Any, owner: str | None) -> str:
        known = self._ids.get(id(variable))
        if known is not None:
            return known
        wanted = f"{owner}/{variable.name}" if owner else variable.path
        name = self._names.unique(wanted)
        self._weights[name] = _weight_record(variable, name)
        self._ids[id(variable)] = name
        return name


def _distinct(variables: Any) -> list[Any]:
    return list({id(variable): variable for variable in variables}.values())


def _weight_record(variable: Any, name: str) -> Weight:
    return Weight(
        id=name,
        shape=tuple(int(length) for length in variable.shape),
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
