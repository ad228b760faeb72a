"""A model as Graphviz source, for those who want to go on with Graphviz."""

from __future__ import annotations

import graphviz

from teachkit.graph import Call, ModelGraph
from teachkit.layout.labels import port_text, shape_text, type_text


def graphviz_source(graph: ModelGraph) -> str:
    """Return DOT source with a box for each call and an edge for each tensor."""
    shown = graph.visible()
    source = graphviz.Digraph(
        name=_plain(shown.name), node_attr={"shape": "box", "fontname": "Helvetica"}
    )
    numbers = {call.id: f"call{k}" for k, call in enumerate(shown.calls)}
    for call in shown.calls:
        source.node(numbers[call.id], label=_label(call))
    for tensor in shown.tensors:
        source.edge(
            numbers[tensor.source],
            numbers[tensor.target],
            taillabel=str(tensor.index) if tensor.index else None,
            tooltip=_plain(port_text(tensor.port)),
        )
    return str(source.source)


def _label(call: Call) -> str:
    shapes = [shape_text(spec.shape) for spec in call.outputs]
    return "\n".join(_plain(line) for line in (call.id, type_text(call), *shapes))


def _plain(text: str) -> str:
    """Return text that Graphviz takes as it is: no escapes, no HTML labels."""
    return str(graphviz.escape(graphviz.nohtml(text[:200])))
