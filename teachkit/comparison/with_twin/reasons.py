"""Why a model has no Sequential twin: every reason, in words about this very model.

A Sequential model is a list of layers. Each is called on one tensor, what the layer
before it returned, and on nothing else. A reason is a place where a graph departs from
that. A pure function of the visible graph, in time linear in its size.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from teachkit.comparison.findings import Reason
from teachkit.comparison.with_twin import reason_texts as say
from teachkit.graph import Call, ModelGraph, Tensor

_HARMLESS = "training=False"
"""fit and predict override it, and at inference it is the default."""


def reasons_of(
    graph: ModelGraph,
    *,
    by_keyword: frozenset[str] = frozenset(),
    bare: frozenset[str] = frozenset(),
) -> tuple[Reason, ...]:
    """Return every reason why a graph cannot be written as a Sequential model.

    Arguments:
        graph: of the model; what Keras added for masks is left aside.
        by_keyword: ids of calls whose tensor does not come as their first argument,
            which a graph does not tell.
        bare: ids of calls that take any number of tensors, `call(self, *tensors)`,
            and that so do not read a list where they seem to.

    Returns:
        The reasons: those about the whole model, then those about its calls in
        topological order. Empty if the calls form a chain of layers.
    """
    graph = graph.visible()
    if graph.overridden_call:
        return (say.overridden_call(graph),)
    model = _Model(graph, by_keyword, bare)
    found = [*_of_inputs(graph), *_of_outputs(model)]
    for call in graph.calls:
        found += _of_call(model, call)
    return tuple(found)


class _Model:
    """A graph with what the reasons look up in it again and again."""

    def __init__(
        self, graph: ModelGraph, by_keyword: frozenset[str], bare: frozenset[str]
    ) -> None:
        self.graph = graph
        self.by_keyword = by_keyword
        self.bare = bare
        self.returned: dict[str, set[int]] = defaultdict(set)
        for end in graph.outputs:
            self.returned[end.call].add(end.index)
        self.last = graph.outputs[0].call if returns_all_of_last(graph) else None

    def readers(self, name: str, index: int) -> tuple[str, ...]:
        """Return the calls that read a tensor, each once."""
        going = self.graph.outgoing(name)
        return tuple(dict.fromkeys(t.target for t in going if t.index == index))


def layer_calls(graph: ModelGraph) -> tuple[Call, ...]:
    """Return the calls of layers and of models that are layers, without the inputs."""
    return tuple(call for call in graph.calls if is_layer_call(call))


def is_layer_call(call: Call) -> bool:
    """Tell whether a call could stand in a list of layers at all.

    A `keras.Function` is a graph and no layer.
    """
    return call.kind in {"layer", "model"} and call.layer is not None


def extra_arguments(call: Call) -> tuple[str, ...]:
    """Return what a call was given beside its tensors and does make a difference."""
    return tuple(words for words in call.arguments if words != _HARMLESS)


def returns_all_of_last(graph: ModelGraph) -> bool:
    """Tell whether the outputs are just what one call returns, whole and in order."""
    ends = sorted(graph.outputs, key=lambda end: end.order)
    calls = {end.call for end in ends}
    if len(calls) != 1:
        return False
    returned = len(graph.call(ends[0].call).outputs)
    return [end.index for end in ends] == list(range(returned))


def _of_inputs(graph: ModelGraph) -> Iterator[Reason]:
    names = tuple(dict.fromkeys(end.call for end in graph.inputs))
    if not names:
        yield say.no_input(graph)
    if len(names) > 1:
        yield say.several_inputs(graph)
    for name in graph.unused_inputs():
        yield say.unused_input(name)
    if not any(call.kind not in {"input", "constant"} for call in graph.calls):
        yield say.no_layers(graph, names)


def _of_outputs(model: _Model) -> Iterator[Reason]:
    graph = model.graph
    if len(graph.outputs) > 1 and model.last is None:
        yield say.several_outputs(graph)
    tensors = dict.fromkeys((end.call, end.index) for end in graph.outputs)
    for name, index in tensors:
        readers = model.readers(name, index)
        if readers:
            yield say.output_in_the_middle(graph.call(name), index, readers)


def _of_call(model: _Model, call: Call) -> Iterator[Reason]:
    if call.kind == "constant":
        yield say.reads_constant(call, model.readers(call.id, 0))
        return
    if call.kind == "operation":
        yield say.no_layer(call, f"an operation ({call.type})")
    elif call.kind == "model" and not is_layer_call(call):
        yield say.no_layer(call, f"a keras.{call.type}")
    elif _is_whole(model.graph, call):
        yield say.opaque(model.graph, call)
    if call.kind != "input":
        yield from _of_reading(model, call)
    yield from _of_result(model, call)


def _is_whole(graph: ModelGraph, call: Call) -> bool:
    """Tell whether a call is all there is: a model that could not be followed."""
    known = call.kind != "model" or call.nested is not None
    return not known and call.id == graph.name and call.type == graph.type


def _of_reading(model: _Model, call: Call) -> Iterator[Reason]:
    graph = model.graph
    read = [t for t in graph.incoming(call.id) if _is_data(graph, t)]
    tensors = list(dict.fromkeys((t.source, t.index) for t in read))
    if len(tensors) > 1:
        yield say.merge(graph, call, read, tensors)
    elif len(read) > 1:
        yield say.same_tensor_twice(graph, call, read)
    elif read and is_layer_call(call):
        yield from _of_hand_over(model, call, read[0])
    words = extra_arguments(call)
    if words and is_layer_call(call):
        yield say.call_arguments(call, words)


def _of_hand_over(model: _Model, call: Call, tensor: Tensor) -> Iterator[Reason]:
    if call.id in model.by_keyword:
        yield say.tensor_by_keyword(model.graph, call, tensor)
    elif tensor.port.endswith("]") and call.id not in model.bare:
        yield say.list_argument(model.graph, call, tensor)


def _is_data(graph: ModelGraph, tensor: Tensor) -> bool:
    return graph.call(tensor.source).kind != "constant"


def _of_result(model: _Model, call: Call) -> Iterator[Reason]:
    readers: dict[int, dict[str, None]] = {}
    for tensor in model.graph.outgoing(call.id):
        readers.setdefault(tensor.index, {})[tensor.target] = None
    for index in sorted(readers):
        if len(readers[index]) > 1:
            yield say.branch(call, index, tuple(readers[index]))
    if len(call.outputs) > 1 and is_layer_call(call) and call.id != model.last:
        used = sorted(model.returned[call.id] | set(readers))
        targets = dict.fromkeys(name for group in readers.values() for name in group)
        yield say.several_results(call, used, tuple(targets))
