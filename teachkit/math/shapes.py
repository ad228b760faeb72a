"""The shape of what a call is given, and how it is told."""

from __future__ import annotations

from typing import Any

import numpy as np

from teachkit.graph import Shape, TensorSpec
from teachkit.math.formulas import Symbol
from teachkit.math.subjects import UnknownShapeError


def shape_of(value: Any) -> Shape:
    """Return the shape of a tensor, a number or nested numbers.

    Raises:
        UnknownShapeError: nobody knows it.
    """
    if not isinstance(value, TensorSpec):
        return tuple(np.shape(value))
    if value.shape is None:
        raise UnknownShapeError
    return value.shape


def told_shape(shape: Shape) -> str:
    """Return a shape in brackets: `[?×4]`."""
    return Symbol("", "", shape).shaped_text
