"""Shapes that a function of NumPy gives, found by trying it on zeros."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import prod
from typing import Any

import numpy as np

from teachkit.graph import Shape, TensorSpec
from teachkit.keras_reader.ports import leaves_with_path, map_leaves
from teachkit.math.numbers import flat_arrays
from teachkit.math.shapes import shape_of
from teachkit.math.subjects import Arguments, Subject

Shapes = tuple[Shape | None, ...]

_LARGE = 2_000_000
"""Of more numbers than that shorter lengths are tried, to save memory."""


def tried_shapes(
    function: Callable[[Arguments], Any], given: Mapping[str, Any]
) -> Shapes:
    """Return what shapes a function of NumPy gives, an open length as None.

    It is tried on zeros with two different lengths in the place of each open one: a
    length of the result that differs then is open too. The lengths can be cut into
    many numbers of parts, and are longer than most windows.
    """
    sizes = [prod(n or 240 for n in shape_of(one)) for one in _specs(given)]
    lengths = (12, 24) if sum(sizes) > _LARGE else (120, 240)
    (first, second) = (_shapes_with(length, function, given) for length in lengths)
    return tuple(
        tuple(a if a == b else None for a, b in zip(one, other, strict=True))
        for one, other in zip(first, second, strict=True)
    )


def shapes_or_open(subject: Subject, function: Callable[[Arguments], Any]) -> Shapes:
    """Return what `tried_shapes` finds, or None for each output if zeros will not do.

    They will not do where two open lengths are different ones.
    """
    try:
        return tried_shapes(function, subject.given)
    except (ValueError, IndexError, TypeError):
        return (None,) * max(1, len(subject.outputs))


def _specs(given: Mapping[str, Any]) -> list[TensorSpec]:
    leaves = [leaf for _, leaf in leaves_with_path(dict(given))]
    return [leaf for leaf in leaves if isinstance(leaf, TensorSpec)]


def _shapes_with(
    length: int, function: Callable[[Arguments], Any], given: Mapping[str, Any]
) -> list[tuple[int, ...]]:
    def zeros(leaf: Any) -> Any:
        if not isinstance(leaf, TensorSpec):
            return leaf
        kind = "float32" if "float" in leaf.dtype else leaf.dtype
        full = tuple(length if one is None else one for one in shape_of(leaf))
        # One zero seen everywhere: a large tensor takes no memory.
        return np.broadcast_to(np.zeros((), kind), full)

    result = function(Arguments(map_leaves(zeros, dict(given))))
    return [array.shape for array in flat_arrays(result)]
