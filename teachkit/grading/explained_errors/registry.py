"""The explanations: each with the errors that it explains."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from teachkit.grading.explained_errors.scene import Scene
from teachkit.grading.findings import Finding

Match = re.Match[str]
Explains = Callable[[Scene, Match], Finding | None]

_EXPLANATIONS: list[tuple[re.Pattern[str], Explains]] = []


def explains(*patterns: str) -> Callable[[Explains], Explains]:
    """Register a function for errors: a pattern is in their `Kind: message`.

    Where it returns None, the next explanation is asked.
    """

    def registered(function: Explains) -> Explains:
        for pattern in patterns:
            _EXPLANATIONS.append((re.compile(pattern, re.DOTALL), function))
        return function

    return registered


def explanations(
    scene: Scene, tables: Sequence[str]
) -> Iterator[tuple[Explains, Match]]:
    """Yield the functions that may explain an error.

    Arguments:
        scene: where it happened.
        tables: names of modules, in the order in which their functions are asked.
    """
    told = f"{scene.kind}: {scene.text}"
    ordered = sorted(_EXPLANATIONS, key=lambda one: tables.index(one[1].__module__))
    for pattern, function in ordered:
        match = pattern.search(told)
        if match is not None:
            yield function, match
