"""From the calls that were found to graphs, one for each set of input shapes."""

from __future__ import annotations

from collections.abc import Generator

from teachkit.graph import ModelGraph, TensorSpec
from teachkit.keras_reader.builder import GraphBuilder
from teachkit.keras_reader.discovery import Discovery, Level
from teachkit.keras_reader.internals import tensor_key
from teachkit.keras_reader.records import Inventory
from teachkit.keras_reader.shapes import (
    Known,
    Specs,
    computed,
    own_specs,
    recorded,
    spec_of,
    specs_for_call,
)
from teachkit.keras_reader.walk import Visit

Wanted = tuple[Level, Specs]


class Assembly:
    """Builds the graph of each opened model, once for each set of input shapes.

    A graph under construction yields what nested graph it needs, and is sent it:
    models may so be nested deeper than Python's own stack.
    """

    def __init__(self, discovery: Discovery) -> None:
        self._discovery = discovery
        self._inventory = Inventory(discovery)
        self._graphs: dict[tuple[int, Specs], ModelGraph] = {}

    def graph(self) -> ModelGraph:
        """Return the graph of the model that is read, with all graphs inside it."""
        root = self._discovery.root
        stack = [self._build(root, own_specs(root))]
        answer: ModelGraph | None = None
        while stack:
            try:
                wanted = stack[-1].send(answer)
            except StopIteration as finished:
                answer = finished.value
                stack.pop()
            else:
                answer = self._graphs.get((id(wanted[0]), wanted[1]))
                if answer is None:
                    stack.append(self._build(*wanted))
        if answer is None:
            raise AssertionError("every build ends with a graph")
        return answer

    def _build(
        self, level: Level, specs: Specs
    ) -> Generator[Wanted, ModelGraph | None, ModelGraph]:
        """Build a graph; yield the nested ones that it needs."""
        if specs == own_specs(level):
            known = recorded(level)
        else:
            known = yield from self._specialised(level, specs)
        nested = {}
        for visit in level.visits:
            inner = level.inner.get(id(visit))
            if inner is not None:
                nested[id(visit)] = yield inner, specs_for_call(inner, visit, known)
        graph = GraphBuilder(self._inventory, level, known, nested).build()
        self._graphs[id(level), specs] = graph
        return graph

    def _specialised(
        self, level: Level, specs: Specs
    ) -> Generator[Wanted, ModelGraph | None, Known]:
        """Return all shapes of a model for inputs of these shapes and dtypes."""
        known: Known = {}
        for tensor, spec in zip(level.source.flat_inputs(), specs, strict=True):
            known[tensor_key(tensor)] = spec
        for visit in level.visits:
            if visit.is_input:
                known.setdefault(
                    tensor_key(visit.outputs[0]), spec_of(visit.outputs[0])
                )
                continue
            inner = level.inner.get(id(visit))
            graph = None
            if inner is not None:
                graph = yield inner, specs_for_call(inner, visit, known)
            outputs = _outputs(graph, visit) or computed(visit, known)
            for tensor, spec in zip(visit.outputs, outputs, strict=True):
                known[tensor_key(tensor)] = spec
        return known


def _outputs(graph: ModelGraph | None, visit: Visit) -> Specs | None:
    """Return what a nested model gives, in the order in which Keras numbers it."""
    if graph is None or len(graph.outputs) != len(visit.outputs):
        return None
    ordered = sorted(graph.outputs, key=lambda endpoint: endpoint.order)
    return tuple(TensorSpec(one.shape, one.dtype) for one in ordered)
