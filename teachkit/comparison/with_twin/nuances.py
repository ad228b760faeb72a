"""What is true beside the verdict: "a Sequential model cannot" is often too simple."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from teachkit.comparison.findings import Reason
from teachkit.comparison.with_twin.chains import Block, blocks_of
from teachkit.comparison.with_twin.reasons import (
    is_layer_call,
    reasons_of,
    returns_all_of_last,
)
from teachkit.graph import Call, Layer, ModelGraph
from teachkit.speech import calls_text, listed, named, number, times

_INSIDE = {"branch", "merge", "same-tensor-twice"}


def nuances_of(graph: ModelGraph, reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """Return what else there is to know about a model and its Sequential form.

    Arguments:
        graph: of the model.
        reasons: why it has no Sequential twin, as `reasons_of` gives them.
    """
    graph = graph.visible()
    found = [*_training(graph), *_traced(graph)]
    if reasons:
        found += [*_blocks(graph), *_first_merge(graph, reasons)]
    else:
        found += [*_ends(graph), *_nested(graph), *_reused(graph)]
    return tuple(found)


def _training(graph: ModelGraph) -> Iterator[Reason]:
    for call in graph.calls:
        if "training=False" in call.arguments and is_layer_call(call):
            yield Reason(
                "explicit-training",
                f"{named(call.id)} is called with training=False. In a Functional "
                "model fit overrides this, so a Sequential model, which cannot say "
                "it, does the same. To freeze weights, set trainable = False.",
                (call.id,),
            )


def _traced(graph: ModelGraph) -> Iterator[Reason]:
    own = any(notice.code == "traced" and not notice.calls for notice in graph.notices)
    if own and graph.type != "Sequential":
        yield Reason(
            "traced",
            f"{named(graph.name)} is of the class {graph.type}, which runs Python code "
            "of its own. The verdict is about the calls that this code makes for "
            "tensors without numbers; for others it may make other calls.",
        )


def _blocks(graph: ModelGraph) -> Iterator[Reason]:
    blocks = blocks_of(graph)
    if not blocks:
        return
    calls = tuple(name for block in blocks for name in block.calls)
    if len(blocks) > 1:
        text = (
            f"{number(len(blocks)).capitalize()} blocks can each be wrapped as one "
            "layer, a nested model or a layer of your own, for example "
            f"{_told(blocks[0])}. A Sequential model of such blocks computes the same."
        )
    else:
        text = (
            f"A block can be wrapped as one layer, a nested model or a layer of your "
            f"own: {_told(blocks[0])}. {_rest(graph, blocks[0])}"
        )
    yield Reason("block-as-layer", text, calls)


def _told(block: Block) -> str:
    between = [named(name) for name in block.calls]
    return (
        f"the {calls_text(len(between))} {listed(between)}, from the output of "
        f"{named(block.fork)} to the join in {named(block.join)}"
        if len(between) > 1
        else f"the call {between[0]}, which reads {named(block.fork)} several ways"
    )


def _rest(graph: ModelGraph, block: Block) -> str:
    others = sum(1 for call in graph.calls if call.kind not in {"input", "constant"})
    if others == len(block.calls):
        return "But that is the whole model: the Sequential list would have one entry."
    return "That layer can stand in a Sequential model; what branches is inside it."


def _first_merge(graph: ModelGraph, reasons: Sequence[Reason]) -> Iterator[Reason]:
    """Tell that several inputs can be fed to a Sequential model that begins by merging.

    That is so if one layer reads a list of all inputs, and nothing else is odd.
    """
    if sorted(reason.code for reason in reasons) != ["merge", "several-inputs"]:
        return
    inputs = {end.call for end in graph.inputs}
    merge = next(reason for reason in reasons if reason.code == "merge")
    call = graph.call(merge.calls[0])
    read = graph.incoming(call.id)
    listed_ports = [f"[{k}]" for k in range(len(read))]
    ports = [tensor.port[tensor.port.find("[") :] for tensor in read]
    if {t.source for t in read} != inputs or ports != listed_ports:
        return
    order = listed([named(tensor.source) for tensor in read])
    yield Reason(
        "first-merge",
        f"A Sequential model without an Input that begins with {named(call.id)} "
        f"({call.type}) can be fed a list of {number(len(read))} arrays, for {order} "
        "in this order. It cannot give one of them layers of its own before that.",
        (call.id, *dict.fromkeys(t.source for t in read)),
    )


def _ends(graph: ModelGraph) -> Iterator[Reason]:
    if [end.path for end in graph.inputs] not in ([""], []) and len(graph.inputs) == 1:
        yield _container("input", graph.inputs[0].call, graph.inputs[0].path)
    if len(graph.outputs) == 1 and graph.outputs[0].path:
        yield _container("output", graph.outputs[0].call, graph.outputs[0].path)
    if len(graph.outputs) > 1 and returns_all_of_last(graph):
        name = graph.outputs[0].call
        count = number(len(graph.outputs))
        yield Reason(
            "several-results-at-the-end",
            f"{named(name)} returns {count} tensors and comes last, so a Sequential "
            f"model returns these {count} too. What it cannot have is two layers at "
            "the end.",
            (name,),
        )


def _container(kind: str, name: str, path: str) -> Reason:
    what = "a dict" if path[1:2] in {"'", '"'} else "a list"
    verb = "takes" if kind == "input" else "returns"
    return Reason(
        f"container-{kind}",
        f"The model {verb} {what} with {named(name)} in it, under {path}; its "
        f"Sequential twin {verb} the tensor itself.",
        (name,),
    )


def _nested(graph: ModelGraph) -> Iterator[Reason]:
    seen = set()
    for call in graph.calls:
        if call.nested is None or call.layer_id in seen:
            continue
        seen.add(call.layer_id)
        inside = [r for r in reasons_of(call.nested) if r.code in _INSIDE]
        if inside:
            yield _branches_inside(call, inside[0])


def _branches_inside(call: Call, reason: Reason) -> Reason:
    return Reason(
        "branch-inside",
        f"{named(call.id)} is one layer here, whatever happens in it: inside, "
        f"{named(reason.calls[0])} departs from a chain, and the model around it is a "
        "chain all the same.",
        (call.id,),
    )


def _reused(graph: ModelGraph) -> Iterator[Reason]:
    here = {call.id for call in graph.calls}
    for layer in graph.shared():
        own = tuple(path for path in layer.calls if path in here)
        if len(own) > 1:
            yield _listed_twice(layer, own)
        elif len(own) < len(layer.calls) and _apart(layer):
            yield _shared_inside(layer)


def _apart(layer: Layer) -> bool:
    """Tell whether a layer is used in several nested models, or in one and outside."""
    return len({path.rpartition("/")[0].partition(":")[0] for path in layer.calls}) > 1


def _listed_twice(layer: Layer, own: tuple[str, ...]) -> Reason:
    only_here = len(own) == len(layer.calls)
    saved = " The Functional form is saved right." if only_here else ""
    return Reason(
        "layer-reused",
        f"{named(layer.name)} is called {times(len(own))} with one set of "
        "weights. A Sequential model can list a layer twice and runs right, but saving "
        "it keeps only the first use: the loaded model computes something else."
        f"{saved}",
        own,
    )


def _shared_inside(layer: Layer) -> Reason:
    places = listed([named(path) for path in layer.calls])
    return Reason(
        "layer-reused",
        f"{named(layer.name)} is one layer with one set of weights at {places}. That "
        "runs in either form, but Keras may lose the sharing when it saves a model "
        "that shares a layer with a model inside it.",
        tuple(dict.fromkeys(path.partition("/")[0] for path in layer.calls)),
    )
