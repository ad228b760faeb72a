"""Axes and colours of images, for the rules of image preprocessing."""

from __future__ import annotations

from typing import Any

import numpy as np

from teachkit.graph import Shape
from teachkit.math.subjects import Array

GREY = (0.2989, 0.587, 0.114)
"""How much red, green and blue weigh in the brightness that people see."""

BYTE = (0, 255)
"""The range of values that several layers compute in."""


def channels_last(layer: Any, images: Array, back: bool = False) -> Array:
    """Return images with their channels last; `back` undoes it."""
    if layer.data_format == "channels_last":
        return images
    return np.moveaxis(images, -1, -3) if back else np.moveaxis(images, -3, -1)


def with_size(layer: Any, shape: Shape, size: tuple[int, int]) -> Shape:
    """Return the shape of images with another height and width."""
    if layer.data_format == "channels_last":
        return (*shape[:-3], *size, shape[-1])
    return (*shape[:-2], *size)


def batched(images: Array) -> Array:
    """Return one image as a batch of one."""
    return images[None] if images.ndim == 3 else images


def grey(images: Array) -> Array:
    """Return the brightness of images whose three channels are last."""
    return np.asarray((images * GREY).sum(axis=-1, keepdims=True))


def rescaled(images: Array, old: Any, new: Any) -> Array:
    """Return numbers of one range of values moved to another."""
    (low, high), (bottom, top) = old, new
    return np.asarray((images - low) / (high - low) * (top - bottom) + bottom)


def range_notes(layer: Any) -> tuple[str, ...]:
    """Return the note that a layer computes in another range, where it does."""
    low, high = layer.value_range
    if (low, high) == BYTE:
        return ()
    return (f"Values are moved from {low:g} ... {high:g} to 0 ... 255, and back.",)
