"""Whether an output knows where in a picture something is."""

from __future__ import annotations

from typing import Any

import numpy as np

from teachkit.grading.evidence.numbers import told
from teachkit.grading.evidence.settings import of_kinds
from teachkit.grading.evidence.subject import Subject
from teachkit.grading.findings import Finding, Stage
from teachkit.grading.registry import predicate

_SHIFT, _SIZE, _EDGE = 8, 4, 4
_FIXED = 1e-4
"""Sums that differ by less than that are one."""
_NOTHING, _LITTLE = 0.1, 0.5
"""Of what a square in the picture does at all, what moving it must do at least."""
_GLOBAL = "GlobalAveragePooling2D|GlobalMaxPooling2D"


@predicate(Stage.BEHAVIOUR)
def position_matters(
    subject: Subject,
    output: str,
    input: str | None = None,
) -> Finding | None:
    """Demand that an output changes when what is in the picture moves.

    Arguments:
        subject: the model.
        output: role of the output.
        input: role of the picture; by default the first.
    """
    role = input if input is not None else next(iter(subject.inputs))
    moved, there = 0.0, 0.0
    for draw in subject.draws():
        pictures = _pictures(subject.given(draw)[role], draw)
        empty, first, *others = (
            subject.run({role: picture}, draw)[output] for picture in pictures
        )
        moved += max(float(np.abs(first - other).mean()) for other in others)
        there += float(np.abs(first - empty).mean())
    if there == 0:
        return None  # `uses` tells that nothing of the picture arrives
    share = moved / there
    least = _LITTLE if _passes_global_pool(subject, role, output) else _NOTHING
    return _finding(subject, role, output, (moved, there)) if share < least else None


@predicate(Stage.BEHAVIOUR, rule=6)
def independent(subject: Subject, output: str) -> Finding | None:
    """Demand that the numbers of an output are free of each other: no fixed sum.

    Arguments:
        subject: the model.
        output: role of the output.
    """
    values = np.concatenate([subject.baseline(d)[output] for d in subject.draws()])
    sums = values.sum(-1)
    if sums.std() > _FIXED:
        return None
    width = values.shape[-1]
    return Finding(
        f"I see that the {width} numbers of '{output}' always sum to {told(sums[0])}.",
        "If one grows, the others must shrink: a box in the far corner is impossible.",
        f"Look at the activation of '{output}': which one looks at each number alone?",
        (subject.outputs[output].call,),
        misconception="M20",
    )


def _pictures(like: np.ndarray[Any, Any], draw: int) -> list[np.ndarray[Any, Any]]:
    """Return an empty picture, and pictures with a square at several places."""
    generator = np.random.default_rng(draw)
    empty = np.zeros_like(like)
    square = generator.uniform(0.5, 1.5, (len(like), _SIZE, _SIZE, like.shape[-1]))
    places = [(0, 0), (_SHIFT, 0), (0, _SHIFT), (_SHIFT, _SHIFT)]
    pictures = [empty]
    for down, right in places:
        picture = empty.copy()
        top, left = _EDGE + down, _EDGE + right
        picture[:, top : top + _SIZE, left : left + _SIZE] = square
        pictures.append(picture)
    return pictures


def _passes_global_pool(subject: Subject, role: str, output: str) -> bool:
    """Tell whether all ways from a picture to an output pass a global pooling."""
    structure = subject.structure
    order = dict(zip(subject.graph.outputs, structure.outputs, strict=False))
    end, start = (
        order.get(subject.outputs[output]),
        structure.inputs.get(subject.inputs[role].call),
    )
    if end is None or start is None:
        return False
    closed = set(of_kinds(structure, _GLOBAL))
    if not closed & structure.upstream(end):
        return False
    seen, waiting = {start}, [start]
    for number in waiting:
        for reader in structure.readers[number]:
            if reader not in seen and reader not in closed:
                seen.add(reader)
                waiting.append(reader)
    return end not in seen


def _finding(
    subject: Subject, role: str, output: str, change: tuple[float, float]
) -> Finding:
    structure = subject.structure
    moved, there = change
    pools = of_kinds(structure, _GLOBAL)
    order = dict(zip(subject.graph.outputs, structure.outputs, strict=False))
    end = order.get(subject.outputs[output])
    before = structure.upstream(end) if end is not None else set()
    pool = next((n for n in pools if n in before), None)
    where = f"at {structure.name(pool)}" if pool is not None else "on the way"
    is_max = pool is not None and "max" in structure.kind(pool)
    lost = "lost" if is_max else "averaged away"
    return Finding(
        f"I moved a square in '{role}' by {_SHIFT} pixels, and '{output}' changed by "
        f"{told(moved / 3)}; taking the square away changes it by {told(there / 3)}.",
        f"Position is {lost} {where}: shifting what is in the picture changes "
        "next to nothing.",
        f"Which layer on the way to '{output}' forgets where things were?",
        (
            *(structure.paths([pool]) if pool is not None else ()),
            subject.outputs[output].call,
        ),
    )
