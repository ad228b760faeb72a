"""Weights by their role: which weight of an answer is which of the solution."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, permutations
from typing import Any

import numpy as np

from teachkit.errors import ModelError
from teachkit.grading.evidence.at_once import Values
from teachkit.grading.evidence.equivalence import pairings
from teachkit.grading.evidence.relations import Array, all_same, relation_of
from teachkit.grading.evidence.subject import Subject

_MOST = 120
"""More ways to exchange weights of the same shape are not tried."""


@dataclass(frozen=True, slots=True)
class Role:
    """What a weight of an answer is.

    Attributes:
        mine: the variable of the answer.
        theirs: those of the solution that it stands for, side by side.
        is_turned: rows and columns are exchanged.
    """

    mine: Any
    theirs: tuple[Any, ...]
    is_turned: bool = False

    def value(self, values: dict[int, Array]) -> Array:
        """Return its value, from values of the solution by `id` of the variable."""
        parts = [values.get(id(v), np.asarray(v.value)) for v in self.theirs]
        value = parts[0] if len(parts) == 1 else np.concatenate(parts, axis=-1)
        turned = value.T if self.is_turned else value
        return np.asarray(turned).reshape(tuple(self.mine.shape))


Roles = list[Role]


@dataclass(frozen=True, slots=True)
class Compared:
    """What an answer gives beside what the solution gives, with the same weights.

    Attributes:
        pairs: for each draw the output of the answer and that of the solution.
        given: for each draw what both read, by role.
    """

    pairs: list[tuple[Array, Array]]
    given: list[Values]


def compared(one: Subject, reference: Subject, output: str) -> Compared | None:
    """Return the numbers of two models with weights set by role; None if none can be.

    Arguments:
        one: the answer.
        reference: the solution.
        output: its role.

    Raises:
        ModelError: the answer fails.
    """
    # Weights that are apart in the answer, and one in the solution, go the other way.
    for goal, source in ((one, reference), (reference, one)):
        roles = best_roles(goal, source, output)
        if roles is None:
            continue
        found = outputs_by_role(goal, source, roles, output)
        pairs = found if goal is one else [(mine, theirs) for theirs, mine in found]
        return Compared(pairs, [source.given(draw) for draw in range(len(found))])
    return None


def best_roles(one: Subject, reference: Subject, output: str) -> Roles | None:
    """Return which weights play the same roles; None if their sizes differ.

    Where several are possible, those by which an output comes closest to that of the
    solution are taken.
    """
    best: Roles | None = None
    least = float("inf")
    for roles in _ways(one, reference):
        distance = _distance(one, reference, roles, output)
        if best is None or distance < least:
            best, least = roles, distance
        if least == 0:
            break
    return best


def outputs_by_role(
    one: Subject, reference: Subject, roles: Roles, output: str
) -> list[tuple[Array, Array]]:
    """Return, for each draw, an output of the answer and of the solution.

    Both have the same weights and read the same numbers.

    Raises:
        ModelError: the answer fails on them.
    """
    return [_outputs(one, reference, roles, output, d) for d in reference.draws()]


def _outputs(
    one: Subject, reference: Subject, roles: Roles, output: str, draw: int
) -> tuple[Array, Array]:
    values = {id(v): value for v, value in reference.probe.weights(draw)}
    weights = [(role.mine, role.value(values)) for role in roles]
    given = {key: reference.given(draw)[key] for key in one.inputs}
    mine = one.run(given, weights=weights)[output]
    return mine, reference.baseline(draw)[output]


def _ways(one: Subject, reference: Subject) -> Iterator[Roles]:
    """Yield ways to set weights by role: by layers of the same shapes, else by size."""
    found = False
    for pairs in islice(pairings(one, reference), _MOST):
        found = True
        yield [Role(mine, (theirs,)) for theirs, mine in pairs]
    own_layers = any(layer.family == "custom" for layer in one.graph.layers)
    if found and not own_layers:
        return
    mine = [variable for variable, _ in one.probe.weights()]
    theirs = [variable for variable, _ in reference.probe.weights()]
    if sum(map(_size, mine)) == sum(map(_size, theirs)):
        # The largest first: they leave the fewest ways.
        mine.sort(key=_size, reverse=True)
        yield from islice(_by_size(mine, theirs), _MOST)


def _by_size(mine: list[Any], theirs: list[Any]) -> Iterator[Roles]:
    if not mine:
        if not theirs:
            yield []
        return
    first, *others = mine
    for role in _candidates(first, theirs):
        used = set(map(id, role.theirs))
        left = [variable for variable in theirs if id(variable) not in used]
        for rest in _by_size(others, left):
            yield [role, *rest]


def _candidates(mine: Any, theirs: list[Any]) -> Iterator[Role]:
    """Yield what a weight may be: one of the solution, perhaps turned, or several."""
    shape = tuple(mine.shape)
    for one in theirs:
        other = tuple(one.shape)
        if _narrow(shape) == _narrow(other):
            yield Role(mine, (one,))
        if len(other) == 2 and shape == other[::-1]:
            yield Role(mine, (one,), is_turned=True)
    parts = [v for v in theirs if tuple(v.shape)[:-1] == shape[:-1]]
    for count in range(2, min(4, len(parts)) + 1):
        for several in permutations(parts, count):
            if shape and sum(v.shape[-1] for v in several) == shape[-1]:
                yield Role(mine, several)


def _narrow(shape: tuple[int, ...]) -> list[int]:
    return [part for part in shape if part != 1]


def _size(variable: Any) -> int:
    return int(np.prod(variable.shape))


def _distance(one: Subject, reference: Subject, roles: Roles, output: str) -> float:
    try:
        pairs = [_outputs(one, reference, roles, output, 0)]
    except ModelError:
        return float("inf")
    if any(mine.shape != wanted.shape for mine, wanted in pairs):
        return float("inf")
    return 0.0 if all_same(pairs) else relation_of(pairs).residue
