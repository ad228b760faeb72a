"""Calls that hang on a model's tensors and lead to none of its outputs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import keras

from teachkit.keras_reader import internals
from teachkit.keras_reader.internals import node_of
from teachkit.keras_reader.recording import Recording


@dataclass(frozen=True, slots=True)
class Orphan:
    """A call whose output nothing in the model reads.

    Attributes:
        name, type: of the layer or operation.
        units: its units or filters, if it has some.
        reads: ids of the calls of the model whose tensors lead to it.
    """

    name: str
    type: str
    units: int | None
    reads: tuple[str, ...]


def orphans_of(
    recording: Recording, before: frozenset[int] = frozenset()
) -> tuple[Orphan, ...]:
    """Return the calls that were made on a model's tensors and are not part of it.

    Keras keeps, for each layer, who read its outputs, inside the model or not.

    Arguments:
        recording: of the model.
        before: calls that were there before the answer, from `calls_hanging_on`.
    """
    # A Sequential calls its layers anew each time one is added: those are no orphans.
    if not recording.root.calls or isinstance(recording.root.model, keras.Sequential):
        return ()
    inside = _node_ids(recording)
    known = inside | before
    found: dict[int, Orphan] = {}
    waiting = [(op, name) for name, op in _operations(recording)]
    seen: set[int] = set()
    while waiting:
        operation, source = waiting.pop(0)
        for reader, node in internals.calls_on(operation):
            if id(node) in known | seen or _is_of_keras(reader, node):
                continue
            if not _reads_ours(node, inside, seen):
                continue
            seen.add(id(node))
            waiting.append((reader, source))
            if not _is_silent(reader):
                found[id(node)] = _orphan(reader, source)
    return tuple(found.values())


def calls_hanging_on(values: Iterable[Any]) -> frozenset[int]:
    """Return the records of all calls on tensors among some values, as numbers.

    The inputs of models among them are such tensors, too.
    """
    values = list(values)
    tensors = [one for one in values if isinstance(one, keras.KerasTensor)]
    for model in values:
        if issubclass(type(model), keras.Model):
            tensors += keras.tree.flatten(getattr(model, "inputs", None) or [])
    waiting = [node_of(one) for one in tensors]
    operations = [node.operation for node in waiting if node is not None]
    found: set[int] = set()
    for operation in operations:
        for reader, node in internals.calls_on(operation):
            if id(node) not in found:
                found.add(id(node))
                operations.append(reader)
    return frozenset(found)


def _operations(recording: Recording) -> list[tuple[str, Any]]:
    calls = recording.root.calls.values()
    pairs = [(call.id, call.operation) for call in calls if call.operation is not None]
    return list({id(op): (name, op) for name, op in pairs}.values())


def calls_inside(values: Iterable[Any]) -> frozenset[int]:
    """Return the records of the calls that models among some values are made of."""
    models = (one for one in values if issubclass(type(one), keras.Model))
    return frozenset(number for model in models for number in _calls_of(model))


def _node_ids(recording: Recording) -> set[int]:
    """Return the records of calls that the model is made of."""
    return _calls_of(recording.root.model)


def _calls_of(model: Any) -> set[int]:
    nested = getattr(model, "_nodes_by_depth", None)
    if nested is None:
        function = getattr(model, "_functional", None)
        nested = getattr(function, "_nodes_by_depth", {})
    return {id(node) for nodes in nested.values() for node in nodes}


def _reads_ours(node: Any, inside: set[int], seen: set[int]) -> bool:
    """Tell whether a call reads this model's tensors: a layer may serve several."""
    made = (node_of(tensor) for tensor in node.arguments.keras_tensors)
    return any(id(one) in inside or id(one) in seen for one in made)


def _is_of_keras(reader: Any, node: Any) -> bool:
    """Tell whether Keras made a call by itself: for a mask, or for another dtype.

    A layer of another dtype casts what it reads, and then reads the tensor itself.
    """
    return type(reader).__name__ == "Cast" or _makes_mask(node)


def _makes_mask(node: Any) -> bool:
    """Tell whether Keras made a call by itself, for the mask of what a layer returns.

    An Embedding compares its input with 0; who drops the mask never reads it.
    """
    made = {id(tensor) for tensor in node.outputs}
    sources = [node_of(tensor) for tensor in node.arguments.keras_tensors]
    return any(
        id(internals.mask_of(output)) in made
        for source in sources
        if source is not None
        for _, other in internals.calls_on(source.operation)
        for output in other.outputs
    )


def _is_silent(operation: Any) -> bool:
    """Tell whether a call is not told: Keras itself casts what a layer reads."""
    casts = tuple(internals.operation_classes("Cast"))
    return isinstance(operation, (keras.Model, keras.Function, *casts))


def _orphan(operation: Any, source: str) -> Orphan:
    units = getattr(operation, "units", getattr(operation, "filters", None))
    return Orphan(
        str(operation.name),
        type(operation).__name__,
        units if isinstance(units, int) else None,
        (source,),
    )
