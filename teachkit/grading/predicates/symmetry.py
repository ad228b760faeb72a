"""What happens when two inputs are swapped, or are one and the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from teachkit.grading.evidence.at_once import Values
from teachkit.grading.evidence.mixing import meeting
from teachkit.grading.evidence.numbers import gap, same, sized, told
from teachkit.grading.evidence.subject import Subject
from teachkit.grading.findings import Finding, Stage
from teachkit.grading.registry import predicate
from teachkit.keras_runner.derivatives import slopes

_SMALL = 0.1
_ROUGH = 0.02
"""Rounding may make scores of equal inputs vary by this part of what others do."""
_ROUGHEST = 0.01


@predicate(Stage.BEHAVIOUR, rule=4)
def symmetric(
    subject: Subject, pair: list[str], *, output: str | None = None
) -> Finding | None:
    """Demand f(a, b) = f(b, a) for random weights.

    Arguments:
        subject: the model.
        pair: roles of the two inputs.
        output: role of the output, by default the first one.
    """
    a, b = pair
    role = subject.output(output)
    found = _largest_gap(subject, a, b, role)
    if found is None:
        return None
    ordered, swapped = found
    so, misconception = _why_not_symmetric(subject, a, b)
    return Finding(
        f"I swapped the inputs: {role}({a}, {b}) = {told(ordered)}, but "
        f"{role}({b}, {a}) = {told(swapped)}.",
        so,
        "Look at the step in which both sides meet: would it notice a swap?",
        _lit(subject, a, b),
        misconception=misconception,
        facts={"ordered": told(ordered), "swapped": told(swapped)},
    )


@predicate(Stage.BEHAVIOUR, rule=4)
def same_input_constant(
    subject: Subject,
    pair: list[str],
    *,
    value: float | None = None,
    output: str | None = None,
) -> Finding | None:
    """Demand that f(x, x) is the same number for all x, as a distance makes it.

    Arguments:
        subject: the model.
        pair: roles of the two inputs.
        value: the number that it has to be, up to a small constant under a root.
        output: role of the output, by default the first one.
    """
    a, b = pair
    role = subject.output(output)
    if not constant_for_same(subject, a, b, role):
        low, high = scores_of_same(subject, a, b, role)
        return _varies(subject, a, b, role, (low, high))
    if value is None:
        return None
    low, high = scores_of_same(subject, a, b, role)
    if max(abs(low - value), abs(high - value)) <= _ROUGHEST * max(1, abs(value)):
        return None
    return Finding(
        f"The same numbers in '{a}' and '{b}' give {role} = {told(low)}.",
        f"The distance is 0 then, and the formula gives {told(value)}.",
        "Follow a distance of 0 through the rest of your lines.",
        _lit(subject, a, b),
    )


@predicate(Stage.INTERFACE, rule=1)
def one_per_sample(subject: Subject) -> Finding | None:
    """Demand that an output has a number for each sample, not one for a whole batch."""
    for end in subject.graph.outputs:
        if end.shape == ():
            return Finding(
                f"Output '{end.call}' has the shape (): one number for a whole batch.",
                "16 pairs would get one number together.",
                "Look at the sum or mean: over which axis does it go?",
                (end.call,),
                misconception="M06",
            )
    return None


@predicate(Stage.BEHAVIOUR, rule=6)
def finite_gradient(subject: Subject, pair: list[str]) -> Finding | None:
    """Demand that all gradients are numbers where two inputs are equal.

    Arguments:
        subject: the model.
        pair: roles of the two inputs.
    """
    a, b = pair
    for draw in subject.draws():
        given = _equal(subject, a, b, draw)
        arrays = {subject.inputs[role].call: array for role, array in given.items()}
        found = slopes(subject.recording, arrays, subject.probe.weights(draw))
        lost = [name for name, gradient in found if not np.isfinite(gradient).all()]
        if lost:
            return Finding(
                f"For equal inputs the gradient at '{lost[0]}' is NaN: no number.",
                "The slope of a square root at 0 is infinite. One pair of equal "
                "pictures, and the first step of training spoils all weights.",
                "How could what is under the root never be exactly 0?",
                _lit(subject, a, b),
            )
    return None


def is_symmetric(subject: Subject, a: str, b: str) -> bool:
    """Tell whether two inputs may be swapped, for all outputs."""
    return all(_largest_gap(subject, a, b, role) is None for role in subject.outputs)


def constant_for_same(
    subject: Subject, a: str, b: str, output: str | None = None
) -> bool:
    """Tell whether equal inputs always give the same numbers."""
    if subject.inputs[a].shape != subject.inputs[b].shape:
        return False
    roles = subject.outputs if output is None else [output]
    for draw, given, other in _trials(subject):
        equal = subject.run({**given, b: given[a]}, draw)
        if not all(_hardly_varies(equal[one], other[one]) for one in roles):
            return False
    return True


def scores_of_same(
    subject: Subject, a: str, b: str, output: str | None = None
) -> tuple[float, float]:
    """Return the least and the greatest score of equal inputs, where they vary most."""
    role, widest = subject.output(output), (0.0, -1.0)
    for draw in subject.draws():
        found = subject.run(_equal(subject, a, b, draw), draw)[role]
        first = found.reshape(len(found), -1)[:, 0]
        low, high = float(first.min()), float(first.max())
        if high - low > widest[1] - widest[0]:
            widest = low, high
    return widest


def _largest_gap(
    subject: Subject, a: str, b: str, role: str
) -> tuple[float, float] | None:
    """Return a score before and after the swap, where they differ most; or None."""
    if subject.inputs[a].shape != subject.inputs[b].shape:
        return None
    widest = None
    for draw, given, outputs in _trials(subject):
        before = outputs[role]
        after = subject.run({**given, a: given[b], b: given[a]}, draw)[role]
        if same(before, after):
            continue
        place = int(np.nanargmax(np.abs(before - after)))
        pair = float(before.ravel()[place]), float(after.ravel()[place])
        if widest is None or gap(*pair) > gap(*widest):
            widest = pair
    return widest


def _trials(subject: Subject) -> Iterator[tuple[int, dict[str, Any], Values]]:
    """Yield draw, inputs and outputs: of each draw, and once of small numbers.

    A score that is flat for large numbers shows itself for small ones.
    """
    for draw in subject.draws():
        yield draw, subject.given(draw), subject.baseline(draw)
    few = sized(subject.given(), _SMALL)
    yield 0, few, subject.run(few, 0)


def _hardly_varies(equal: Any, other: Any) -> bool:
    if same(equal, np.broadcast_to(equal[:1], equal.shape)):
        return True
    spread = float(np.ptp(equal, axis=0).max())
    return spread <= min(_ROUGH * float(np.ptp(other, axis=0).max()), _ROUGHEST)


def _equal(subject: Subject, a: str, b: str, draw: int) -> dict[str, Any]:
    given = subject.given(draw)
    return {**given, b: given[a]}


def _varies(
    subject: Subject, a: str, b: str, role: str, scores: tuple[float, float]
) -> Finding:
    kind, joined = _join(subject, a, b)
    so = "Identical inputs must always get one and the same score."
    if joined:
        so = (
            "Joined side by side, nothing says that equal halves are equal: the "
            "network would have to learn to compare."
        )
    elif kind in {"dot", "multiply", "matmul"}:
        so += " A product of two vectors grows with their lengths: it is no distance."
    low, high = map(told, scores)
    if low == high:
        low, high = (f"{score:.6g}" for score in scores)
    return Finding(
        f"For identical inputs the {role} still varies: from {low} to {high}.",
        so,
        f"What do '{a}' and '{b}' become, when they are equal, in the step where they "
        "meet?",
        _lit(subject, a, b),
        misconception="" if joined else "M24",
        facts={"low": low, "high": high},
    )


def _why_not_symmetric(subject: Subject, a: str, b: str) -> tuple[str, str]:
    kind, joined = _join(subject, a, b)
    if joined:
        return (
            "Joined side by side, left and right stay different: the network would "
            "have to learn to compare.",
            "M12",
        )
    if kind == "subtract":
        return (
            "A difference changes its sign in a swap: it is not a distance yet.",
            "M24",
        )
    return "The order of the two must not matter here.", ""


def _join(subject: Subject, a: str, b: str) -> tuple[str, bool]:
    """Return the kind of the step that mixes both, and whether it reads a joint one."""
    first = None if subject.is_closed else meeting(subject, a, b)
    if first is None:
        return "", False
    structure = subject.structure
    sources = [read.source for read in structure.nodes[first].reads]
    while len(sources) == 1 and structure.kind(sources[0]) == "reshape":
        sources = [read.source for read in structure.nodes[sources[0]].reads]
    kinds = [structure.kind(one) for one in sources]
    return structure.kind(first), kinds in (["concatenate"], ["stack"])


def _lit(subject: Subject, a: str, b: str) -> tuple[str, ...]:
    first = None if subject.is_closed else meeting(subject, a, b)
    if first is None:
        return subject.inputs[a].call, subject.inputs[b].call
    return subject.structure.paths([first])
