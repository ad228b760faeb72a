"""From an order of boxes in rows to coordinates that leave each its room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from teachkit.layout.engines.problem import NODE_GAP, Point

Size = tuple[float, float]


def centers_of_rows(
    rows: Sequence[Sequence[tuple[float, int]]],
    sizes: Mapping[int, Size],
    row_gap: float,
) -> dict[int, Point]:
    """Return the centre of every box.

    Arguments:
        rows: from top to bottom; in each the boxes from left to right, as pairs of
            the x where its centre should be and its number.
        sizes: width and height of each box; a point of an edge is missing here.
        row_gap: distance between two rows.
    """
    centers: dict[int, Point] = {}
    top = 0.0
    for row in rows:
        height = max((sizes[b][1] for _, b in row if b in sizes), default=0.0)
        widths = [sizes[b][0] if b in sizes else 0.0 for _, b in row]
        for x, (_, box) in zip(apart([w for w, _ in row], widths), row, strict=True):
            centers[box] = (x, top + height / 2)
        top += height + row_gap
    return centers


def apart(wanted: Sequence[float], widths: Sequence[float]) -> list[float]:
    """Move centres as little as possible so that boxes of these widths do not touch.

    Least squares under fixed distances is isotonic regression: subtract the distances,
    pool neighbours that are out of order, add the distances again (Ayer et al., 1955).
    """
    offsets = [0.0]
    for left, right in pairwise(widths):
        offsets.append(offsets[-1] + (left + right) / 2 + NODE_GAP)
    pools: list[list[float]] = []
    for x, offset in zip(wanted, offsets, strict=False):
        pools.append([x - offset, 1.0])
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            mean, count = pools.pop()
            before = pools[-1]
            total = before[1] + count
            pools[-1] = [(before[0] * before[1] + mean * count) / total, total]
    flat = [mean for mean, count in pools for _ in range(int(count))]
    return [x + offset for x, offset in zip(flat, offsets, strict=False)]
