"""Operations on numbers that belong to groups."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from teachkit.math.operations.arguments import shape_of
from teachkit.math.operations.tables import Row, Shapes, by_row
from teachkit.math.subjects import Array


def _shapes(arguments: Mapping[str, Any]) -> Shapes:
    return ((arguments["num_segments"], *shape_of(arguments["data"])[1:]),)


def _reduction(start: float, ufunc: Any) -> Callable[..., Array]:
    """Return what puts each row to what its group has so far, from a start."""

    def evaluate(data: Array, segment_ids: Array, num_segments: int | None) -> Array:
        ids = np.asarray(segment_ids, int)
        count = int(ids.max()) + 1 if num_segments is None else num_segments
        result = np.full((count, *data.shape[1:]), start, data.dtype)
        # Whoever belongs to no group has a negative number.
        ufunc.at(result, ids[ids >= 0], data[ids >= 0])
        return result

    return evaluate


def _row(latex: str, word: str, function: Callable[..., Array]) -> Row:
    return Row(
        latex=rf"{latex}\limits_{{s_{{i}} = k}} ${{data}}_{{i}}, \; "
        r"s = $segment_ids",
        text=f"the {word} of the rows of $data that have the same $segment_ids",
        function=function,
        shape_rule="the first axis becomes one place for each group",
        shapes=_shapes,
    )


by_row("SegmentSum", _row(r"\sum", "sum", _reduction(0, np.add)))
by_row("SegmentProd", _row(r"\prod", "product", _reduction(1, np.multiply)))
by_row("SegmentMax", _row(r"\max", "largest", _reduction(-np.inf, np.maximum)))
by_row("SegmentMin", _row(r"\min", "smallest", _reduction(np.inf, np.minimum)))
