"""What a predicate finds, in three short sentences about the student's own model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import Any


class Stage(IntEnum):
    """When a criterion is asked: what comes first speaks first."""

    INTERFACE = 1
    LIVE = 2
    BEHAVIOUR = 3
    STRUCTURE = 4


@dataclass(frozen=True, slots=True)
class Finding:
    """Why a criterion is not met. A predicate returns None where it is.

    Attributes:
        see: what there is in this model: names, shapes, numbers. "I see ..."
        so: what follows from it, or a counter-example. "So ..."
        look: where to look next: a line, a tensor, a layer.
        calls: ids or paths of the calls concerned, which light up in the drawing.
        rule: of the notional machine that explains it.
        misconception: `M23`, where what was found tells it.
        facts: numbers and names by which an author's own sentence can be filled.
    """

    see: str
    so: str = ""
    look: str = ""
    calls: tuple[str, ...] = ()
    rule: int | None = None
    misconception: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)

    def worded(self, words: Mapping[str, str]) -> Finding:
        """Return it with sentences of the exercise's author in the place of ours."""
        if not words:
            return self
        facts = _Facts(self.facts)
        told = {key: text.format_map(facts) for key, text in words.items()}
        return replace(
            self,
            see=told.get("see", self.see),
            so=told.get("so", self.so),
            look=told.get("look", self.look),
        )


@dataclass(frozen=True, slots=True)
class Advice:
    """Something worth knowing that costs nothing."""

    text: str
    calls: tuple[str, ...] = ()


class _Facts(dict[str, Any]):
    """Leaves a name that nobody knows as it is written."""

    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"
