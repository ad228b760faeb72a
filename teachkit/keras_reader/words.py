"""What else a call was given beside tensors, in words: `training=False`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import keras
import numpy as np

from teachkit.keras_reader.ports import default_of
from teachkit.keras_reader.walk import Visit


def words_of(visit: Visit) -> tuple[str, ...]:
    """Return the arguments of a call that are neither tensors nor defaults."""
    words = []
    for argument in visit.arguments:
        value = argument.value
        if value is None or argument.is_tensor or argument.is_constant:
            continue
        default = default_of(visit.operation, argument.port)
        if _same(value, default) or _no_mask(argument.port, value):
            continue
        words.append(f"{argument.port}={_short(value)}")
    return tuple(words)


def _same(value: Any, default: Any) -> bool:
    """Tell whether a value is a default; values that are no plain ones never are."""
    if isinstance(value, (bool, int, float, str)):
        return type(value) is type(default) and value == default
    return value is default


def _no_mask(port: str, value: Any) -> bool:
    """Tell whether Keras filled in that none of several tensors has a mask."""
    return port.endswith("mask") and all(m is None for m in keras.tree.flatten(value))


def _short(value: Any) -> str:
    if isinstance(value, slice):
        return _short_slice(value)
    if isinstance(value, Mapping):
        inside = (f"{key!r}: {_short(item)}" for key, item in value.items())
        return "{" + ", ".join(inside) + "}"
    if isinstance(value, (list, tuple)):
        listed = ", ".join(map(_short, value))
        return f"[{listed}]" if isinstance(value, list) else f"({listed})"
    return _short_scalar(value)


def _short_slice(value: slice) -> str:
    ends = ["" if end is None else _short(end) for end in (value.start, value.stop)]
    step = [] if value.step is None else [_short(value.step)]
    return ":".join([*ends, *step])


def _short_scalar(value: Any) -> str:
    if isinstance(value, (np.ndarray, np.generic)) and value.ndim == 0:
        value = value.item()
    if value is None or isinstance(value, (bool, int, float, complex, str)):
        return repr(value)
    return (
        "..." if value is ... else str(getattr(value, "__name__", type(value).__name__))
    )
