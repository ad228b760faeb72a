"""Let something else run while Keras runs a model: what it makes its calls with.

Keras itself converts inputs, passes masks and `training` along and packs the outputs;
only the calls in between are taken over. The private attributes for that are here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import keras

from teachkit.keras_reader.internals import mask_of

RunGraph = Callable[[list[Any], Callable[[Any], Any]], Any]
"""Runs a graph, given its flat inputs and what wraps each operation."""


def with_mask_of(tensor: Any, other: Any) -> Any:
    """Attach to a tensor with numbers the mask of another one; return the tensor."""
    mask = mask_of(other)
    if mask is not None:
        tensor._keras_mask = mask
    return tensor


def like_output(tensor: Any, other: Any) -> Any:
    """Attach to a copy of an output what Keras attached to it; return the copy.

    That is its mask, and the logits behind a softmax: a cross-entropy reads those.
    """
    logits = logits_of(other)
    if logits is not None:
        tensor._keras_logits = logits
    return with_mask_of(tensor, other)


def logits_of(tensor: Any) -> Any:
    """Return what Keras remembers that a softmax or sigmoid was taken of, or None."""
    return getattr(tensor, "_keras_logits", None)


def nodes_in_order(function: Any) -> list[tuple[Any, int]]:
    """Return the calls of a graph in the order in which Keras makes them.

    Each is given by its operation and its number among all calls of that operation.
    """
    by_depth = function._nodes_by_depth
    nodes = [
        node for depth in sorted(by_depth, reverse=True) for node in by_depth[depth]
    ]
    made = [node for node in nodes if node.operation and not node.is_input]
    return [(n.operation, n.operation._inbound_nodes.index(n)) for n in made]


@contextmanager
def graph_run_by(function: Any, run: RunGraph) -> Iterator[None]:
    """Let something else make the calls of a graph when Keras runs it.

    Keras goes on to convert the inputs before, and to pack what comes out.

    Arguments:
        function: of Keras.
        run: receives the inputs in Keras' flat order, and what wraps each operation
            such that it gets the context of the call; returns the nested outputs, or
            `NotImplemented` to leave it to Keras.
    """
    own = function._run_through_graph

    def instead(inputs: Any, operation_fn: Any = lambda one: one, **others: Any) -> Any:
        found = run(keras.tree.flatten(inputs), operation_fn)
        if found is not NotImplemented:
            return found
        return own(inputs, operation_fn=operation_fn, **others)

    with _attribute(function, "_run_through_graph", instead):
        yield


@contextmanager
def call_made_by(layer: Any, call: Callable[..., Any]) -> Iterator[None]:
    """Let something else run when Keras calls the `call` of a layer."""
    with _attribute(layer, "call", call):
        yield


@contextmanager
def _attribute(owner: Any, name: str, value: Any) -> Iterator[None]:
    """Give an object an attribute for a while, without Keras tracking it."""
    before = vars(owner).get(name)
    vars(owner)[name] = value
    try:
        yield
    finally:
        if before is None:
            vars(owner).pop(name, None)
        else:
            vars(owner)[name] = before
