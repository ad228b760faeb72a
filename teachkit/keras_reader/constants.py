"""Arrays and variables that a call reads directly: nodes of the graph, with a warning.

A layer called on numbers instead of on a tensor of the model leaves only its result
behind; so it is an array, too, that a graph shows for it.
"""

from __future__ import annotations

from typing import Any

import keras

from teachkit.graph import Call, Config, TensorSpec
from teachkit.keras_reader.configs import plain
from teachkit.keras_reader.names import Names

_SMALL = 16
"""A constant with at most so many numbers is kept in the graph as a whole."""


class Constants:
    """The constants of one graph; the same node for the same object."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._calls: dict[int, Call] = {}

    def find(self, value: Any) -> Call | None:
        """Return the node of an array or variable, None if it has none yet."""
        return self._calls.get(id(value))

    def add(self, value: Any, weight: str | None) -> Call:
        """Return a new node for an array or variable.

        Arguments:
            value: the array or variable.
            weight: the id of the weight of the model that the variable is, if it is.
        """
        is_variable = isinstance(value, keras.Variable) or hasattr(value, "assign")
        call = Call(
            id=self._names.unique("variable" if is_variable else "constant"),
            layer=None,
            kind="constant",
            type="Variable" if is_variable else "Constant",
            outputs=(_spec(value),),
            config=Config({"weight": weight} if weight else _numbers(value)),
            family="constant",
        )
        self._calls[id(value)] = call
        return call


def _spec(value: Any) -> TensorSpec:
    shape = tuple([None if n is None else int(n) for n in value.shape])
    return TensorSpec(shape, keras.backend.standardize_dtype(value.dtype))


def _numbers(value: Any) -> dict[str, Any]:
    """Return the numbers of a small array; those of a variable may still change."""
    if hasattr(value, "assign"):
        return {}
    size = 1
    for length in value.shape:
        size *= length or 0
    return {"value": plain(keras.ops.convert_to_numpy(value))} if size <= _SMALL else {}
