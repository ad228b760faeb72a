"""The arguments of one recorded call: which tensor arrives at which port."""

from __future__ import annotations

import inspect
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import keras
import numpy as np

_PLAIN = (type(None), bool, int, float, complex, str, bytes, slice, type(...))


@dataclass(eq=False, slots=True)
class Unknown:
    """Stands for a tensor of which neither shape nor dtype are known yet."""

    name: str


_TENSOR = (keras.KerasTensor, Unknown)


def is_tensor(value: Any) -> bool:
    """Tell whether a value is a tensor of the graph, one without numbers."""
    return isinstance(value, _TENSOR)


@dataclass(frozen=True, slots=True)
class Argument:
    """One leaf of a call's arguments: its port and its value."""

    port: str
    value: Any

    @property
    def is_tensor(self) -> bool:
        """Tell whether a tensor of the graph arrives here."""
        return isinstance(self.value, _TENSOR)

    @property
    def is_constant(self) -> bool:
        """Tell whether an array, a tensor with numbers or a variable arrives here."""
        return is_constant(self.value)


def arguments_of(operation: Any, args: tuple[Any, ...], kwargs: Any) -> list[Argument]:
    """Return the leaves of a call, each with its port, in the order of the call."""
    found: list[Argument] = []
    kind: type = type(operation)
    for name, value in zip(_names(kind, len(args)), args, strict=True):
        found.extend(_leaves(name, value))
    for name, value in kwargs.items():
        found.extend(_leaves(name, value))
    return found


def default_of(operation: Any, parameter: str) -> Any:
    """Return the default of an argument of `call`, or `inspect.Parameter.empty`."""
    kind: type = type(operation)
    found = _signature(kind).get(parameter)
    return found.default if found else inspect.Parameter.empty


def first_parameter(operation: Any) -> str:
    """Return the name of the first argument of `call`."""
    kind: type = type(operation)
    return _names(kind, 1)[0]


def call_parameters(operation: Any, count: int) -> tuple[str, ...]:
    """Return the names by which `call` takes that many positional arguments."""
    kind: type = type(operation)
    return _names(kind, count)


@lru_cache(maxsize=1024)
def _names(kind: type, count: int) -> tuple[str, ...]:
    """Return the names by which a call takes that many positional arguments."""
    parameters = list(_signature(kind).values())[1:]
    by_name = (
        inspect.Parameter.POSITIONAL_ONLY,
        inspect.Parameter.POSITIONAL_OR_KEYWORD,
    )
    names = [p.name for p in parameters if p.kind in by_name][:count]
    rest = [p.name for p in parameters if p.kind is inspect.Parameter.VAR_POSITIONAL]
    catch_all = rest[0] if rest else "args"
    extra = (f"{catch_all}[{k}]" for k in range(count - len(names)))
    return (*names, *extra)


@lru_cache(maxsize=1024)
def _signature(kind: type) -> Mapping[str, inspect.Parameter]:
    try:
        return inspect.signature(kind.call).parameters  # type: ignore[attr-defined]
    except (TypeError, ValueError):  # a `call` that is no Python function
        return {}


def _leaves(port: str, value: Any) -> Iterator[Argument]:
    if isinstance(value, Mapping) and _holds_tensors(value):
        for key, item in value.items():
            yield from _leaves(f"{port}[{key!r}]", item)
    elif isinstance(value, (list, tuple)) and _holds_tensors(value):
        for position, item in enumerate(value):
            yield from _leaves(f"{port}[{position}]", item)
    else:
        yield Argument(port, value)


def _holds_tensors(value: Any) -> bool:
    """Tell a list of tensors from a plain value such as the shape `(4, 8)`."""
    if isinstance(value, _PLAIN):
        return False
    if isinstance(value, Mapping):
        return any(map(_holds_tensors, value.values()))
    if isinstance(value, (list, tuple)):
        return any(map(_holds_tensors, value))
    return is_tensor(value) or is_constant(value)


def is_constant(value: Any) -> bool:
    """Tell whether a value is an array, a tensor with numbers, or a variable."""
    if isinstance(value, (*_PLAIN, *_TENSOR)):
        return False
    if isinstance(value, np.ndarray):
        return value.ndim > 0
    return bool(keras.ops.is_tensor(value))


def leaves_with_path(structure: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every leaf of nested dicts, lists and tuples, in the author's order."""
    if isinstance(structure, Mapping):
        for key, item in structure.items():
            yield from leaves_with_path(item, f"{path}[{key!r}]")
    elif isinstance(structure, (list, tuple)):
        for position, item in enumerate(structure):
            yield from leaves_with_path(item, f"{path}[{position}]")
    else:
        yield path, structure


def map_leaves(function: Callable[[Any], Any], structure: Any) -> Any:
    """Return nested dicts, lists and tuples with a function of every leaf."""
    if isinstance(structure, Mapping):
        items = {key: map_leaves(function, item) for key, item in structure.items()}
        # The order of an OrderedDict means something to Keras, that of a dict does not.
        return OrderedDict(items) if isinstance(structure, OrderedDict) else items
    if isinstance(structure, (list, tuple)):
        mapped = [map_leaves(function, item) for item in structure]
        if hasattr(structure, "_fields"):
            return type(structure)(*mapped)
        return tuple(mapped) if isinstance(structure, tuple) else mapped
    return function(structure)
