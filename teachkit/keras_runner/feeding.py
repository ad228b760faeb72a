"""The inputs a user gives for a run, checked by name before anything runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import keras
import numpy as np

from teachkit.errors import WrongTypeError, WrongValueError
from teachkit.graph import Endpoint, Shape
from teachkit.keras_reader.recording import Recording
from teachkit.keras_runner.embedded_ids import check_given_ids
from teachkit.keras_runner.kinds import array_of, check_kind, kind_of
from teachkit.keras_runner.matching import example, matched, numbers_joined
from teachkit.keras_runner.running import check_numbers


def fed(recording: Recording, given: Any) -> dict[str, Any]:
    """Return what was given for each input, by the id of the input.

    Tensors stay as they are; all else becomes an array.

    Raises:
        TeachkitError: number, names, shapes or dtypes do not fit, or the model has no
            numbers; the message names the input.
    """
    check_numbers(recording)
    ends = recording.graph.inputs
    if given is None:
        raise WrongTypeError(
            "numbers for the inputs of the model",
            "None",
            "pass an array, or a dict with the names of the inputs",
        )
    free = [end for end in ends if _is_optional(recording, end)]
    given = matched(numbers_joined(given, len(ends)), ends, "input", free=free)
    found = {
        end: _array(end, leaf)
        for end, leaf in given.items()
        if leaf is not None or end not in free
    }
    for end, array in found.items():
        check_given_ids(recording, end.call, array)
        _check(end, array, ends)
    _check_batches(found)
    return {end.call: found.get(end) for end in ends}


def _is_optional(recording: Recording, end: Endpoint) -> bool:
    layer = recording.root.calls[end.call].operation
    return bool(getattr(layer, "optional", False))


def notes_on(arrays: Mapping[str, Any], noun: str = "Input") -> list[str]:
    """Return what a learner should know of the numbers that were given.

    Arguments:
        arrays: by name.
        noun: what stands before a name.
    """
    notes = []
    for name, array in arrays.items():
        if array is None or kind_of(array) != "f":
            continue
        numbers = np.asarray(keras.ops.convert_to_numpy(array)).astype("float64")
        wrong = int(numbers.size - np.isfinite(numbers).sum())
        if wrong:
            notes.append(
                f"{noun} '{name}' has {wrong} of {numbers.size} numbers that are "
                "infinite or no number (NaN); they spread to what is computed from it."
            )
    return notes


def _array(end: Endpoint, leaf: Any) -> Any:
    if keras.ops.is_tensor(leaf) and not isinstance(leaf, keras.KerasTensor):
        return leaf
    if leaf is None or isinstance(leaf, keras.KerasTensor):
        raise WrongTypeError(
            f"numbers for input '{end.call}' of shape {shape_told(end.shape)}",
            "None" if leaf is None else "a tensor without numbers, from keras.Input",
            "pass a NumPy array",
        )
    return array_of(leaf, f"input '{end.call}' of shape {shape_told(end.shape)}")


def _check(end: Endpoint, array: Any, ends: tuple[Endpoint, ...]) -> None:
    if end.shape is not None:  # else nobody knows what a closed model takes
        check_kind(array, end.dtype, f"input '{end.call}'")
    shape = tuple(array.shape)
    if end.shape is None or fits(shape, end.shape):
        return
    others = [one for one in ends if one.shape and fits(shape, one.shape)]
    action = "pass an array of this shape, the batch first"
    if fits(shape, end.shape[1:]):
        action = "put the batch axis in front, also for one sample: array[None]"
    elif others:
        action = f"it fits '{others[0].call}'; pass a dict with names: {example(ends)}"
    raise WrongValueError(
        f"input '{end.call}' of shape {shape_told(end.shape)}",
        f"shape {shape}",
        action,
    )


def _check_batches(found: Mapping[Endpoint, Any]) -> None:
    """Refuse inputs of different numbers of samples; one sample fits any number."""
    open_ends = [end for end in found if end.shape and end.shape[0] is None]
    sizes = {end: int(found[end].shape[0]) for end in open_ends if found[end].shape}
    many = {size for size in sizes.values() if size != 1}
    if 0 in many:
        empty = next(end for end, size in sizes.items() if size == 0)
        raise WrongValueError(
            f"at least one sample for input '{empty.call}'",
            f"an array of shape {tuple(found[empty].shape)}",
            "pass some rows",
        )
    if len(many) > 1:
        raise WrongValueError(
            "the same number of samples for all inputs",
            ", ".join(f"{size} for '{end.call}'" for end, size in sizes.items()),
            "pass as many rows for each input",
        )


def fits(shape: tuple[int, ...], wanted: Shape) -> bool:
    """Tell whether Keras takes a shape: it adds or drops a last axis of length 1."""
    if len(shape) == len(wanted) + 1 and shape[-1] == 1:
        shape = shape[:-1]
    elif len(shape) == len(wanted) - 1 and wanted[-1] == 1:
        shape = (*shape, 1)
    return len(shape) == len(wanted) and all(
        length is None or length == found
        for found, length in zip(shape, wanted, strict=True)
    )


def shape_told(shape: Shape | None) -> str:
    """Return a shape with words for what is left open."""
    if shape is None:
        return "(unknown)"
    first = ["batch" if shape[0] is None else str(shape[0])] if shape else []
    rest = ["any" if length is None else str(length) for length in shape[1:]]
    parts = first + rest
    return f"({parts[0]},)" if len(parts) == 1 else f"({', '.join(parts)})"
