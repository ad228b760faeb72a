"""Which input of a student's model is which of the exercise: by name, shape, place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from teachkit.graph import Endpoint, Shape


@dataclass(frozen=True, slots=True)
class Wanted:
    """One input or output that the exercise demands.

    Attributes:
        role: what the exercise calls it.
        shapes: of one sample; any of them will do. None in a shape is an open length.
        below: whole numbers from 0 up to, but without, this one are fed.
    """

    role: str
    shapes: tuple[Shape, ...] = ()
    below: int | None = None

    def fits(self, end: Endpoint) -> bool:
        """Tell whether an input or output has one of the shapes."""
        return not self.shapes or end.shape is None or end.shape[1:] in self.shapes


def wanted_of(given: Mapping[str, Any]) -> tuple[Wanted, ...]:
    """Return what the entries `role = {shape = [8, 8, 1], below = 10}` demand."""
    return tuple(_wanted(role, given[role]) for role in given)


def assigned(
    wanted: Sequence[Wanted], ends: Sequence[Endpoint], names: Sequence[str]
) -> dict[str, Endpoint] | None:
    """Return the input or output behind each role; None if their number differs.

    Those that have the name of a role are that one. The others go by the place where
    they stand, unless only another order has the right shapes.
    """
    if len(wanted) != len(ends):
        return None
    found = {
        one.role: end
        for one in wanted
        for end, name in zip(ends, names, strict=True)
        if name == one.role
    }
    waiting = [end for end in ends if end not in found.values()]
    left = [one for one in wanted if one.role not in found]
    for one, end in zip(left, _ordered(left, waiting), strict=True):
        found[one.role] = end
    return {one.role: found[one.role] for one in wanted}


def _ordered(wanted: Sequence[Wanted], ends: list[Endpoint]) -> list[Endpoint]:
    if all(one.fits(end) for one, end in zip(wanted, ends, strict=True)):
        return ends
    waiting = list(ends)
    ordered: list[Endpoint] = []
    for one in wanted:
        fitting = [end for end in waiting if one.fits(end)]
        if not fitting:
            return ends
        ordered.append(fitting[0])
        waiting.remove(fitting[0])
    return ordered


def _wanted(role: str, entry: Any) -> Wanted:
    entry = entry if isinstance(entry, Mapping) else {"shape": entry}
    shapes = [entry["shape"]] if "shape" in entry else entry.get("shapes", [])
    return Wanted(role, tuple(map(_shape, shapes)), entry.get("below"))


def _shape(entry: Sequence[Any]) -> Shape:
    return tuple(None if part in {0, "any"} else int(part) for part in entry)
