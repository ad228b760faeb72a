"""NumPy for windows that slide: convolutions and pooling, from their definition."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import reduce
from itertools import product

import numpy as np

from teachkit.math.subjects import Array
from teachkit.math.windows import Window, channels_back, channels_last


def convolved(x: Array, kernel: Array, window: Window, groups: int = 1) -> Array:
    """Return the sums of what each window sees times the kernel.

    Arguments:
        x: the input.
        kernel: window × channels of a group × filters.
        window: how it slides.
        groups: the channels are cut into so many; each has filters of its own.
    """
    channels, filters = kernel.shape[-2:]
    split = (*kernel.shape[:-1], groups, filters // groups)
    kernel = np.moveaxis(kernel.reshape(split), -2, -3)
    x = channels_last(x, window)
    z = _summed(
        seen.reshape(-1, groups, channels).transpose(1, 0, 2) @ kernel[place]
        for place, seen in window.slid(x)
    )
    shape = (len(x), *window.outputs_of(x), filters)
    return channels_back(z.transpose(1, 0, 2).reshape(shape), window)


def convolved_by_channel(x: Array, kernel: Array, window: Window) -> Array:
    """Return each channel convolved with kernels of its own, of a depthwise layer.

    Arguments:
        x: the input.
        kernel: window × channels × kernels for each channel.
        window: how it slides.
    """
    terms = (
        seen[..., None] * kernel[place]
        for place, seen in window.slid(channels_last(x, window))
    )
    z = _summed(terms)
    return channels_back(z.reshape(*z.shape[:-2], -1), window)


def spread(
    x: Array, kernel: Array, window: Window, lengths: list[int], crops: list[int]
) -> Array:
    """Return a transposed convolution: each number of the input spreads the kernel.

    Arguments:
        x: the input.
        kernel: window × filters × channels.
        window: how far the output moves for one step in the input.
        lengths: of the output, without batch and channels.
        crops: how many places are cut off before the first one of each axis.
    """
    x = channels_last(x, window)
    counts = x.shape[1:-1]
    ends = [crop + length for crop, length in zip(crops, lengths, strict=True)]
    reach = [
        max((count - 1) * stride + span, end)
        for count, stride, span, end in zip(
            counts, window.strides, window.spans, ends, strict=True
        )
    ]
    z = np.zeros((len(x), *reach, kernel.shape[-2]))
    for place in product(*map(range, window.size)):
        z[:, *window.steps(place, counts)] += np.tensordot(x, kernel[place], (-1, -1))
    kept = [slice(*one) for one in zip(crops, ends, strict=True)]
    return channels_back(z[:, *kept], window)


def maxima(x: Array, window: Window) -> Array:
    """Return the largest number that each window sees, per channel."""
    whole = np.issubdtype(x.dtype, np.integer)
    lowest = int(np.iinfo(x.dtype).min) if whole else -np.inf
    seen = (part for _, part in window.slid(channels_last(x, window), fill=lowest))
    return channels_back(reduce(np.maximum, seen), window)


def means(x: Array, window: Window) -> Array:
    """Return the mean of what each window sees, per channel; padding is not counted."""
    x = channels_last(x, window)
    sums = _summed(seen for _, seen in window.slid(x))
    places = np.ones((1, *x.shape[1:-1], 1))
    counts = _summed(seen for _, seen in window.slid(places))
    return channels_back(sums / counts, window)


def pooled_to(
    x: Array, sizes: tuple[int, ...], window_of: Callable[..., Array], first: int
) -> Array:
    """Return windows cut such that so many of them cover each axis, put together.

    Arguments:
        x: the input.
        sizes: how many windows along each axis.
        window_of: makes one number of a window along an axis: `np.max`, `np.mean`.
        first: the first axis that is cut.
    """
    for axis, size in enumerate(sizes, start=first):
        parts = [
            window_of(x.take(range(start, end), axis), axis=axis, keepdims=True)
            for start, end in cuts(x.shape[axis], size)
        ]
        x = np.concatenate(parts, axis=axis)
    return x


def cuts(length: int, count: int) -> list[tuple[int, int]]:
    """Return where windows begin and end so that `count` of them cover an axis.

    They are as even as can be, and overlap where the count does not divide the length.

    Example:
        >>> cuts(5, 2)
        [(0, 3), (2, 5)]
    """
    return [
        (index * length // count, -(-(index + 1) * length // count))
        for index in range(count)
    ]


def _summed(terms: Iterable[Array]) -> Array:
    terms = iter(terms)
    total = np.array(next(terms))
    for term in terms:
        total += term
    return total
