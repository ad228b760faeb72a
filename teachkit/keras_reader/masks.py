"""What Keras adds to a graph by itself: masks, and the operations that compute them.

`Embedding(mask_zero=True)` followed by `LSTM` has a fourth operation, `not_equal`,
that feeds the `mask` argument of the LSTM. The author wrote neither; the edges are
marked implicit and the operation plumbing, so that views can leave them out.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import keras

from teachkit.keras_reader.configs import config_of
from teachkit.keras_reader.internals import (
    TensorKey,
    mask_of,
    node_of,
    originals_of,
    tensor_key,
)
from teachkit.keras_reader.ports import Argument, arguments_of
from teachkit.keras_reader.walk import Visit


def implicit_ports(visit: Visit) -> frozenset[str]:
    """Return the ports of a call at which a mask arrives that Keras passed along."""
    tensors = {a.port: a.value for a in visit.arguments if a.is_tensor}
    masks = [port for port in tensors if _is_mask(port)]
    if not masks:
        return frozenset()
    data = {port.partition("[")[0] for port in tensors if not _is_mask(port)}
    # With more than one such argument Keras does not know which one `mask` is for.
    only = data.pop() if len(data) == 1 else ""
    return frozenset(
        port
        for port in masks
        if _passed_along(tensors[port], tensors.get(_masked(port, only)))
    )


def plumbing(
    visits: Iterable[Visit], outputs: list[Any], implicit: dict[int, frozenset[str]]
) -> set[int]:
    """Return the ids of the visits that do nothing but compute implicit masks.

    Arguments:
        visits: in topological order.
        outputs: tensors of the model, which are never plumbing.
        implicit: the implicit ports of each visit, by id of the visit.
    """
    wanted: set[TensorKey] = {tensor_key(tensor) for tensor in outputs}
    for_masks: set[TensorKey] = set()
    hidden: set[int] = set()
    for visit in reversed(list(visits)):
        keys = {tensor_key(tensor) for tensor in visit.outputs}
        operation = not isinstance(visit.operation, keras.Layer) and not visit.is_input
        if operation and keys & for_masks and not keys & wanted:
            hidden.add(id(visit))
        for argument in visit.arguments:
            if argument.is_tensor:
                implied = argument.port in implicit.get(id(visit), ())
                masked = implied or id(visit) in hidden
                (for_masks if masked else wanted).add(tensor_key(argument.value))
    return hidden


def _is_mask(port: str) -> bool:
    name = port.partition("[")[0]
    return name == "mask" or name.endswith("_mask")


def _masked(port: str, only: str) -> str:
    """Return the port whose tensor a mask port masks: `key` for `key_mask`."""
    name, bracket, rest = port.partition("[")
    owner = only if name == "mask" else name.removesuffix("_mask")
    return owner + bracket + rest


def _passed_along(mask: Any, masked: Any) -> bool:
    """Tell whether a mask is the one that Keras attached to the tensor it masks."""
    if masked is None:
        return False
    attached = mask_of(masked)
    if attached is not None:
        return _same_tensor(mask, attached)
    # A copied tensor has lost its mask, but the tensor that it copies still has one.
    attached_before = (mask_of(original) for original in originals_of(masked))
    return any(_same_tensor(mask, one) for one in attached_before if one is not None)


def _same_tensor(one: Any, other: Any) -> bool:
    """Tell whether two mask tensors are the same, or computed in the same way.

    A loaded, cloned or cut-out model records a mask of its own beside the one that
    its layers attach, so identity is not enough.
    """
    pairs, compared = [(one, other)], set()
    while pairs:
        left, right = pairs.pop()
        keys = tensor_key(left), tensor_key(right)
        if keys[0] == keys[1] or keys in compared:
            continue
        compared.add(keys)
        more = _argument_pairs(left, right)
        if more is None:
            return False
        pairs.extend(more)
    return True


def _argument_pairs(left: Any, right: Any) -> list[tuple[Any, Any]] | None:
    """Return the tensors on which two calls of like operations depend, or None."""
    nodes = node_of(left), node_of(right)
    if None in nodes or not _alike(nodes[0].operation, nodes[1].operation):
        return None
    if tensor_key(left)[2] != tensor_key(right)[2]:
        return None
    one, other = (_arguments(node) for node in nodes)
    if [a.port for a in one] != [a.port for a in other]:
        return None
    pairs = []
    for a, b in zip(one, other, strict=True):
        if a.is_tensor and b.is_tensor:
            pairs.append((a.value, b.value))
        elif a.value is not b.value and repr(a.value) != repr(b.value):
            return None
    return pairs


def _alike(one: Any, other: Any) -> bool:
    """Tell whether two operations compute the same from the same tensors."""
    if isinstance(one, keras.Layer) or isinstance(other, keras.Layer):
        return one is other
    return type(one) is type(other) and config_of(one) == config_of(other)


def _arguments(node: Any) -> list[Argument]:
    return arguments_of(node.operation, node.arguments.args, node.arguments.kwargs)
