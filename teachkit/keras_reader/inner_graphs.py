"""A model inside the config of a layer, without the names that Keras gave."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Plain = Callable[[Any], Any]


def is_inner_graph(config: Any) -> bool:
    """Tell whether a config is that of a Functional model."""
    return isinstance(config, Mapping) and {"layers", "input_layers"} <= set(config)


def without_names(config: Mapping[str, Any], plain: Plain) -> dict[str, Any]:
    """Return the config of a Functional model, its layers called by their places.

    `TimeDistributed(model)` has the whole model in its config, where layers refer to
    each other by name; two equal models have other automatic names.

    Arguments:
        config: as Keras gives it.
        plain: makes plain values of the arguments of each layer.
    """
    layers = config["layers"]
    places = {str(layer.get("name")): k for k, layer in enumerate(layers)}
    return {
        "layers": [
            {**plain(layer), "calls": plain(_renamed(layer["inbound_nodes"], places))}
            for layer in layers
        ],
        "inputs": plain(_renamed(config["input_layers"], places)),
        "outputs": plain(_renamed(config["output_layers"], places)),
    }


def _renamed(value: Any, places: Mapping[str, int]) -> Any:
    """Return references `[name, node, tensor]` with the place for the name."""
    if isinstance(value, Mapping):
        if value.get("class_name") == "__keras_tensor__":
            return _renamed(value["config"]["keras_history"], places)
        return {key: _renamed(item, places) for key, item in value.items()}
    if not isinstance(value, (list, tuple)):
        return value
    is_reference = len(value) == 3 and isinstance(value[0], str) and value[0] in places
    if is_reference and isinstance(value[1], int):
        return [places[value[0]], value[1], value[2]]
    return [_renamed(item, places) for item in value]
