"""A model as Graphviz source, for those who want to go on with Graphviz."""

from __future__ import annotations

import graphviz

from teachkit.graph import Call, ModelGraph
from teachkit.layout.labels import port_text, shape_text, type_text
from teachkit.layout.text_size import visible

_LONGEST = 200


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
    return _plain(call.id, type_text(call), *shapes)


def _plain(*lines: str) -> str:
    """Return text that Graphviz takes as it is: no escapes, no HTML labels.

    What `escape` returns is marked as plain; any change to it would lose the mark.
    """
    shown = ("".join(map(visible, line[:_LONGEST])) for line in lines if line)
    marked: str = graphviz.escape("\n".join(shown))
    return marked
