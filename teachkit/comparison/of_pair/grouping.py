"""Many sentences of the same kind become a few, and a count of the rest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from teachkit.comparison.findings import Difference
from teachkit.speech import listed

_MOST = 3
_MOST_VALUES = 5


@dataclass(frozen=True, slots=True)
class Told:
    """A difference, and what it shares with others that are like it.

    `key` is empty for what stands for itself: else its first three parts tell what
    kind of sentence it is, and the others the values in it. `name` is what it is about.
    """

    difference: Difference
    key: tuple[object, ...]
    name: str


def grouped(told: Iterable[Told]) -> list[Difference]:
    """Return the differences in their order; of many alike, the first ones.

    What is left out is counted in a sentence of its own, and its calls stay marked.
    """
    kinds: dict[object, dict[object, list[Told]]] = {}
    for number, one in enumerate(told):
        code = one.difference.code
        kind = (code, *one.key[:3]) if one.key else number
        values = kinds.setdefault(kind, {})
        values.setdefault(one.key, []).append(one)
    found: list[Difference] = []
    for values in kinds.values():
        found += _of_one_kind(list(values.values()))
    return found


def _of_one_kind(groups: list[list[Told]]) -> list[Difference]:
    found: list[Difference] = []
    shown = groups if len(groups) <= _MOST_VALUES else groups[: _MOST_VALUES - 1]
    for group in shown:
        first = group if len(group) <= _MOST else group[: _MOST - 1]
        found += [one.difference for one in first]
        found += _rest(group[len(first) :], "like it")
    hidden = [one for group in groups[len(shown) :] for one in group]
    return found + _rest(hidden, "of this kind")


def _rest(rest: list[Told], like: str) -> list[Difference]:
    if not rest:
        return []
    names = listed(list(dict.fromkeys(one.name for one in rest)))
    lefts = (path for one in rest for path in one.difference.left)
    rights = (path for one in rest for path in one.difference.right)
    return [
        Difference(
            rest[0].difference.code,
            f"And {len(rest):,} more {like}: {names}.",
            tuple(dict.fromkeys(lefts)),
            tuple(dict.fromkeys(rights)),
        )
    ]
