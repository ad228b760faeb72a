"""The arguments of a layer or operation that matter, in one form for equal values."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

Settings = tuple[tuple[str, str], ...]

_ONLY_TRAINING = frozenset(
    {"momentum", "unit_forget_bias", "synchronized", "activity_regularizer"}
)
"""What changes how a model starts and learns, and not what it computes."""
_ENDINGS = ("_initializer", "_regularizer", "_constraint", "initializer")
_NO_MATTER = frozenset({"seed", "name", "dtype", "trainable"})
"""Names, and what makes a random layer repeat itself."""
_HOW = frozenset({"unroll", "use_cudnn", "implementation"})
"""How a layer computes, not what."""
_EMPTY = ("null", '"channels_last"')
"""Values that are as good as not given: nothing, and where Keras has the channels."""

ADAPTED = frozenset({"Normalization"})
"""Layers that compute with what they were adapted to, which is told as an argument.

Their weights only keep it: a layer made with `mean=` and `variance=` has none.
"""


def settings_of(
    config: Mapping[str, Any], without: tuple[str, ...] = (), *, strict: bool
) -> Settings:
    """Return name and value, as JSON, of the arguments that matter.

    Arguments:
        config: the arguments.
        without: names to leave out.
        strict: leave out names and seeds only; else also initializers, regularizers,
            constraints and what else concerns training alone.

    Example:
        >>> settings_of({"units": 3, "seed": 1, "use_bias": True}, strict=True)
        (('units', '3'), ('use_bias', 'true'))
    """
    entries = (
        (key, encoded(_clean(config[key], strict)))
        for key in config
        if key not in without and _matters(key, strict)
    )
    kept = (entry for entry in entries if strict or entry[1] not in _EMPTY)
    return tuple(sorted(kept))


def encoded(value: Any) -> str:
    """Return a value as JSON; whole numbers are the same with and without a point."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)


def _clean(value: Any, strict: bool) -> Any:
    if isinstance(value, Mapping):
        if set(value) == {"value"}:
            # The code of a lambda as Keras writes it: with the number of its line.
            return "lambda"
        return {
            str(key): _clean(item, strict)
            for key, item in value.items()
            if _matters(str(key), strict)
        }
    if isinstance(value, (list, tuple)):
        return [_clean(item, strict) for item in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _matters(key: str, strict: bool) -> bool:
    if key in _NO_MATTER:
        return False
    if strict:
        return True
    return key not in _ONLY_TRAINING | _HOW and not key.endswith(_ENDINGS)
