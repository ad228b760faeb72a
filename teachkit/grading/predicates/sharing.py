"""Twins: two inputs that go through one set of weights before they meet."""

from __future__ import annotations

from typing import Any

import numpy as np

from teachkit.grading.evidence.mixing import Side, meeting, sides, towers_of
from teachkit.grading.evidence.numbers import shape_told, told
from teachkit.grading.evidence.structure import Structure
from teachkit.grading.evidence.subject import Subject
from teachkit.grading.evidence.towers import Tower
from teachkit.grading.findings import Finding, Stage
from teachkit.grading.predicates.symmetry import (
    constant_for_same,
    is_symmetric,
    same_input_constant,
    scores_of_same,
)
from teachkit.grading.registry import predicate

_NO_ENCODERS = frozenset(
    {
        "batchnormalization",
        "groupnormalization",
        "layernormalization",
        "normalization",
        "rmsnormalization",
        "unitnormalization",
    }
)
"""Layers that scale numbers, which alone describe nothing."""


@predicate(Stage.BEHAVIOUR, rule=4)
def tied(subject: Subject, pair: list[str]) -> Finding | None:
    """Demand that two inputs are read with the same weights: the same objects.

    Either their towers own the same variables; or nobody could tell from the numbers:
    both inputs matter, may be swapped, and equal ones always give the same score.

    Arguments:
        subject: the model.
        pair: roles of the two inputs.
    """
    a, b = pair
    if subject.is_closed:
        return None if _looks_tied(subject, a, b) else _closed(subject, a, b)
    left, right = towers_of(subject, a, b)
    is_one = bool(left.weights) and left.weights == right.weights
    return (
        None if is_one or _looks_tied(subject, a, b) else _untied(subject, left, right)
    )


@predicate(Stage.BEHAVIOUR, rule=4, inside=True)
def encoded(subject: Subject, pair: list[str]) -> Finding | None:
    """Demand a layer with weights before the step in which two inputs are compared.

    Arguments:
        subject: the model.
        pair: roles of the two inputs.
    """
    a, b = pair
    structure, where = subject.structure, sides(subject, a, b)
    for number, side in enumerate(where):
        own = structure.nodes[number].meaning.type.startswith("own ")
        before = side in {Side.LEFT, Side.RIGHT, Side.APART}
        encodes = (
            structure.is_weighted(number) and structure.kind(number) not in _NO_ENCODERS
        )
        # A layer of the author's own may encode and compare in one: nobody can tell.
        if encodes and (before or (own and side is Side.MIXED)):
            return None
    first = meeting(subject, a, b)
    scaled = [n for n in structure.of_kind("weighted") if first is None or n < first]
    return _not_encoded(structure, a, b, first, scaled)


@predicate(Stage.BEHAVIOUR, rule=4, inside=True)
def compares_encodings(subject: Subject, pair: list[str]) -> Finding | None:
    """Demand `encoded`, `tied` and `same_input_constant` of two inputs."""
    return (
        encoded(subject, pair)
        or tied(subject, pair)
        or same_input_constant(subject, pair)
    )


def _looks_tied(subject: Subject, a: str, b: str) -> bool:
    """Tell whether the numbers alone prove that both inputs are read alike."""
    from teachkit.grading.predicates.liveness import uses  # noqa: PLC0415 - only where the graph does not tell

    return (
        uses(subject, [a, b]) is None
        and is_symmetric(subject, a, b)
        and constant_for_same(subject, a, b)
    )


def _untied(subject: Subject, left: Tower, right: Tower) -> Finding:
    if left.weights & right.weights:
        return _partly(subject, left, right)
    if left.weights and right.weights:
        return _apart(subject, left, right)
    return _one_sided(subject, left, right)


def _apart(subject: Subject, left: Tower, right: Tower) -> Finding:
    copied = _are_copies(subject, left, right)
    see = (
        f"Tower {left.role} owns {_told(left.weights)}, tower {right.role} owns "
        f"{_told(right.weights)}: two sets of weights."
    )
    if copied:
        see += " Their numbers are equal today, but they are copies."
        so = "After one step of training they differ." + _spread(subject, left, right)
    else:
        so = _spread(subject, left, right).strip() or (
            "Each set would learn from its own side alone."
        )
    return Finding(
        see,
        so,
        "How often is a layer with weights made, and how often is it called?",
        (*left.paths, *right.paths),
        misconception="M02" if copied else "M23",
        facts={"left": left.names, "right": right.names},
    )


def _partly(subject: Subject, left: Tower, right: Tower) -> Finding:
    both = left.weights & right.weights
    structure = subject.structure
    shared = _of(structure, left, both)
    alone = [
        (one.role, _of(structure, one, one.weights - both)) for one in (left, right)
    ]
    parts = [
        f"{' and '.join(names)} {_verb(names)} '{role}' alone"
        for role, names in alone
        if names
    ]
    unshared = [
        step
        for one in (left, right)
        for step in one.steps
        if not both.issuperset(structure.weights(step))
    ]
    return Finding(
        f"{' and '.join(shared)} {_verb(shared)} both towers, but "
        f"{' and '.join(parts)}.",
        "So the towers are twins only in part." + _spread(subject, left, right),
        "Which layer is made once for each input?",
        structure.paths(unshared),
        misconception="M23",
    )


