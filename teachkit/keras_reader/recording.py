"""A model as Keras recorded it: its graph, and the Keras objects behind each call.

A `ModelGraph` is plain data and tells arguments in words. Who runs a model, copies its
layers or writes its code needs the objects themselves. Tensors in their arguments are
replaced by references to the calls of the graph, so that nobody else has to know how
Keras identifies a tensor.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from teachkit.graph import ModelGraph
from teachkit.keras_reader.assemble import Assembly
from teachkit.keras_reader.discovery import Discovery, Level
from teachkit.keras_reader.internals import tensor_key
from teachkit.keras_reader.ports import is_constant, is_tensor, map_leaves
from teachkit.keras_reader.sources import Place
from teachkit.keras_reader.walk import Visit


@dataclass(frozen=True, slots=True)
class Ref:
    """Stands for a tensor: output number `index` of the call with this id."""

    call: str
    index: int


@dataclass(frozen=True, eq=False, slots=True)
class Constant:
    """An array or variable that a call reads, and the id of its node."""

    call: str
    value: Any


@dataclass(frozen=True, eq=False, slots=True)
class RecordedCall:
    """One call with its Keras objects.

    Attributes:
        id: of the `Call` in the graph.
        operation: the layer, operation or model; None for an input without a layer.
        args, kwargs: as Keras recorded them, nested, with `Ref` and `Constant` in the
            place of tensors and arrays.
        implicit: ports of tensors that Keras passes along by itself (masks).
        inner: the model behind the call, when it could be opened.
    """

    id: str
    operation: Any
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    implicit: frozenset[str]
    inner: RecordedModel | None = None


@dataclass(eq=False, slots=True)
class RecordedModel:
    """An opened model.

    Attributes:
        model: the Keras model or function.
        inputs, outputs: nested as the author gave them, with a `Ref` for each tensor.
        calls: by id, in topological order, without constants.
    """

    model: Any
    inputs: Any = None
    outputs: Any = None
    calls: dict[str, RecordedCall] = field(default_factory=dict)


@dataclass(frozen=True, eq=False, slots=True)
class Recording:
    """A model that was read: the graph, the objects, and the layers by their id."""

    graph: ModelGraph
    root: RecordedModel
    layers: dict[str, Any]


def recording_of(discovery: Discovery) -> Recording:
    """Return the graph of what was discovered together with its Keras objects."""
    graph = Assembly(discovery).graph()
    levels = _levels(discovery.root)
    models = {key: RecordedModel(level.source.model) for key, level in levels.items()}
    for key, level in levels.items():
        _fill(models[key], level, models)
    layers = {place.id: place.layer for place in discovery.places.values()}
    return Recording(graph, models[id(discovery.root)], layers)


def _levels(root: Level) -> dict[int, Level]:
    levels = {id(root): root}
    waiting = [root]
    while waiting:
        for inner in waiting.pop().inner.values():
            if id(inner) not in levels:
                levels[id(inner)] = inner
                waiting.append(inner)
    return levels


def _fill(model: RecordedModel, level: Level, models: dict[int, RecordedModel]) -> None:
    def leaf(value: Any) -> Any:
        if is_tensor(value):
            return Ref(*level.sources[tensor_key(value)])
        if is_constant(value):
            return Constant(level.constants[id(value)], value)
        return value

    source = level.source
    model.inputs = _structure(source.structure, source.inputs, leaf)
    model.outputs = _structure(source.result, source.outputs, leaf)
    for visit in level.visits:
        call = _call(visit, level, models, leaf)
        model.calls[call.id] = call


def _call(
    visit: Visit,
    level: Level,
    models: dict[int, RecordedModel],
    leaf: Callable[[Any], Any],
) -> RecordedCall:
    inner = level.inner.get(id(visit))
    return RecordedCall(
        id=level.ids[id(visit)],
        operation=visit.operation,
        args=tuple(map_leaves(leaf, value) for value in visit.args),
        kwargs={name: map_leaves(leaf, value) for name, value in visit.kwargs.items()},
        implicit=level.implicit[id(visit)],
        inner=models[id(inner)] if inner is not None else None,
    )


def _structure(structure: Any, places: list[Place], leaf: Callable[[Any], Any]) -> Any:
    """Return the inputs or outputs of a model, nested as its author gave them."""
    if structure is not None:
        return map_leaves(leaf, structure)
    tensors = [leaf(place.tensor) for place in places]
    return tensors[0] if len(places) == 1 and not places[0].path else tensors
