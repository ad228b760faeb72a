"""What a user asks of a run, checked before anything is run again."""

from __future__ import annotations

from typing import Any

import numpy as np

from teachkit.errors import WrongTypeError, WrongValueError
from teachkit.keras_runner.kinds import array_of, check_kind
from teachkit.traces.records import Array, Value


def check_text(given: Any, what: str, example: str) -> None:
    """Refuse what is no text.

    Arguments:
        given: by the user.
        what: what it should be.
        example: how it looks.

    Raises:
        WrongTypeError: it is something else.
    """
    if not isinstance(given, str):
        raise WrongTypeError(
            f"{what} as text", f"{given!r:.60}", f"write it like this: {example}"
        )


def check_number(given: Any, name: str) -> None:
    """Refuse what is no whole number from 0.

    Raises:
        WrongTypeError: it is something else.
    """
    whole = isinstance(given, (int, np.integer)) and not isinstance(given, bool)
    if not whole or given < 0:
        raise WrongTypeError(
            f"a whole number from 0 as {name}", f"{name}={given!r:.60}", "take 0"
        )


def numbers_for(value: Value, given: Any) -> Array:
    """Return the numbers that are to stand in the place of those of a tensor.

    Raises:
        TeachkitError: they have another shape, or would become others there.
    """
    what = f"'{value.name}'"
    array: Array = array_of(given, what)
    words = value.dtype in ("object", "string") or value.dtype.startswith("<U")
    check_kind(array, "string" if words else value.dtype, what)
    if array.shape != value.shape:
        raise WrongValueError(
            f"numbers of shape {value.shape} for {what}",
            f"shape {array.shape}",
            "pass an array of the same shape",
        )
    return array


def another_order(count: int, seed: int) -> Array:
    """Return an order of samples that is not the one they have."""
    generator = np.random.default_rng(seed)
    order = generator.permutation(count)
    while (order == np.arange(count)).all():
        order = generator.permutation(count)
    return order
