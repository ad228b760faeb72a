"""Whether a model is no more than one linear layer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import numpy as np

from teachkit.grading.evidence.at_once import Values
from teachkit.grading.evidence.numbers import gap, told
from teachkit.grading.evidence.subject import Subject
from teachkit.grading.findings import Finding, Stage
from teachkit.grading.registry import predicate
from teachkit.keras_runner.inner_values import inner_values

Array = np.ndarray[Any, Any]
Place = Literal["output", "merge"]
Runs = Callable[[Values, int], Array]

_LINEAR_MERGES = ("add", "average", "concatenate", "subtract", "stack")


@predicate(Stage.BEHAVIOUR)
def affine(subject: Subject, output: str | None = None) -> Finding | None:
    """Demand that a model is linear but for a constant.

    Arguments:
        subject: the model.
        output: role; by default the first.
    """
    role = subject.output(output)
    residue = _largest_residue(subject, _at_output(subject, role))
    if not residue:
        return None
    return Finding(
        f"f(a + b) - f(a) - f(b) + f(0) is {told(residue)} for random a and b.",
        "For a linear layer it is 0, whatever its weights are.",
        "Which step bends the numbers: an activation, a product of two tensors?",
        (subject.outputs[role].call,),
    )


@predicate(Stage.BEHAVIOUR)
def not_affine(
    subject: Subject, at: Place = "output", *, output: str | None = None
) -> Finding | None:
    """Demand that a model is more than one linear layer, whatever its weights are.

    Arguments:
        subject: the model.
        at: `merge`: what the last merge gives must be so, before any activation that
            follows it.
        output: role; by default the first.
    """
    if at == "merge":
        return _linear_until_merge(subject)
    role = subject.output(output)
    if _largest_residue(subject, _at_output(subject, role)):
        return None
    layers = len(subject.structure.owners(subject.structure.of_kind("weighted")))
    return Finding(
        "For random a and b, f(a + b) - f(a) - f(b) + f(0) is 0.00 in your model.",
        f"So all its {layers} layers together are one linear layer."
        if layers > 1
        else "So it is one linear layer.",
        "Which step should bend the numbers?",
        (subject.outputs[role].call,),
        misconception="M13",
    )


def _linear_until_merge(subject: Subject) -> Finding | None:
    structure = subject.structure
    merges = [n for n, _ in enumerate(structure.nodes) if _is_merge(subject, n)]
    if not merges:
        return Finding(
            f"In '{subject.name}' no step joins two tensors.",
            "It should have the two arms of the given model.",
            "Begin with the given model, and change one thing.",
        )
    last = merges[-1]
    if not _is_linear_at(subject, last):
        return None
    after = [n for n in structure.downstream(last) if _is_activation(subject, n)]
    whole = "one Dense"
    if after:
        whole += f" + {structure.kind(after[0])}"
    return Finding(
        f"Up to {structure.name(last)}, '{subject.name}' is still linear: I tried "
        "f(a + b) - f(a) - f(b) + f(0) and got 0.00.",
        f"So both arms together are still {whole}.",
        "What could bend the numbers inside an arm, before the arms come together?",
        structure.paths([last]),
        misconception="M13",
    )


def _is_linear_at(subject: Subject, number: int) -> bool:
    node = subject.structure.nodes[number]
    bends = any(_is_activation(subject, n) for n in subject.structure.upstream(number))
    if node.is_inside:  # what a Lambda adds up can be seen in its graph alone
        return not bends and subject.structure.kind(number) in _LINEAR_MERGES

    def run(given: Values, draw: int) -> Array:
        arrays = {subject.inputs[role].call: array for role, array in given.items()}
        weights = subject.probe.weights(draw)
        values = inner_values(subject.recording, arrays, weights)
        return np.asarray(values[node.path][0], "float64")

    return not _largest_residue(subject, run)


def _is_merge(subject: Subject, number: int) -> bool:
    reads = {read.source for read in subject.structure.nodes[number].reads}
    return len(reads) > 1 and subject.structure.nodes[number].part != "output"


def _is_activation(subject: Subject, number: int) -> bool:
    return subject.structure.nodes[number].meaning.type.startswith("activation ")


def _at_output(subject: Subject, role: str) -> Runs:
    return lambda given, draw: subject.run(given, draw)[role]


def _largest_residue(subject: Subject, run: Runs) -> float:
    """Return how far a function is from linear; 0.0 where it is so up to rounding."""
    largest = 0.0
    for draw in subject.draws():
        one, other = subject.given(draw), subject.given(draw + 50)
        both = {role: one[role] + other[role] for role in one}
        none = {role: np.zeros_like(one[role]) for role in one}
        parts = [run(given, draw) for given in (both, one, other, none)]
        residue = gap(parts[0] + parts[3], parts[1] + parts[2])
        scale = max(float(np.abs(part).max()) for part in parts)
        if residue > 1e-5 + 1e-4 * scale:
            largest = max(largest, residue)
    return largest
