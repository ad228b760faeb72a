"""Attention as an operation: each query mixes the values by how well keys fit."""

from __future__ import annotations

from math import prod, sqrt
from typing import Any

import numpy as np

from teachkit.graph import Shape
from teachkit.math.activations import softmax
from teachkit.math.amounts import Amount, amount, product
from teachkit.math.formulas import Formula, Symbol, formula
from teachkit.math.meanings import Meaning
from teachkit.math.operations.arguments import literal, shape_of
from teachkit.math.operations.tables import all_arguments, evaluation
from teachkit.math.rules import for_operations
from teachkit.math.subjects import Array, Subject

_FAR = -1e30
"""Added to the score of a key that must not be seen: its exponential is zero."""


@for_operations("DotProductAttention")
def dot_product_attention(subject: Subject) -> Meaning:
    """Softmax of scaled products of queries and keys, times the values."""
    own = all_arguments(subject)
    query, key, value = (shape_of(own[name]) for name in ("query", "key", "value"))
    result = (*query[:-1], value[-1])
    return Meaning(
        formula=_formula(own, query, key, value, result),
        shapes=(result,),
        shape_rule="[batch × queries × heads × features], as the queries, with the "
        f"features of the values, {value[-1]}",
        macs=_macs(query, value),
        evaluate=evaluation(subject, _evaluate),
        notes=_notes(own),
    )


def _formula(
    own: dict[str, Any], query: Shape, key: Shape, value: Shape, result: Shape
) -> Formula:
    given = own.get("bias") is not None
    bias = " + $bias" if given else ""
    further = {"bias": Symbol("B", "B", shape_of(own["bias"]), "bias")} if given else {}
    factor = own.get("scale")
    usual = Symbol(
        rf"\frac{{1}}{{\sqrt{{{query[-1]}}}}}", f"1 / √{query[-1]}", None, "scale"
    )
    return formula(
        r"$y = \operatorname{softmax}\left(s \, $q $k^{\top}" + bias + r"\right) $v, "
        r"\; s = $s",
        "$y = softmax(s $q ${k}ᵀ" + bias + ") $v, s = $s",
        y=Symbol("Y", "Y", result, "output"),
        q=Symbol("Q", "Q", query, "query"),
        k=Symbol("K", "K", key, "key"),
        v=Symbol("V", "V", value, "value"),
        s=usual if factor is None else literal(factor),
        **further,
    )


def _notes(own: dict[str, Any]) -> tuple[str, ...]:
    notes = ["Each head has queries, keys and values of its own."]
    if own["is_causal"]:
        notes.append("It is causal: no query sees a key that comes after it.")
    if own.get("mask") is not None:
        notes.append("Where the mask is False a key is not seen.")
    return tuple(notes)


def _macs(query: Shape, value: Shape) -> Amount | None:
    if None in (*query[1:], *value[1:]):
        return None
    queries, heads, features = (n or 0 for n in query[1:])
    places = amount(prod((queries, heads)), "queries of all heads")
    keys = amount(value[1] or 0, "keys")
    both = amount(features, "features") + amount(value[-1] or 0, "features of values")
    return product(places, keys, both)


def _evaluate(query: Array, key: Array, value: Array, **further: Any) -> Array:
    groups = query.shape[2] // key.shape[2]
    key, value = np.repeat(key, groups, axis=2), np.repeat(value, groups, axis=2)
    factor = further.get("scale")
    factor = 1 / sqrt(key.shape[-1]) if factor is None else factor
    scores = factor * np.einsum("bqhf,bkhf->bhqk", query, key)
    if further.get("bias") is not None:
        scores = scores + further["bias"]
    if further.get("mask") is not None:
        scores = np.where(np.asarray(further["mask"], bool), scores, _FAR)
    if further["is_causal"]:
        seen = np.tril(np.ones(scores.shape[-2:], bool))
        scores = np.where(seen, scores, _FAR)
    return np.asarray(np.einsum("bhqk,bkhf->bqhf", softmax(scores), value))
