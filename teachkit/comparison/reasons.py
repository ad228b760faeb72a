"""Why a model has no Sequential twin: every reason, in words about this very model.

A Sequential model is a list of layers. Each is called on one tensor, what the layer
before it returned, and on nothing else. A reason is a place where a graph departs from
that. A pure function of the visible graph, in time linear in its size.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from teachkit.comparison.findings import Reason
from teachkit.comparison.speech import (
    calls_text,
    listed,
    named,
    number,
    output_of,
    sentence,
    with_shape,
)
from teachkit.graph import Call, Endpoint, ModelGraph, Tensor
from teachkit.layout.labels import port_text, shape_text

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
        return (_overridden(graph),)
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


def _overridden(graph: ModelGraph) -> Reason:
    return Reason(
        "overridden-call",
        f"The class {graph.type} of {named(graph.name)} has a call method of its own, "
        "which runs instead of the graph: a Sequential model runs its list of layers "
        "and nothing else.",
    )


def _of_inputs(graph: ModelGraph) -> Iterator[Reason]:
    names = tuple(dict.fromkeys(end.call for end in graph.inputs))
    if not names:
        yield Reason(
            "no-input-shape",
            f"{named(graph.name)} has no input yet, so no shape and no weight of it is "
            "known: put a keras.Input(...) first, or call it on data.",
        )
    if len(names) > 1:
        shown = listed([with_shape(end.call, end.shape) for end in _firsts(graph)])
        yield Reason(
            "several-inputs",
            f"The model has {number(len(names))} inputs, {shown}: a Sequential model "
            "starts from one.",
            names,
        )
    for name in graph.unused_inputs():
        yield Reason(
            "unused-input",
            f"Input {named(name)} feeds nothing: in a Sequential model each tensor "
            "goes to the next layer.",
            (name,),
        )
    if not any(call.kind not in {"input", "constant"} for call in graph.calls):
        yield Reason(
            "no-layers",
            f"{named(graph.name)} calls no layer, it returns what comes in: a "
            "Sequential model has at least one layer.",
            names,
        )


def _firsts(graph: ModelGraph) -> list[Endpoint]:
    """Return the inputs, one given twice only once."""
    return list({end.call: end for end in graph.inputs}.values())


def _of_outputs(model: _Model) -> Iterator[Reason]:
    graph = model.graph
    tensors = {(end.call, end.index): end for end in graph.outputs}
    if len(graph.outputs) > 1 and model.last is None:
        shown = listed([_end(graph, end) for end in tensors.values()])
        again = "" if len(tensors) == len(graph.outputs) else ", some more than once"
        yield Reason(
            "several-outputs",
            f"The model returns {number(len(graph.outputs))} outputs, {shown}{again}: "
            "a Sequential model returns what its last layer returns.",
            tuple(dict.fromkeys(name for name, _ in tensors)),
        )
    for name, index in tensors:
        readers = model.readers(name, index)
        if readers:
            yield _in_the_middle(graph.call(name), index, readers)


def _in_the_middle(call: Call, index: int, readers: tuple[str, ...]) -> Reason:
    shown = listed([named(reader) for reader in readers])
    return Reason(
        "output-in-the-middle",
        sentence(
            f"{output_of(call, index)} is an output of the model and also goes on to "
            f"{shown}: a Sequential model returns only what comes out at its end"
        ),
        (call.id, *readers),
    )


def _end(graph: ModelGraph, end: Endpoint) -> str:
    call = graph.call(end.call)
    which = f"{named(end.call)}[{end.index}]" if len(call.outputs) > 1 else None
    return f"{which or named(end.call)} {shape_text(end.shape)}"


def _of_call(model: _Model, call: Call) -> Iterator[Reason]:
    if call.kind == "constant":
        yield _constant(model, call)
        return
    if call.kind == "operation":
        yield _no_layer(call, f"an operation ({call.type})")
    elif call.kind == "model" and not is_layer_call(call):
        yield _no_layer(call, f"a keras.{call.type}")
    elif _is_whole(model.graph, call):
        yield _opaque(model.graph, call)
    if call.kind != "input":
        yield from _of_reading(model, call)
    yield from _of_result(model, call)


def _constant(model: _Model, call: Call) -> Reason:
    readers = model.readers(call.id, 0)
    what = "a variable" if call.type == "Variable" else "a constant"
    shown = listed([named(reader) for reader in readers])
    return Reason(
        "constant",
        sentence(
            f"{shown} read{'s' if len(readers) == 1 else ''} {what} of shape "
            f"{shape_text(call.outputs[0].shape)} beside the tensor: in a Sequential "
            "model a layer reads only what the layer before it returns"
        ),
        (call.id, *readers),
    )


def _no_layer(call: Call, what: str) -> Reason:
    return Reason(
        "operation",
        f"{named(call.id)} is {what} and no layer: a Sequential model is a list of "
        "layers. Inside a layer of your own it could stand there.",
        (call.id,),
    )


def _is_whole(graph: ModelGraph, call: Call) -> bool:
    """Tell whether a call is all there is: a model that could not be followed."""
    known = call.kind != "model" or call.nested is not None
    return not known and call.id == graph.name and call.type == graph.type


def _opaque(graph: ModelGraph, call: Call) -> Reason:
    why = next((n.text for n in graph.notices if n.code == "opaque"), "")
    return Reason(
        "opaque",
        f"Nobody can tell whether the layers of {named(graph.name)} form a chain: its "
        f"class {graph.type} runs Python code of its own. {why}".strip(),
        (call.id,),
    )


def _of_reading(model: _Model, call: Call) -> Iterator[Reason]:
    graph = model.graph
    read = [t for t in graph.incoming(call.id) if _is_data(graph, t)]
    tensors = list(dict.fromkeys((t.source, t.index) for t in read))
    if len(tensors) > 1:
        yield _merge(graph, call, read, tensors)
    elif len(read) > 1:
        yield _twice(graph, call, read)
    elif read and is_layer_call(call):
        yield from _of_hand_over(model, call, read[0])
    words = extra_arguments(call)
    if words and is_layer_call(call):
        yield _arguments(call, words)


def _of_hand_over(model: _Model, call: Call, tensor: Tensor) -> Iterator[Reason]:
    if call.id in model.by_keyword:
        yield _keyword(model.graph, call, tensor)
    elif tensor.port.endswith("]") and call.id not in model.bare:
        yield _list(model.graph, call, tensor)


def _is_data(graph: ModelGraph, tensor: Tensor) -> bool:
    return graph.call(tensor.source).kind != "constant"


def _merge(
    graph: ModelGraph, call: Call, read: list[Tensor], tensors: list[tuple[str, int]]
) -> Reason:
    sources = [_source(graph, tensor.source, tensor.index) for tensor in read]
    ports = [port_text(tensor.port) for tensor in read]
    told = "" if ports[0].startswith("[") else f" (as {listed(ports)})"
    return Reason(
        "merge",
        f"{named(call.id)} reads {number(len(read))} tensors, {listed(sources)}{told}: "
        "in a Sequential model a layer reads one, the output of the layer before it.",
        (call.id, *dict.fromkeys(source for source, _ in tensors)),
    )


def _source(graph: ModelGraph, name: str, index: int) -> str:
    call = graph.call(name)
    whole = len(call.outputs) < 2
    return named(name) if whole else f"{named(name)}[{index}]"


def _twice(graph: ModelGraph, call: Call, read: list[Tensor]) -> Reason:
    ports = [port_text(tensor.port) for tensor in read]
    told = "in one list" if ports[0].startswith("[") else f"as {listed(ports)}"
    times = "twice" if len(read) == 2 else f"{number(len(read))} times"
    source = output_of(graph.call(read[0].source), read[0].index)
    return Reason(
        "same-tensor-twice",
        f"{named(call.id)} reads {source} {times}, {told}: a Sequential model "
        "hands a tensor to a layer once.",
        (call.id, read[0].source),
    )


def _keyword(graph: ModelGraph, call: Call, tensor: Tensor) -> Reason:
    source = output_of(graph.call(tensor.source), tensor.index)
    return Reason(
        "tensor-by-keyword",
        f"{named(call.id)} gets {source} as its argument {tensor.port}: a Sequential "
        "model hands a tensor over as the first argument.",
        (call.id, tensor.source),
    )


def _list(graph: ModelGraph, call: Call, tensor: Tensor) -> Reason:
    source = output_of(graph.call(tensor.source), tensor.index)
    what = "a dict" if "['" in tensor.port or '["' in tensor.port else "a list"
    return Reason(
        "list-argument",
        f"{named(call.id)} is called on {what} with {source} in it: a Sequential model "
        "hands over the tensor itself.",
        (call.id, tensor.source),
    )


def _arguments(call: Call, words: tuple[str, ...]) -> Reason:
    more = ""
    if "training=True" in words:
        more = " (Only model(x) keeps training=True; fit and predict override it.)"
    return Reason(
        "call-argument",
        f"{named(call.id)} is called with {listed(list(words))}: a Sequential model "
        f"calls a layer with its tensor and nothing else.{more}",
        (call.id,),
    )


def _of_result(model: _Model, call: Call) -> Iterator[Reason]:
    readers: dict[int, dict[str, None]] = {}
    for tensor in model.graph.outgoing(call.id):
        readers.setdefault(tensor.index, {})[tensor.target] = None
    for index in sorted(readers):
        if len(readers[index]) > 1:
            yield _branch(call, index, tuple(readers[index]))
    if len(call.outputs) > 1 and is_layer_call(call) and call.id != model.last:
        used = sorted(model.returned[call.id] | set(readers))
        targets = dict.fromkeys(name for group in readers.values() for name in group)
        yield _several_results(call, used, tuple(targets))


def _branch(call: Call, index: int, readers: tuple[str, ...]) -> Reason:
    shown = listed([named(reader) for reader in readers])
    return Reason(
        "branch",
        sentence(
            f"{output_of(call, index)} goes to {calls_text(len(readers))}, {shown}: a "
            "Sequential model hands each output to the next layer only"
        ),
        (call.id, *readers),
    )


def _several_results(call: Call, used: list[int], targets: tuple[str, ...]) -> Reason:
    count = len(call.outputs)
    which = "them one by one"
    if not used:
        which = "none of them"
    elif len(used) < count:
        which = f"only {listed([f'number {index}' for index in used])}, from 0 on"
    return Reason(
        "several-results",
        f"{named(call.id)} returns {number(count)} tensors and the model uses {which}: "
        "a Sequential model hands on all that a layer returns, as one.",
        (call.id, *targets),
    )
