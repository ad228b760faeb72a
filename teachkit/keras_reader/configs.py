"""The configuration of a layer or operation as plain values, fetched when wanted."""

from __future__ import annotations

import inspect
import math
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import keras

from teachkit.graph import Config
from teachkit.keras_reader.inner_graphs import is_inner_graph, without_names
from teachkit.keras_reader.raw_configs import raw_config
from teachkit.keras_reader.untouched import chance_kept

_BOOKKEEPING = frozenset({"name", "trainable", "dtype", "module", "registered_name"})
_FILLED_IN = frozenset({"data_format"})
"""Entries whose default is None and that Keras fills in from its own settings.

It also writes `linear`, False, or an empty list or dict for None.
"""


def config_of(operation: Any) -> Config:
    """Return the arguments of an operation; nothing is computed before they are read.

    An operation that cannot tell them (a layer without `get_config`) has none.
    """
    return Config(lambda: _fetch(operation))


def _fetch(operation: Any) -> Config:
    try:
        raw = raw_config(operation)
        values = {str(k): plain(v) for k, v in raw.items() if k not in _BOOKKEEPING}
        kind: type = type(operation)
        defaults = _defaults(kind)
        known = ((k, v) for k, v in values.items() if k in defaults)
        return Config(values, tuple(k for k, v in known if _differs(k, v, defaults)))
    except Exception:  # noqa: BLE001 - a learner's own get_config may do anything
        return Config({})


def plain(value: Any) -> Any:
    """Return a value as JSON knows it; what JSON does not know becomes a short text."""
    if isinstance(value, Mapping):
        return _plain_mapping(value)
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, (set, frozenset)):
        return sorted((plain(item) for item in value), key=repr)
    if hasattr(value, "tolist"):
        return plain(value.tolist())
    return _plain_scalar(value)


def _plain_scalar(value: Any) -> Any:
    if value is None or isinstance(value, bool):
        return value
    for kind in (str, int, float):
        # What is derived from these types, such as an enumeration, is not JSON.
        if isinstance(value, kind):
            return _finite(kind(value))
    return str(getattr(value, "__name__", type(value).__name__))


def _finite(value: Any) -> Any:
    is_number = not isinstance(value, float) or math.isfinite(value)
    return value if is_number else str(value)


def _plain_mapping(value: Mapping[Any, Any]) -> Any:
    if value.get("class_name") == "__lambda__" or set(value) == {"value"}:
        # Its code, which Keras has here, differs from one run of Python to the next.
        return "lambda"
    if "class_name" not in value:
        return {str(key): plain(item) for key, item in value.items()}
    name, inner = plain(value["class_name"]), value.get("config")
    if not isinstance(inner, Mapping):
        return plain(inner) if isinstance(inner, str) else name
    if is_inner_graph(inner):
        return {"class_name": name, "config": without_names(inner, plain)}
    kept = {str(k): plain(v) for k, v in inner.items() if k not in _BOOKKEEPING}
    return {"class_name": name, "config": kept}


def is_default(kind: type, key: str, value: Any) -> bool:
    """Tell, from the signature of a class alone, whether a value says nothing new."""
    defaults = _defaults(kind)
    return key in defaults and not _differs(key, plain(value), defaults)


@lru_cache(maxsize=1024)
def _defaults(kind: type) -> Mapping[str, Any]:
    try:
        parameters = inspect.signature(kind).parameters.values()
    except (TypeError, ValueError):  # a class that does not tell its arguments
        return {}
    return {
        p.name: p.default
        for p in parameters
        if p.kind not in (p.VAR_KEYWORD, p.VAR_POSITIONAL)
        and p.name not in _BOOKKEEPING
    }


def _differs(key: str, value: Any, defaults: Mapping[str, Any]) -> bool:
    default = plain(defaults[key])
    if isinstance(value, Mapping) and "class_name" in value:
        return bool(value["class_name"] != _class_behind(default))
    if default is None and (key in _FILLED_IN or value in ("linear", False, [], {})):
        return False
    if isinstance(value, list) and isinstance(default, int):
        return any(item != default for item in value)
    return bool(value != default)


def _class_behind(default: Any) -> str | None:
    """Return the class of an initializer that a default names: `uniform`."""
    try:
        with chance_kept():
            return type(keras.initializers.get(default)).__name__
    except ValueError:
        return None
