"""How the places of sequences, images and volumes are called and written."""

from __future__ import annotations

from teachkit.math.subjects import Array


def spatial_names(count: int) -> tuple[str, ...]:
    """Return what so many spatial axes are called: `height` and `width`."""
    return ("length",) if count == 1 else ("depth", "height", "width")[-count:]


def place_letters(count: int, first: int) -> list[str]:
    """Return a letter for each axis: `n, i, j, c`.

    Arguments:
        count: how many spatial axes there are.
        first: the first of them; 2 if the channels stand before them.
    """
    spatial = list("ijk"[:count])
    return ["n", "c", *spatial] if first == 2 else ["n", *spatial, "c"]


def first_channel(array: Array, first: int) -> Array:
    """Return the first channel of the first sample."""
    return array[0, 0] if first == 2 else array[0, ..., 0]
