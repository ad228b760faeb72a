"""From the outputs of a model back to its inputs: the calls, in topological order.

The walk keeps a stack of its own, so that a chain of 10,000 calls needs no more of
Python's stack than a chain of three.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from teachkit.keras_reader.internals import TensorKey, node_of, tensor_key
from teachkit.keras_reader.ports import Argument, arguments_of


@dataclass(eq=False, slots=True)
class Visit:
    """One call of the graph, as Keras recorded it."""

    operation: Any
    outputs: list[Any]
    args: tuple[Any, ...] = ()
    kwargs: dict[str, Any] = field(default_factory=dict)
    arguments: list[Argument] = field(default_factory=list)
    node_index: int = 0
    is_input: bool = False

    def tensors(self) -> list[Any]:
        """Return the tensors that this call reads."""
        return [a.value for a in self.arguments if a.is_tensor]

    def index_of(self, tensor: Any) -> int:
        """Return which output of this call a tensor is."""
        return 0 if self.is_input else tensor_key(tensor)[2]


def walk(inputs: list[Any], outputs: list[Any]) -> list[Visit]:
    """Return the calls between inputs and outputs: the inputs first, then the rest.

    Arguments:
        inputs: tensors at which the walk stops, in the order in which to list them.
        outputs: tensors from which it starts.
    """
    found: set[TensorKey] = set()
    order: list[Visit] = []
    for tensor in inputs:
        if tensor_key(tensor) not in found:
            found.add(tensor_key(tensor))
            order.append(_input_visit(tensor))
    for tensor in outputs:
        _walk_from(tensor, found, order)
    return order


def _walk_from(output: Any, found: set[TensorKey], order: list[Visit]) -> None:
    stack = [_open(output, found)]
    while stack:
        if stack[-1] is None:
            stack.pop()
            continue
        visit, waiting = stack[-1]
        parent = next(waiting, None)
        if parent is None:
            order.append(visit)
            stack.pop()
        else:
            stack.append(_open(parent, found))


def _open(tensor: Any, found: set[TensorKey]) -> tuple[Visit, Iterator[Any]] | None:
    """Start on the call that made a tensor, unless it was met before."""
    key = tensor_key(tensor)
    if key in found:
        return None
    node = node_of(tensor)
    if node is None:
        found.add(key)
        return _input_visit(tensor), iter(())
    visit = _visit(node, key)
    found.update(map(tensor_key, node.outputs))
    return visit, iter(visit.tensors())


def _visit(node: Any, key: TensorKey) -> Visit:
    args, kwargs = node.arguments.args, node.arguments.kwargs
    return Visit(
        operation=node.operation,
        outputs=node.outputs,
        args=args,
        kwargs=kwargs,
        arguments=arguments_of(node.operation, args, kwargs),
        node_index=key[1],
    )


def _input_visit(tensor: Any) -> Visit:
    node = node_of(tensor)
    operation = node.operation if node is not None and node.is_input else None
    return Visit(operation=operation, outputs=[tensor], is_input=True)
