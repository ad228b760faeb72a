"""Where the numbers of two inputs meet: seen by changing one input at a time."""

from __future__ import annotations

from enum import Enum
from typing import Any

import numpy as np

from teachkit.errors import TeachkitError
from teachkit.grading.evidence.at_once import Values
from teachkit.grading.evidence.numbers import same
from teachkit.grading.evidence.subject import Subject
from teachkit.grading.evidence.towers import Tower
from teachkit.keras_runner.inner_values import inner_values

Inside = dict[str, list[np.ndarray[Any, Any]]]


class Side(Enum):
    """What the numbers that a step gives depend on."""

    NEITHER = "neither"
    LEFT = "left"
    RIGHT = "right"
    APART = "apart"
    """Some on one input, some on the other, and both are treated alike: a stack."""
    MIXED = "mixed"


def values_inside(subject: Subject, given: Values, draw: int = 0) -> Inside:
    """Return what each call gives, by its path, for inputs by role.

    Raises:
        TeachkitError: the model fails on these numbers.
    """
    arrays = {subject.inputs[role].call: array for role, array in given.items()}
    return inner_values(subject.recording, arrays, subject.probe.weights(draw))


def sides(subject: Subject, a: str, b: str) -> list[Side]:
    """Tell for each step of the structure whether it is before or after the meeting.

    Two inputs that are stacked, run through one encoder and taken apart again have not
    met, though the graph alone looks so.

    Arguments:
        subject: the model.
        a: role of one input.
        b: role of another one, of the same shape.
    """
    structure = subject.structure
    left, right = subject.inputs[a].call, subject.inputs[b].call
    seen: dict[str, Side] | None = None
    found = []
    for number, node in enumerate(structure.nodes):
        reached = structure.reached_by[number] & {left, right}
        if len(reached) == 2:
            if seen is None:
                seen = _seen(subject, a, b)
            found.append(seen.get(node.path, Side.MIXED))
        elif reached:
            found.append(Side.LEFT if left in reached else Side.RIGHT)
        else:
            found.append(Side.NEITHER)
    return found


def towers_of(subject: Subject, a: str, b: str) -> tuple[Tower, Tower]:
    """Return the towers of two inputs; what a stack runs through is part of both."""
    where = sides(subject, a, b)
    return (
        _tower(subject, a, where, Side.LEFT),
        _tower(subject, b, where, Side.RIGHT),
    )


def meeting(subject: Subject, a: str, b: str) -> int | None:
    """Return the first step in whose numbers two inputs are mixed."""
    where = sides(subject, a, b)
    return next((n for n, side in enumerate(where) if side is Side.MIXED), None)


def _tower(subject: Subject, role: str, where: list[Side], side: Side) -> Tower:
    structure = subject.structure
    steps = tuple(
        n
        for n, found in enumerate(where)
        if found in {side, Side.APART} and structure.is_weighted(n)
    )
    return Tower(
        role,
        subject.inputs[role].call,
        steps,
        frozenset(weight for n in steps for weight in structure.weights(n)),
        tuple(dict.fromkeys(map(structure.name, steps))),
        structure.paths(steps),
    )


def _seen(subject: Subject, a: str, b: str) -> dict[str, Side]:
    """Return the side of each call, by its path."""
    given, other = subject.given(0), subject.given(50)
    try:
        before = values_inside(subject, given)
        for_a = values_inside(subject, {**given, a: other[a]})
        for_b = values_inside(subject, {**given, b: other[b]})
        swapped = values_inside(subject, {**given, a: given[b], b: given[a]})
    except (TeachkitError, ValueError):
        return {}
    known = before.keys() & for_a.keys() & for_b.keys() & swapped.keys()
    return {
        path: _side(before[path], for_a[path], for_b[path], swapped[path])
        for path in known
    }


def _side(before: Any, for_a: Any, for_b: Any, swapped: Any) -> Side:
    flat = [_flat(one) for one in (before, for_a, for_b, swapped)]
    if len({one.shape for one in flat}) > 1:
        return Side.MIXED
    now, one, two, crossed = flat
    by_a, by_b = ~np.isclose(now, one, 1e-5, 1e-7), ~np.isclose(now, two, 1e-5, 1e-7)
    if (by_a & by_b).any():
        return Side.MIXED
    if by_a.any() and by_b.any():
        # Two halves that are treated unlike, as by a convolution in groups, are no
        # stack: swapped inputs give other numbers then.
        alike = same(np.sort(now), np.sort(crossed))
        return Side.APART if alike else Side.MIXED
    if by_a.any():
        return Side.LEFT
    return Side.RIGHT if by_b.any() else Side.MIXED


def _flat(arrays: list[np.ndarray[Any, Any]]) -> np.ndarray[Any, Any]:
    return np.concatenate(
        [np.zeros(0), *(np.asarray(x, "float64").ravel() for x in arrays)]
    )
