"""CategoryEncoding, and Discretization, which makes categories of numbers."""

from __future__ import annotations

from typing import Any

import numpy as np

from teachkit.graph import Shape
from teachkit.math.encodings import (
    RANK_NOTE,
    encoded,
    encoded_shape,
    encoding_formula,
    encoding_rule,
)
from teachkit.math.formulas import Formula, Symbol, formula
from teachkit.math.meanings import Meaning
from teachkit.math.rules import for_layers
from teachkit.math.subjects import Arguments, Array, Subject


@for_layers("CategoryEncoding")
def category_encoding(subject: Subject) -> Meaning:
    """Indices become vectors: y_k tells whether, or how often, k is among them."""
    layer, shape = subject.operation, subject.shape
    mode, depth = layer.output_mode, layer.num_tokens
    after = encoded_shape(shape, mode, depth)
    weighted = subject.given.get("count_weights") is not None
    return Meaning(
        formula=encoding_formula(
            "weighted_count" if weighted else mode,
            depth,
            Symbol("x", "x", shape, "indices"),
            Symbol("y", "y", after, "output"),
        ),
        shapes=(after,),
        shape_rule=encoding_rule(shape, mode, depth),
        evaluate=lambda given: encoded(
            given.first, mode, depth, given.get("count_weights")
        ),
        notes=_notes(shape, mode),
    )


@for_layers("Discretization")
def discretization(subject: Subject) -> Meaning:
    """Y = how many of the boundaries are at or below x."""
    layer, shape = subject.operation, subject.shape
    mode, boundaries = layer.output_mode, layer.bin_boundaries
    depth = layer.num_bins if boundaries is None else len(boundaries) + 1
    after = encoded_shape(shape, mode, depth)
    learned = layer.num_bins is not None
    notes = _notes(shape, mode)
    if learned:
        notes += ("The boundaries are quantiles of the data given to adapt().",)
    return Meaning(
        formula=_bins_formula(shape, after, mode, depth),
        shapes=(after,),
        shape_rule=encoding_rule(shape, mode, depth),
        evaluate=None
        if boundaries is None
        else lambda given: encoded(_bins(layer, given), mode, depth),
        notes=notes,
    )


def _bins_formula(shape: Shape, after: Shape, mode: str, depth: int) -> Formula:
    x, y = Symbol("x", "x", shape, "input"), Symbol("y", "y", after, "output")
    index = y if mode == "int" else Symbol("i", "i", shape, "index of the bin")
    bins = formula(
        rf"$i = \sum\limits_{{m=1}}^{{{depth - 1}}} [b_m \le $x]",
        f"$i = Σ_(m=1..{depth - 1}) [b_m <= $x]",
        i=index,
        x=x,
        b=Symbol("b", "b", (depth - 1,), "boundaries of the bins"),
    )
    if mode == "int":
        return bins
    return bins + encoding_formula(mode, depth, Symbol("i", "i"), y)


def _bins(layer: Any, given: Arguments) -> Array:
    # Keras compares in single precision: 0.7 as a float32 is below 0.7.
    boundaries = np.asarray(layer.bin_boundaries, "float32").astype("float64")
    return np.asarray((given.first[..., None] >= boundaries).sum(axis=-1))


def _notes(shape: Shape, mode: str) -> tuple[str, ...]:
    grouped = mode in {"multi_hot", "count"}
    return (RANK_NOTE,) if grouped and len(shape) > 2 else ()
