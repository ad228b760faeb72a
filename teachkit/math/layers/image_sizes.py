"""CenterCrop and Resizing: images of another height and width."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from teachkit.graph import Shape
from teachkit.math.black_box import black_box
from teachkit.math.formulas import Formula, Symbol, formula
from teachkit.math.images import channels_last, with_size
from teachkit.math.meanings import Meaning
from teachkit.math.resampling import (
    CUT,
    bordered_note,
    cropped_to_aspect,
    padded_to_aspect,
    resized,
)
from teachkit.math.rules import for_layers
from teachkit.math.subjects import Array, Subject

_METHODS = {
    "nearest": "A and B pick the nearest pixel.",
    "bilinear": "A and B weigh the two nearest pixels by how near they are.",
    "bicubic": "A and B weigh the four nearest pixels by a cubic polynomial.",
    "lanczos3": "A and B weigh the six nearest pixels by a windowed sinc function.",
    "lanczos5": "A and B weigh the ten nearest pixels by a windowed sinc function.",
}


@for_layers("Resizing")
def resizing(subject: Subject) -> Meaning:
    """Y = A x B^T for each channel."""
    if isinstance(subject.given.first, Mapping):
        return black_box(subject)
    layer, shape = subject.operation, subject.shape
    size = (layer.height, layer.width)
    after = with_size(layer, shape, size)
    return Meaning(
        formula=_resizing_formula(layer, shape, after),
        shapes=(after,),
        shape_rule=f"height and width become {size[0]} and {size[1]}",
        evaluate=lambda given: _resized(layer, given.first),
        notes=_resizing_notes(layer),
    )


@for_layers("CenterCrop")
def center_crop(subject: Subject) -> Meaning:
    """Y = the middle of x; where x is too small it is resized."""
    if isinstance(subject.given.first, Mapping):
        return black_box(subject)
    layer, shape = subject.operation, subject.shape
    size = (layer.height, layer.width)
    after = with_size(layer, shape, size)
    old = height_and_width(layer, shape)
    small = any(a is not None and a < b for a, b in zip(old, size, strict=True))
    return Meaning(
        formula=_stretched_formula(layer, shape, after)
        if small
        else crop_formula(layer, shape, after, _starts(old, size)),
        shapes=(after,),
        shape_rule=f"height and width become {size[0]} and {size[1]}",
        evaluate=lambda given: _centre(layer, given.first),
        notes=(
            "The images are smaller than that in one direction: the largest middle "
            "part with the right aspect ratio is resized.",
        )
        if small
        else (),
    )


def height_and_width(layer: Any, shape: Shape) -> Shape:
    """Return the two lengths of images, wherever the channels are."""
    last = layer.data_format == "channels_last"
    return shape[-3:-1] if last else shape[-2:]


def _starts(old: Shape, size: tuple[int, int]) -> tuple[str, str]:
    first, second = (
        letter if length is None else str((length - part) // 2)
        for letter, length, part in zip("ab", old, size, strict=True)
    )
    return first, second


def crop_formula(
    layer: Any, shape: Shape, after: Shape, starts: tuple[str, str]
) -> Formula:
    """Return `y[i, j, c] = x[i + 1, j + 2, c]`; starts are numbers or letters."""
    places = ["i", "j"]
    moved = [
        place if start == "0" else f"{place} + {start}"
        for place, start in zip(places, starts, strict=True)
    ]
    last = layer.data_format == "channels_last"
    old = [*moved, "c"] if last else ["c", *moved]
    new = [*places, "c"] if last else ["c", *places]
    return formula(
        f"$y, y[{', '.join(new)}] = x[{', '.join(old)}], x = $x",
        x=Symbol("x", "x", shape, "images"),
        y=Symbol("y", "y", after, "output"),
    )


def _resizing_formula(layer: Any, shape: Shape, after: Shape) -> Formula:
    inside, part = r"$x", "$x"
    if layer.crop_to_aspect_ratio:
        inside, part = r"\text{middle of } $x", "(middle of $x)"
    if layer.pad_to_aspect_ratio:
        inside, part = r"\text{bordered } $x", "(bordered $x)"
    old = height_and_width(layer, shape)
    framed = layer.crop_to_aspect_ratio or layer.pad_to_aspect_ratio
    lengths = (None, None) if framed else old
    return formula(
        rf"$y = $A \, {inside} \, $B^{{T}} \text{{ for each channel}}",
        f"$y = $A {part} transposed $B for each channel",
        x=Symbol("x", "x", shape, "images"),
        y=Symbol("y", "y", after, "output"),
        A=Symbol("A", "A", (layer.height, lengths[0]), "weights of the rows"),
        B=Symbol("B", "B", (layer.width, lengths[1]), "weights of the columns"),
    )


def _stretched_formula(layer: Any, shape: Shape, after: Shape) -> Formula:
    return formula(
        r"$y = A \, (\text{middle of } $x) \, B^{T} \text{ for each channel}",
        "$y = A (middle of $x) transposed B for each channel",
        x=Symbol("x", "x", shape, "images"),
        y=Symbol("y", "y", after, "output"),
    )


def _resizing_notes(layer: Any) -> tuple[str, ...]:
    notes = [_METHODS.get(layer.interpolation, "")]
    if layer.crop_to_aspect_ratio:
        notes.append(CUT)
    if layer.pad_to_aspect_ratio:
        notes.append(bordered_note(layer.fill_value))
    if layer.antialias:
        notes.append("When it gets smaller, each weight reaches further (antialias).")
    return tuple(note for note in notes if note)


def _resized(layer: Any, x: Array) -> Array:
    size = (layer.height, layer.width)
    images = channels_last(layer, x)
    if layer.crop_to_aspect_ratio:
        images = cropped_to_aspect(images, size)
    elif layer.pad_to_aspect_ratio:
        images = padded_to_aspect(images, size, layer.fill_value)
    result = resized(images, size, layer.interpolation, layer.antialias)
    result = channels_last(layer, result, back=True)
    if x.dtype.kind not in "iu":
        return result
    # Images of whole numbers stay so.
    limits = np.iinfo(x.dtype)
    return np.clip(np.round(result), limits.min, limits.max).astype(x.dtype)


def _centre(layer: Any, x: Array) -> Array:
    size = (layer.height, layer.width)
    images = channels_last(layer, x)
    top, left = images.shape[-3] - size[0], images.shape[-2] - size[1]
    if top >= 0 and left >= 0:
        top, left = top // 2, left // 2
        images = images[..., top : top + size[0], left : left + size[1], :]
    else:
        images = resized(cropped_to_aspect(images, size), size, "bilinear")
    return channels_last(layer, images, back=True)
