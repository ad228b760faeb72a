"""The edges of a model as Keras itself writes them down, in its `get_config`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping


def config_edges(model):
    """Return (source, index, target) of every edge, and how often there is one.

    A call goes by the name of its layer, and `name:2` from the second one on.
    """
    edges = Counter()
    for layer in model.get_config()["layers"]:
        for number, node in enumerate(layer["inbound_nodes"], start=1):
            target = _numbered(layer["name"], number)
            edges.update((*source, target) for source in _sources(node))
    return edges


def _numbered(name, number):
    return name if number == 1 else f"{name}:{number}"


def _sources(value):
    if isinstance(value, Mapping):
        if value.get("class_name") == "__keras_tensor__":
            name, node, index = value["config"]["keras_history"]
            yield _numbered(name, node + 1), index
            return
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        for item in value:
            yield from _sources(item)


def graph_edges(graph):
    """Return the same of a graph; constants are no edges in a configuration."""
    constants = {call.id for call in graph.calls if call.kind == "constant"}
    edges = ((t.source, t.index, t.target) for t in graph.tensors)
    return Counter(edge for edge in edges if edge[0] not in constants)
