"""A graph as a few lines of text, in which its truth can be written by hand.

    in: image, words @ ['text'] #0
    image = input (None, 4)
    dense:2 = Dense(inputs: image) (None, 3)
    not_equal = ops.NotEqual(x1 ~ words, x2=0) (None, 5) bool, plumbing
    encoder = model Functional(inputs: dense:2) (None, 3)
        ...
    out: encoder, lstm[1]

`:` is an edge of the author, `~` one that Keras added; `@` tells where an end stands,
`#` its number for Keras where it differs, `[1]` the second output of several.
"""

from __future__ import annotations

_KINDS = {"operation": "ops.", "model": "model ", "layer": ""}


def sketch(graph):
    """Return the lines of a graph as one text."""
    return "\n".join(_lines(graph)) + "\n"


def _lines(graph):
    yield from _ends("in", graph, graph.inputs)
    for call in graph.calls:
        yield _line(graph, call)
        if call.nested is not None:
            yield from ("    " + line for line in _lines(call.nested))
    yield from _ends("out", graph, graph.outputs)


def _ends(word, graph, endpoints):
    if endpoints:
        ends = (_end(graph, k, one) for k, one in enumerate(endpoints))
        yield f"{word}: " + ", ".join(ends)


def _end(graph, position, endpoint):
    place = f" @ {endpoint.path}" if endpoint.path else ""
    number = f" #{endpoint.order}" if endpoint.order != position else ""
    return _source(graph, endpoint.call, endpoint.index) + place + number


def _line(graph, call):
    outputs = ", ".join(map(_spec, call.outputs))
    end = ", plumbing" if call.plumbing else ""
    if call.kind in {"input", "constant"}:
        return f"{call.id} = {call.kind} {outputs}{end}"
    edges = [
        f"{t.port}{' ~' if t.implicit else ':'} {_source(graph, t.source, t.index)}"
        for t in graph.incoming(call.id)
    ]
    arguments = ", ".join((*edges, *call.arguments))
    return f"{call.id} = {_KINDS[call.kind]}{call.type}({arguments}) {outputs}{end}"


def _source(graph, call_id, index):
    several = len(graph.call(call_id).outputs) > 1
    return f"{call_id}[{index}]" if several else call_id


def _spec(spec):
    if spec.shape is None:
        return "?"
    return str(spec.shape) + ("" if spec.dtype == "float32" else f" {spec.dtype}")
