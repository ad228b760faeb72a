"""Operations that sort, rank, count, and turn whole numbers into zeros and ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from teachkit.math.operations.arguments import shape_of
from teachkit.math.operations.tables import Row, Shapes, by_choice, by_row
from teachkit.math.subjects import Array

_FROM_NUMBERS = "How long the result is depends on the numbers, not on shapes alone."


def one_hot(x: Array, num_classes: int, axis: int = -1) -> Array:
    """Return 1 at the place of each number and 0 elsewhere, along a new axis."""
    hot = (np.asarray(x)[..., None] == np.arange(num_classes)).astype(float)
    return np.moveaxis(hot, -1, axis)


def _multi_hot(inputs: Array, num_classes: int, axis: int) -> Array:
    several = 1 if inputs.ndim > 1 else 0
    return np.asarray(one_hot(inputs, num_classes, axis).max(axis=several))


def _top_k(x: Array, k: int) -> tuple[Array, Array]:
    places = np.argsort(-x, axis=-1, kind="stable")[..., :k]
    return np.take_along_axis(x, places, axis=-1), places


def _in_top_k(targets: Array, predictions: Array, k: int) -> Array:
    own = np.take_along_axis(predictions, np.asarray(targets, int)[:, None], axis=1)
    return np.asarray((predictions > own).sum(axis=1) < k)


def _bincount(x: Array, weights: Any, minlength: int) -> Array:
    if x.ndim == 1:
        return np.bincount(x, weights, minlength)
    length = max(int(x.max(initial=-1)) + 1, minlength)
    given = [None] * len(x) if weights is None else weights
    rows = [np.bincount(a, w, length) for a, w in zip(x, given, strict=True)]
    return np.stack(rows)


def _bincount_shape(arguments: Mapping[str, Any]) -> Shapes:
    return ((*shape_of(arguments["x"])[:-1], None),)


def _nonzero_shapes(arguments: Mapping[str, Any]) -> Shapes:
    return ((None,),) * len(shape_of(arguments["x"]))


def _sort(x: Array, axis: int | None) -> Array:
    return np.sort(x, axis=axis)


_ROWS: dict[str, Row] = {
    "Argsort": Row(
        latex=r"\operatorname{argsort}($x) \quad $along",
        text="the places of $x in rising order, $along",
        function=lambda x, axis: np.argsort(x, axis, kind="stable"),
        shape_rule="{stays}",
    ),
    "Bincount": Row(
        latex=r"\text{how often each of } 0, 1, 2, \dots \text{ stands in } $x",
        text="how often each of 0, 1, 2, ... stands in $x",
        function=_bincount,
        shape_rule="a place for each number from 0 to the largest, at least "
        "{minlength}",
        shapes=_bincount_shape,
        notes=(_FROM_NUMBERS,),
    ),
    "Digitize": Row(
        latex=r"\text{how many of } $bins \text{ are } \le $x",
        text="how many of $bins are ≤ $x",
        function=lambda x, bins: np.digitize(x, bins),
        shape_rule="the shape stays",
    ),
    "InTopK": Row(
        latex=r"\left( \text{fewer than } $k \text{ of } $predictions \text{ are above "
        r"that of } $targets \right)",
        text="(fewer than $k of $predictions are above that of $targets)",
        function=_in_top_k,
        shape_rule="an answer for each sample",
    ),
    "MultiHot": Row(
        latex=r"\max\limits_{j} [\, ${inputs}_{ij} = k \,], \; k \lt $num_classes",
        text="1 at each k < $num_classes that stands in $inputs, else 0",
        function=_multi_hot,
        shape_rule="the numbers of a sample become {num_classes} places",
    ),
    "Nonzero": Row(
        latex=r"\text{the places where } $x \ne 0",
        text="the places where $x is not 0, a tensor for each axis",
        function=lambda x: np.nonzero(x),
        shape_rule="a place for each number that is not zero",
        shapes=_nonzero_shapes,
        notes=(_FROM_NUMBERS,),
    ),
    "OneHot": Row(
        latex=r"[\, $x = k \,], \; k \lt $num_classes",
        text="1 at k = $x, else 0, for k < $num_classes",
        function=one_hot,
        shape_rule="a new axis with {num_classes} places, one for each class",
        notes=("A number that is no class becomes zeros alone.",),
    ),
    "Sort": Row(
        latex=r"$x \text{ in rising order } $along",
        text="$x in rising order, $along",
        function=_sort,
        shape_rule="{stays}",
    ),
    "TopK": Row(
        latex=r"\text{the } $k \text{ largest of } $x \text{, and their places}",
        text="the $k largest of $x, and their places",
        function=_top_k,
        shape_rule="of the last axis {k} places stay, of both numbers and places",
        notes=("Of equal numbers the one that stands first comes first.",),
    ),
    "UnravelIndex": Row(
        latex=r"\text{the place in } $shape \text{ of number } $indices",
        text="the place in $shape of number $indices in a row",
        function=lambda indices, shape: np.unravel_index(indices, tuple(shape)),
        shape_rule="a tensor of places for each axis of {shape}",
    ),
}

for _name, _row in _ROWS.items():
    by_row(_name, _row)
by_choice(
    "SearchSorted",
    "side",
    {"left": (r"\lt", "<"), "right": (r"\le", "≤")},
    Row(
        latex=r"\text{how many of } $sorted_sequence \text{ are } @ $values",
        text="how many of $sorted_sequence are @ $values",
        function=lambda sorted_sequence, values, side: np.searchsorted(
            sorted_sequence, values, side
        ),
        shape_rule="a place for each value",
    ),
)
