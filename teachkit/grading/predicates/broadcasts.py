"""Merges of tensors of the same shape, without silent repetition."""

from __future__ import annotations

from teachkit.grading.evidence.broadcasting import broadcast_told, broadcasts
from teachkit.grading.evidence.subject import Subject
from teachkit.grading.findings import Finding, Stage
from teachkit.grading.registry import predicate


@predicate(Stage.STRUCTURE, inside=True)
def no_broadcast(
    subject: Subject, source: str = "picture", *, op: str = ""
) -> Finding | None:
    """Demand that no merge repeats one of its operands.

    Arguments:
        subject: the model.
        source: where the student has the widths from.
        op: only merges of this kind: `add`; by default of any kind.
    """
    found = [
        one
        for one in broadcasts(subject.structure)
        if op in {"", subject.structure.kind(one.number)}
    ]
    return broadcast_told(subject.structure, found[0], source) if found else None
