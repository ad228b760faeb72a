"""What a model computes, in a form that does not depend on how it is written."""

from __future__ import annotations

from collections.abc import Mapping

from teachkit.graph import ModelGraph
from teachkit.normal_form.inlining import Inliner
from teachkit.normal_form.isomorphism import find_isomorphism
from teachkit.normal_form.nodes import (
    Body,
    Isomorphism,
    Meaning,
    Node,
    NormalGraph,
    Read,
)
from teachkit.normal_form.rewriting import Rewriter
from teachkit.normal_form.settings import ADAPTED

__all__ = [
    "Body",
    "Isomorphism",
    "Meaning",
    "Node",
    "NormalGraph",
    "Read",
    "find_isomorphism",
    "normal_form",
]

_NONE: Mapping[str, Body] = {}


def normal_form(
    graph: ModelGraph, bodies: Mapping[str, Body] = _NONE, *, strict: bool = False
) -> NormalGraph:
    """Return what a model computes, in a form in which equal models are alike.

    Names and seeds are left out. So are, unless it is strict: whether an activation is
    part of a layer, a layer of its own or an operation; layers or operations
    (`Add` or `+`); the order of what is added, multiplied, averaged or compared;
    nested models; layers that do nothing; masks that Keras passes along; and what
    concerns training alone (initializers, regularizers, constraints, momentum, frozen
    or not, whether a layer without weights is called twice). Sharing of weights stays.

    Arguments:
        graph: the model.
        bodies: by path of the call, what Lambda and custom layers do, and digests of
            constants; see `keras_reader.bodies_of`.
        strict: leave out nothing but names and seeds.

    Raises:
        ModelError: opened, the model would have more than 300,000 calls.

    Example:
        >>> from teachkit.graph import Call, Endpoint, TensorSpec
        >>> x = Call("x", "x", "input", "InputLayer", outputs=(TensorSpec((4,), "f"),))
        >>> end = Endpoint("x", 0, "", (4,), "f")
        >>> tiny = ModelGraph("tiny", "Functional", (x,), (), (end,), (end,))
        >>> [node.meaning.type for node in normal_form(tiny).nodes]
        ['input', 'output']
    """
    inliner = Inliner(graph, bodies, strict=strict)
    own_code = graph.type if graph.overridden_call else ""
    rewriter = Rewriter(bodies, own_code, strict=strict)
    nodes = rewriter.nodes(inliner.steps, inliner.outputs)
    layers = (layer for layer in graph.layers if layer.type not in ADAPTED)
    weights = {layer.id: layer.weights for layer in layers}
    return NormalGraph(graph, tuple(nodes), weights, strict)
