"""From what a predicate found to what is reported."""

from __future__ import annotations

from teachkit.grading.findings import Finding
from teachkit.grading.report import Message, Outcome


def failed_outcome(
    name: str, finding: Finding, *, weight: float = 1.0, of: str = ""
) -> Outcome:
    """Return that a criterion is not met, and why.

    Arguments:
        name: of the criterion.
        finding: what is told; its rule stands at the end.
        weight: share of the score.
        of: name of the object that was looked at.
    """
    rule = f" (rule {finding.rule})" if finding.rule and finding.look else ""
    return Outcome(
        name,
        "failed",
        weight,
        Message(finding.see, finding.so, finding.look + rule),
        finding.calls,
        of,
        finding.misconception,
        finding.rule,
    )
