"""Which names of layers are worth writing: those that Keras would not give itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import keras

from teachkit.keras_reader.internals import is_input_layer
from teachkit.keras_reader.sources import is_graph
from teachkit.source_code.operations import snake_case

_NUMBER = re.compile(r"_\d+$")
_OF_TENSORS = re.compile(r"keras_tensor(_\d+)?(CLONE)*$|.*CLONE$")


class LayerNames:
    """The names that the author of a model gave, among all its layers.

    Arguments:
        levels: the layers, models and operations of each level, masks included.
    """

    def __init__(self, levels: Iterable[Iterable[Any]]) -> None:
        self._told: set[int] = set()
        self._in_the_way: set[int] = set()
        for level in levels:
            self._compare(list(level))

    def _compare(self, operations: list[Any]) -> None:
        """Find names that Keras, counting from zero, may give to something else."""
        automatic = [one for one in operations if is_automatic(one)]
        given = [one for one in operations if not is_automatic(one)]
        names = {_NUMBER.sub("", str(one.name)) for one in given}
        counted = set()
        for one in automatic:
            if not isinstance(one, keras.Layer):
                counted.add(_automatic(one))
            elif _automatic(one) in names:
                self._told.add(id(one))
        for one in given:
            if _NUMBER.sub("", str(one.name)) in counted:
                self._in_the_way.add(id(one))

    def explicit(self, layer: Any) -> str | None:
        """Return the name to write for a layer, None where Keras gives one."""
        name = str(layer.name).removeprefix("forward_")
        if is_automatic(layer):
            return str(layer.name) if id(layer) in self._told else None
        return f"{name}_layer" if id(layer) in self._in_the_way else name


def is_automatic(operation: Any) -> bool:
    """Tell whether a name is one that Keras gives by itself: `dense`, `dense_2`."""
    name = str(operation.name).removeprefix("forward_")
    if is_input_layer(operation) and _OF_TENSORS.match(name):
        return True
    if not isinstance(operation, keras.Layer) and not is_graph(operation):
        return True
    return _NUMBER.sub("", name) in {name and _automatic(operation), _model(operation)}


def is_automatic_tensor(name: str) -> bool:
    """Tell whether the name of a tensor is one that Keras gives by itself."""
    return _OF_TENSORS.match(name) is not None


def _automatic(operation: Any) -> str:
    return snake_case(type(operation).__name__)


def _model(operation: Any) -> str:
    return "functional" if isinstance(operation, keras.Model) else ""
