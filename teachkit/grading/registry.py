"""All predicates by name, and how the arguments of an exercise's file reach them."""

from __future__ import annotations

import difflib
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from teachkit.errors import WrongValueError
from teachkit.exercise_format.records import Criterion
from teachkit.grading.findings import Finding, Stage

Decides = Callable[..., Finding | None]


@dataclass(frozen=True, slots=True)
class Predicate:
    """Something that can be demanded of an answer.

    Attributes:
        name: as exercises write it.
        decides: function of a `Subject` and arguments; None means it is met.
        stage: when it is asked.
        rule: of the notional machine, where a finding names none.
        needs_inside: it reads the graph, which a closed box does not show.
    """

    name: str
    decides: Decides
    stage: Stage
    rule: int | None = None
    needs_inside: bool = False

    def arguments(self, criterion: Criterion) -> dict[str, Any]:
        """Return the arguments of a criterion by the parameters they belong to.

        Raises:
            WrongValueError: one is unknown or missing.
        """
        parameters = list(inspect.signature(self.decides).parameters.values())[1:]
        given = dict(criterion.arguments)
        if "" in given:
            alone = given.pop("")
            if parameters and alone is not True:
                given = {parameters[0].name: alone, **given}
        names = {parameter.name for parameter in parameters}
        is_open = any(p.kind is p.VAR_KEYWORD for p in parameters)
        for name in given:
            if name not in names and not is_open:
                raise WrongValueError(
                    f"arguments of {self.name}: {', '.join(sorted(names)) or 'none'}",
                    f"`{name}` in criterion '{criterion.name}'",
                    "rename it or leave it out",
                )
        missing = [
            p.name
            for p in parameters
            if p.default is p.empty and p.kind is not p.VAR_KEYWORD
        ]
        for name in missing:
            if name not in given:
                raise WrongValueError(
                    f"`{name}` for {self.name}",
                    f"criterion '{criterion.name}' without it",
                    "add it",
                )
        return given


PREDICATES: dict[str, Predicate] = {}


def predicate(
    stage: Stage, *, name: str = "", rule: int | None = None, inside: bool = False
) -> Callable[[Decides], Decides]:
    """Register a function as a predicate, by its own name or another one.

    Arguments:
        stage: when it is asked.
        name: as exercises write it, where the function cannot be called so.
        rule: of the notional machine.
        inside: it reads the graph; a model that is a closed box cannot be judged.
    """

    def register(decides: Decides) -> Decides:
        key = name or decides.__name__
        PREDICATES[key] = Predicate(key, decides, stage, rule, inside)
        return decides

    return register


def predicate_of(criterion: Criterion) -> Predicate:
    """Return the predicate that a criterion names.

    Raises:
        WrongValueError: there is none of this name; close ones are told.
    """
    if criterion.predicate in PREDICATES:
        return PREDICATES[criterion.predicate]
    close = difflib.get_close_matches(criterion.predicate, PREDICATES, n=3)
    raise WrongValueError(
        "the name of a predicate",
        f"'{criterion.predicate}' in criterion '{criterion.name}'",
        f"did you mean {' or '.join(close)}"
        if close
        else f"take one of {', '.join(sorted(PREDICATES))}",
    )
