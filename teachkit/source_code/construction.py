"""Which arguments must be written for an object to come out as it is.

The default of an argument may depend on another one, as that of `strides` of a pooling
layer is its `pool_size`. So nothing is concluded from signatures alone: an argument may
be left out when the object made without it tells the same configuration.
"""

from __future__ import annotations

import copy
import inspect
import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import keras

from teachkit.keras_reader.configs import is_default

Arguments = dict[str, Any]
_USUAL = {"dtype": "float32", "trainable": True}


class Constructions:
    """Finds the arguments of objects; like objects are looked at once.

    It makes objects to try them: keep Keras' counters and memory out of it.
    """

    def __init__(self) -> None:
        self._known: dict[object, Arguments] = {}

    def arguments(self, kind: type, config: Mapping[str, Any]) -> Arguments:
        """Return the arguments that make an object of a class with a configuration.

        They stand in the order of the signature, with the values of the configuration.
        """
        key = (kind, json.dumps(config, sort_keys=True, default=repr))
        if key not in self._known:
            found = _Search(kind, dict(config)).arguments()
            self._known[key] = _in_order(kind, found)
        return dict(self._known[key])


@lru_cache(maxsize=1024)
def parameters_of(kind: Any) -> Mapping[str, inspect.Parameter]:
    """Return the parameters of the constructor of a class."""
    try:
        found = inspect.signature(kind.__init__).parameters
    except (TypeError, ValueError):  # a class that does not tell its arguments
        return {}
    return dict(list(found.items())[1:])


def is_required(kind: type, name: str) -> bool:
    """Tell whether a constructor cannot be called without an argument."""
    parameter = parameters_of(kind).get(name)
    return parameter is not None and parameter.default is parameter.empty


def _in_order(kind: type, arguments: Arguments) -> Arguments:
    position = {name: k for k, name in enumerate(parameters_of(kind))}
    last = len(position)
    names = sorted(arguments, key=lambda name: position.get(name, last))
    return {name: arguments[name] for name in names}


class _Search:
    """The search for the arguments of one object."""

    def __init__(self, kind: type, config: Arguments) -> None:
        self._kind = kind
        self._config = config
        self._wanted = self._made(config)

    def arguments(self) -> Arguments:
        if self._wanted is None:
            # It cannot be made from its configuration: its signature must do.
            told = (kv for kv in self._config.items() if self._differs(*kv))
            return {k: v for k, v in told if not is_default(self._kind, k, v)}
        chosen = self._enough()
        for name in [name for name in chosen if not is_required(self._kind, name)]:
            fewer = {k: v for k, v in chosen.items() if k != name}
            if self._made(fewer) == self._wanted:
                chosen = fewer
        return {name: self._simpler(chosen, name) for name in chosen}

    def _enough(self) -> Arguments:
        """Return arguments that make the object, found from those it must have."""
        config = self._config
        chosen = {
            name: value
            for name, value in config.items()
            if is_required(self._kind, name)
            or (self._differs(name, value) and not isinstance(value, Mapping))
        }
        while (found := self._made(chosen)) != self._wanted:
            different = [
                name
                for name in config
                if name not in chosen and (found or {}).get(name) != self._told(name)
            ]
            if not different:
                return dict(config)
            chosen.update((name, config[name]) for name in different)
        return chosen

    def _told(self, name: str) -> Any:
        return (self._wanted or {}).get(name)

    def _differs(self, name: str, value: Any) -> bool:
        parameter = parameters_of(self._kind).get(name)
        if parameter is None:
            return value is not None and bool(value != _USUAL.get(name))
        return bool(_plain(parameter.default) != _plain(value))

    def _simpler(self, arguments: Arguments, name: str) -> Any:
        """Return `3` for `(3, 3)` where a class takes that for the same."""
        value = arguments[name]
        numbers = keras.tree.flatten(value) if isinstance(value, (list, tuple)) else []
        alike = len({repr(number) for number in numbers}) == 1
        if not alike or not isinstance(numbers[0], int):
            return value
        if self._made({**arguments, name: numbers[0]}) == self._wanted:
            return numbers[0]
        return value

    def _made(self, arguments: Arguments) -> Arguments | None:
        """Return the configuration of an object made with these arguments."""
        # A from_config may look for what a constructor does without: `offset`.
        parameters = parameters_of(self._kind).items()
        defaults = {k: p.default for k, p in parameters if p.default is not p.empty}
        for config in (arguments, {**defaults, **arguments}):
            told = _told_of(self._kind, config)
            if told is not None:
                return {k: _plain(v) for k, v in told.items() if k in self._config}
        return None


def _told_of(kind: Any, config: Arguments) -> Arguments | None:
    """Return what an object made from a configuration tells of itself."""
    try:
        return dict(kind.from_config(copy.deepcopy(config)).get_config())
    except Exception:  # noqa: BLE001 - a constructor may raise anything
        return None


def _plain(value: Any) -> Any:
    """Return a value so that two of them can be compared with `==`."""
    if isinstance(value, Mapping):
        if value.get("class_name") == "DTypePolicy":
            return value["config"]["name"]
        # The name of a wrapped layer is given anew each time.
        skipped = ("name", "build_config") if "class_name" not in value else ()
        return {k: _plain(v) for k, v in value.items() if k not in skipped}
    if isinstance(value, (list, tuple)):
        # Once built, a layer tells its axis -1 as [-1].
        single = len(value) == 1 and isinstance(value[0], int)
        return value[0] if single else [_plain(item) for item in value]
    return value.tolist() if hasattr(value, "tolist") else value
