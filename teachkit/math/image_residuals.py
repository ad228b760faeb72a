"""How far what Keras drew is from what a random layer for images can give.

The number that Keras drew is not known. It is recovered from the images: a choice by
trying each, a strength by least squares over the pixels that are not cut off.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from teachkit.math.images import batched, channels_last, grey, rescaled
from teachkit.math.subjects import Array

Residual = Callable[[Any, Array, Array], float]
_Parts = Callable[[Any, Array], tuple[Array, Array]]
_Choices = Callable[[Any, Array], Iterable[Array]]


def _nearest(choices: _Choices) -> Residual:
    """Return the residual of a layer that takes one of a few images for each."""

    def residual(layer: Any, x: Array, y: Array) -> float:
        pairs = _pairs(layer, x, y)
        return max(min(_gap(one, b) for one in choices(layer, a)) for a, b in pairs)

    return residual


def _linear(parts: _Parts, limits: Callable[[Any], tuple[float, float]]) -> Residual:
    """Return the residual of `y = clip(start + f direction)` with f within limits."""

    def residual(layer: Any, x: Array, y: Array) -> float:
        low, high = layer.value_range
        worst = 0.0
        for a, b in _pairs(layer, x, y):
            start, direction = parts(layer, a)
            free = (b > low) & (b < high)
            way = direction[free]
            if not way.any():
                continue
            strength = float((b - start)[free] @ way / (way @ way))
            least, most = limits(layer)
            outside = max(least - strength, strength - most, 0.0)
            made = np.clip(start + strength * direction, low, high)
            worst = max(worst, _gap(made, b), outside if outside > 1e-4 else 0.0)
        return worst

    return residual


def _pairs(layer: Any, x: Array, y: Array) -> Iterable[tuple[Array, Array]]:
    old, new = channels_last(layer, batched(x)), channels_last(layer, batched(y))
    return zip(old, new, strict=True)


def _gap(a: Array, b: Array) -> float:
    """Return the largest difference, relative to the largest number if above one."""
    return float(np.abs(a - b).max() / max(1.0, np.abs(b).max()))


def _flips(layer: Any, x: Array) -> Iterable[Array]:
    axes = {"horizontal": (1,), "vertical": (0,), "horizontal_and_vertical": (0, 1)}
    return x, np.flip(x, axes[layer.mode])


def _inverts(layer: Any, x: Array) -> Iterable[Array]:
    return x, layer.value_range[1] - x


def _greys(_layer: Any, x: Array) -> Iterable[Array]:
    return x, np.broadcast_to(grey(x), x.shape)


def _posters(layer: Any, x: Array) -> Iterable[Array]:
    first, last = layer.factor
    whole = rescaled(x, layer.value_range, (0, 255)).astype("int64")
    for bits in range(first, max(last, first + 1)):
        step = 2 ** (8 - bits)
        yield rescaled(whole // step * step, (0, 255), layer.value_range)


def _brighter(_layer: Any, x: Array) -> tuple[Array, Array]:
    return x, np.ones(x.shape)


def _contrasted(_layer: Any, x: Array) -> tuple[Array, Array]:
    mean = np.broadcast_to(x.mean(axis=(0, 1)), x.shape)
    return mean, x - mean


def _degenerated(_layer: Any, x: Array) -> tuple[Array, Array]:
    return x, grey(x) - x


def _sharpened(_layer: Any, x: Array) -> tuple[Array, Array]:
    padded = np.pad(x, ((1, 1), (1, 1), (0, 0)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, (3, 3), axis=(0, 1))
    smooth = (windows.sum(axis=(-2, -1)) + 4 * x) / 13
    return smooth, 2 * (x - smooth)


def _erased(layer: Any, x: Array, y: Array) -> float:
    """Tell whether what changed is one rectangle, filled with the value."""
    worst = 0.0
    for a, b in _pairs(layer, x, y):
        rows, columns = np.nonzero(~np.isclose(a, b).all(axis=-1))
        if not rows.size:
            continue
        box = np.s_[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
        filled = b.copy()
        if layer.fill_value is not None:
            filled[box] = np.clip(layer.fill_value, *layer.value_range)
        rest = filled.copy()
        rest[box] = a[box]
        worst = max(worst, _gap(filled, b), _gap(rest, a))
    return worst


def _cut(_layer: Any, x: Array, y: Array) -> float:
    """Tell whether each pixel is one of the same place in some image of the batch."""
    return float(np.abs(x[:, None] - y[None]).min(axis=0).max())


def _mixed(_layer: Any, x: Array, y: Array) -> float:
    """Tell whether each image lies between itself and another one of the batch."""
    return max(
        min(_off_line(start, end, one) for end in x)
        for start, one in zip(x, y, strict=True)
    )


def _off_line(start: Array, end: Array, point: Array) -> float:
    way, gone = (end - start).reshape(-1), (point - start).reshape(-1)
    length = float(way @ way)
    part = float(np.clip(gone @ way / length, 0, 1)) if length else 0.0
    return float(np.abs(gone - part * way).max())


def _span(layer: Any) -> tuple[float, float]:
    low, high = layer.value_range
    return layer.factor[0] * (high - low), layer.factor[1] * (high - low)


RESIDUALS: dict[str, Residual] = {
    "CutMix": _cut,
    "MixUp": _mixed,
    "RandomBrightness": _linear(_brighter, _span),
    "RandomColorDegeneration": _linear(_degenerated, lambda layer: layer.factor),
    "RandomContrast": _linear(
        _contrasted, lambda layer: (1 - layer.factor[0], 1 + layer.factor[1])
    ),
    "RandomErasing": _erased,
    "RandomFlip": _nearest(_flips),
    "RandomGrayscale": _nearest(_greys),
    "RandomInvert": _nearest(_inverts),
    "RandomPosterization": _nearest(_posters),
    "RandomSharpness": _linear(_sharpened, lambda layer: layer.factor),
}
