"""Tensors as small pictures: a square for each number, its colour for its size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from teachkit.layout.labels import count_text
from teachkit.math.written import told
from teachkit.speech import sentence
from teachkit.views.clean import clean_html
from teachkit.views.png import data_address, indexed_png
from teachkit.views.trace.distribution import numbers_of

Array = np.ndarray[Any, Any]

CHANNELS = 8
"""Feature maps that are shown of an image."""

_ANCHORS = (
    (0.0, (5, 48, 97)),
    (0.5, (67, 147, 195)),
    (1.0, (247, 247, 247)),
    (1.5, (214, 96, 77)),
    (2.0, (103, 0, 31)),
)
"""From blue over white to red, which the colour-blind can tell apart too."""
_LEVELS = 64
"""Steps from the darkest blue to the darkest red: more make a page larger."""
_WIDTH, _HEIGHT, _LARGEST_ZOOM = 640, 240, 14
"""Pixels of the page that a picture takes, and of one square."""
_NO_NUMBER, _GAP = _LEVELS + 1, _LEVELS + 2


@dataclass(frozen=True, slots=True)
class Room:
    """How much of a tensor is shown: rows and columns, and the side of an image."""

    rows: int = 16
    columns: int = 64
    side: int = 32


@dataclass(frozen=True, slots=True)
class Maps:
    """The part of a tensor that is shown.

    Attributes:
        planes: arrays of two axes.
        part: which part it is.
        axes: what rows and columns are.
    """

    planes: tuple[Array, ...]
    part: str
    axes: tuple[str, str]

    @property
    def peak(self) -> float:
        """The largest distance of a number from zero."""
        sizes = [np.abs(plane[np.isfinite(plane)]) for plane in self.planes]
        return float(max(size.max(initial=0.0) for size in sizes))

    @property
    def incomplete(self) -> bool:
        """Whether a number is infinite or NaN."""
        return any(not bool(np.isfinite(plane).all()) for plane in self.planes)

    @property
    def signed(self) -> bool:
        """Whether a number is below zero."""
        return any(bool((plane < 0).any()) for plane in self.planes)


def maps_of(
    array: Array, room: Room | None = None, *, channels_first: bool = False
) -> Maps | None:
    """Return what to show of a tensor; None if there is no good picture of it.

    Arguments:
        array: with the batch as its first axis.
        room: how much to show.
        channels_first: where the channels of an image are.
    """
    room = room or Room()
    if array.size == 0 or array.ndim not in {1, 2, 3, 4}:
        return None
    if array.ndim == 4:
        return _image(array[0], room.side, channels_first)
    axes = ("sample", "number") if array.ndim < 3 else ("step", "feature")
    matrix = numbers_of(np.atleast_2d(array) if array.ndim < 3 else array[0])
    if matrix is None:
        return None
    shown = matrix[: room.rows, : room.columns]
    sizes = zip(shown.shape, matrix.shape, axes, strict=True)
    part = " × ".join(_share(few, all_, word) for few, all_, word in sizes)
    if array.ndim == 3:
        part += " of the first sample"
    return Maps((shown,), part, axes)


def heat_map(maps: Maps, name: str) -> str:
    """Return a picture with the words that tell how to read it."""
    picture = _picture(maps)
    rows, columns = picture.shape
    zoom = min(_LARGEST_ZOOM, max(2, min(_WIDTH // columns, _HEIGHT // rows)))
    alt = clean_html(f"heat map of {name}")
    words = f"{clean_html(sentence(maps.part))} {legend(maps)}"
    return (
        f'<figure><img src="{_address(picture)}" alt="{alt}" '
        f'width="{columns * zoom}" height="{rows * zoom}">'
        f"<figcaption>{words}</figcaption></figure>"
    )


def legend(maps: Maps) -> str:
    """Say what the colours mean."""
    peak = told(maps.peak)
    if maps.peak == 0:
        grey = "White is 0, grey no finite number."
        return grey if maps.incomplete else "All shown are 0."
    ends = f"dark red {peak}, dark blue −{peak}" if maps.signed else f"dark red {peak}"
    grey = ", grey no finite number" if maps.incomplete else ""
    return f"White is 0, {ends}{grey}."


def _image(sample: Array, side: int, channels_first: bool) -> Maps | None:
    if channels_first:
        sample = np.moveaxis(sample, 0, -1)
    numbers = numbers_of(sample[..., :CHANNELS])
    if numbers is None:
        return None
    height, width, channels = sample.shape
    block = -(-max(height, width) // side)
    planes = tuple(_shrunk(numbers[..., k], block) for k in range(numbers.shape[-1]))
    part = f"{_share(len(planes), channels, 'channel')} of the first sample"
    if block > 1:
        part += f", {height} × {width}, a square for the mean of {block} × {block}"
    return Maps(planes, part, ("row", "column"))


def _shrunk(plane: Array, block: int) -> Array:
    """Return the means of square blocks; those at the far edges may be smaller."""
    if block == 1:
        return plane
    starts = [np.arange(0, length, block) for length in plane.shape]
    with np.errstate(invalid="ignore"):  # infinite less infinite is no number
        rows = np.add.reduceat(plane, starts[0], axis=0)
        sums = np.add.reduceat(rows, starts[1], axis=1)
    counts = [
        np.diff(np.append(start, length))
        for start, length in zip(starts, plane.shape, strict=True)
    ]
    means: Array = sums / np.outer(*counts)
    return means


def _share(few: int, all_: int, word: str) -> str:
    if few == all_:
        return count_text(all_, word)
    return f"first {few:,} of {count_text(all_, word)}"


def _picture(maps: Maps) -> Array:
    """Return the numbers of colours, the planes side by side."""
    peak = maps.peak or 1.0
    parts: list[Array] = []
    for plane in maps.planes:
        finite = np.isfinite(plane)
        scaled = np.where(finite, plane, 0.0) / peak
        levels = np.rint((scaled + 1) * (_LEVELS / 2))
        coloured = np.where(finite, levels, _NO_NUMBER).astype(np.uint8)
        gap = np.full((len(plane), 1), _GAP, np.uint8)
        parts += [coloured, gap]
    return np.hstack(parts[:-1])


def _address(picture: Array) -> str:
    return data_address(indexed_png(picture, _COLOURS, clear=_GAP))


def _mixed(level: int) -> tuple[int, int, int]:
    place = 2 * level / _LEVELS
    stops = [stop for stop, _ in _ANCHORS]
    red, green, blue = (
        round(float(np.interp(place, stops, [colour[k] for _, colour in _ANCHORS])))
        for k in range(3)
    )
    return red, green, blue


_COLOURS = (*map(_mixed, range(_LEVELS + 1)), (128, 128, 128), (128, 128, 128))
