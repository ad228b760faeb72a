"""Which layers stand on the way of an input."""

from __future__ import annotations

from teachkit.grading.evidence.structure import Structure
from teachkit.grading.evidence.subject import Subject
from teachkit.grading.findings import Finding, Stage
from teachkit.grading.registry import predicate

_WRAPPERS = ("bidirectional", "rnn", "timedistributed")
_BEFORE = ("normalization", "conv")
"""Parts of the kinds with weights that may stand before the first convolution."""


@predicate(Stage.STRUCTURE, inside=True)
def passes(subject: Subject, input: str, kinds: list[str]) -> Finding | None:
    """Demand that an input passes a layer of each kind on its way to an output.

    Arguments:
        subject: the model.
        input: role.
        kinds: of layers: `LSTM` is also the one inside of a `Bidirectional`.
    """
    structure = subject.structure
    call = subject.inputs[input].call
    behind = structure.downstream(structure.inputs[call])
    for kind in kinds:
        if any(_is_of_kind(structure, number, kind) for number in behind):
            continue
        elsewhere = structure.of_kind(kind)
        if elsewhere:
            return Finding(
                f"'{input}' passes no {kind}: {structure.name(elsewhere[0])} reads "
                "something else.",
                "The exercise asks for it on the way of this input.",
                f"Follow '{input}' to the output: which steps does it meet?",
                structure.paths(elsewhere),
            )
        return Finding(
            f"I find no {kind} among the steps of your model.",
            "The exercise is about it.",
            "Which line should make it, and does its tensor lead to the output?",
        )
    return None


@predicate(Stage.STRUCTURE, inside=True)
def begins_with(subject: Subject, kind: str) -> Finding | None:
    """Demand a convolution that reads the input before any layer of another kind.

    Layers without weights, normalisation and other convolutions may stand before it.

    Arguments:
        subject: the model.
        kind: of the layer.
    """
    structure = subject.structure
    first: list[int] = []
    for number in structure.of_kind(kind):
        first = [n for n in sorted(structure.upstream(number)) if _learns(structure, n)]
        if not first:
            return None
    if not first:
        return None  # `has` tells that there is none
    return Finding(
        f"The first layer with weights is {structure.name(first[0])}, before any "
        f"{kind}.",
        "So the convolution slides over numbers that are mixed already, and not over "
        "the picture.",
        "Which layer should read the input?",
        structure.paths(first[:1]),
    )


def _learns(structure: Structure, number: int) -> bool:
    kind = structure.kind(number)
    return structure.is_weighted(number) and not any(part in kind for part in _BEFORE)


def _is_of_kind(structure: Structure, number: int, kind: str) -> bool:
    """Tell whether a step is a layer of a kind, or a wrapper around one."""
    if structure.kind(number) == kind.lower():
        return True
    call = structure.nodes[number].call
    return (
        structure.kind(number) in _WRAPPERS
        and call is not None
        and kind in str(call.config)
    )
