"""RandomCrop: a window of each image, from a random place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from teachkit.graph import Shape
from teachkit.math.black_box import black_box
from teachkit.math.formulas import Formula, Symbol, formula
from teachkit.math.images import channels_last, with_size
from teachkit.math.layers.image_sizes import crop_formula, height_and_width
from teachkit.math.meanings import Meaning
from teachkit.math.resampling import aspect_box, resized
from teachkit.math.rules import for_layers
from teachkit.math.subjects import Array, Subject


@for_layers("RandomCrop")
def random_crop(subject: Subject) -> Meaning:
    """Y = x from a random place on; at inference y = x."""
    if isinstance(subject.given.first, Mapping):
        return black_box(subject)
    layer, shape = subject.operation, subject.shape
    x, y = Symbol("x", "x", shape, "images"), Symbol("y", "y", None, "output")
    size = (layer.height, layer.width)
    if not subject.trains:
        return Meaning(
            formula=formula("$y = $x", x=x, y=y),
            shapes=(shape,),
            shape_rule="the shape stays at inference",
            evaluate=lambda given: np.asarray(given.first),
            notes=(
                f"In training a window of {size[0]} × {size[1]} pixels is cut out at a "
                "random place. At inference Keras leaves the images as they are, "
                "though it tells the shape of the window, and documents that it "
                "resizes.",
            ),
        )
    after = with_size(layer, shape, size)
    old = height_and_width(layer, shape)
    return Meaning(
        formula=crop_formula(layer, shape, after, ("a", "b")) + _draws(old, size),
        shapes=(after,),
        shape_rule=f"height and width become {size[0]} and {size[1]}",
        residual=lambda given, outputs: _distance(layer, given.first, outputs[0]),
        notes=(
            "All images of a batch are cut at the same place. Images that are not "
            "larger than the window are cut in the middle and resized.",
        ),
    )


def _draws(old: Shape, size: tuple[int, int]) -> Formula:
    ranges = [
        "0, ..." if length is None else _up_to(length - part)
        for length, part in zip(old, size, strict=True)
    ]
    latex = [one.replace("...", r"\dots") for one in ranges]
    return formula(
        rf"a \in \{{{latex[0]}\}}, \quad b \in \{{{latex[1]}\}} \text{{ at random}}",
        f"a from {ranges[0]}; b from {ranges[1]}, at random",
    )


def _up_to(last: int) -> str:
    return f"0, ..., {last}" if last > 0 else "0"


def _distance(layer: Any, x: Array, y: Array) -> float:
    """Return how far the output is from the window that is nearest to it."""
    images, found = channels_last(layer, x), channels_last(layer, y)
    size = (layer.height, layer.width)
    down, right = images.shape[-3] - size[0], images.shape[-2] - size[1]
    if down <= 0 or right <= 0:
        top, left, _, _ = aspect_box(images.shape[-3], images.shape[-2], size)
        part = images[..., top : top + size[0], left : left + size[1], :]
        part = resized(part, size, "bilinear")
        return float(np.abs(part - found).max())
    return min(
        float(np.abs(images[..., i : i + size[0], j : j + size[1], :] - found).max())
        for i in range(down + 1)
        for j in range(right + 1)
    )
