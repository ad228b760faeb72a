"""From the calls that were found to a `ModelGraph`: plain, frozen data.

The functions here call each other once per level of nesting. Keras itself needs more
of Python's stack for each level, so a model that could be built can be read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import keras

from teachkit.graph import (
    Call,
    Config,
    Endpoint,
    Kind,
    ModelGraph,
    Notice,
    Tensor,
    TensorSpec,
)
from teachkit.keras_reader import notices as say
from teachkit.keras_reader.configs import config_of, plain
from teachkit.keras_reader.discovery import Discovery, Level, unique
from teachkit.keras_reader.internals import TensorKey, tensor_key
from teachkit.keras_reader.masks import implicit_ports, plumbing
from teachkit.keras_reader.ports import Argument, leaves_with_path
from teachkit.keras_reader.records import Inventory, family_of
from teachkit.keras_reader.shapes import (
    Specs,
    own_specs,
    recorded,
    specialised,
    specs_for_call,
)
from teachkit.keras_reader.sources import is_graph
from teachkit.keras_reader.walk import Visit

_SMALL = 16
"""A constant with at most so many numbers is kept in the graph as a whole."""


class Assembly:
    """Builds the graph of each opened model, once for each set of input shapes."""

    def __init__(self, discovery: Discovery, inventory: Inventory) -> None:
        self._discovery = discovery
        self.inventory = inventory
        self._graphs: dict[tuple[int, Specs], ModelGraph] = {}
        self._operations: dict[int, set[int]] = {}

    def graph(self, level: Level, specs: Specs) -> ModelGraph:
        """Return the graph of a model whose inputs have these shapes and dtypes."""
        key = id(level), specs
        if key not in self._graphs:
            self._graphs[key] = self._build(level, specs)
        return self._graphs[key]

    def _build(self, level: Level, specs: Specs) -> ModelGraph:
        if specs == own_specs(level):
            known = recorded(level)
        else:
            known = specialised(level, specs, self._nested_outputs)
        return _GraphBuilder(self, level, known).build()

    def nested(self, visit: Visit, known: Mapping[TensorKey, Any]) -> ModelGraph | None:
        """Return the graph inside a call, with the shapes of this call."""
        level = self._discovery.level_of(visit.operation)
        if level is None:
            return None
        return self.graph(level, specs_for_call(level, visit, known))

    def _nested_outputs(
        self, visit: Visit, known: Mapping[TensorKey, Any]
    ) -> Specs | None:
        graph = self.nested(visit, known)
        if graph is None:
            return None
        ordered = sorted(graph.outputs, key=lambda endpoint: endpoint.order)
        return tuple(TensorSpec(e.shape, e.dtype) for e in ordered)

    def operations(self, level: Level) -> set[int]:
        """Return the `id` of every operation of a level and of the levels inside it."""
        if id(level) not in self._operations:
            found = {id(visit.operation) for visit in level.visits}
            inner = map(self._discovery.level_of, _distinct_operations(level))
            found.update(*(self.operations(one) for one in inner if one is not None))
            self._operations[id(level)] = found
        return self._operations[id(level)]

    def closed_reason(self, visit: Visit) -> str | None:
        """Return why a nested model could not be opened, None if it could."""
        return self._discovery.closed.get(id(visit.operation))


class _GraphBuilder:
    """The calls, tensors and notices of one level while they are put together."""

    def __init__(
        self, assembly: Assembly, level: Level, known: Mapping[TensorKey, TensorSpec]
    ) -> None:
        self._assembly = assembly
        self._level = level
        self._known = known
        self._sources: dict[TensorKey, tuple[str, int]] = {}
        self._constants: dict[int, Call] = {}
        self._taken = set(level.ids.values())
        self._implicit = {id(v): implicit_ports(v) for v in level.visits}
        outputs = level.source.flat_outputs
        self._hidden = plumbing(level.visits, outputs, self._implicit)
        self.calls: list[Call] = []
        self.tensors: list[Tensor] = []
        self.notices: list[Notice] = list(level.source.notices)

    def build(self) -> ModelGraph:
        source = self._level.source
        if source.overridden_call:
            self.notices.append(say.overridden_notice(source.type))
        for visit in self._level.visits:
            self._add(visit)
        inventory = self._assembly.inventory
        graph = ModelGraph(
            name=source.name,
            type=source.type,
            calls=tuple(self.calls),
            tensors=tuple(self.tensors),
            inputs=self._endpoints(source.inputs, source.flat_inputs),
            outputs=self._endpoints(source.outputs, source.flat_outputs),
            layers=inventory.layers_among(self._assembly.operations(self._level)),
            weights=inventory.weights_of(source.model),
            notices=tuple(self.notices),
            overridden_call=source.overridden_call,
        )
        unused = say.unused_notices(graph)
        return replace(graph, notices=(*graph.notices, *unused)) if unused else graph

    def _add(self, visit: Visit) -> None:
        call_id = self._level.ids[id(visit)]
        edges = [self._edge(visit, a, call_id) for a in visit.arguments]
        tensors = [edge for edge in edges if edge is not None]
        self.tensors.extend(tensors)
        self.calls.append(self._call(visit, call_id, tensors))
        for index, output in enumerate(visit.outputs):
            self._sources.setdefault(tensor_key(output), (call_id, index))
        self._notice(visit, self.calls[-1])

    def _edge(self, visit: Visit, argument: Argument, call_id: str) -> Tensor | None:
        if argument.is_tensor:
            key = tensor_key(argument.value)
            (source, index), spec = self._sources[key], self._known[key]
        elif argument.is_constant:
            constant = self._constant(argument.value, call_id)
            source, index, spec = constant.id, 0, constant.outputs[0]
        else:
            return None
        implicit = (
            id(visit) in self._hidden or argument.port in self._implicit[id(visit)]
        )
        return Tensor(
            source, index, call_id, argument.port, spec.shape, spec.dtype, implicit
        )

    def _call(self, visit: Visit, call_id: str, tensors: list[Tensor]) -> Call:
        operation = visit.operation
        layer = self._assembly.inventory.layer(operation)
        return Call(
            id=call_id,
            layer=layer.name if layer else None,
            kind=_kind(visit),
            type=type(operation).__name__ if operation is not None else "InputLayer",
            ordinal=self._level.ordinals[id(visit)],
            inputs=tuple(TensorSpec(t.shape, t.dtype) for t in tensors),
            outputs=tuple(self._known[tensor_key(t)] for t in visit.outputs),
            config=_config(visit),
            params=layer.params if layer else 0,
            trainable=layer.trainable if layer else True,
            nested=self._assembly.nested(visit, self._known),
            plumbing=id(visit) in self._hidden,
            layer_id=layer.id if layer else None,
            family="input" if visit.is_input else family_of(operation),
            arguments=say.words_of(visit) if not visit.is_input else (),
        )

    def _constant(self, value: Any, reader: str) -> Call:
        """Return the node of an array or variable; the same one for the same object."""
        call = self._constants.get(id(value))
        if call is None:
            variable = isinstance(value, keras.Variable)
            name = unique("variable" if variable else "constant", self._taken)
            call = _constant_call(value, name, "Variable" if variable else "Constant")
            self._constants[id(value)] = call
            self.calls.append(call)
            self.notices.append(say.constant_notice(call, reader))
        return call

    def _notice(self, visit: Visit, call: Call) -> None:
        call_id = call.id
        if call.nested is not None and call.ordinal == 1:
            inner = call.nested.notices
            self.notices.extend(say.from_inside(call_id, one) for one in inner)
        reason = self._assembly.closed_reason(visit)
        if reason is not None:
            kind = type(visit.operation).__name__
            name = visit.operation.name
            self.notices.append(say.closed_notice(name, kind, reason, call_id))
        training = say.training_notice(visit, call_id)
        if training is not None:
            self.notices.append(training)
        if visit.is_input and call_id.endswith("CLONE"):
            self.notices.append(say.cut_out_notice(call_id))

    def _endpoints(self, structure: Any, flat: list[Any]) -> tuple[Endpoint, ...]:
        places: dict[TensorKey, list[int]] = {}
        for position, tensor in enumerate(flat):
            places.setdefault(tensor_key(tensor), []).append(position)
        endpoints = []
        for path, tensor in leaves_with_path(structure):
            key = tensor_key(tensor)
            (call_id, index), spec = self._sources[key], self._known[key]
            order = places[key].pop(0)
            endpoints.append(
                Endpoint(call_id, index, path, spec.shape, spec.dtype, order)
            )
        return tuple(endpoints)


def _distinct_operations(level: Level) -> list[Any]:
    return list({id(v.operation): v.operation for v in level.visits}.values())


def _kind(visit: Visit) -> Kind:
    if visit.is_input:
        return "input"
    if is_graph(visit.operation):
        return "model"
    return "layer" if isinstance(visit.operation, keras.Layer) else "operation"


def _config(visit: Visit) -> Config:
    if visit.operation is None or is_graph(visit.operation):
        return Config({})
    return config_of(visit.operation)


def _constant_call(value: Any, name: str, kind: str) -> Call:
    values: dict[str, Any] = {}
    if kind == "Constant":
        array = keras.ops.convert_to_numpy(value)
        if array.size <= _SMALL:
            values["value"] = plain(array)
    spec = TensorSpec(tuple(value.shape), keras.backend.standardize_dtype(value.dtype))
    return Call(
        id=name,
        layer=None,
        kind="constant",
        type=kind,
        outputs=(spec,),
        config=Config(values),
        family="constant",
    )
