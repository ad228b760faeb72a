"""Scores of distances: exp(-d), and what is said where the exponent is another one."""

from __future__ import annotations

from typing import Any

import numpy as np

from teachkit.grading.evidence.alignment import compared
from teachkit.grading.evidence.numbers import told
from teachkit.grading.evidence.relations import all_same
from teachkit.grading.evidence.subject import Subject
from teachkit.grading.findings import Finding, Stage
from teachkit.grading.predicates.formulas import computes
from teachkit.grading.registry import predicate

_EVEN = 1e-2
"""A ratio that varies less than this, relative to itself, is one factor."""
_LEAST = 1e-6
"""A score below it is too near to 0 to tell its exponent."""


@predicate(Stage.BEHAVIOUR, rule=6)
def computes_distance_score(
    subject: Subject, *, output: str | None = None
) -> Finding | None:
    """Demand `computes` of a score exp(-d); tell the ratio if d has another factor.

    Arguments:
        subject: the model.
        output: role of the score, by default the first output.
    """
    finding = computes(subject, output=output)
    reference = subject.reference
    if finding is None or reference is None:
        return finding
    role = subject.output(output)
    found = compared(subject, reference, role)
    if found is None or any(one.size != other.size for one, other in found.pairs):
        return finding
    # A score without an axis of its own is one number for each pair, too.
    pairs = [(one.ravel(), other.ravel()) for one, other in found.pairs]
    if all_same(pairs):
        return None
    mine, wanted = (np.concatenate([pair[k] for pair in pairs]) for k in (0, 1))
    return _other_exponent(mine, wanted) or finding


def _other_exponent(mine: Any, wanted: Any) -> Finding | None:
    usable = (mine > _LEAST) & (mine < 1) & (wanted > _LEAST) & (wanted < 1)
    if usable.sum() < len(mine) // 3:
        return None
    have, need = -np.log(mine[usable]), -np.log(wanted[usable])
    see = (
        f"For one random pair the formula gives {told(wanted[usable][0])}, your model "
        f"{told(mine[usable][0])}."
    )
    if _is_even(have / need):
        return Finding(
            f"{see} For all pairs your exponent is {told(np.mean(have / need))} times "
            "the distance.",
            "One factor for all pairs: something is divided, or multiplied, that the "
            "formula takes as it is.",
            "Which line joins the 16 squares into one number, and how?",
        )
    if _is_even(have / need**2):
        return Finding(
            f"{see} Your exponent grows with the square of the distance.",
            "The distance of the formula is the root of the sum of squares.",
            "Go through the formula from the inside out: is a step left out?",
            misconception="M24",
        )
    return None


def _is_even(ratios: Any) -> bool:
    return bool(np.ptp(ratios) <= _EVEN * np.abs(ratios).mean())
