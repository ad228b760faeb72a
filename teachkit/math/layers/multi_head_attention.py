"""Attention with heads: each looks in its own way, and all are summed up."""

from __future__ import annotations

from collections.abc import Callable
from math import prod
from typing import Any

from teachkit.graph import Shape
from teachkit.math.amounts import Amount, amount, product, total
from teachkit.math.black_box import weights_amount
from teachkit.math.formulas import Formula
from teachkit.math.layers.attention_heads import (
    Heads,
    leaves_nothing,
    mixed,
    projection,
    weights_of,
)
from teachkit.math.layers.attention_masks import CAUSAL_NOTE, AttentionCall
from teachkit.math.layers.multi_head_formulas import multi_head_formula
from teachkit.math.layers.random_masks import MOST, distance_to_nearest, masks
from teachkit.math.meanings import Meaning
from teachkit.math.numbers import relative_error
from teachkit.math.rules import for_layers
from teachkit.math.subjects import Arguments, Array, Subject, UnknownShapeError
from teachkit.math.written import line, matrix, small, told


@for_layers("MultiHeadAttention", "GroupQueryAttention")
def multi_head_attention(subject: Subject) -> Meaning:
    """Queries, keys and values of each head; weights; and their mixture, projected."""
    layer = subject.operation
    made, call = Heads.of(layer), AttentionCall.of(subject.given)
    query, value, key = call.query.shape, call.value.shape, call.key.shape
    if query is None or value is None or key is None:
        raise UnknownShapeError
    last = projection(layer, "attention_output")[0].shape[2:]
    output, scores = (*query[:-1], *last), made.scores_shape(query, value)
    random = subject.trains and made.dropout > 0
    return Meaning(
        formula=multi_head_formula(layer, made, call, output, random=random),
        shapes=(output, scores) if call.scores else (output,),
        shape_rule=_shape_rule(made, call, last),
        params=_params(made, layer, (query, value, key)),
        macs=_macs(made, (query, value, key), last),
        evaluate=None if random else (lambda given: _evaluate(layer, given)),
        residual=_residual(layer, made, scores) if random else None,
        by_hand=lambda given, _: _by_hand(layer, given),
        notes=_notes(layer, made, call),
    )


def _shape_rule(made: Heads, call: AttentionCall, last: Shape) -> str:
    told = " × ".join(map(str, last))
    rule = f"the query keeps its places; the last axis becomes {told}"
    if call.scores:
        rule += f", and then the weights: {made.heads} heads × query × value"
    return rule


def _params(made: Heads, layer: Any, shapes: tuple[Shape, Shape, Shape]) -> Amount:
    """Return kernel and bias of each projection."""
    parts = []
    for size, heads, length in _projections(made, shapes):
        inputs = amount(size or 0, "features")
        if projection(layer, "query")[1] is not None:
            inputs = inputs + 1
        parts.append(product(inputs, heads, length))
    kernel, bias = projection(layer, "attention_output")
    outputs = amount(prod(kernel.shape[2:]), "output features")
    inside = product(_heads(made), amount(made.value_dim, "value_dim"))
    parts.append(product(inside + 1 if bias is not None else inside, outputs))
    found = total(parts)
    # A kernel may have more: LoRA or quantization add weights of their own.
    whole = weights_amount(layer)
    return found if found.value == whole.value else whole


def _macs(
    made: Heads, shapes: tuple[Shape, Shape, Shape], last: Shape
) -> Amount | None:
    query, value, _ = shapes
    if None in (*query[1:], *value[1:]):
        return None
    reads = [query, value, value, query]
    parts = [
        product(_places(shape), amount(size or 0, "features"), heads, length)
        for shape, (size, heads, length) in zip(
            reads, _projections(made, shapes), strict=False
        )
    ]
    scores, count = made.scores_shape(query, value)[1:], len(made.axes)
    pairs = [
        amount(prod(scores[: -2 * count - 1]), "other places"),  # type: ignore[arg-type]
        _heads(made),
        amount(prod(scores[-2 * count : -count]), "queries"),  # type: ignore[arg-type]
        amount(prod(scores[-count:]), "values"),  # type: ignore[arg-type]
    ]
    both = amount(made.key_dim, "key_dim") + amount(made.value_dim, "value_dim")
    parts.append(product(*pairs, both))
    inside = product(_heads(made), amount(made.value_dim, "value_dim"))
    outputs = amount(prod(last), "output features")  # type: ignore[arg-type]
    parts.append(product(_places(query), inside, outputs))
    return total(parts)


