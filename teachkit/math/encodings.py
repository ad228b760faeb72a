"""Indices of categories as vectors: one hot, multi hot, counted; and texts as bytes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from teachkit.graph import Shape
from teachkit.math.formulas import Formula, Symbol, formula
from teachkit.math.subjects import Array

RANK_NOTE = (
    "With three or more axes Keras sums over axis 1 and keeps the last axis, though "
    "its documentation says that the last axis is one sample."
)


def encoded(
    indices: Array, mode: str, depth: int, weights: Array | None = None
) -> Array:
    """Return indices as Keras encodes them: `int`, `one_hot`, `multi_hot`, `count`.

    An index outside of `0 ... depth - 1` leaves no trace.
    """
    if mode == "int":
        return indices
    indices = np.atleast_1d(indices)
    if mode == "one_hot" and indices.ndim > 1 and indices.shape[-1] == 1:
        indices = indices[..., 0]
    hot: Array = (indices[..., None] == np.arange(depth)).astype("float64")
    if mode == "one_hot":
        return hot
    axis = 1 if indices.ndim > 1 else 0
    if mode == "multi_hot":
        return np.asarray(hot.max(axis=axis))
    scale = 1.0 if weights is None else np.atleast_1d(weights)[..., None]
    return np.asarray((hot * scale).sum(axis=axis))


def encoded_shape(shape: Shape, mode: str, depth: int) -> Shape:
    """Return the shape of encoded indices."""
    if mode == "int":
        return shape
    shape = shape or (1,)
    if mode == "one_hot":
        kept = shape[:-1] if len(shape) > 1 and shape[-1] == 1 else shape
        return (*kept, depth)
    return (*shape[:1], *shape[2:], depth) if len(shape) > 1 else (depth,)


def encoding_rule(shape: Shape, mode: str, depth: int) -> str:
    """Return the rule for the shape in words."""
    if mode == "int":
        return "the shape stays: each element becomes one whole number"
    if mode == "one_hot" and len(shape) > 1 and shape[-1] == 1:
        return f"the last axis, of length 1, becomes one of length {depth:,}"
    if mode == "one_hot":
        return f"each element becomes a vector: a new last axis of length {depth:,}"
    if len(shape) <= 2:
        return f"the last axis is one sample, which becomes {depth:,} numbers"
    return f"axis 1 goes, and a new last axis of length {depth:,} comes"


def encoding_formula(mode: str, depth: int, x: Symbol, y: Symbol) -> Formula:
    r"""Return `y_k = \sum_j [x_j = k]` for `count`, and so on for the other modes.

    `weighted_count` has a weight for each index, `tf_idf` one for each category.
    """
    last = depth - 1
    if mode == "one_hot":
        return formula(
            rf"$y, \quad y_k = 1 \text{{ if }} $x = k \text{{ else }} 0, "
            rf"\quad k = 0, \dots, {last}",
            f"$y, y_k = 1 if $x = k else 0, k = 0, ..., {last}",
            x=x,
            y=y,
        )
    signs = {
        "multi_hot": (r"\max\limits_j", "max_j"),
        "count": (r"\sum\limits_j", "Σ_j"),
        "weighted_count": (r"\sum\limits_j w_j", "Σ_j w_j"),
        "tf_idf": (r"\text{idf}_k \sum\limits_j", "idf_k Σ_j"),
    }
    latex, text = signs[mode]
    # Where the line before tells what the indices are, it is not told again.
    told = x.shape is not None
    known = rf", \quad {x.latex} = $x" if told else ""
    return formula(
        rf"$y, \quad y_k = {latex} [{x.latex}_j = k]{known}, "
        rf"\quad k = 0, \dots, {last}",
        f"$y, y_k = {text} [{x.text}_j = k]{f', {x.text} = $x' if told else ''}, "
        f"k = 0, ..., {last}",
        x=x,
        y=y,
    )


def as_bytes(value: Any) -> bytes:
    """Return a text as TensorFlow has it: bytes, in UTF-8; a number is written out."""
    return value if isinstance(value, bytes) else str(value).encode()


def mapped(function: Callable[[Any], Any], array: Array, dtype: str) -> Array:
    """Return an array with a function of each element, which may be a text."""
    result = np.empty(array.size, dtype)
    for place, value in enumerate(array.reshape(-1)):
        result[place] = function(value)
    return result.reshape(array.shape)
