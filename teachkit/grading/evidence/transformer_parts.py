"""The parts of a Transformer block, and the shortcuts around them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations

from teachkit.grading.evidence.structure import Structure

ATTENTION = frozenset(
    {"additiveattention", "attention", "groupqueryattention", "multiheadattention"}
)
_NORM = "normalization"
_SILENT = frozenset({"dropout", "identity", "spatialdropout1d"})


@dataclass(frozen=True, slots=True)
class Residual:
    """A place where the beginning of a branch is added to its end.

    Attributes:
        join: the step that adds.
        start: the step whose tensor takes the short way.
        end: the last step of the long way, dropout left out.
        attends: the long way has attention on it.
        feeds: the long way has other layers with weights on it, norms do not count.
    """

    join: int
    start: int
    end: int
    attends: bool
    feeds: bool


def is_norm(structure: Structure, number: int) -> bool:
    """Tell whether a step is a normalization with weights."""
    return _NORM in structure.kind(number) and structure.is_weighted(number)


def feeding(structure: Structure) -> list[int]:
    """Return the steps with weights that are neither attention nor a norm."""
    return [
        n
        for n in structure.of_kind("weighted")
        if structure.kind(n) not in ATTENTION and not is_norm(structure, n)
    ]


def behind(structure: Structure, number: int) -> list[int]:
    """Return the steps that read a step, dropout left out."""
    found = []
    for reader in structure.readers[number]:
        silent = structure.kind(reader) in _SILENT
        found += behind(structure, reader) if silent else [reader]
    return found


def residuals_of(structure: Structure) -> list[Residual]:
    """Return all places where the beginning of a branch is added to its end."""
    found = []
    for join in structure.of_kind("add"):
        operands = [read.source for read in structure.nodes[join].reads]
        pairs = (
            p for p in permutations(operands, 2) if p[0] in structure.upstream(p[1])
        )
        found += [_residual(structure, join, start, end) for start, end in pairs]
    return found


def _residual(structure: Structure, join: int, start: int, end: int) -> Residual:
    between = structure.downstream(start) & {*structure.upstream(end), end}
    kinds = {structure.kind(n) for n in between}
    feeds = bool(between.intersection(feeding(structure)))
    softmax = [n for n in between if structure.kind(n) == "softmax"]
    # Attention by hand has layers for query, key and value: they are no feeding part.
    if softmax and not kinds & ATTENTION:
        feeds = any(_is_fed(structure, between, n) for n in softmax)
    while structure.kind(end) in _SILENT:
        end = structure.nodes[end].reads[0].source
    return Residual(join, start, end, bool(kinds & ATTENTION or softmax), feeds)


def _is_fed(structure: Structure, between: set[int], softmax: int) -> bool:
    """Tell whether an activation other than softmax follows attention by hand."""
    later = structure.downstream(softmax) & between
    return any(is_activation(structure, n) for n in later)


def is_activation(structure: Structure, number: int) -> bool:
    """Tell whether a step is an activation."""
    return structure.nodes[number].meaning.type.startswith("activation ")
