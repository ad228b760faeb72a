"""From what a run gave to steps, values and gradients by the paths of the graph."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import numpy as np

from teachkit.graph import Call, ModelGraph, Shape
from teachkit.keras_runner.readings import OWN_LOSS, Place
from teachkit.keras_runner.recorder import AnyKey, Key, Store, numbers_of
from teachkit.keras_runner.tracer import Outcome, Tracer
from teachkit.traces.records import Array, Edge, Gradient, Step, Value

Kind = TypeVar("Kind", bound=Value)


@dataclass(eq=False)
class Shelf(Generic[AnyKey]):
    """Makes values of the tensors of a store; those that were dropped come again.

    Attributes:
        store: what a run kept.
        again: runs once more, and keeps what the memory takes from a tensor on.
    """

    store: Store[AnyKey]
    again: Callable[[AnyKey], Store[AnyKey]]
    _window: Store[AnyKey] | None = field(default=None, init=False)

    def value(self, key: AnyKey, kind: type[Kind], tensor: Key) -> Kind:
        """Return the value of a tensor, without a look at its numbers.

        Arguments:
            key: under which the store has it.
            kind: of the value.
            tensor: path and index that the value is to have.
        """
        shape, dtype = self.store.specs[key]
        told = self.store.told.get(key)
        return kind(*tensor, shape, dtype, lambda: self.array(key), told)

    def array(self, key: AnyKey) -> Array:
        """Return the numbers of a tensor; who gets them cannot write to them."""
        for store in (self.store, self._window):
            if store is not None and key in store.tensors:
                return locked(store.tensors[key])
        self._window = None  # makes room
        self._window = self.again(key)
        return locked(self._window.tensors[key])


def locked(tensor: Any) -> Array:
    """Return the numbers of a tensor such that they cannot be written to."""
    array = numbers_of(tensor).view()
    array.flags.writeable = False
    return array


def values_of(run: Tracer, outcome: Outcome) -> dict[Key, Value]:
    """Return the value of every tensor of a run."""
    shelf = Shelf(outcome.values, run.values_from)
    return {key: shelf.value(key, Value, key) for key in outcome.values.specs}


def gradients_of_tensors(run: Tracer, outcome: Outcome) -> dict[Key, Gradient | None]:
    """Return the gradient of every tensor of a run, None where there is none.

    A weight that a call reads like a tensor has its gradient among the weights.
    """
    if outcome.gradients is None:
        return {}
    shelf = Shelf(outcome.gradients, run.gradients_from)
    return {
        key: shelf.value(key, Gradient, key) if key in outcome.gradients.specs else None
        for key in outcome.values.specs
        if key not in outcome.values.variables
    }


def gradients_of_edges(run: Tracer, outcome: Outcome) -> dict[Edge, Gradient | None]:
    """Return what each reader of a tensor sends back, where it has more than one."""
    if outcome.gradients is None or outcome.found is None:
        return {}
    shelf = Shelf(outcome.gradients, run.gradients_from)
    return {
        Edge(*key, *_ends_at(place)): shelf.value(place, Gradient, key)
        if place in outcome.gradients.specs
        else None
        for key, places in outcome.found.forks.items()
        for place in places
    }


def _ends_at(place: Place) -> Place:
    """Return target and port of an edge that goes to a place."""
    path, port = place
    if port == OWN_LOSS:
        return path, ""
    return path.removesuffix("/"), port


def gradient_of(path: str, tensor: Any) -> Gradient | None:
    """Return a gradient that is kept as it is; None stays None."""
    if tensor is None:
        return None
    array = locked(numbers_of(dense(tensor)))
    return Gradient(path, 0, array.shape, str(array.dtype), lambda: array)


def dense(tensor: Any) -> Any:
    """Return a gradient that has only some rows as one that has all."""
    if not hasattr(tensor, "indices"):
        return tensor
    rows = np.zeros(tuple(map(int, tensor.dense_shape)), tensor.dtype.as_numpy_dtype)
    np.add.at(rows, numbers_of(tensor.indices), numbers_of(tensor.values))
    return rows


def steps_of(
    graph: ModelGraph, values: Mapping[Key, Value], outcome: Outcome
) -> tuple[Step, ...]:
    """Return the calls of a graph and of all graphs inside it as steps."""
    read = {place: _as_read(place[0], tensor) for place, tensor in outcome.read.items()}
    found: list[Step] = []
    for prefix, level, call, depth in _calls(graph, outcome):
        path = prefix + call.id
        outputs = tuple(_outputs(path, values))
        if call.plumbing or not outputs:
            continue
        found.append(
            Step(
                number=len(found) + 1,
                path=path,
                call=call,
                depth=depth,
                inputs=tuple(_inputs(prefix, level, call, {**values, **read})),
                outputs=outputs,
                opens=_opens(path, call, outcome),
            )
        )
    return tuple(found)


def _as_read(path: str, tensor: Any) -> Value:
    array = locked(tensor)
    return Value(path, 0, array.shape, str(array.dtype), lambda: array)


def _calls(
    graph: ModelGraph, outcome: Outcome
) -> Iterator[tuple[str, ModelGraph, Call, int]]:
    """Yield all calls with the prefix of their path, the level and its depth."""
    waiting: Iterator[Call] = iter(graph.calls)
    stack = [("", graph, waiting, 0)]
    if "" in outcome.closed:
        stack = [("", graph, (c for c in graph.calls if c.kind == "input"), 0)]
    while stack:
        prefix, level, waiting, depth = stack[-1]
        call = next(waiting, None)
        if call is None:
            stack.pop()
            continue
        yield prefix, level, call, depth
        if call.nested is not None and _opens(prefix + call.id, call, outcome):
            inner = call.nested
            stack.append((f"{prefix}{call.id}/", inner, iter(inner.calls), depth + 1))


def _opens(path: str, call: Call, outcome: Outcome) -> bool:
    return call.nested is not None and path not in outcome.closed


def _outputs(path: str, values: Mapping[Key, Value]) -> Iterator[Value]:
    index = 0
    while (path, index) in values:
        yield values[path, index]
        index += 1


def _inputs(
    prefix: str, level: ModelGraph, call: Call, values: Mapping[Any, Value]
) -> Iterator[tuple[str, Value]]:
    for edge in level.incoming(call.id):
        own = values.get((prefix + edge.target, edge.port))
        value = own or values.get((prefix + edge.source, edge.index))
        if value is not None and not edge.implicit:
            yield edge.port, value


def shape_notes(steps: tuple[Step, ...]) -> Iterator[str]:
    """Yield where a tensor has another shape than Keras says of the call."""
    for step in steps:
        for spec, value in zip(step.call.outputs, step.outputs, strict=False):
            if spec.shape is not None and not _agree(value.shape, spec.shape):
                yield (
                    f"'{value.name}' has the shape {value.shape}, and Keras says "
                    f"{spec.shape} of it: the numbers are right."
                )


def _agree(shape: Shape, said: Shape) -> bool:
    return len(shape) == len(said) and all(
        length in (None, found) for found, length in zip(shape, said, strict=True)
    )
