"""Operations on images: colours, sizes, blocks, patches."""

from __future__ import annotations

import colorsys
from collections.abc import Callable, Mapping
from typing import Any

import keras
import numpy as np

from teachkit.math.images import grey
from teachkit.math.meanings import Meaning
from teachkit.math.operations.arguments import shape_of
from teachkit.math.operations.axes import told_length
from teachkit.math.operations.tables import Row, by_call, by_row, row_rule
from teachkit.math.resampling import (
    CUT,
    bordered_note,
    cropped_to_aspect,
    padded_to_aspect,
    resized,
)
from teachkit.math.rules import for_operations
from teachkit.math.subjects import Array, Subject
from teachkit.math.windows import Window

_Layout = str | None


def _first(data_format: _Layout) -> bool:
    layout = data_format or keras.config.image_data_format()
    return bool(layout == "channels_first")


def _on_last(
    function: Callable[[Array], Array], images: Array, data_format: _Layout
) -> Array:
    """Return what a function makes of images with the channels last."""
    if not _first(data_format):
        return function(images)
    return np.moveaxis(function(np.moveaxis(images, -3, -1)), -1, -3)


def _each_colour(function: Callable[..., tuple[float, ...]]) -> Callable[..., Array]:
    def evaluate(images: Array, data_format: _Layout) -> Array:
        def colours(last: Array) -> Array:
            rows = [function(*map(float, one)) for one in last.reshape(-1, 3)]
            return np.array(rows).reshape(last.shape)

        return _on_last(colours, images, data_format)

    return evaluate


def _resize(
    images: Array,
    size: Any,
    interpolation: str,
    antialias: bool,
    data_format: _Layout,
    **frame: Any,
) -> Array:
    def framed(last: Array) -> Array:
        if frame["crop_to_aspect_ratio"]:
            return cropped_to_aspect(last, size)
        if frame["pad_to_aspect_ratio"]:
            return padded_to_aspect(last, size, frame["fill_value"])
        return last

    return _on_last(
        lambda last: resized(framed(last), size, interpolation, antialias),
        images,
        data_format,
    )


@for_operations("Resize")
def resize(subject: Subject) -> Meaning:
    """Images in another size: whole, or framed such that nothing is stretched."""
    operation = subject.operation
    part = "$images"
    notes: tuple[str, ...] = ()
    if operation.crop_to_aspect_ratio:
        part, notes = "middle of $images", (CUT,)
    elif operation.pad_to_aspect_ratio:
        part, notes = "bordered $images", (bordered_note(operation.fill_value),)
    words = part.removesuffix("$images")
    latex = rf"\text{{{words}}} $images" if words else part
    height, width = operation.size
    how = f"{_HOW.get(operation.interpolation, operation.interpolation)} at "
    row = Row(
        latex=rf"{latex} \text{{ {how}}} {height} \times {width} \text{{ places}}",
        text=f"{part} {how}{height} × {width} places",
        function=_resize,
        shape_rule=_sizes(subject, height, width),
        notes=notes,
    )
    return row_rule(row)(subject)


_HOW = {
    "bicubic": "interpolated by cubics",
    "bilinear": "interpolated by straight lines",
    "nearest": "with the nearest pixel",
}


def _sizes(subject: Subject, height: int, width: int) -> str:
    shape = shape_of(subject.given.first)
    first = _first(subject.operation.data_format)
    before = shape[-2:] if first else shape[-3:-1]
    return (
        f"height {told_length(before[0])} → {height}, "
        f"width {told_length(before[1])} → {width}"
    )


def _depth_to_space(x: Array, block_size: int, data_format: str) -> Array:
    def blocks(last: Array) -> Array:
        n, h, w, c = last.shape
        b = block_size
        parts = last.reshape(n, h, w, b, b, c // b**2)
        return parts.transpose(0, 1, 3, 2, 4, 5).reshape(n, h * b, w * b, c // b**2)

    return _on_last(blocks, x, data_format)


def _space_to_depth(x: Array, block_size: int, data_format: str) -> Array:
    def blocks(last: Array) -> Array:
        n, h, w, c = last.shape
        b = block_size
        parts = last.reshape(n, h // b, b, w // b, b, c)
        return parts.transpose(0, 1, 3, 2, 4, 5).reshape(n, h // b, w // b, c * b**2)

    return _on_last(blocks, x, data_format)


def _patches(
    images: Array,
    size: Any,
    strides: Any,
    dilation_rate: Any,
    padding: str,
    data_format: _Layout,
) -> Array:
    size = (size, size) if isinstance(size, int) else tuple(size)
    steps = size if strides is None else strides
    window = Window(
        size, _pair(steps, len(size)), _pair(dilation_rate, len(size)), padding.lower()
    )

    def cut(last: Array) -> Array:
        return np.concatenate([seen for _, seen in window.slid(last)], axis=-1)

    return _on_last(cut, images, data_format)


def _pair(value: Any, rank: int) -> tuple[int, ...]:
    return (value,) * rank if isinstance(value, int) else tuple(value)


def _patch_row(arguments: Mapping[str, Any]) -> Row:
    size, steps = arguments["size"], arguments["strides"]
    sizes = _pair(size, 2)
    told = [" × ".join(map(str, one)) for one in (sizes, _pair(steps or size, 2))]
    latex = [one.replace("×", r"\times") for one in told]
    every = r"\text{ pixels of } $images \text{, one every }"
    return Row(
        latex=rf"\text{{patches of }} {latex[0]} {every} {latex[1]} \text{{ pixels}}",
        text=f"patches of {told[0]} pixels of $images, one every {told[1]} pixels",
        function=_patches,
        shape_rule="a place for each patch; its pixels become channels",
    )


_COLOURS = "every pixel by itself: the shape stays"

by_row(
    "DepthToSpace",
    Row(
        latex=r"\text{each } $x \text{ as a block of } $block_size \text{ by } "
        r"$block_size \text{ pixels}",
        text="each pixel of $x as a block of $block_size by $block_size pixels",
        function=_depth_to_space,
        shape_rule="height and width × {block_size}, channels / {block_size}²",
    ),
)
by_call("ExtractPatches", _patch_row)
by_row(
    "HSVToRGB",
    Row(
        latex=r"\text{red, green, blue of hue, saturation, value } $images",
        text="red, green, blue of hue, saturation, value $images",
        function=_each_colour(colorsys.hsv_to_rgb),
        shape_rule=_COLOURS,
        shapes=lambda own: (shape_of(own["images"]),),
    ),
)
by_row(
    "RGBToGrayscale",
    Row(
        latex=r"0.2989 \, r + 0.587 \, g + 0.114 \, b, \; (r, g, b) = $images",
        text="0.2989 r + 0.587 g + 0.114 b, (r, g, b) = $images",
        function=lambda images, data_format: _on_last(grey, images, data_format),
        shape_rule="three channels become one",
        notes=("Green weighs most, as the eye sees it best.",),
    ),
)
by_row(
    "RGBToHSV",
    Row(
        latex=r"\text{hue, saturation, value of red, green, blue } $images",
        text="hue, saturation, value of red, green, blue $images",
        function=_each_colour(colorsys.rgb_to_hsv),
        shape_rule=_COLOURS,
        shapes=lambda own: (shape_of(own["images"]),),
    ),
)
by_row(
    "SpaceToDepth",
    Row(
        latex=r"\text{each block of } $block_size \text{ by } $block_size "
        r"\text{ pixels of } $x \text{ as one}",
        text="each block of $block_size by $block_size pixels of $x as one",
        function=_space_to_depth,
        shape_rule="height and width / {block_size}, channels × {block_size}²",
    ),
)