def _places(shape: Shape) -> Amount:
    return amount(prod(shape[1:-1]), "places")  # type: ignore[arg-type]


def _heads(made: Heads) -> Amount:
    return amount(made.heads, "heads")


def _projections(
    made: Heads, shapes: tuple[Shape, Shape, Shape]
) -> list[tuple[int | None, Amount, Amount]]:
    """Return features, heads and length of query, key, value and, if any, gate."""
    query, value, key = (shape[-1] for shape in shapes)
    groups = amount(made.groups, "heads" if made.groups == made.heads else "groups")
    key_dim = amount(made.key_dim, "key_dim")
    value_dim = amount(made.value_dim, "value_dim")
    found = [
        (query, _heads(made), key_dim),
        (key, groups, key_dim),
        (value, groups, value_dim),
    ]
    return [*found, (query, _heads(made), value_dim)] if made.gated else found


def _notes(layer: Any, made: Heads, call: AttentionCall) -> tuple[str, ...]:
    notes = []
    if made.groups < made.heads:
        notes.append(
            f"Each {made.heads // made.groups} heads of the query share the keys and "
            "values of one group."
        )
    if call.scores:
        notes.append(
            "What Keras returns as attention scores are the weights, after softmax"
            + (" and before dropout." if made.dropout else ".")
        )
    if call.causal:
        notes.append(CAUSAL_NOTE)
    if call.query_mask is not None or call.attention_mask is not None:
        notes.append(_all_masked(made, call))
    if call.query_mask is not None and not hasattr(layer, "head_dim"):
        notes.append(
            "MultiHeadAttention of Keras 3.15 heeds the mask that is attached to the "
            "query; a query_mask that is given by hand it ignores."
        )
    return tuple(notes)


def _all_masked(made: Heads, call: AttentionCall) -> str:
    if leaves_nothing(made, call):
        return "Where all of a row is masked its weights are zero."
    return (
        "Where all of a row is masked its weights are equal, as softmax sees equal "
        "scores. With return_attention_scores, or with dropout, Keras makes them zero."
    )


def _evaluate(layer: Any, given: Arguments) -> list[Array]:
    weights = weights_of(layer, given)
    output = mixed(layer, given, weights)
    return [*output, weights] if AttentionCall.of(given).scores else output


def _residual(
    layer: Any, made: Heads, scores: Shape
) -> Callable[[Arguments, list[Array]], float] | None:
    """Return how far outputs are from what dropout may leave, query by query."""
    count, values = made.heads, scores[-1]
    if len(scores) != 4 or values is None or count * values > MOST:
        return None

    def residual(given: Arguments, outputs: list[Array]) -> float:
        weights = weights_of(layer, given)
        kept = masks(count * values, made.dropout)
        found = (
            mixed(layer, given, weights * one.reshape(count, 1, values)) for one in kept
        )
        choices = ([_by_query(one[0])] for one in found)
        gap = distance_to_nearest(choices, [_by_query(outputs[0])])
        return max(gap, relative_error([weights] * (len(outputs) - 1), outputs[1:]))

    return residual


def _by_query(array: Array) -> Array:
    return array.reshape(-1, array.shape[-1])


def _by_hand(layer: Any, given: Arguments) -> Formula | None:
    """Return the weights of the first head for the first sample; a row sums to one."""
    weights = weights_of(layer, given)
    if weights.ndim != 4 or not small(weights[0, 0]):
        return None
    last = weights[0, 0, -1]
    parts = " + ".join(map(told, last))
    return line("A^1 =", matrix(weights[0, 0])) + line(f"{parts} = {told(last.sum())}")
