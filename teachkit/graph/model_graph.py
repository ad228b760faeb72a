"""A model as a graph of calls."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Literal

from teachkit.errors import WrongValueError
from teachkit.graph.config import Config
from teachkit.graph.encoding import damaged, decoded, encoded
from teachkit.graph.records import Endpoint, Layer, Notice, Tensor, TensorSpec, Weight

Kind = Literal["input", "layer", "operation", "model", "constant"]


@dataclass(frozen=True, slots=True)
class Call:
    """A node: one use of a layer, operation or nested model; an input; a constant.

    Attributes:
        id: layer name, or `name:2` for the second call of it in this graph.
        layer: name of the layer; None for what has no layer.
        kind: `input`, `layer`, `operation`, `model` (its operation is itself a graph,
            or a subclassed model) or `constant` (an array or variable read directly).
        type: class name of the layer or operation.
        ordinal: this is the k-th call of its layer in this graph, counted from 1.
        inputs, outputs: shape and dtype of each tensor of *this* call.
        config: arguments of the layer or operation.
        params: of the layer, counted once however often it is called.
        nested: the graph inside, with the shapes of this call.
        plumbing: Keras inserted it to compute a mask; hidden from drawings.
        layer_id: id of the `Layer`, unique across nested models.
        family: group of layers, such as `convolutional` or `merging`.
        arguments: what else the call was given, in words: `training=False`.
    """

    id: str
    layer: str | None
    kind: Kind
    type: str
    ordinal: int = 1
    inputs: tuple[TensorSpec, ...] = ()
    outputs: tuple[TensorSpec, ...] = ()
    config: Config = field(default_factory=lambda: Config({}))
    params: int = 0
    trainable: bool = True
    nested: ModelGraph | None = None
    plumbing: bool = False
    layer_id: str | None = None
    family: str = "core"
    arguments: tuple[str, ...] = ()


@dataclass(frozen=True)
class ModelGraph:
    """A model as a graph of calls: plain data that two readings give alike.

    Attributes:
        name, type: of the model; type is `Functional`, `Sequential` or its class.
        calls, tensors: nodes and edges in topological order, the inputs first.
        inputs, outputs: endpoints in the order in which the author gave them.
        layers: every layer, in nested models too, in the order of their first call.
        weights: every variable once.
        notices: what the author should know.
        overridden_call: the class has a `call` of its own, which runs instead.

    Example:
        >>> two, three = (TensorSpec((None, n), "float32") for n in (2, 3))
        >>> a = Call("a", "a", "input", "InputLayer", outputs=(two,))
        >>> d = Call("d", "d", "layer", "Dense", outputs=(three,))
        >>> wire = Tensor("a", 0, "d", "inputs", (None, 2), "float32")
        >>> graph = ModelGraph("tiny", "Functional", (a, d), (wire,))
        >>> [tensor.target for tensor in graph.outgoing("a")]
        ['d']
    """

    name: str
    type: str
    calls: tuple[Call, ...]
    tensors: tuple[Tensor, ...]
    inputs: tuple[Endpoint, ...] = ()
    outputs: tuple[Endpoint, ...] = ()
    layers: tuple[Layer, ...] = ()
    weights: tuple[Weight, ...] = ()
    notices: tuple[Notice, ...] = ()
    overridden_call: bool = False

    @cached_property
    def _by_id(self) -> dict[str, Call]:
        return {call.id: call for call in self.calls}

    @cached_property
    def _edges(self) -> tuple[dict[str, list[Tensor]], dict[str, list[Tensor]]]:
        incoming: dict[str, list[Tensor]] = {call.id: [] for call in self.calls}
        outgoing: dict[str, list[Tensor]] = {call.id: [] for call in self.calls}
        for tensor in self.tensors:
            incoming[tensor.target].append(tensor)
            outgoing[tensor.source].append(tensor)
        return incoming, outgoing

    def call(self, name_or_id: str) -> Call:
        """Return a call by id, or by path into nested models: `encoder/dense`.

        A layer's name gives its first call.

        Raises:
            WrongValueError: there is no such call; names that come close are told.
        """
        if name_or_id in self._by_id:
            return self._by_id[name_or_id]
        first, slash, rest = name_or_id.partition("/")
        outer = self._by_id.get(first)
        if slash and outer and outer.nested:
            return outer.nested.call(rest)
        close = difflib.get_close_matches(name_or_id, self._by_id, n=3, cutoff=0.4)
        names = close or list(self._by_id)[:8]
        raise WrongValueError(
            f"the id of a call of model '{self.name}'",
            f"'{name_or_id}', which no call has",
            "take one of its calls, for example " + ", ".join(f"'{n}'" for n in names),
        )

    def incoming(self, call_id: str) -> tuple[Tensor, ...]:
        """Return the tensors that a call reads, in the order of its arguments."""
        return tuple(self._edges[0][call_id])

    def outgoing(self, call_id: str) -> tuple[Tensor, ...]:
        """Return the tensors that other calls read from this one."""
        return tuple(self._edges[1][call_id])

    def shared(self) -> tuple[Layer, ...]:
        """Return the layers that are called at more than one place; inputs are not."""
        called = (layer for layer in self.layers if layer.family != "input")
        return tuple(layer for layer in called if len(layer.calls) > 1)

    def unused_inputs(self) -> tuple[str, ...]:
        """Return the ids of inputs that nothing reads and that are no output."""
        returned = {endpoint.call for endpoint in self.outputs}
        inputs = (call.id for call in self.calls if call.kind == "input")
        return tuple(i for i in inputs if not self._edges[1][i] and i not in returned)

    @property
    def params(self) -> int:
        """How many numbers all weights hold, each counted once."""
        return sum(weight.size for weight in self.weights)

    def visible(self) -> ModelGraph:
        """Return the graph its author wrote: without plumbing and implicit edges."""
        hidden = {call.id for call in self.calls if call.plumbing}
        if not hidden and not any(tensor.implicit for tensor in self.tensors):
            return self
        return replace(
            self,
            calls=tuple(call for call in self.calls if call.id not in hidden),
            tensors=tuple(
                tensor
                for tensor in self.tensors
                if not (tensor.implicit or {tensor.source, tensor.target} & hidden)
            ),
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the graph as JSON values, with the number of the format.

        Example:
            >>> ModelGraph("empty", "Functional", (), ()).to_dict()["format"]
            1
        """
        return encoded(self)

    @classmethod
    def from_dict(cls, data: Any) -> ModelGraph:
        """Return the graph that `to_dict` wrote.

        Raises:
            WrongValueError: the format is another one, or the data are damaged; the
                message tells where.
        """
        graph = decoded(data, cls)
        _check_references(graph)
        return graph


def _check_references(graph: ModelGraph) -> None:
    """Refuse data in which a tensor or an endpoint names a call that is not there."""
    waiting = [graph]
    for one in waiting:
        ids = [call.id for call in one.calls]
        named = {call_id for t in one.tensors for call_id in (t.source, t.target)}
        named.update(endpoint.call for endpoint in (*one.inputs, *one.outputs))
        if len(set(ids)) < len(ids):
            raise damaged(f"two calls of the same id in '{one.name}'")
        if not named <= set(ids):
            raise damaged(f"no call '{min(named - set(ids))}' in '{one.name}'")
        waiting.extend(call.nested for call in one.calls if call.nested is not None)
