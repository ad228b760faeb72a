"""The calls, tensors and notices of one graph while they are put together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import keras

from teachkit.graph import Call, Config, Endpoint, Kind, ModelGraph, Tensor, TensorSpec
from teachkit.keras_reader import internals
from teachkit.keras_reader import notices as say
from teachkit.keras_reader.configs import config_of
from teachkit.keras_reader.constants import Constants
from teachkit.keras_reader.discovery import Level
from teachkit.keras_reader.internals import tensor_key
from teachkit.keras_reader.masks import plumbing
from teachkit.keras_reader.names import Names
from teachkit.keras_reader.ports import Argument
from teachkit.keras_reader.records import Inventory, family_of
from teachkit.keras_reader.shapes import Known
from teachkit.keras_reader.sources import Place, is_graph
from teachkit.keras_reader.walk import Visit
from teachkit.keras_reader.words import words_of


class GraphBuilder:
    """Builds the graph of one level, given the shapes and the graphs inside it."""

    def __init__(
        self,
        inventory: Inventory,
        level: Level,
        known: Known,
        nested: Mapping[int, ModelGraph | None],
    ) -> None:
        self._inventory = inventory
        self._level = level
        self._known = known
        self._nested = nested
        self._sources = level.sources
        self._constants = Constants(Names(level.ids.values()))
        outputs = [place.tensor for place in level.source.outputs]
        self._hidden = plumbing(level.visits, outputs, level.implicit)
        self._told: set[int] = set()
        self._calls: list[Call] = []
        self._tensors: list[Tensor] = []
        self._notices = list(level.source.notices)

    def build(self) -> ModelGraph:
        """Return the finished graph."""
        source = self._level.source
        if source.overridden_call:
            self._notices.append(say.overridden_notice(source.type))
        for visit in self._level.visits:
            self._add(visit)
        graph = ModelGraph(
            name=source.name,
            type=source.type,
            calls=tuple(self._calls),
            tensors=tuple(self._tensors),
            inputs=tuple(map(self._endpoint, source.inputs)),
            outputs=tuple(map(self._endpoint, source.outputs)),
            layers=self._inventory.layers_of(self._level),
            weights=self._inventory.weights_of(self._level),
            notices=tuple(self._notices),
            overridden_call=source.overridden_call,
        )
        unused = say.unused_notices(graph)
        return replace(graph, notices=(*graph.notices, *unused)) if unused else graph

    def _add(self, visit: Visit) -> None:
        call_id = self._level.ids[id(visit)]
        edges = [self._edge(visit, a, call_id) for a in visit.arguments]
        tensors = [edge for edge in edges if edge is not None]
        self._tensors.extend(tensors)
        self._calls.append(self._call(visit, call_id, tensors))
        for position, output in enumerate(visit.outputs):
            key = tensor_key(output)
            numbered = not visit.is_input and internals.node_of(output) is not None
            self._sources.setdefault(key, (call_id, key[2] if numbered else position))
        self._notice(visit, self._calls[-1])

    def _edge(self, visit: Visit, argument: Argument, call_id: str) -> Tensor | None:
        if argument.is_tensor:
            key = tensor_key(argument.value)
            (source, index), spec = self._sources[key], self._known[key]
        elif argument.is_constant:
            constant = self._constant(argument, call_id)
            source, index, spec = constant.id, 0, constant.outputs[0]
        else:
            return None
        passed_along = argument.port in self._level.implicit[id(visit)]
        implicit = passed_along or id(visit) in self._hidden
        return Tensor(
            source, index, call_id, argument.port, spec.shape, spec.dtype, implicit
        )

    def _call(self, visit: Visit, call_id: str, tensors: list[Tensor]) -> Call:
        operation = visit.operation
        layer = self._inventory.layer(operation)
        return Call(
            id=call_id,
            layer=layer.name if layer else None,
            kind=_kind(visit),
            type=type(operation).__name__ if operation is not None else "InputLayer",
            ordinal=self._level.ordinals[id(visit)],
            inputs=tuple([TensorSpec(t.shape, t.dtype) for t in tensors]),
            outputs=tuple([self._known[tensor_key(t)] for t in visit.outputs]),
            config=_config(visit),
            params=layer.params if layer else 0,
            trainable=layer.trainable if layer else True,
            nested=self._nested.get(id(visit)),
            plumbing=id(visit) in self._hidden,
            layer_id=layer.id if layer else None,
            family="input" if visit.is_input else family_of(operation),
            arguments=() if visit.is_input else words_of(visit),
        )

    def _constant(self, argument: Argument, reader: str) -> Call:
        """Return the node of an array or variable that a call reads."""
        call = self._constants.find(argument.value)
        if call is None:
            weight = self._inventory.weight_id(argument.value)
            call = self._constants.add(argument.value, weight)
            self._level.constants[id(argument.value)] = call.id
            self._calls.append(call)
            if weight is None:
                self._notices.append(say.constant_notice(call, reader))
        return call

    def _notice(self, visit: Visit, call: Call) -> None:
        inner = self._level.inner.get(id(visit))
        if (
            inner is not None
            and call.nested is not None
            and id(inner) not in self._told
        ):
            self._told.add(id(inner))
            told = call.nested.notices
            self._notices.extend(say.from_inside(call.id, one) for one in told)
        reason = self._level.closed.get(id(visit))
        if reason is not None:
            name = visit.operation.name
            self._notices.append(say.closed_notice(name, call.type, reason, call.id))
        if self._level.source.ports is None:
            self._notices.extend(say.training_notices(visit, call.id))
        if visit.is_input and call.id.endswith("CLONE"):
            self._notices.append(say.cut_out_notice(call.id))
        if not visit.is_input and internals.is_input_layer(visit.operation):
            self._notices.append(say.missing_input_notice(call.id))

    def _endpoint(self, place: Place) -> Endpoint:
        key = tensor_key(place.tensor)
        (call_id, index), spec = self._sources[key], self._known[key]
        return Endpoint(call_id, index, place.path, spec.shape, spec.dtype, place.order)


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
