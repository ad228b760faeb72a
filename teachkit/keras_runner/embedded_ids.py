"""Ids that an Embedding has no row for, told before the Embedding reads them."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np

from teachkit.errors import WrongValueError
from teachkit.keras_reader.recording import Recording
from teachkit.keras_runner.levels import Level, levels_of
from teachkit.keras_runner.limits import limits_of

_LARGEST = 2**31 - 1
"""Larger numbers become others when they are cast to ids."""


def check_ids(
    path: str, operation: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> list[str]:
    """Refuse ids that are too large for an Embedding; return notes on odd ones.

    TensorFlow refuses them on a processor only. Keras reads a negative id from the end.

    Raises:
        WrongValueError: an id has no row.
    """
    if not isinstance(operation, keras.layers.Embedding):
        return []
    ids = np.asarray(keras.ops.convert_to_numpy(args[0] if args else kwargs["inputs"]))
    rows = int(operation.input_dim)
    if not ids.size:
        return []
    top = int(ids.max())
    if top >= rows:
        raise _without_row(path, rows, top)
    if ids.min() < 0:
        return [
            f"The Embedding '{path}' reads the id {int(ids.min())}: negative ids are "
            "counted from its last row."
        ]
    return []


def check_given_ids(recording: Recording, name: str, array: Any) -> None:
    """Refuse ids that would become others before an Embedding can read them.

    Arguments:
        recording: of the model.
        name: id of the input.
        array: that is given for it.

    Raises:
        WrongValueError: an id has no row.
    """
    numbers = array if isinstance(array, np.ndarray) else np.empty(0)
    if numbers.dtype.kind not in "fiu" or not numbers.size:
        return
    top = numbers.max()
    limit = limits_of(recording.root).get(name) if top > _LARGEST else None
    if limit is None or not np.isfinite(top):
        return
    root = Level("", recording.root, recording.graph)
    paths = [
        level.prefix + call.id
        for level in levels_of(root)
        for call in level.calls
        if getattr(call.operation, "input_dim", None) == limit
    ]
    if paths:
        raise _without_row(paths[0], limit, int(top))


def _without_row(path: str, rows: int, number: int) -> WrongValueError:
    return WrongValueError(
        f"ids from 0 to {rows - 1} for the Embedding '{path}', whose input_dim is "
        f"{rows}",
        f"the id {number}",
        f"make the Embedding with input_dim={number + 1} or more, or pass smaller ids",
    )
