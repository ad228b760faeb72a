"""The sentences of the reasons: each names the calls and shapes of this very model."""

from __future__ import annotations

from teachkit.comparison.findings import Reason
from teachkit.graph import Call, Endpoint, ModelGraph, Tensor
from teachkit.layout.labels import port_text, shape_text
from teachkit.speech import (
    calls_text,
    listed,
    named,
    number,
    output_of,
    sentence,
    times,
    with_shape,
)


def overridden_call(graph: ModelGraph) -> Reason:
    """Tell that code of the class runs instead of the graph."""
    return Reason(
        "overridden-call",
        f"The class {graph.type} of {named(graph.name)} has a call method of its own, "
        "which runs instead of the graph: a Sequential model runs its list of layers "
        "and nothing else.",
    )


def no_input(graph: ModelGraph) -> Reason:
    """Tell that shapes are not known yet."""
    return Reason(
        "no-input-shape",
        f"{named(graph.name)} has no input yet, so no shape and no weight of it is "
        "known: put a keras.Input(...) first, or call it on data.",
    )


def several_inputs(graph: ModelGraph) -> Reason:
    """Tell which inputs there are."""
    ends = {end.call: end for end in graph.inputs}
    shown = listed([with_shape(end.call, end.shape) for end in ends.values()])
    return Reason(
        "several-inputs",
        f"The model has {number(len(ends))} inputs, {shown}: in a Sequential model "
        "no input has a path of its own.",
        tuple(ends),
    )


def unused_input(name: str) -> Reason:
    """Tell of an input that nothing reads."""
    return Reason(
        "unused-input",
        f"Input {named(name)} feeds nothing: in a Sequential model each tensor goes to "
        "the next layer.",
        (name,),
    )


def no_layers(graph: ModelGraph, names: tuple[str, ...]) -> Reason:
    """Tell that there is nothing to list."""
    return Reason(
        "no-layers",
        f"{named(graph.name)} calls no layer, it returns what comes in: a Sequential "
        "model has at least one layer.",
        names,
    )


def several_outputs(graph: ModelGraph) -> Reason:
    """Tell which outputs there are."""
    tensors = {(end.call, end.index): end for end in graph.outputs}
    shown = listed([_end(graph, end) for end in tensors.values()])
    again = "" if len(tensors) == len(graph.outputs) else ", some more than once"
    return Reason(
        "several-outputs",
        f"The model returns {number(len(graph.outputs))} outputs, {shown}{again}: a "
        "Sequential model returns what its last layer returns.",
        tuple(dict.fromkeys(name for name, _ in tensors)),
    )


def _end(graph: ModelGraph, end: Endpoint) -> str:
    call = graph.call(end.call)
    which = f"{named(end.call)}[{end.index}]" if len(call.outputs) > 1 else None
    return f"{which or named(end.call)} {shape_text(end.shape)}"


def output_in_the_middle(call: Call, index: int, readers: tuple[str, ...]) -> Reason:
    """Tell of an output that other calls read."""
    shown = listed([named(reader) for reader in readers])
    return Reason(
        "output-in-the-middle",
        sentence(
            f"{output_of(call, index)} is an output of the model and also goes on to "
            f"{shown}: a Sequential model returns only what comes out at its end"
        ),
        (call.id, *readers),
    )


def reads_constant(call: Call, readers: tuple[str, ...]) -> Reason:
    """Tell of numbers that calls read beside their tensor."""
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


def no_layer(call: Call, what: str) -> Reason:
    """Tell of a call that is of no layer."""
    return Reason(
        "operation",
        f"{named(call.id)} is {what} and no layer: a Sequential model is a list of "
        "layers. Inside a layer of your own it could stand there.",
        (call.id,),
    )


def opaque(graph: ModelGraph, call: Call) -> Reason:
    """Tell that nobody knows the calls of a model."""
    why = next((n.text for n in graph.notices if n.code == "opaque"), "")
    return Reason(
        "opaque",
        f"Nobody can tell whether the layers of {named(graph.name)} form a chain: its "
        f"class {graph.type} runs Python code of its own. {why}".strip(),
        (call.id,),
    )


def merge(
    graph: ModelGraph, call: Call, read: list[Tensor], tensors: list[tuple[str, int]]
) -> Reason:
    """Tell of a call that reads several tensors."""
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


def same_tensor_twice(graph: ModelGraph, call: Call, read: list[Tensor]) -> Reason:
    """Tell of a call that reads one tensor more than once."""
    ports = [port_text(tensor.port) for tensor in read]
    told = "in one list" if ports[0].startswith("[") else f"as {listed(ports)}"
    source = output_of(graph.call(read[0].source), read[0].index)
    return Reason(
        "same-tensor-twice",
        f"{named(call.id)} reads {source} {times(len(read))}, {told}: a Sequential "
        "model hands a tensor to a layer once.",
        (call.id, read[0].source),
    )


def tensor_by_keyword(graph: ModelGraph, call: Call, tensor: Tensor) -> Reason:
    """Tell of a tensor that is not the first argument."""
    source = output_of(graph.call(tensor.source), tensor.index)
    return Reason(
        "tensor-by-keyword",
        f"{named(call.id)} gets {source} as its argument {tensor.port}: a Sequential "
        "model hands a tensor over as the first argument.",
        (call.id, tensor.source),
    )


def list_argument(graph: ModelGraph, call: Call, tensor: Tensor) -> Reason:
    """Tell of a tensor that comes in a list or dict."""
    source = output_of(graph.call(tensor.source), tensor.index)
    what = "a dict" if "['" in tensor.port or '["' in tensor.port else "a list"
    return Reason(
        "list-argument",
        f"{named(call.id)} is called on {what} with {source} in it: a Sequential model "
        "hands over the tensor itself.",
        (call.id, tensor.source),
    )


def call_arguments(call: Call, words: tuple[str, ...]) -> Reason:
    """Tell of what a call is given beside its tensor."""
    more = ""
    if "training=True" in words:
        more = " (Only model(x) keeps training=True; fit and predict override it.)"
    return Reason(
        "call-argument",
        f"{named(call.id)} is called with {listed(list(words))}: a Sequential model "
        f"calls a layer with its tensor and nothing else.{more}",
        (call.id,),
    )


def branch(call: Call, index: int, readers: tuple[str, ...]) -> Reason:
    """Tell of a tensor that several calls read."""
    shown = listed([named(reader) for reader in readers])
    return Reason(
        "branch",
        sentence(
            f"{output_of(call, index)} goes to {calls_text(len(readers))}, {shown}: a "
            "Sequential model hands each output to the next layer only"
        ),
        (call.id, *readers),
    )


def several_results(call: Call, used: list[int], targets: tuple[str, ...]) -> Reason:
    """Tell of a layer whose results go separate ways."""
    count = len(call.outputs)
    which = "them one by one"
    if not used:
        which = "none of them"
    elif len(used) < count:
        which = f"only number {listed([str(k) for k in used])}, counted from 0"
    return Reason(
        "several-results",
        f"{named(call.id)} returns {number(count)} tensors and the model uses {which}: "
        "a Sequential model hands on all that a layer returns, as one.",
        (call.id, *targets),
    )
