"""Multiply, Maximum and Minimum where inputs bring masks along."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce

import numpy as np

from teachkit.math.subjects import Array

ARE_ONE = (
    "a masked number counts as 1; where the number of every input is masked, y is 0"
)
LEFT_OUT = "a masked number is left out, if there is another to take"


def masked_product(inputs: Sequence[Array], masks: Sequence[Array | None]) -> Array:
    """Return the product of inputs, with a 1 for each number that is masked.

    Where no number is left it is 0, if all inputs have masks.
    """
    seen = [_of_numbers(*pair) for pair in zip(inputs, masks, strict=True)]
    product = np.asarray(
        reduce(
            np.multiply,
            [
                x if mask is None else np.where(mask, x, 1)
                for x, mask in zip(inputs, seen, strict=True)
            ],
        )
    )
    known = [mask for mask in seen if mask is not None]
    if len(known) < len(seen):
        return product
    return np.where(reduce(np.logical_or, known), product, 0)


def masked_extreme(
    function: Callable[[Array, Array], Array],
    inputs: Sequence[Array],
    masks: Sequence[Array | None],
) -> Array:
    """Return the largest or smallest of the numbers that are not masked.

    Input after input, as Keras does it: a masked number is replaced by the other one,
    and where both are masked by what was found first.

    Arguments:
        function: of two arrays, such as `np.maximum`.
        inputs: the arrays.
        masks: of each; None where there is none.
    """
    first, *others = zip(inputs, masks, strict=True)
    found, counts = first[0], _of_numbers(*first)
    for x, mask in others:
        known = _of_numbers(x, mask)
        if known is not None:
            x = np.where(known, x, found)
        if counts is not None:
            found = np.where(counts, found, x)
        if counts is None or known is None:
            counts = None
        else:
            counts = np.logical_or(counts, known)
        found = function(found, x)
    return found


def _of_numbers(x: Array, mask: Array | None) -> Array | None:
    """Return the mask of steps as one of numbers."""
    if mask is None:
        return None
    return np.broadcast_to(np.asarray(mask, bool)[..., None], x.shape)
