"""Between which numbers an output stays, and whether it is a set of shares."""

from __future__ import annotations

from typing import Any

import numpy as np

from teachkit.grading.evidence.numbers import told
from teachkit.grading.evidence.rows import other_number_of_answers
from teachkit.grading.evidence.subject import Subject
from teachkit.grading.findings import Finding, Stage
from teachkit.grading.registry import predicate

Array = np.ndarray[Any, Any]

_SCALE = 2.0
"""Of the weights: with large ones an output without bounds leaves them."""
_ALMOST = 1e-5
_FACTORS = 30.0, -30.0
"""Of the weights of the last layer of a large model: a tanh becomes -1."""


@predicate(Stage.BEHAVIOUR, name="range", rule=6)
def within(
    subject: Subject,
    bounds: list[float] | None = None,
    *,
    lo: float | None = None,
    hi: float | None = None,
    output: str | None = None,
) -> Finding | None:
    """Demand that an output stays between two numbers, or on one side of one.

    Arguments:
        subject: the model.
        bounds: `[lo, hi]`, the same in one.
        lo: the least value; None for none.
        hi: the largest value; None for none.
        output: role; by default the first.
    """
    if bounds is not None:
        lo, hi = bounds
    role = subject.output(output)
    values = _values(subject, role)
    finding = _beyond_judging(subject, role, values)
    if finding is not None:
        return finding
    least, most = float(values.min()), float(values.max())
    is_low = lo is not None and least < lo - _ALMOST
    is_high = hi is not None and most > hi + _ALMOST
    if not is_low and not is_high:
        return None
    reached = " and ".join([told(least)] * is_low + [told(most)] * is_high)
    return Finding(
        f"Your '{role}' reaches {reached}: I tried {len(values)} samples with random "
        "weights.",
        f"It should {_bounds_told(lo, hi)} for all inputs and all weights.",
        "Which function at the end keeps every number there?",
        (subject.outputs[role].call,),
        facts={"least": told(least), "most": told(most)},
    )


@predicate(Stage.BEHAVIOUR, rule=6)
def simplex(subject: Subject, output: str | None = None) -> Finding | None:
    """Demand that an output is a set of shares along its last axis: they sum to 1.

    Arguments:
        subject: the model.
        output: role; by default the first.
    """
    role = subject.output(output)
    values = _values(subject, role)
    finding = _beyond_judging(subject, role, values)
    if finding is not None:
        return finding
    sums = values.sum(axis=-1)
    off = float(sums.flat[int(np.argmax(np.abs(sums - 1)))])
    calls = (subject.outputs[role].call,)
    if values.min() < -_ALMOST:
        return Finding(
            f"The numbers of '{role}' reach {told(float(values.min()))}.",
            "A share of several classes is never below 0.",
            "Which activation turns numbers into shares?",
            calls,
        )
    if abs(off - 1) <= 1e-3:
        return None
    width = values.shape[-1]
    return Finding(
        f"For one sample the {width} numbers of '{role}' sum to {told(off)}.",
        "The shares of classes of which exactly one is right sum to 1.",
        "Which activation looks at all classes together, and over which axis?",
        calls,
        misconception="M20",
    )


@predicate(Stage.STRUCTURE, inside=True)
def one_softmax(subject: Subject) -> Finding | None:
    """Demand that a softmax gives one set of shares for each sample, not several.

    Several that are averaged do sum to 1: this is worth an advice, and no more.
    """
    structure = subject.structure
    if simplex(subject) is not None:
        return None
    for number in structure.of_kind("softmax"):
        shape = structure.shape(number)
        if shape is None or len(shape) < 3 or None in shape[1:]:
            continue
        if not any(_averages(structure.kind(n)) for n in structure.readers[number]):
            continue
        sets = int(np.prod([part or 1 for part in shape[1:-1]]))
        readers = " and ".join(structure.name(n) for n in structure.readers[number])
        return Finding(
            f"Your softmax gives {sets} sets of shares for one sample, and {readers} "
            f"averages them: averaging {sets} softmaxes works, and sums to 1.",
            "Usual is to pool, or to flatten, before the last Dense.",
            "",
            structure.paths([number]),
        )
    return None


def _averages(kind: str) -> bool:
    return "average" in kind or kind == "mean"


def _beyond_judging(subject: Subject, role: str, values: Array) -> Finding | None:
    """Tell what makes numbers useless, whatever they should be."""
    mixed = other_number_of_answers(subject)
    if mixed is not None:
        return mixed
    if not np.isfinite(values).all():
        return _no_numbers(subject, role)
    return single_softmax(subject, role, values)


def _values(subject: Subject, role: str) -> Array:
    """Return the outputs of all draws, samples first."""
    if subject.probe.is_large:
        # Its samples differ little, and a run takes long.
        return np.concatenate([_stretched(subject, role, f) for f in _FACTORS])
    found = [subject.baseline(draw, _SCALE)[role] for draw in subject.draws()]
    return np.concatenate(found)


def _stretched(subject: Subject, role: str, factor: float) -> Array:
    """Return the outputs with other weights of the last layer that has some."""
    structure = subject.structure
    owners = [structure.nodes[n].owner for n in structure.of_kind("weighted")]
    layer = subject.recording.layers.get(owners[-1] or "") if owners else None
    last = {id(variable) for variable in getattr(layer, "weights", ())}
    weights = [
        (variable, value * np.float32(factor if id(variable) in last else 1))
        for variable, value in subject.probe.weights()
    ]
    return subject.run(subject.given(), weights=weights)[role]


def single_softmax(subject: Subject, role: str, values: Array) -> Finding | None:
    """Return what there is to say of a softmax over one unit, if an output is one.

    Arguments:
        subject: the model.
        role: of the output.
        values: of it, for some inputs.
    """
    if values.shape[-1:] != (1,) or np.abs(values - 1).max() > 1e-6:
        return None
    return Finding(
        f"Every answer of '{role}' is 1.00: I tried {len(values)} inputs and got 1.00 "
        "each time.",
        "So nothing that comes in makes a difference. A softmax over a single unit "
        "does that: it shares 1 among one.",
        "Which activation gives one number between 0 and 1?",
        (subject.outputs[role].call,),
        misconception="M20",
    )


def _no_numbers(subject: Subject, role: str) -> Finding:
    return Finding(
        f"Some numbers of '{role}' are not finite (NaN or infinity).",
        "With them nothing can be computed or learnt.",
        "Look for a division by zero, or a logarithm of something not above 0.",
        (subject.outputs[role].call,),
    )


def _bounds_told(lo: float | None, hi: float | None) -> str:
    if lo is not None and hi is not None:
        return f"stay between {lo:g} and {hi:g}"
    return f"not fall below {lo:g}" if lo is not None else f"not rise above {hi:g}"
