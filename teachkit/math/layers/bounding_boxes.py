"""MaxNumBoundingBoxes: the same number of boxes for each image."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import keras
import numpy as np

from teachkit.graph import Shape
from teachkit.math.formulas import Symbol, formula
from teachkit.math.meanings import Meaning
from teachkit.math.numbers import flat_arrays
from teachkit.math.rules import for_layers
from teachkit.math.subjects import Array, Subject

_BOXES = "bounding_boxes"


@for_layers("MaxNumBoundingBoxes")
def max_num_bounding_boxes(subject: Subject) -> Meaning:
    """The first boxes of each image, filled up to one number of them."""
    layer, first = subject.operation, subject.given.first
    if not isinstance(first, Mapping) or _BOXES not in first:
        return _nothing_to_do(subject)
    count, fill = layer.max_number, layer.fill_value
    boxes = {name: spec.shape for name, spec in first[_BOXES].items()}
    after = {name: _counted(shape, count, name) for name, shape in boxes.items()}
    rest = {name: value for name, value in first.items() if name != _BOXES}
    shapes = {**keras.tree.map_structure(lambda spec: _Kept(spec.shape), rest)}
    shapes[_BOXES] = {name: _Kept(shape) for name, shape in after.items()}
    return Meaning(
        formula=formula(
            rf"$y, \quad y_k = b_k \text{{ if there is such a box, else }} {fill}, "
            rf"\quad b = $b, \quad k = 0, \dots, {count - 1}",
            f"$y, y_k = b_k if there is such a box, else {fill}, b = $b, "
            f"k = 0, ..., {count - 1}",
            b=Symbol("b", "b", boxes["boxes"], "boxes"),
            y=Symbol("y", "y", after["boxes"], "output"),
        ),
        shapes=tuple(kept.shape for kept in keras.tree.flatten(shapes)),
        shape_rule=f"each image gets {count} boxes and labels; the images stay",
        evaluate=lambda given: flat_arrays(_filled(given.first, count, fill)),
        notes=("Further boxes are dropped: the first ones stay.",),
    )


class _Kept:
    """A shape that is one leaf of a structure, and not a structure itself."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape


def _nothing_to_do(subject: Subject) -> Meaning:
    leaves = keras.tree.flatten(subject.given.first)
    return Meaning(
        formula=formula(
            "$y = $x",
            x=Symbol("x", "x", leaves[0].shape, "images"),
            y=Symbol("y", "y", leaves[0].shape, "output"),
        ),
        shapes=tuple(one.shape for one in leaves),
        shape_rule="the shape stays: there are no boxes",
        evaluate=lambda given: keras.tree.flatten(given.first),
    )


def _counted(shape: Shape, count: int, name: str) -> Shape:
    return (*shape[:-2], count, shape[-1]) if name == "boxes" else (*shape[:-1], count)


def _filled(first: Mapping[str, Any], count: int, fill: int) -> dict[str, Any]:
    boxes = {
        name: _cut_or_filled(array, count, fill, -2 if name == "boxes" else -1)
        for name, array in first[_BOXES].items()
    }
    return {**first, _BOXES: boxes}


def _cut_or_filled(array: Array, count: int, fill: int, axis: int) -> Array:
    array = np.take(array, range(min(count, array.shape[axis])), axis=axis)
    missing = [(0, 0)] * array.ndim
    missing[axis] = (0, count - array.shape[axis])
    return np.pad(array, missing, constant_values=fill)
