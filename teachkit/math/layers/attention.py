"""Attention: weighted sums, whose weights come from the numbers."""

from __future__ import annotations

from collections.abc import Callable
from math import prod
from typing import Any

import numpy as np

from teachkit.graph import Shape
from teachkit.math.activations import softmax
from teachkit.math.amounts import NOTHING, Amount, amount, product
from teachkit.math.formulas import Formula
from teachkit.math.layers.attention_formulas import (
    is_additive,
    mixing_formula,
    scores_formula,
)
from teachkit.math.layers.attention_masks import (
    CAUSAL_NOTE,
    AttentionCall,
    all_of,
    causal_mask,
)
from teachkit.math.layers.random_masks import MOST, distance_to_nearest, masks
from teachkit.math.meanings import Meaning
from teachkit.math.numbers import numbers, precise
from teachkit.math.rules import for_layers
from teachkit.math.subjects import Arguments, Array, Subject, UnknownShapeError
from teachkit.math.written import line, matrix, small, told, upright


@for_layers("Attention", "AdditiveAttention")
def attention(subject: Subject) -> Meaning:
    """The scores of query and key become weights, which mix the values."""
    layer, call = subject.operation, AttentionCall.of(subject.given)
    query, value = call.query.shape, call.value.shape
    if query is None or value is None:
        raise UnknownShapeError
    output, scores = (*query[:-1], value[-1]), (*query[:-1], value[-2])
    random = subject.trains and layer.dropout > 0
    rate = layer.dropout if random else 0
    return Meaning(
        formula=scores_formula(layer, call, scores)
        + mixing_formula(call, output, scores, rate),
        shapes=(output, scores) if call.scores else (output,),
        shape_rule="each place of the query gets a mixture of the values: the last "
        f"axis is that of the value, {value[-1]}"
        + (", and then the weights, query × value" if call.scores else ""),
        params=_params(layer, query),
        macs=_macs(layer, query, value),
        evaluate=None if random else (lambda given: _evaluate(layer, given)),
        residual=_residual(layer, value[-2]) if random else None,
        by_hand=lambda given, _: _by_hand(layer, given),
        notes=_notes(layer, call, random),
    )


def _params(layer: Any, query: Shape) -> Amount:
    if is_additive(layer):
        return amount(query[-1] or 0, "features") if layer.use_scale else NOTHING
    scale = amount(1, "scale") if layer.use_scale else None
    weight = amount(1, "weight of the scores") if layer.score_mode == "concat" else None
    if scale is not None and weight is not None:
        return scale + weight
    return scale or weight or NOTHING


def _macs(layer: Any, query: Shape, value: Shape) -> Amount | None:
    """Return those of the scores, if products are summed up, and of the mixing."""
    if None in (*query[1:], *value[1:]):
        return None
    places = amount(prod(query[1:-1]), "queries")  # type: ignore[arg-type]
    values = amount(value[-2] or 0, "values")
    each = amount(value[-1] or 0, "features")
    if layer.use_scale if is_additive(layer) else layer.score_mode == "dot":
        each = amount(query[-1] or 0, "features") + each
    return product(places, values, each)


def _notes(layer: Any, call: AttentionCall, random: bool) -> tuple[str, ...]:
    notes = []
    if call.scores:
        notes.append(
            "What Keras returns as attention scores are the weights, after softmax."
        )
    if call.causal:
        notes.append(CAUSAL_NOTE)
    if call.value_mask is not None:
        notes.append(
            "A query for which all values are masked gets the mean of all values: "
            "softmax sees equal scores."
        )
    if random:
        notes.append("m is 0 for what dropout drops, else 1; it drops whole weights.")
    return tuple(notes)


def _weights(layer: Any, given: Arguments) -> Array:
    """Return the weights, before dropout."""
    call = AttentionCall.of(given)
    scores = _scores(layer, call.query, call.key)
    value_mask = None if call.value_mask is None else call.value_mask[:, None, :]
    causal = causal_mask(*scores.shape[-2:]) if call.causal else None
    mask = all_of([value_mask, causal])
    if mask is not None:
        scores = np.where(mask, scores, _far(scores, str(layer.compute_dtype)))
    return softmax(scores)


def _far(scores: Array, dtype: str) -> Array:
    """Return scores far below the others, rounded as Keras has them.

    Where a whole row is masked, rounding is what makes its numbers equal.
    """
    distance = 65504.0 if dtype == "float16" else 1e9
    rounding = "float64" if dtype == "float64" else "float32"
    return precise((scores - distance).astype(rounding))


def _scores(layer: Any, query: Array, key: Array) -> Array:
    pairs = query[..., :, None, :] + key[..., None, :, :]
    scale = numbers(layer.scale) if layer.use_scale else 1.0
    if is_additive(layer):
        return np.asarray((scale * np.tanh(pairs)).sum(axis=-1))
    if layer.score_mode == "dot":
        return np.asarray(scale * np.einsum("...id,...jd->...ij", query, key))
    weight = numbers(layer.concat_score_weight)
    return np.asarray(weight * np.tanh(scale * pairs).sum(axis=-1))


def _mixed(call: AttentionCall, weights: Array) -> list[Array]:
    output = weights @ call.value
    if call.query_mask is not None:
        output = np.where(np.asarray(call.query_mask, bool)[..., None], output, 0)
    return [output, weights] if call.scores else [output]


def _evaluate(layer: Any, given: Arguments) -> list[Array]:
    return _mixed(AttentionCall.of(given), _weights(layer, given))


def _residual(
    layer: Any, values: int | None
) -> Callable[[Arguments, list[Array]], float] | None:
    """Return how far outputs are from what dropout may leave, query by query."""
    if values is None or values > MOST:
        return None

    def by_query(arrays: list[Array]) -> list[Array]:
        return [one.reshape(-1, one.shape[-1]) for one in arrays]

    def residual(given: Arguments, outputs: list[Array]) -> float:
        call, weights = AttentionCall.of(given), _weights(layer, given)
        kept = masks(values, layer.dropout)
        choices = (by_query(_mixed(call, weights * one)) for one in kept)
        return distance_to_nearest(choices, by_query(outputs))

    return residual


def _by_hand(layer: Any, given: Arguments) -> Formula | None:
    """Return the weights of the last query, and the mixture that they give."""
    call = AttentionCall.of(given)
    if call.query.ndim != 3 or not small(call.query[0], call.value[0]):
        return None
    weights, values = _weights(layer, given)[0, -1], call.value[0]
    score = matrix(_scores(layer, call.query, call.key)[0, -1])
    last = call.query.shape[1]
    masked = call.causal or call.value_mask is not None
    before = [upright("before the mask")] if masked else []
    parts = " + ".join(map(told, weights))
    result = matrix(weights @ values)
    return (
        line(f"S_{last} =", score, *before)
        + line(f"A_{last} =", upright("softmax"), f"(S_{last}) =", matrix(weights))
        + line(f"{parts} = {told(weights.sum())}")
        + line(f"Y_{last} =", matrix(weights), matrix(values), "=", result)
    )
