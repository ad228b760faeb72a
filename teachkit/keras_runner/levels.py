"""One opened model while it runs: which call comes next, and who still reads what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from teachkit.graph import ModelGraph
from teachkit.keras_reader.overrides import nodes_in_order
from teachkit.keras_reader.ports import leaves_with_path
from teachkit.keras_reader.recording import (
    Constant,
    RecordedCall,
    RecordedModel,
    Ref,
)
from teachkit.keras_reader.sources import function_of
from teachkit.keras_runner.limits import refs_of


@dataclass(frozen=True, eq=False)
class Level:
    """An opened model at one place.

    Attributes:
        prefix: of the paths of its calls: empty, or `encoder:2/`.
        model: the model with its Keras objects.
        graph: the same as plain data.
    """

    prefix: str
    model: RecordedModel
    graph: ModelGraph

    @cached_property
    def inputs(self) -> list[Ref]:
        """The inputs in Keras' flat order."""
        return refs_of(self.model.inputs)

    @cached_property
    def calls(self) -> list[RecordedCall]:
        """The calls but the inputs, in the order in which Keras makes them."""
        inputs = {ref.call for ref in self.inputs}
        calls = [one for one in self.model.calls.values() if one.id not in inputs]
        function = function_of(self.model.model)
        if function is None:
            return calls
        ordered = _in_order_of_keras(calls, self.graph, function)
        return ordered if len(ordered) == len(calls) else calls

    @cached_property
    def last_reads(self) -> dict[str, list[Ref]]:
        """The tensors that nobody reads any more after a call, by its id."""
        last: dict[Ref, str] = {}
        for call in self.calls:
            last.update(dict.fromkeys(refs_of((call.args, call.kwargs)), call.id))
        for ref in refs_of(self.model.outputs):
            last.pop(ref, None)
        done = defaultdict(list)
        for ref, call_id in last.items():
            done[call_id].append(ref)
        return done

    def inside(self, call: RecordedCall) -> Level | None:
        """Return the model behind a call, None if there is none or it stays closed."""
        nested = self.graph.call(call.id).nested
        if call.inner is None or nested is None:
            return None
        return Level(f"{self.prefix}{call.id}/", call.inner, nested)


def levels_of(level: Level) -> Iterator[Level]:
    """Yield a level and all levels inside it, each before those inside of it."""
    waiting = [level]
    while waiting:
        one = waiting.pop(0)
        yield one
        found = (one.inside(call) for call in one.model.calls.values())
        waiting.extend(inner for inner in found if inner is not None)


def edges_of(call: RecordedCall) -> list[Ref | Constant]:
    """Return what a call reads, in the order of the edges of its graph."""
    leaves = leaves_with_path([list(call.args), call.kwargs])
    return [leaf for _, leaf in leaves if isinstance(leaf, (Ref, Constant))]


def _in_order_of_keras(
    calls: list[RecordedCall], graph: ModelGraph, function: Any
) -> list[RecordedCall]:
    """Return the calls as Keras orders them: a shared Dropout draws in this order."""
    nodes = nodes_in_order(function)
    numbers = defaultdict(list)
    for operation, number in nodes:
        numbers[id(operation)].append(number)
    known = defaultdict(list)
    for call in sorted(calls, key=lambda one: graph.call(one.id).ordinal):
        known[id(call.operation)].append(call)
    of_node = {
        (key, number): call
        for key, made in numbers.items()
        for number, call in zip(sorted(made), known[key], strict=False)
    }
    places = ((id(operation), number) for operation, number in nodes)
    return [of_node[place] for place in places if place in of_node]
