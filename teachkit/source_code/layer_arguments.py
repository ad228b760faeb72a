"""The arguments that a layer tells of itself, by its config or by its attributes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import keras

from teachkit.source_code.construction import Arguments, parameters_of
from teachkit.source_code.values import CannotWriteError


def config_of(layer: Any) -> dict[str, Any] | None:
    try:
        return dict(layer.get_config())
    except Exception:  # noqa: BLE001 - a learner's own get_config may do anything
        return None


def put_learned(layer: Any, config: dict[str, Any]) -> None:
    """Put what a preprocessing layer has learned from data among its arguments."""
    if "vocabulary" in config and config["vocabulary"] is None:
        words = layer.get_vocabulary(include_special_tokens=False)
        config["vocabulary"] = list(words) or None
    config.pop("vocabulary_size", None)
    if "bin_boundaries" in config and config["bin_boundaries"] is None:
        learned = getattr(layer, "bin_boundaries", None)
        if learned is not None and len(learned):
            config["bin_boundaries"] = [float(number) for number in learned]
            config["num_bins"] = None


def without_echo(config: dict[str, Any]) -> None:
    """Take out what a Bidirectional layer itself has told the layers that it holds."""
    for key in ("layer", "backward_layer"):
        inner = dict((config.get(key) or {}).get("config", {}))
        zeros = inner.pop("zero_output_for_mask", None)
        if zeros is not None and zeros == inner.get("return_sequences"):
            config[key] = {**config[key], "config": inner}


def is_usual_axes(layer: Any, config: Mapping[str, Any]) -> bool:
    """Tell whether attention goes along the axes that Keras chose when it was built."""
    built = layer.get_build_config() or {}
    shape = built.get("shapes_dict", {}).get("query_shape")
    axes = config["attention_axes"]
    return bool(shape) and tuple(axes or ()) == tuple(range(1, len(shape) - 1))


def policy_text(value: Any) -> Any:
    if isinstance(value, Mapping) and value.get("class_name") == "DTypePolicy":
        return value["config"]["name"]
    return value


def takes(kind: Any, name: str) -> bool:
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


def told_by_attributes(layer: Any, config: Mapping[str, Any]) -> Arguments:
    """Return arguments of a learner's own class that its config leaves out.

    Raises:
        CannotWriteError: an argument that is needed is kept in no attribute.
    """
    found = {}
    own: Any = type(layer)
    for name, parameter in parameters_of(own).items():
        variable = parameter.kind in (parameter.VAR_KEYWORD, parameter.VAR_POSITIONAL)
        if name in config or variable or name == "name":
            continue
        if hasattr(layer, name):
            value = getattr(layer, name)
            if value is not parameter.default and value != parameter.default:
                found[name] = value
        elif parameter.default is parameter.empty:
            kind = type(layer).__name__
            raise CannotWriteError(f"{kind} does not tell its argument '{name}'")
    return found
