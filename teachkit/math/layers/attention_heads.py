"""Attention with heads in NumPy: projections, masks, weights and their mixture."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod, sqrt
from typing import Any

import numpy as np

from teachkit.graph import Shape
from teachkit.math.activations import sigmoid, softmax
from teachkit.math.layers.attention_masks import (
    AttentionCall,
    all_of,
    causal_mask,
    window_mask,
)
from teachkit.math.numbers import numbers
from teachkit.math.subjects import Arguments, Array

_FAR = -1e30
"""A score so low that its weight is zero, unless all are as low."""


@dataclass(frozen=True, slots=True)
class Heads:
    """How a layer of attention with heads is made.

    Attributes:
        heads: how many there are for queries.
        groups: how many there are for keys and values.
        key_dim, value_dim: numbers of a head for each place.
        axes: of the query, along which it looks.
        window: places that are further apart do not see each other.
        dropout: rate at which weights are dropped in training.
        gated: whether a gate of the query multiplies what comes out.
    """

    heads: int
    groups: int
    key_dim: int
    value_dim: int
    axes: tuple[int, ...]
    window: int | None
    dropout: float
    gated: bool

    @classmethod
    def of(cls, layer: Any) -> Heads:
        """Return those of a MultiHeadAttention or GroupQueryAttention."""
        config = layer.get_config()
        rest = (
            config.get("sliding_window"),
            float(config["dropout"]),
            bool(config.get("use_gate")),
        )
        if "head_dim" in config:
            size = layer.head_dim
            heads, groups = layer.num_query_heads, layer.num_key_value_heads
            return cls(heads, groups, size, size, (1,), *rest)
        heads, axes = layer.num_heads, tuple(layer.attention_axes)
        return cls(heads, heads, layer.key_dim, layer.value_dim, axes, *rest)

    def scores_shape(self, query: Shape, value: Shape) -> Shape:
        """Return the shape of the weights: query places, then value places."""
        others = [n for axis, n in enumerate(query[:-1]) if axis not in self.axes]
        places = [one[axis] for one in (query, value) for axis in self.axes]
        return (*others, self.heads, *places)


def projection(layer: Any, name: str) -> tuple[Any, Any]:
    """Return kernel and bias (or None) of `query`, `key`, `attention_output`, ..."""
    found = {}
    for weight in layer.weights:
        *_, owner, kind = weight.path.split("/")
        if owner == name:
            found[kind] = weight
    return found["kernel"], found.get("bias")


def weights_of(layer: Any, given: Arguments) -> Array:
    """Return the weights of all heads, before dropout."""
    made, call = Heads.of(layer), AttentionCall.of(given)
    query = _gathered(_projected(layer, "query", call.query), made.axes)
    key = _gathered(_shared(_projected(layer, "key", call.key), made), made.axes)
    scores = query @ key.swapaxes(-1, -2) / sqrt(made.key_dim)
    shape = made.scores_shape(call.query.shape, call.key.shape)
    mask = _mask(made, call)
    if mask is None:
        return softmax(scores).reshape(shape)
    while mask.ndim < len(shape):
        mask = np.expand_dims(mask, -2 * len(made.axes) - 1)
    mask = np.broadcast_to(mask, shape).reshape(scores.shape)  # type: ignore[arg-type]
    weights = softmax(np.where(mask, scores, _FAR))
    if leaves_nothing(made, call):
        weights = np.where(mask, weights, 0)
    return weights.reshape(shape)


def leaves_nothing(made: Heads, call: AttentionCall) -> bool:
    """Tell whether weights are zero where all of a row is masked, and not equal.

    Keras has two ways to compute the same, which differ in this.
    """
    return made.dropout > 0 or call.scores or len(call.query.shape) != 3


def mixed(layer: Any, given: Arguments, weights: Array) -> list[Array]:
    """Return the outputs for given weights, which may be some after dropout."""
    made, call = Heads.of(layer), AttentionCall.of(given)
    value = _gathered(_shared(_projected(layer, "value", call.value), made), made.axes)
    count = len(made.axes)
    lead, places = weights.shape[: -2 * count], weights.shape[-2 * count : -count]
    flat = weights.reshape(*lead, prod(places), -1)
    found = (flat @ value).reshape(*lead, *places, made.value_dim)
    found = found.transpose(np.argsort(_order(found.ndim, made.axes)))
    if made.gated:
        found = found * sigmoid(_projected(layer, "gate", call.query))
    kernel, bias = projection(layer, "attention_output")
    output = np.tensordot(found, numbers(kernel), axes=2)
    return [output if bias is None else output + numbers(bias)]


def _projected(layer: Any, name: str, x: Array) -> Array:
    kernel, bias = projection(layer, name)
    result = np.tensordot(x, numbers(kernel), axes=1)
    return np.asarray(result if bias is None else result + numbers(bias))


def _shared(array: Array, made: Heads) -> Array:
    """Return keys or values once for each head of the query that shares them."""
    return np.repeat(array, made.heads // made.groups, axis=-2)


def _order(rank: int, axes: tuple[int, ...]) -> list[int]:
    """Return the axes of a projection with the heads before those of the places."""
    others = [axis for axis in range(rank - 2) if axis not in axes]
    return [*others, rank - 2, *axes, rank - 1]


def _gathered(array: Array, axes: tuple[int, ...]) -> Array:
    """Return a projection with one axis for all places, right before the numbers."""
    moved = array.transpose(_order(array.ndim, axes))
    lead = moved.shape[: -len(axes) - 1]
    return moved.reshape(*lead, -1, moved.shape[-1])


def _mask(made: Heads, call: AttentionCall) -> Array | None:
    lengths = call.query.shape[1], call.value.shape[1]
    parts = [
        None if call.query_mask is None else call.query_mask[..., :, None],
        None if call.value_mask is None else call.value_mask[..., None, :],
        None if call.key_mask is None else call.key_mask[..., None, :],
        causal_mask(*lengths)[None] if call.causal else None,
        None if made.window is None else window_mask(*lengths, made.window)[None],
        call.attention_mask,
    ]
    return all_of(parts)
