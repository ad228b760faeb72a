"""The arguments that a layer tells of itself, by its config or by its attributes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import keras

from teachkit.keras_reader.raw_configs import adapted
from teachkit.source_code.construction import Arguments, parameters_of
from teachkit.source_code.operations import is_same
from teachkit.source_code.values import CannotWriteError

_OF_EVERY_LAYER = frozenset({"activity_regularizer", "dtype", "name", "trainable"})


def config_of(layer: Any, *, frozen: bool) -> dict[str, Any] | None:
    """Return the configuration of a layer, as far as it says more than its name.

    Arguments:
        layer: the layer.
        frozen: that it does not train need not be told.

    Returns:
        None if its `get_config` fails.
    """
    try:
        config = dict(layer.get_config())
    except Exception:  # noqa: BLE001 - a learner's own get_config may do anything
        return None
    config.pop("name", None)
    if config.get("trainable", True) or frozen:
        config.pop("trainable", None)
    if "dtype" in config:
        config["dtype"] = _policy_text(config["dtype"])
    if type(layer).__module__.startswith("keras."):
        config.update(adapted(layer))
        config.pop("vocabulary_size", None)
        _leave_out_echoes(layer, config)
    return config


def _policy_text(value: Any) -> Any:
    if isinstance(value, Mapping) and value.get("class_name") == "DTypePolicy":
        return value["config"]["name"]
    return value


def _leave_out_echoes(layer: Any, config: dict[str, Any]) -> None:
    """Take out what Keras itself has chosen when the layer was made or built."""
    if "attention_axes" in config and _is_usual_axes(layer, config):
        config["attention_axes"] = None
    if not isinstance(layer, keras.layers.Bidirectional):
        return
    for key in ("layer", "backward_layer"):
        inner = dict((config.get(key) or {}).get("config", {}))
        zeros = inner.pop("zero_output_for_mask", None)
        if zeros is not None and zeros == inner.get("return_sequences"):
            config[key] = {**config[key], "config": inner}


def _is_usual_axes(layer: Any, config: Mapping[str, Any]) -> bool:
    """Tell whether attention goes along the axes that Keras chose when it was built."""
    built = layer.get_build_config() or {}
    shape = built.get("shapes_dict", {}).get("query_shape")
    axes = config["attention_axes"]
    return bool(shape) and tuple(axes or ()) == tuple(range(1, len(shape) - 1))


def takes(kind: Any, name: str) -> bool:
    """Tell whether a constructor takes an argument, by name or among others."""
    parameters = parameters_of(kind)
    catch_all = any(p.kind is p.VAR_KEYWORD for p in parameters.values())
    return name in parameters or catch_all


def of_lambda(layer: Any, config: Mapping[str, Any]) -> Arguments:
    """Return the arguments of a Lambda layer: its functions are not in its config."""
    found: Arguments = {"function": layer.function}
    if config.get("output_shape") is not None:
        shape = config["output_shape"]
        is_function = isinstance(shape, Mapping)
        found["output_shape"] = vars(layer)["_output_shape"] if is_function else shape
    if layer.mask is not None:
        found["mask"] = layer.mask
    if layer.arguments:
        found["arguments"] = dict(layer.arguments)
    plain = {k: config[k] for k in ("dtype", "trainable") if k in config}
    if plain.get("dtype") == keras.config.dtype_policy().name == "float32":
        del plain["dtype"]
    return {**found, **plain}


def _of_every_layer(layer: Any, kind: Any) -> Arguments:
    found: Arguments = {}
    if layer.dtype_policy.name != "float32" and takes(kind, "dtype"):
        found["dtype"] = layer.dtype_policy.name
    if not layer.trainable and takes(kind, "trainable"):
        found["trainable"] = False
    return found


def told_by_attributes(layer: Any, config: Mapping[str, Any]) -> Arguments:
    """Return arguments of a learner's own class that its config leaves out.

    Raises:
        CannotWriteError: an argument that is needed is kept in no attribute.
    """
    found: Arguments = {}
    own: Any = type(layer)
    if not config:
        found = _of_every_layer(layer, own)
    for name, parameter in parameters_of(own).items():
        variable = parameter.kind in (parameter.VAR_KEYWORD, parameter.VAR_POSITIONAL)
        if name in config or variable or name in _OF_EVERY_LAYER:
            continue
        if hasattr(layer, name):
            value = getattr(layer, name)
            if not is_same(value, parameter.default):
                found[name] = value
        elif parameter.default is parameter.empty:
            kind = type(layer).__name__
            raise CannotWriteError(f"{kind} does not tell its argument '{name}'")
    return found
