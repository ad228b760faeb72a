"""The models inside a model, and who makes what: the plan of the source.

Each opened model is a level, written as a function of its own. A layer or model that
one level uses is made there; what several use is made once, by the outermost one, and
handed to the functions that need it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

import keras

from teachkit.graph import Call, ModelGraph, Shape
from teachkit.keras_reader import (
    RecordedCall,
    RecordedModel,
    Recording,
    record_model,
)
from teachkit.keras_reader.internals import is_input_layer
from teachkit.keras_reader.sources import function_of, is_graph
from teachkit.source_code import refusals
from teachkit.source_code.held import all_held_by, constants_of, is_variable

Style = Literal["functional", "sequential", "unbuilt", "function", "traced"]


@dataclass(eq=False)
class Level:
    """One opened model.

    Attributes:
        recorded, graph: what was recorded of it, and its graph.
        path: of the first call of it, with a slash at its end; empty for the root.
        style: as what it is written.
        used: what its calls need made, in order: the objects, by their key.
        made: keys of what it makes and keeps in a variable.
        given: keys of what it is handed by the level that makes it.
        owners: layers of which it reads a weight directly.
        shapes: of what it is called with, as far as all its calls agree.
    """

    recorded: RecordedModel
    graph: ModelGraph
    path: str
    style: Style
    used: dict[int, Any] = field(default_factory=dict)
    made: list[int] = field(default_factory=list)
    given: list[int] = field(default_factory=list)
    owners: list[Any] = field(default_factory=list)
    shapes: list[Shape | None] = field(default_factory=list)

    def widen(self, shapes: list[Shape | None]) -> None:
        """Note the shapes of one more call: where they differ, a length is open."""
        if not self.shapes:
            self.shapes = shapes
        pairs = zip(self.shapes, shapes, strict=False)
        self.shapes = [_common(one, other) for one, other in pairs]

    def calls(self) -> Iterator[tuple[RecordedCall, Call]]:
        """Yield the calls that the author wrote, without those for masks."""
        for recorded in self.recorded.calls.values():
            call = self.graph.call(recorded.id)
            if not call.plumbing:
                yield recorded, call


class Plan:
    """All levels of a recording, the innermost first, and the owner of each object."""

    def __init__(self, recording: Recording) -> None:
        self.levels: dict[int, Level] = {}
        self.objects: dict[int, Any] = {}
        self._models: dict[int, Level] = {}
        self._weights: dict[int, Any] | None = None
        self.root = self._enter(recording.root, recording.graph, "")
        self._find(self.root)
        self.order = self._innermost_first()
        self._share()

    def level_of(self, key: int) -> Level | None:
        """Return the level behind a key, None if a layer is behind it."""
        return self.levels.get(key)

    def key_of(self, recorded: RecordedCall) -> int:
        """Return the key of what a call calls."""
        inner = recorded.inner
        return id(inner) if inner is not None else id(recorded.operation)

    def key_of_object(self, layer: Any) -> int:
        """Return the key of a layer or model that another layer holds."""
        level = self._models.get(id(layer))
        return id(level.recorded) if level is not None else id(layer)

    def is_first_of(self, level: Level) -> bool:
        """Tell whether a level is the first way that was found through its model."""
        return self._models[id(level.recorded.model)] is level

    def _enter(self, recorded: RecordedModel, graph: ModelGraph, path: str) -> Level:
        level = Level(recorded, graph, path, _style(recorded, graph))
        self.levels[id(recorded)] = level
        self._models.setdefault(id(recorded.model), level)
        if graph.overridden_call:
            raise refusals.own_call(graph.name, graph.type)
        return level

    def _find(self, root: Level) -> None:
        waiting = [root]
        while waiting:
            level = waiting.pop(0)
            for recorded, call in level.calls():
                inner, graph = recorded.inner, call.nested
                if inner is None or graph is None:
                    continue
                if id(inner) not in self.levels:
                    path = f"{level.path}{call.id}/"
                    waiting.append(self._enter(inner, graph, path))
                self.levels[id(inner)].widen([spec.shape for spec in call.inputs])
            waiting += self._held(level)

    def _held(self, level: Level) -> list[Level]:
        """Enter the models that layers of a level hold, as TimeDistributed does."""
        found = []
        for recorded, call in level.calls():
            if recorded.inner is not None or recorded.operation is None:
                continue
            new = [one for one in all_held_by(recorded.operation) if is_graph(one)]
            for layer in new:
                if id(layer) not in self._models:
                    recording = record_model(layer)
                    path = f"{level.path}{call.id}/"
                    found.append(self._enter(recording.root, recording.graph, path))
        return found

    def _innermost_first(self) -> list[Level]:
        """Return the levels such that each one follows those that it uses."""
        order: list[Level] = []
        seen = {id(self.root.recorded)}
        stack = [(self.root, iter(self._inner(self.root)))]
        while stack:
            level, waiting = stack[-1]
            inner = next(waiting, None)
            if inner is None:
                order.append(level)
                stack.pop()
            elif id(inner.recorded) not in seen:
                seen.add(id(inner.recorded))
                stack.append((inner, iter(self._inner(inner))))
        return order

    def _inner(self, level: Level) -> list[Level]:
        keys = (key for key, _ in self._uses(level))
        return [self.levels[key] for key in keys if key in self.levels]

    def _uses(self, level: Level) -> Iterator[tuple[int, Any]]:
        """Yield what each call of a level calls, and what the layers of it hold."""
        seen: set[int] = set()
        for recorded, _ in level.calls():
            operation = recorded.operation
            if not _is_made(operation):
                continue
            yield self.key_of(recorded), operation
            if recorded.inner is None and id(operation) not in seen:
                seen.add(id(operation))
                for layer in all_held_by(operation):
                    yield self.key_of_object(layer), layer
        for recorded, _ in level.calls():
            for constant in constants_of(recorded):
                if is_variable(constant.value):
                    yield from self._owner_of(constant.value, level)

    def _owner_of(self, variable: Any, level: Level) -> Iterator[tuple[int, Any]]:
        """Yield the layer whose weight a variable is, if the model has that layer."""
        if self._weights is None:
            self._weights = {
                id(weight): recorded.operation
                for one in self.levels.values()
                for recorded, call in one.calls()
                if call.kind == "layer"
                for weight in recorded.operation.weights
            }
        layer = self._weights.get(id(variable))
        if layer is not None:
            level.owners.append(layer)
            yield id(layer), layer

    def _share(self) -> None:
        """Find out who makes what: who uses it alone, or else the root."""
        counts: Counter[int] = Counter()
        users: dict[int, list[Level]] = defaultdict(list)
        for level in self.order:
            for key, operation in self._uses(level):
                counts[key] += 1
                self.objects[key] = operation
                if key not in level.used:
                    level.used[key] = operation
                    users[key].append(level)
        for key, levels in users.items():
            thaws = any(_thaws(level, self.objects[key]) for level in levels)
            if counts[key] > 1 or key in self.levels or thaws:
                owner = levels[0] if len(levels) == 1 else self.root
                owner.made.append(key)
        self._hand_over(users)

    def _hand_over(self, users: dict[int, list[Level]]) -> None:
        """Note which levels are handed what the root makes for several of them."""
        shared = {key for key, levels in users.items() if len(levels) > 1}
        needed: dict[int, dict[int, None]] = {}
        for level in self.order:
            own = dict.fromkeys(key for key in level.used if key in shared)
            for key in level.used:
                if key in self.levels and key not in shared:
                    own.update(needed[key])
            needed[id(level.recorded)] = own
            level.given = [] if level is self.root else list(own)


def _is_made(operation: Any) -> bool:
    """Tell whether a call calls a layer or model, which somebody must make first."""
    if isinstance(operation, keras.Layer):
        return not is_input_layer(operation)
    return isinstance(operation, keras.Function)


def _common(one: Shape | None, other: Shape | None) -> Shape | None:
    if one is None or other is None or len(one) != len(other):
        return None
    return tuple(a if a == b else None for a, b in zip(one, other, strict=True))


def _thaws(level: Level, operation: Any) -> bool:
    """Tell whether a layer trains although the model around it is frozen."""
    frozen = not getattr(level.recorded.model, "trainable", True)
    return frozen and bool(getattr(operation, "trainable", False))


def _style(recorded: RecordedModel, graph: ModelGraph) -> Style:
    model = recorded.model
    if isinstance(model, keras.Sequential) and function_of(model) is not None:
        return "sequential"
    if isinstance(model, keras.Sequential) and not graph.inputs:
        return "unbuilt"
    if isinstance(model, keras.Model):
        return "functional" if function_of(model) is not None else "traced"
    return "function" if isinstance(model, keras.Function) else "traced"
