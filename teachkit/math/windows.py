"""Windows that slide along the places of an input: where they stand, what they see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from teachkit.graph import Shape
from teachkit.math.subjects import Array
from teachkit.speech import listed

Pads = tuple[int, int]
Place = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """A window, with one number for each axis along which it slides.

    Attributes:
        size: how many places it sees.
        strides: how far it moves from one output to the next.
        dilation: how far apart the places are that it sees.
        padding: `valid`, `same` or `causal`.
        channels_first: the channels are axis 1, and not the last one.
    """

    size: tuple[int, ...]
    strides: tuple[int, ...]
    dilation: tuple[int, ...]
    padding: str = "valid"
    channels_first: bool = False

    @property
    def spans(self) -> tuple[int, ...]:
        """From its first place to its last: 5 for 3 places with a dilation of 2."""
        return tuple(
            (size - 1) * dilation + 1
            for size, dilation in zip(self.size, self.dilation, strict=True)
        )

    @property
    def names(self) -> tuple[str, ...]:
        """What its axes are called."""
        if len(self.size) == 1:
            return ("length",)
        return ("depth", "height", "width")[-len(self.size) :]

    def lengths(self, shape: Shape) -> Shape:
        """Return the axes along which it slides."""
        return tuple(shape[2:] if self.channels_first else shape[1:-1])

    def channels(self, shape: Shape) -> int | None:
        """Return how many channels a shape has."""
        return shape[1 if self.channels_first else -1]

    def placed(self, places: Sequence[Any], channel: Any) -> tuple[Any, ...]:
        """Return what belongs to the places and to the channel in their order."""
        return (channel, *places) if self.channels_first else (*places, channel)

    def outputs(self, shape: Shape) -> Shape:
        """Return at how many places it stands along each axis."""
        return tuple(
            None if length is None else self._output(axis, length)
            for axis, length in enumerate(self.lengths(shape))
        )

    def pads(self, shape: Shape) -> tuple[Pads | None, ...]:
        """Return how many places are added before and after each axis.

        None where that depends on a length which is open.
        """
        lengths = enumerate(self.lengths(shape))
        return tuple(self._pads(axis, length) for axis, length in lengths)

    def slid(
        self, x: Array, fill: float = 0
    ) -> Iterator[tuple[tuple[int, ...], Array]]:
        """Yield each place of the window, and what all windows see there.

        Arguments:
            x: numbers with the channels last.
            fill: what is added where it is padded.
        """
        # The windows are moved over all the input at once, place by place of the
        # window: that is fast in NumPy, and still the definition.
        counts = self.outputs_of(x)
        pads = [self._pads(axis, n) or (0, 0) for axis, n in enumerate(x.shape[1:-1])]
        if any(map(any, pads)):
            x = np.pad(x, [(0, 0), *pads, (0, 0)], constant_values=fill)
        for place in product(*map(range, self.size)):
            yield place, x[:, *self.steps(place, counts)]

    def steps(self, place: Sequence[int], counts: Sequence[int]) -> list[slice]:
        """Return where windows have one of their places, for so many windows."""
        return [
            slice(first * apart, first * apart + (count - 1) * stride + 1, stride)
            for first, apart, count, stride in zip(
                place, self.dilation, counts, self.strides, strict=True
            )
        ]

    def outputs_of(self, x: Array) -> list[int]:
        """Return at how many places it stands in an array with the channels last."""
        return [self._output(axis, length) for axis, length in enumerate(x.shape[1:-1])]

    def _output(self, axis: int, length: int) -> int:
        stride = self.strides[axis]
        if self.padding == "valid":
            return (length - self.spans[axis]) // stride + 1
        return (length - 1) // stride + 1

    def _pads(self, axis: int, length: int | None) -> Pads | None:
        span, stride = self.spans[axis], self.strides[axis]
        if self.padding == "valid":
            return 0, 0
        if self.padding == "causal":
            return span - 1, 0
        if length is None:
            # Without strides it does not depend on the length.
            return halves(span - 1) if stride == 1 or span == 1 else None
        reach = (self._output(axis, length) - 1) * stride + span
        return halves(max(reach - length, 0))


def halves(count: int) -> Pads:
    """Return what comes before and what comes after; the odd one comes after."""
    return count // 2, count - count // 2


def channels_last(x: Array, window: Window) -> Array:
    """Return numbers with their channels moved to the last axis, where they are not."""
    return np.moveaxis(x, 1, -1) if window.channels_first else x


def channels_back(x: Array, window: Window) -> Array:
    """Return numbers with their channels where the layer has them."""
    return np.moveaxis(x, -1, 1) if window.channels_first else x


def by_axis(names: Sequence[str], told: Sequence[str]) -> str:
    """Return what is to say of each axis, axes with the same together.

    Example:
        >>> by_axis(["height", "width"], ["28 / 2 = 14", "28 / 2 = 14"])
        'height and width: 28 / 2 = 14'
    """
    groups: dict[str, list[str]] = {}
    for name, text in zip(names, told, strict=True):
        groups.setdefault(text, []).append(name)
    return "; ".join(f"{listed(group)}: {text}" for text, group in groups.items())


def shape_words(window: Window, shape: Shape) -> str:
    """Return in words how the lengths change: `height and width: 28 / 2 = 14`."""
    lengths = zip(window.lengths(shape), window.outputs(shape), strict=True)
    told = [
        _length_words(window, axis, length, "" if result is None else f" = {result:,}")
        for axis, (length, result) in enumerate(lengths)
    ]
    return by_axis(window.names, told)


def _length_words(window: Window, axis: int, length: int | None, reached: str) -> str:
    span, stride = window.spans[axis], window.strides[axis]
    told = window.names[axis] if length is None else f"{length:,}"
    if window.padding != "valid":
        padding = f"(padding {window.padding})"
        if stride == 1:
            return f"stays {padding}" if length is None else f"{told} stays {padding}"
        return f"{told} / {stride}, rounded up{reached} {padding}"
    steps = (
        f"{told} - {span} + 1" if stride == 1 else f"({told} - {span}) // {stride} + 1"
    )
    size, dilation = window.size[axis], window.dilation[axis]
    dilated = f" ({size} places with dilation {dilation} span {span})"
    return f"{steps}{reached}{dilated if span > size else ''}"