def _one_sided(subject: Subject, left: Tower, right: Tower) -> Finding:
    a, b = left.role, right.role
    if left.weights or right.weights:
        have, none = (left, right) if left.weights else (right, left)
        return Finding(
            f"Tower {have.role} owns {_told(have.weights)}; no layer with weights "
            f"reads '{none.role}' alone.",
            f"So '{a}' and '{b}' are not described in the same way.",
            f"Follow the tensor of '{none.role}': what should it go through?",
            (*have.paths, none.input),
            misconception="M23",
        )
    structure = subject.structure
    first = meeting(subject, a, b)
    weighted = [n for n in structure.of_kind("weighted") if first is None or n >= first]
    if not weighted:
        return _not_encoded(structure, a, b, first, [])
    step = weighted[0]
    size = shape_told(_read_shape(structure, step))
    so = (
        "That is one layer, but the towers are mixed: each side has its own part of "
        "the weights."
    )
    if len(structure.nodes[step].reads) > 1:
        so = f"It treats the two sides unlike.{_spread(subject, left, right)}"
    return Finding(
        f"{structure.name(step)} is the first layer with weights, and it reads '{a}' "
        f"and '{b}' together: {size}.",
        so,
        "Which tensor should the layer read, and how often is it called?",
        structure.paths([step]),
    )


def _not_encoded(
    structure: Structure, a: str, b: str, first: int | None, scaled: list[int]
) -> Finding:
    if first is None:
        return Finding(
            f"I see no step in which '{a}' and '{b}' meet.",
            "So nothing compares them.",
            "Which line reads what comes of both?",
        )
    name = structure.name(first)
    if structure.is_weighted(first):
        see = (
            f"{name} is the first layer with weights, and it reads both sides at once."
        )
    elif scaled:
        scaling = structure.name(scaled[0])
        see = f"{name} compares both sides, and only {scaling} stands before it."
    else:
        see = (
            f"{name} compares '{a}' and '{b}' as they come in: no layer with weights "
            "stands before it."
        )
    return Finding(
        see,
        "There is no encoder before the comparison. Two pictures of one digit that is "
        "moved by a pixel have few raw numbers in common.",
        f"What should '{a}' and '{b}' each go through before they meet?",
        structure.paths([first]),
    )


def _closed(subject: Subject, a: str, b: str) -> Finding:
    low, high = scores_of_same(subject, a, b)
    return Finding(
        f"I cannot look inside '{subject.name}', but I can run it: the same numbers in "
        f"'{a}' and '{b}' get scores from {told(low)} to {told(high)}.",
        "One encoder for both and a distance would always give the same score.",
        "Build it as a graph, and make the encoder once.",
    )


def _spread(subject: Subject, left: Tower, right: Tower) -> str:
    """Return what two sets of weights do to equal inputs, if it can be seen."""
    if not is_like(subject, left.role, right.role):
        return ""
    low, high = scores_of_same(subject, left.role, right.role)
    if high - low < 1e-3:
        return ""
    return (
        f" The same {_noun(subject, left.role)} on both sides still gets scores from "
        f"{told(low)} to {told(high)}."
    )


def _verb(names: list[str]) -> str:
    return "serve" if len(names) > 1 else "serves"


def _noun(subject: Subject, role: str) -> str:
    shape = subject.inputs[role].shape
    return "picture" if shape is not None and len(shape) > 2 else "vector"


def is_like(subject: Subject, a: str, b: str) -> bool:
    """Tell whether two inputs have one shape, and the first output is one number."""
    ends = subject.inputs[a], subject.inputs[b]
    shape = subject.outputs[subject.output(None)].shape
    return ends[0].shape == ends[1].shape and shape is not None and shape[1:] == (1,)


def _are_copies(subject: Subject, left: Tower, right: Tower) -> bool:
    """Tell whether two sets of weights have the same numbers now."""
    ours, theirs = _kernels(subject, left), _kernels(subject, right)
    return len(ours) == len(theirs) and all(map(np.array_equal, ours, theirs))


def _kernels(subject: Subject, one: Tower) -> list[np.ndarray[Any, Any]]:
    """Return the numbers of a tower's weights, without biases: they begin as zeros."""
    structure, layers = subject.structure, subject.recording.layers
    owners = structure.owners(one.steps)
    weights = (w for owner in owners for w in layers[owner].weights)
    return [np.asarray(w.value) for w in weights if len(w.shape) > 1]


def _told(weights: frozenset[str], most: int = 2) -> str:
    names = sorted(weights, key=lambda name: ("kernel" not in name, name))
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def _of(structure: Structure, one: Tower, weights: frozenset[str]) -> list[str]:
    steps = (s for s in one.steps if weights.intersection(structure.weights(s)))
    return list(dict.fromkeys(map(structure.name, steps)))


def _read_shape(structure: Structure, number: int) -> Any:
    read = structure.nodes[number].reads[0]
    shape = structure.shape(read.source, read.index)
    return None if shape is None else shape[1:]
