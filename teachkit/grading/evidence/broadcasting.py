"""Merges that repeat one operand, because it is smaller than the other."""

from __future__ import annotations

from dataclasses import dataclass

from teachkit.grading.evidence.numbers import shape_told
from teachkit.grading.evidence.structure import Structure
from teachkit.grading.findings import Finding
from teachkit.graph import Shape

_KINDS = (
    "add",
    "average",
    "divide",
    "maximum",
    "minimum",
    "multiply",
    "subtract",
)


@dataclass(frozen=True, slots=True)
class Broadcast:
    """A merge of tensors of different shapes.

    Attributes:
        number: of the merge.
        small, large: steps that make the operands.
        shapes: of one sample: of the small one and of the large one.
    """

    number: int
    small: int
    large: int
    shapes: tuple[Shape, Shape]


def broadcasts(structure: Structure) -> list[Broadcast]:
    """Return the merges that repeat an operand, in topological order."""
    numbers = sorted(n for kind in _KINDS for n in structure.of_kind(kind))
    found = (_at(structure, number) for number in numbers)
    return [one for one in found if one is not None]


def broadcast_told(structure: Structure, one: Broadcast, source: str) -> Finding:
    """Return what a student is told about it."""
    small, large = one.shapes
    times = _size(large) // max(1, _size(small))
    what = "one number" if _size(small) == 1 else f"{_size(small)} numbers"
    is_gate = structure.kind(one.number) == "multiply" and _size(small) == 1
    valve = f": one valve for all {_size(large)}" if is_gate else ""
    return Finding(
        f"{structure.name(one.number)} joins {shape_told(small)} from "
        f"{structure.name(one.small)} with {shape_told(large)}.",
        f"Keras repeats the {what} {times} times without a word{valve}. In the "
        f"{source} both have the same shape.",
        f"How wide should {structure.name(one.small)} be?",
        structure.paths([one.number, one.small]),
        rule=2,
        misconception="M10",
    )


def _at(structure: Structure, number: int) -> Broadcast | None:
    reads = structure.nodes[number].reads
    shapes = {
        read.source: shape[1:]
        for read in reads
        if not _is_constant(structure, read.source)
        and (shape := structure.shape(read.source, read.index)) is not None
    }
    if len(shapes) < 2:
        return None
    order = sorted(shapes, key=lambda n: (len(shapes[n]), _size(shapes[n])))
    small, large = order[0], order[-1]
    if not _is_repeated(shapes[small], shapes[large]):
        return None
    return Broadcast(number, small, large, (shapes[small], shapes[large]))


def _is_repeated(small: Shape, large: Shape) -> bool:
    if len(small) != len(large):
        return True
    pairs = zip(small, large, strict=True)
    return any(a != b and None not in {a, b} for a, b in pairs)


def _is_constant(structure: Structure, number: int) -> bool:
    call = structure.nodes[number].call
    return call is not None and call.kind == "constant"


def _size(shape: Shape) -> int:
    size = 1
    for part in shape:
        size *= part or 1
    return size
