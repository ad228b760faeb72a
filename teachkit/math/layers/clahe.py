"""CLAHE: each tile of an image is equalized by itself, with limited contrast."""

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


@for_layers("ContrastLimitedAdaptiveHistogramEqualization", "CLAHE")
def clahe(subject: Subject) -> Meaning:
    """Equalization with a histogram for each tile, cut off, and blended."""
    if isinstance(subject.given.first, Mapping):
        return black_box(subject)
    layer, shape = subject.operation, subject.shape
    rows, columns = layer.tile_grid_size
    return Meaning(
        formula=_clahe_formula(layer, Symbol("x", "x", shape, "images")),
        shapes=(shape,),
        shape_rule="the shape stays: each value is replaced by another",
        evaluate=lambda given: _clahe(layer, given.first),
        notes=(
            f"Each of {rows} × {columns} tiles of n pixels has a histogram h of "
            "its own. Between the middles of four tiles their tables c are blended by "
            "the distance.",
            *_limit_notes(layer),
            *range_notes(layer),
        ),
    )


def _limit_notes(layer: Any) -> tuple[str, ...]:
    if layer.clip_limit <= 0:
        return ()
    return (
        f"What is above {layer.clip_limit:g} times the average is cut off, and spread "
        "over all values.",
    )


def _clahe_formula(layer: Any, x: Symbol) -> Formula:
    limit = f"{layer.clip_limit:g}"
    size = r"\frac{n}{256}"
    lines = Formula(())
    if layer.clip_limit > 0:
        lines = formula(
            rf"h_k \leftarrow \min(h_k, {limit} {size}) + "
            rf"\frac{{1}}{{256}} \sum\limits_m \max(h_m - {limit} {size}, 0)",
            f"h_k <- min(h_k, {limit} n/256) + Σ_m max(h_m - {limit} n/256, 0) / 256",
        )
    lines += formula(
        r"c_k = 255 \, \frac{\sum\limits_{m \le k} h_m - h_0}{n - h_0}",
        "c_k = 255 (Σ_(m <= k) h_m - h_0) / (n - h_0)",
    )
    return lines + formula(
        r"$y = \text{blend of the four nearest } c_k, \quad k = $x",
        "$y = blend of the four nearest c_k, k = $x",
        x=x,
        y=Symbol("y", "y", x.shape, "output"),
    )


def _clahe(layer: Any, x: Array) -> Array:
    images = batched(channels_last(layer, rescaled(x, layer.value_range, BYTE)))
    rows, columns = layer.tile_grid_size
    height, width = images.shape[1:3]
    high, wide = -(-height // rows), -(-width // columns)
    missing = ((0, 0), (0, high * rows - height), (0, wide * columns - width), (0, 0))
    whole = np.pad(images, missing, mode="symmetric").clip(0, 255).astype("int64")
    result = np.empty(images.shape)
    for sample, channel in np.ndindex(images.shape[0], images.shape[3]):
        plane = whole[sample, :, :, channel]
        blended = _blended(layer, plane, high, wide)
        result[sample, :, :, channel] = blended[:height, :width]
    result = rescaled(result if x.ndim == 4 else result[0], BYTE, layer.value_range)
    result = channels_last(layer, result, back=True)
    # Images of whole numbers stay so, and what is behind the point is cut off.
    return result.astype(x.dtype) if x.dtype.kind in "iu" else result


def _blended(layer: Any, plane: Array, high: int, wide: int) -> Array:
    """Return each pixel by the tables of the four tiles around it."""
    rows, columns = layer.tile_grid_size
    tables = np.array(
        [
            [
                _table(
                    layer, plane[i * high : (i + 1) * high, j * wide : (j + 1) * wide]
                )
                for j in range(columns)
            ]
            for i in range(rows)
        ]
    )
    above, below, down = _neighbours(plane.shape[0], high, rows)
    left, right, across = _neighbours(plane.shape[1], wide, columns)
    down, across = down[:, None], across[None, :]
    upper = tables[above[:, None], left[None, :], plane] * (1 - across)
    upper += tables[above[:, None], right[None, :], plane] * across
    lower = tables[below[:, None], left[None, :], plane] * (1 - across)
    lower += tables[below[:, None], right[None, :], plane] * across
    return np.asarray(upper * (1 - down) + lower * down)


def _table(layer: Any, tile: Array) -> Array:
    histogram = np.bincount(tile.reshape(-1), minlength=256).astype("float64")
    if layer.clip_limit > 0:
        cut = np.minimum(histogram, layer.clip_limit * tile.size / 256)
        histogram = cut + (histogram - cut).sum() / 256
    sums = np.cumsum(histogram)
    rest = tile.size - sums[0]
    return np.asarray(np.clip((sums - sums[0]) * 255 / (rest or 1), 0, 255))


def _neighbours(length: int, size: int, count: int) -> tuple[Array, Array, Array]:
    """Return the tiles before and after each pixel, and how far it is on its way."""
    places = (np.arange(length) - size / 2) / size
    before = np.floor(places)
    first = np.clip(before, 0, count - 1).astype("int64")
    second = np.clip(before + 1, 0, count - 1).astype("int64")
    return first, second, places - before
