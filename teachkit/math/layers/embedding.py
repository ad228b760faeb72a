"""Embedding: a table of which rows are looked up; and its reversal."""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np

from teachkit.math.amounts import Amount, amount, product
from teachkit.math.black_box import weights_amount
from teachkit.math.formulas import Formula, Symbol, formula, word
from teachkit.math.layers.dense import adapted_notes
from teachkit.math.meanings import Meaning
from teachkit.math.numbers import numbers
from teachkit.math.rules import for_layers
from teachkit.math.subjects import Arguments, Array, Subject
from teachkit.math.written import line, matrix, small, told, upright

_MASKS = (
    "Index 0 means that there is nothing: layers after this one that know masks skip "
    "these places."
)
_COUNTS = (
    "Rows are counted from 0. Looking one up multiplies nothing; it gives the same as "
    "a one-hot vector times the table."
)


@for_layers("Embedding")
def embedding(subject: Subject) -> Meaning:
    """Y is row x of the table E, for each index x."""
    layer, shape = subject.operation, subject.shape
    result = (*shape, layer.output_dim)
    return Meaning(
        formula=formula(
            r"$y = \text{row } $x \text{ of } $E",
            "$y = row $x of $E",
            y=Symbol("y", "y", result, "output"),
            x=Symbol("x", "x", shape, "indices"),
            E=Symbol("E", "E", (layer.input_dim, layer.output_dim), "embeddings"),
        ),
        shapes=(result,),
        shape_rule="each index becomes a row, so a last axis is added, of length "
        f"{layer.output_dim:,}",
        params=_params(layer),
        evaluate=lambda given: numbers(layer.embeddings)[_indices(given)],
        by_hand=_row_by_hand,
        notes=(
            _COUNTS,
            *((_MASKS,) if layer.mask_zero else ()),
            *adapted_notes(layer),
        ),
    )


@for_layers("ReversibleEmbedding")
def reversible_embedding(subject: Subject) -> Meaning:
    """As Embedding; or in reverse, a score for each row of the table."""
    if subject.given.get("reverse"):
        return _reversed(subject)
    return embedding(subject)


def _reversed(subject: Subject) -> Meaning:
    layer, shape = subject.operation, subject.shape
    result = (*shape[:-1], layer.input_dim)
    places = None if None in shape[1:-1] else prod(n or 0 for n in shape[1:-1])
    factors = (amount(layer.output_dim, "features"), amount(layer.input_dim, "rows"))
    return Meaning(
        formula=_reversed_formula(subject),
        shapes=(result,),
        shape_rule=f"the last axis becomes a score for each of {layer.input_dim:,} "
        "rows",
        params=_params(layer),
        macs=None if places is None else product(amount(places, "places"), *factors),
        evaluate=lambda given: _scores(layer, given.first),
        notes=("The table is used a second time, turned: its weights count once.",)
        if layer.tie_weights
        else (),
    )


def _reversed_formula(subject: Subject) -> Formula:
    layer, shape = subject.operation, subject.shape
    lengths = (layer.input_dim, layer.output_dim)
    symbols = {
        "y": Symbol("y", "y", (*shape[:-1], layer.input_dim), "scores"),
        "x": Symbol("x", "x", shape, "input"),
        "E": Symbol("E", "E", lengths, "embeddings"),
        "R": Symbol("R", "R", lengths[::-1], "reverse embeddings"),
    }
    latex, text = ("$x $R",) * 2
    if layer.tie_weights:
        latex, text = r"$x ${E}^{\top}", "$x ${E}ᵀ"
    if layer.logit_soft_cap is None:
        return formula(f"$y = {latex}", f"$y = {text}", **symbols)
    cap = f"{layer.logit_soft_cap:g}"
    return formula(
        rf"$y = {cap} \, $tanh \left( \frac{{{latex}}}{{{cap}}} \right)",
        f"$y = {cap} $tanh(({text}) / {cap})",
        tanh=word("tanh"),
        **symbols,
    )


def _scores(layer: Any, x: Array) -> Array:
    table = numbers(layer.embeddings).T
    scores = x @ (table if layer.tie_weights else numbers(layer.reverse_embeddings))
    cap = layer.logit_soft_cap
    return scores if cap is None else np.asarray(np.tanh(scores / cap) * cap)


def _params(layer: Any) -> Amount:
    if getattr(layer, "lora_enabled", False):
        return weights_amount(layer)
    table = amount(layer.input_dim, "rows") * amount(layer.output_dim, "columns")
    return table if getattr(layer, "tie_weights", True) else table + table


def _indices(given: Arguments) -> Array:
    return np.asarray(given.first).astype("int64")


def _row_by_hand(given: Arguments, outputs: list[Array]) -> Formula | None:
    """Return the first index of the first sample, and its row."""
    first, row = _indices(given).reshape(-1)[:1], outputs[0]
    row = row.reshape(-1, row.shape[-1])[0]
    if not len(first) or not small(row):
        return None
    return line("y_1 =", upright(f"row {told(first[0])}"), "=", matrix(row))
