"""What keeps the entries of a group at its top and its exits at its bottom."""

from __future__ import annotations

from teachkit.layout.scene import Scene

_MANY = 60
"""Invisible edges in a group, from which they are gathered in one point."""


def below_all(
    links: list[tuple[int, int]], exits: list[int], count: int
) -> tuple[list[tuple[int, int]], int]:
    """Return invisible edges that keep the exits of a group below everything else.

    Where each end of the flow would need an edge to each of many exits, these edges
    meet in one more point, so that their number stays in proportion; the second value
    is how many points more there are.
    """
    points = set(exits)
    sources = {source for source, target in links if target not in points}
    ends = [k for k in range(count) if k not in sources and k not in points]
    if len(exits) * len(ends) > _MANY:
        return [*((a, count) for a in ends), *((count, b) for b in exits)], 1
    present = set(links)
    return [(a, b) for b in exits for a in ends if (a, b) not in present], 0


def first_row(scene: Scene, exits: list[int]) -> frozenset[int]:
    """Return the items of a group at which wires come in; a whole model has none."""
    if not exits:
        return frozenset()
    return frozenset(
        k
        for k, item in enumerate(scene.items)
        if item.role == "entry" or (item.call is not None and item.call.kind == "input")
    )
