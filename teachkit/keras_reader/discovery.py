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

from teachkit.keras_reader.ports import leaves_with_path
from teachkit.keras_reader.sources import Source, is_graph, open_graph, specs_of_call
from teachkit.keras_reader.walk import Visit, walk


@dataclass(slots=True)
class LayerPlace:
    """A layer object, the id it goes by, and the paths of the calls of it."""

    layer: Any
    id: str
    calls: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Level:
    """One opened model: its calls in topological order, and their ids."""

    source: Source
    visits: list[Visit]
    ids: dict[int, str]
    ordinals: dict[int, int]

    def in_order_made(self) -> list[Visit]:
        """Return the calls such that each layer's first call precedes its second."""
        return sorted(self.visits, key=lambda visit: self.ordinals[id(visit)])


class Discovery:
    """Everything that one reading meets, found level by level.

    Attributes:
        levels: the opened models, by id of the model object.
        places: the layers, by id of the layer object, in the order of discovery.
        closed: why a model stayed closed, by id of the model object.
    """

    def __init__(self, root: Source, undo: ExitStack) -> None:
        self.levels: dict[int, Level] = {}
        self.places: dict[int, LayerPlace] = {}
        self.closed: dict[int, str] = {}
        self._undo = undo
        self._taken: set[str] = set()
        waiting = deque([(root, "")])
        while waiting:
            source, prefix = waiting.popleft()
            if id(source.model) not in self.levels:
                level = _level(source)
                self.levels[id(source.model)] = level
                waiting.extend(self._enter(level, prefix))

    def level_of(self, operation: Any) -> Level | None:
        """Return the opened model behind an operation, if it is one."""
        return self.levels.get(id(operation))

    def _enter(self, level: Level, prefix: str) -> list[tuple[Source, str]]:
        """Name the layers of a level; return the nested models met there."""
        nested = []
        for visit in level.in_order_made():
            path = prefix + level.ids[id(visit)]
            if isinstance(visit.operation, keras.Layer):
                self._place(visit.operation, prefix, path)
            if is_graph(visit.operation) and not self._known(visit.operation):
                source = self._open(visit)
                if source is not None:
                    nested.append((source, path + "/"))
        return nested

    def _known(self, operation: Any) -> bool:
        return id(operation) in self.levels or id(operation) in self.closed

    def _open(self, visit: Visit) -> Source | None:
        traced = not isinstance(visit.operation, (keras.Function, keras.Sequential))
        specs = (
            specs_of_call(visit.operation, visit.args, visit.kwargs) if traced else None
        )
        found = open_graph(visit.operation, specs, self._undo)
        if isinstance(found, str):
            self.closed[id(visit.operation)] = found
            return None
        return found

    def _place(self, layer: Any, prefix: str, path: str) -> None:
        if id(layer) not in self.places:
            name = unique(prefix + layer.name, self._taken)
            self.places[id(layer)] = LayerPlace(layer, name)
        self.places[id(layer)].calls.append(path)


def unique(wanted: str, taken: set[str]) -> str:
    """Return a name not taken yet, by adding `:2`, `:3` ..., and take it."""
    name, count = wanted, 1
    while name in taken:
        count += 1
        name = f"{wanted}:{count}"
    taken.add(name)
    return name


def _level(source: Source) -> Level:
    ordered_inputs = [leaf for _, leaf in leaves_with_path(source.inputs)]
    visits = walk(ordered_inputs, [t for _, t in leaves_with_path(source.outputs)])
    ordinals = _ordinals(visits)
    taken: set[str] = set()
    ids = {}
    for visit in sorted(visits, key=lambda visit: ordinals[id(visit)]):
        ordinal, name = ordinals[id(visit)], _name(visit)
        wanted = name if ordinal == 1 else f"{name}:{ordinal}"
        ids[id(visit)] = unique(wanted, taken)
    return Level(source, visits, ids, ordinals)


def _ordinals(visits: list[Visit]) -> dict[int, int]:
    """Number the calls of each operation in the order in which they were made."""
    of_operation: dict[int, list[Visit]] = defaultdict(list)
    for visit in visits:
        of_operation[id(visit.operation or visit)].append(visit)
    numbers = {}
    for group in of_operation.values():
        for number, visit in enumerate(sorted(group, key=_made), start=1):
            numbers[id(visit)] = number
    return numbers


def _made(visit: Visit) -> int:
    return visit.node_index


def _name(visit: Visit) -> str:
    if visit.operation is None:
        return str(visit.outputs[0].name)
    return str(visit.operation.name)
