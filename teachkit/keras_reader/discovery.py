"""Which models, calls and layers there are, and the names by which they go.

All of a model and its nested models is walked once, level by level, before anything
is built: a layer is named after the outermost place that calls it, and a layer that is
called inside and outside of a nested model is known to be one.
"""

from __future__ import annotations

from collections import defaultdict, deque
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

import keras

from teachkit.keras_reader.internals import TensorKey
from teachkit.keras_reader.masks import implicit_ports
from teachkit.keras_reader.names import Names
from teachkit.keras_reader.opening import key_of_call, open_call
from teachkit.keras_reader.sources import Source, is_graph
from teachkit.keras_reader.walk import Visit


@dataclass(slots=True)
class LayerPlace:
    """A layer object, the id it goes by, and the paths of the calls of it."""

    layer: Any
    id: str
    calls: list[str] = field(default_factory=list)


@dataclass(eq=False, slots=True)
class Level:
    """One opened model: its calls in topological order, and their ids.

    Attributes:
        source: the model and the tensors between which its calls lie.
        visits: the calls.
        ids, ordinals: id of a call, and which call of its layer it is, by `id(visit)`.
        inner: the opened model behind a call, by `id(visit)`.
        closed: why the model behind a call stays closed, by `id(visit)`.
        implicit: the ports of a call at which Keras passes a mask along.
        sources, constants: which call a tensor or an array stands for; known when the
            graph of the level has been built.
    """

    source: Source
    visits: list[Visit]
    ids: dict[int, str]
    ordinals: dict[int, int]
    inner: dict[int, Level] = field(default_factory=dict)
    closed: dict[int, str] = field(default_factory=dict)
    implicit: dict[int, frozenset[str]] = field(default_factory=dict)
    sources: dict[TensorKey, tuple[str, int]] = field(default_factory=dict)
    constants: dict[int, str] = field(default_factory=dict)

    def in_order_made(self) -> list[Visit]:
        """Return the calls such that each layer's first call precedes its second."""
        return sorted(self.visits, key=lambda visit: self.ordinals[id(visit)])


class Discovery:
    """Everything that one reading meets, found level by level.

    Attributes:
        root: the model that is read.
        places: the layers, by id of the layer object, in the order of discovery.
    """

    def __init__(self, source: Source, undo: ExitStack) -> None:
        self.root = _level(source)
        self.places: dict[int, LayerPlace] = {}
        self._undo = undo
        self._names = Names()
        self._opened: dict[object, Level | str] = {}
        waiting = deque([(self.root, "")])
        while waiting:
            level, prefix = waiting.popleft()
            waiting.extend(self._enter(level, prefix))

    def operations(self, level: Level) -> list[int]:
        """Return the `id` of every operation of a level and of all levels inside it."""
        levels = {id(level): level}
        operations: set[int] = set()
        waiting = [level]
        while waiting:
            one = waiting.pop()
            operations.update(id(visit.operation) for visit in one.visits)
            new = [inner for inner in one.inner.values() if id(inner) not in levels]
            levels.update((id(inner), inner) for inner in new)
            waiting.extend(new)
        return list(operations)

    def _enter(self, level: Level, prefix: str) -> list[tuple[Level, str]]:
        """Name the layers of a level; return the nested models first met there."""
        new = []
        for visit in level.in_order_made():
            path = prefix + level.ids[id(visit)]
            if isinstance(visit.operation, keras.Layer):
                self._place(visit.operation, prefix, path)
            if is_graph(visit.operation):
                is_new = self._open(visit, level)
                if is_new:
                    new.append((level.inner[id(visit)], path + "/"))
        return new

    def _open(self, visit: Visit, level: Level) -> bool:
        """Open the model behind a call; tell whether it was met for the first time."""
        key = key_of_call(visit)
        is_new = key not in self._opened
        if is_new:
            found = level.source.closed or open_call(visit, self._undo)
            self._opened[key] = found if isinstance(found, str) else _level(found)
        opened = self._opened[key]
        if isinstance(opened, str):
            level.closed[id(visit)] = opened
            return False
        level.inner[id(visit)] = opened
        return is_new

    def _place(self, layer: Any, prefix: str, path: str) -> None:
        if id(layer) not in self.places:
            name = self._names.unique(f"{prefix}{layer.name}")
            self.places[id(layer)] = LayerPlace(layer, name)
        self.places[id(layer)].calls.append(path)


def _level(source: Source) -> Level:
    visits = source.visits()
    ordinals = _ordinals(visits)
    names = Names()
    ids = {}
    for visit in sorted(visits, key=lambda visit: ordinals[id(visit)]):
        ordinal, name = ordinals[id(visit)], _name(visit)
        wanted = name if ordinal == 1 else f"{name}:{ordinal}"
        ids[id(visit)] = names.unique(wanted)
    implicit = {id(visit): implicit_ports(visit) for visit in visits}
    return Level(source, visits, ids, ordinals, implicit=implicit)


def _ordinals(visits: list[Visit]) -> dict[int, int]:
    """Number the calls of each operation in the order in which they were made."""
    of_operation: dict[int, list[Visit]] = defaultdict(list)
    for visit in visits:
        owner = visit if visit.operation is None else visit.operation
        of_operation[id(owner)].append(visit)
    numbers = {}
    for group in of_operation.values():
        for number, visit in enumerate(sorted(group, key=_made), start=1):
            numbers[id(visit)] = number
    return numbers


def _made(visit: Visit) -> int:
    return visit.node_index


def _name(visit: Visit) -> str:
    named = visit.outputs[0] if visit.operation is None else visit.operation
    return str(named.name)
