"""What is held: arrays that a call reads, layers that a layer was given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import keras

from teachkit.keras_reader import Constant, RecordedCall
from teachkit.keras_reader.ports import leaves_with_path
from teachkit.keras_reader.sources import is_graph
from teachkit.source_code.construction import parameters_of


def constants_of(recorded: RecordedCall) -> list[Constant]:
    """Return the arrays and variables that a call reads."""
    values = [*recorded.args, *recorded.kwargs.values()]
    leaves = (leaf for value in values for _, leaf in leaves_with_path(value))
    return [leaf for leaf in leaves if isinstance(leaf, Constant)]


def is_variable(value: Any) -> bool:
    """Tell whether a constant is a variable, whose numbers may change."""
    return isinstance(value, keras.Variable) or hasattr(value, "assign")


def held_by(layer: Any) -> dict[str, Any]:
    """Return the layers that a layer was given when it was made, by argument."""
    if not isinstance(layer, keras.Layer) or is_graph(layer):
        return {}
    found: dict[str, Any] = {}
    kind: Any = type(layer)
    for name in parameters_of(kind):
        value: Any = getattr(layer, name, None)
        several = isinstance(value, (list, tuple)) and bool(value)
        if isinstance(value, keras.Layer) or (
            several and all(isinstance(one, keras.Layer) for one in value)
        ):
            found[name] = value
    return found


def _each(values: Iterable[Any]) -> Iterator[Any]:
    for value in values:
        yield from value if isinstance(value, (list, tuple)) else [value]


def all_held_by(layer: Any) -> list[Any]:
    """Return all layers that a layer was given, and those that they were given."""
    found: dict[int, Any] = {}
    waiting = [layer]
    while waiting:
        held = held_by(waiting.pop()).values()
        new = {id(one): one for one in _each(list(held))}
        waiting += [one for key, one in new.items() if key not in found]
        found |= new
    return list(found.values())
