"""How the numbers of a tensor are spread: a tiny histogram, drawn or in letters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from teachkit.traces.records import Value

Array = np.ndarray[Any, Any]

BARS = 12
MOST_COUNTED = 2**14
"""Of more numbers than this, evenly spaced ones are counted: the shape is the same."""

_LETTERS = " ▁▂▃▄▅▆▇█"
ASCII_BARS = str.maketrans("▁▂▃▄▅▆▇█", "._-~=+*#")
_BAR, _HEIGHT = 5, 16


def bars_of(value: Value) -> tuple[float, ...]:
    """Return the heights of a histogram, of which the largest is 1.

    It goes from the smallest to the largest number. There is none of words, and none
    of numbers that were not kept: a picture is not worth running the model again.
    """
    if value.told is not None:
        return ()
    counts, _ = counts_of(_some(value.array), BARS)
    return tuple(float(height) for height in counts / max(1, counts.max(initial=0)))


def counts_of(array: Array, bins: int) -> tuple[Array, tuple[float, float]]:
    """Return how many numbers lie in each of some equal ranges, and the ends of all.

    Unlike NumPy's histogram it takes numbers that are nearly equal, or huge. There
    are no counts if there are no finite numbers.
    """
    numbers = numbers_of(array)
    finite = np.empty(0) if numbers is None else numbers[np.isfinite(numbers)]
    if finite.size == 0:
        return np.empty(0), (0.0, 0.0)
    low, high = float(finite.min()), float(finite.max())
    # Halves, as the distance of the ends may be larger than any number.
    width = high / 2 - low / 2
    if width == 0:
        places = np.full(finite.size, bins // 2)
    else:
        shares = (finite.astype("float64") / 2 - low / 2) / width
        places = np.minimum((shares * bins).astype(int), bins - 1)
    return np.bincount(places.reshape(-1), minlength=bins), (low, high)


def bars_text(heights: Sequence[float]) -> str:
    """Return a histogram in letters: ` ▁▃█▂`."""
    # Rounded up: a bar that is not empty is to be seen.
    return "".join(_LETTERS[int(np.ceil(height * 8))] for height in heights).rstrip()


def bars_svg(heights: Sequence[float]) -> str:
    """Return a histogram as a small drawing in the colour of the text."""
    if not heights:
        return ""
    path = "".join(
        f"M{k * _BAR} {_HEIGHT}v-{max(1, round(height * _HEIGHT))}h{_BAR - 1}V{_HEIGHT}"
        for k, height in enumerate(heights)
        if height > 0
    )
    width = _BAR * len(heights)
    return (
        f'<svg class="bars" viewBox="0 0 {width} {_HEIGHT}" width="{width}" '
        f'height="{_HEIGHT}" aria-hidden="true"><path d="{path}"/></svg>'
    )


def numbers_of(array: Array) -> Array | None:
    """Return an array in single or double precision; None if it holds no numbers."""
    if array.dtype.kind in "SUOc":
        return None
    if array.dtype.name in {"float32", "float64"}:
        return array
    return array.astype("float64" if array.dtype.itemsize > 2 else "float32")


def _some(array: Array) -> Array:
    flat = array.reshape(-1)
    return flat[:: max(1, -(-flat.size // MOST_COUNTED))]
