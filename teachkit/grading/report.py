"""What came out of a check, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

FORMAT = 1
"""Number of the JSON format that `Report.to_dict` writes."""

Status = Literal["passed", "failed", "not_attempted", "error"]
CriterionStatus = Literal["passed", "failed", "skipped", "error"]


@dataclass(frozen=True, slots=True)
class Message:
    """Three short sentences: I see ..., so ..., look at ...."""

    see: str
    so: str = ""
    look: str = ""

    @property
    def text(self) -> str:
        """All of it as one paragraph."""
        return " ".join(part for part in (self.see, self.so, self.look) if part)

    def to_dict(self) -> dict[str, str]:
        """Return it as JSON values."""
        return {"see": self.see, "so": self.so, "look": self.look}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one criterion.

    Attributes:
        criterion: its name.
        status: `skipped` where an earlier one leaves nothing to look at; `error`
            where we failed, which costs nothing.
        weight: its share of the score.
        message: why it is not met.
        calls: paths of the calls concerned, and `of` the object they are in.
        misconception, rule: behind it, if known.
    """

    criterion: str
    status: CriterionStatus
    weight: float = 1.0
    message: Message | None = None
    calls: tuple[str, ...] = ()
    of: str = ""
    misconception: str = ""
    rule: int | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {
            "criterion": self.criterion,
            "status": self.status,
            "weight": self.weight,
            "message": self.message.to_dict() if self.message else None,
            "calls": list(self.calls),
            "misconception": self.misconception or None,
            "rule": self.rule,
        }


@dataclass(frozen=True, slots=True)
class Report:
    """The judgement on one answer.

    Attributes:
        exercise: its id.
        status: `passed` only when all criteria are.
        criteria: in the order in which they were asked.
        message: of the first that failed, else a sentence on the whole.
        advice: what is worth knowing and costs nothing.
    """

    exercise: str
    status: Status
    criteria: tuple[Outcome, ...] = ()
    message: Message = Message("")
    advice: tuple[str, ...] = ()

    @property
    def score(self) -> float:
        """The share of the weight of what passed, from 0 to 1; our errors count not.

        What only explains has no weight; where nothing else failed, it counts as one.
        """
        if self.status == "passed":
            return 1.0
        counted = [one for one in self.criteria if one.status != "error"]
        whole = sum(one.weight for one in counted)
        passed = sum(one.weight for one in counted if one.status == "passed")
        if passed == whole and self.status == "failed":
            whole += 1
        return round(passed / whole, 4) if whole else 0.0

    @property
    def first(self) -> Outcome | None:
        """The criterion that speaks: the first that failed."""
        return next((one for one in self.criteria if one.status == "failed"), None)

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON values, with the number of the format."""
        return {
            "format": FORMAT,
            "exercise": self.exercise,
            "status": self.status,
            "score": self.score,
            "criteria": [one.to_dict() for one in self.criteria],
            "message": self.message.to_dict(),
            "advice": list(self.advice),
        }
