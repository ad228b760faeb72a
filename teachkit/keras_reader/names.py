"""Names that are given out once, so that an id never depends on memory or chance."""

from __future__ import annotations

from collections.abc import Iterable


class Names:
    """Gives every name once: the second `dense` becomes `dense:2`.

    It remembers how far it has counted, so that a thousand equal names cost no more
    than a thousand different ones.

    Example:
        >>> names = Names(["dense"])
        >>> [names.unique("dense"), names.unique("dense"), names.unique("conv")]
        ['dense:2', 'dense:3', 'conv']
    """

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._counts = dict.fromkeys(taken, 1)

    def unique(self, wanted: str) -> str:
        """Return a name not given before, by adding `:2`, `:3` ..., and take it."""
        name, count = wanted, self._counts.get(wanted, 0)
        while name in self._counts:
            count += 1
            name = f"{wanted}:{count}"
        if count:
            self._counts[wanted] = count
        self._counts.setdefault(name, 1)
        return name
