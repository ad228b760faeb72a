"""AutoContrast and Equalization: values spread over the whole range."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from teachkit.math.black_box import black_box
from teachkit.math.formulas import Formula, Symbol, formula
from teachkit.math.images import BYTE, batched, channels_last, range_notes, rescaled
from teachkit.math.meanings import Meaning
from teachkit.math.rules import for_layers
from teachkit.math.subjects import Array, Subject


@for_layers("AutoContrast")
def auto_contrast(subject: Subject) -> Meaning:
    """Values are spread so that min and max of each channel are the whole range."""
    if isinstance(subject.given.first, Mapping):
        return black_box(subject)
    layer, shape = subject.operation, subject.shape
    low, high = layer.value_range
    start = f"{low:g} + " if low else ""
    flat = "A channel in which all values are the same stays as it is."
    return Meaning(
        formula=formula(
            rf"$y = {start}{high - low:g} \, \frac{{$x - \min x}}"
            r"{\max x - \min x}",
            f"$y = {start}{high - low:g} ($x - min x) / (max x - min x)",
            x=Symbol("x", "x", shape, "images"),
            y=Symbol("y", "y", shape, "output"),
        ),
        shapes=(shape,),
        shape_rule="the shape stays: min and max are of each channel of each image",
        evaluate=lambda given: _spread(layer, given.first),
        notes=(flat,)
        if layer.data_format == "channels_last"
        else (
            flat,
            "Keras takes min and max over axes 1 and 2 also when axis 1 is the "
            "channels, as here.",
        ),
    )


@for_layers("Equalization")
def equalization(subject: Subject) -> Meaning:
    """Each value becomes how many values are below it; at inference y = x."""
    if isinstance(subject.given.first, Mapping):
        return black_box(subject)
    layer, shape = subject.operation, subject.shape
    x, y = Symbol("x", "x", shape, "images"), Symbol("y", "y", shape, "output")
    if not subject.trains:
        return Meaning(
            formula=formula("$y = $x", x=x, y=y),
            shapes=(shape,),
            shape_rule="the shape stays",
            evaluate=lambda given: np.asarray(given.first),
            notes=("Keras equalizes in training only; at inference nothing changes.",),
        )
    return Meaning(
        formula=_equalization_formula(layer, x, y),
        shapes=(shape,),
        shape_rule="the shape stays: each value is replaced by another",
        evaluate=lambda given: _equalized(layer, given.first),
        notes=(
            "One histogram is made of all images of the batch, for each channel.",
            *range_notes(layer),
        ),
    )


def _spread(layer: Any, x: Array) -> Array:
    images = batched(np.asarray(x, "float64"))
    low = images.min(axis=(1, 2), keepdims=True)
    high = images.max(axis=(1, 2), keepdims=True)
    extent = np.where(high == low, 1, high - low)
    bottom, top = layer.value_range
    spread = np.where(
        high == low, images, bottom + (images - low) / extent * (top - bottom)
    )
    return spread if x.ndim == 4 else spread[0]


def _equalization_formula(layer: Any, x: Symbol, y: Symbol) -> Formula:
    last = layer.bins - 1
    step, told = rf"\frac{{{last}}}{{255}} ", f"{last}/255 "
    if last == 255:
        step = told = ""
    return (
        formula(
            rf"c_k = \text{{number of pixels with }} \lfloor {step}x \rfloor \le k, "
            rf"\quad k = 0, \dots, {last}",
            f"c_k = number of pixels with floor({told}x) <= k, k = 0, ..., {last}",
        )
        + formula(
            r"m = \text{smallest } c_k \text{ above } 0, \quad n = \text{largest } c_k",
            "m = smallest c_k above 0, n = largest c_k",
        )
        + formula(
            r"$y = \text{round}(255 \, \frac{c_k - m}{n - m}), "
            rf"\quad k = \lfloor {step}$x \rfloor",
            f"$y = round(255 (c_k - m) / (n - m)), k = floor({told}$x)",
            x=x,
            y=y,
        )
    )


def _equalized(layer: Any, x: Array) -> Array:
    images = channels_last(layer, rescaled(x, layer.value_range, BYTE))
    channels = [_equal(layer.bins, one) for one in np.moveaxis(images, -1, 0)]
    result = rescaled(np.stack(channels, axis=-1), BYTE, layer.value_range)
    return channels_last(layer, result, back=True)


def _equal(bins: int, channel: Array) -> Array:
    places = np.clip((channel * (bins - 1) / 255).astype("int64"), 0, bins - 1)
    histogram = np.bincount(places.reshape(-1), minlength=bins)
    if np.count_nonzero(histogram) <= 1:
        return channel
    sums = np.cumsum(histogram)
    least = sums[sums > 0][0]
    table = np.round((sums - least) * 255 / max(sums[-1] - least, 1))
    return np.asarray(np.clip(table, 0, 255)[places])
