"""Numbers of the kind that a tensor takes: whole, broken, complex, or words."""

from __future__ import annotations

import numbers
from typing import Any

import keras
import numpy as np

from teachkit.errors import WrongTypeError, WrongValueError


def array_of(given: Any, what: str) -> Any:
    """Return what was given as an array of numbers or words.

    Arguments:
        given: an array, or nested lists.
        what: what it is for, as an error calls it: `input 'x' of shape (batch, 4)`.

    Raises:
        TeachkitError: rows have different lengths, or it is something else.
    """
    try:
        array = np.asarray(given)
    except ValueError as error:
        raise WrongValueError(
            f"an array for {what}",
            f"rows of different lengths ({error})",
            "fill the rows up to the same length",
        ) from None
    if array.dtype.kind == "O":
        _check_objects(given, array, what)
    return array


def check_kind(array: Any, wanted: str, what: str) -> None:
    """Refuse numbers that would become others in a dtype, and words for numbers.

    Arguments:
        array: of numbers or words.
        wanted: the dtype.
        what: what it is for, as an error calls it.

    Raises:
        TeachkitError: it does not fit.
    """
    kind = kind_of(array)
    words = kind in "OSU"
    if words != (wanted == "string"):
        raise WrongTypeError(
            f"{wanted} for {what}",
            f"an array of dtype {array.dtype}",
            "pass an array of words" if not words else "turn the words into numbers",
        )
    if kind == "c" and "complex" not in wanted:
        raise WrongTypeError(
            f"{wanted} for {what}",
            f"complex numbers ({array.dtype}), whose imaginary part would be lost",
            "pass array.real, or both parts as two features",
        )
    if kind in "fiu" and keras.backend.is_int_dtype(wanted):
        _check_whole(np.asarray(keras.ops.convert_to_numpy(array)), wanted, what)


def kind_of(array: Any) -> str:
    """Return the letter that NumPy has for the kind of an array or tensor."""
    if isinstance(array, np.ndarray):
        return str(array.dtype.kind)
    dtype = keras.backend.standardize_dtype(array.dtype)
    if dtype == "string":
        return "U"
    if "complex" in dtype:
        return "c"
    return "f" if keras.backend.is_float_dtype(dtype) else "i"


def _check_whole(given: Any, wanted: str, what: str) -> None:
    broken = given[given != np.round(given)]
    if broken.size:
        raise WrongTypeError(
            f"whole numbers ({wanted}) for {what}",
            f"{given.dtype} numbers such as {float(broken.flat[0]):.4g}",
            "pass ids as whole numbers",
        )
    room = np.iinfo(wanted)
    wrong = given[(given < room.min) | (given > room.max)]
    if wrong.size:
        raise WrongValueError(
            f"numbers from {room.min} to {room.max} ({wanted}) for {what}",
            f"the number {wrong.flat[0]:.0f}",
            "pass numbers that fit",
        )


def _check_objects(given: Any, array: Any, what: str) -> None:
    """Refuse objects that are no words, of which NumPy makes arrays too."""
    odd = [one for one in array.flat if not isinstance(one, (str, bytes))]
    if not odd:
        return
    if array.ndim:
        strange = [one for one in odd if not isinstance(one, numbers.Number)] or odd
        raise WrongTypeError(
            f"an array for {what}",
            f"objects that are no numbers, such as {strange[0]!r:.60}",
            "put a number in each place",
        )
    is_set = isinstance(given, (set, frozenset))
    gives_batches = not is_set and hasattr(given, "__iter__")
    raise WrongTypeError(
        f"an array for {what}",
        f"a {type(given).__name__}",
        "pass one batch of it: next(iter(dataset)) gives its inputs and targets"
        if gives_batches or isinstance(given, keras.utils.PyDataset)
        else "pass a NumPy array",
    )
