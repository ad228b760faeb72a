"""Ids that an Embedding has no row for, told before the Embedding reads them."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np

from teachkit.errors import WrongValueError


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
        raise WrongValueError(
            f"ids from 0 to {rows - 1} for the Embedding '{path}', whose input_dim is "
            f"{rows}",
            f"the id {top}",
            f"make the Embedding with input_dim={top + 1} or more, or pass smaller ids",
        )
    if ids.min() < 0:
        return [
            f"The Embedding '{path}' reads the id {int(ids.min())}: negative ids are "
            "counted from its last row."
        ]
    return []
