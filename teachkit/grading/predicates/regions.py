"""Whether all of a picture, and all words of a vocabulary, can change the answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from teachkit.errors import ModelError
from teachkit.grading.evidence.rows import other_number_of_answers
from teachkit.grading.evidence.subject import Subject
from teachkit.grading.findings import Finding, Stage
from teachkit.grading.registry import predicate

Array = np.ndarray[Any, Any]
Region = tuple[slice, slice]

_ACROSS = 8
"""A picture is cut into at most so many regions along each side."""
_SIZES = 3.0, 300.0
"""Of the numbers of a changed region; a model may divide pixels by 255."""
_CHANGED = 2e-6
"""A smaller change is rounding."""


@predicate(Stage.BEHAVIOUR, rule=6)
def uses_all_positions(
    subject: Subject,
    input: str | None = None,
    *,
    share: float = 0.5,
) -> Finding | None:
    """Demand that (nearly) every place of a picture can change the output.

    Convolution, pooling and strides may leave out a border, so a share is demanded.

    Arguments:
        subject: the model.
        input: role of the picture; by default the first input.
        share: of the regions that must matter.
    """
    role = input or next(iter(subject.inputs))
    shape = subject.given()[role].shape[1:3]
    regions = _regions(shape)
    mixed = other_number_of_answers(subject)
    if mixed is not None:
        return mixed
    known: set[int] = set()
    if subject.inputs[role].call in subject.graph.unused_inputs():
        return _unused(subject, role, [], shape)
    for size, draw in _trials(subject):
        known |= _that_matter(subject, role, regions, draw, size)
        if len(known) >= share * len(regions):
            return None
    return _unused(subject, role, [regions[n] for n in sorted(known)], shape)


@predicate(Stage.BEHAVIOUR)
def accepts_ids(subject: Subject, input: str, below: int) -> Finding | None:
    """Demand that an input takes whole numbers from 0 up to, but without, a limit.

    Arguments:
        subject: the model.
        input: role.
        below: the limit.
    """
    given = subject.given(samples=2)
    given[input] = np.full_like(given[input], below - 1)
    try:
        found = subject.run(given)
    except ModelError as error:
        reason = error.found.rpartition("fails when it is run: ")[2] or error.found
        return Finding(
            f"Word index {below - 1:,} now fails: {reason}.",
            f"The texts have the indices 0 to {below - 1:,}, as before.",
            "Look at the number of rows of the Embedding.",
            (subject.inputs[input].call,),
        )
    if all(np.isfinite(array).all() for array in found.values()):
        return None
    return Finding(
        f"Word index {below - 1:,} gives numbers that are not finite.",
        f"The texts have the indices 0 to {below - 1:,}, as before.",
        "Look at the number of rows of the Embedding.",
        (subject.inputs[input].call,),
    )


@predicate(Stage.STRUCTURE, inside=True)
def weighted_route(subject: Subject, input: str) -> Finding | None:
    """Demand a layer with weights that reads this input alone, before any merge.

    Arguments:
        subject: the model.
        input: role.
    """
    structure = subject.structure
    call = subject.inputs[input].call
    own = frozenset([call])
    behind = structure.downstream(structure.inputs[call])
    if any(structure.is_weighted(n) and structure.reached_by[n] == own for n in behind):
        return None
    readers = structure.readers[structure.inputs[call]]
    return Finding(
        f"No layer with weights reads '{input}' on its own: it goes to "
        f"{' and '.join(structure.name(n) for n in readers) or 'nothing'}.",
        "So nothing can be learnt about it before it meets the other input.",
        f"What could learn from '{input}' first?",
        structure.paths(readers),
    )


def _trials(subject: Subject) -> Iterator[tuple[float, int]]:
    """Yield the size of the changed numbers and the draw of each trial.

    Each size gets all draws, and one of its own where a run takes long.
    """
    for number, size in enumerate(_SIZES):
        for draw in (number,) if subject.probe.is_large else subject.draws():
            yield size, draw


def _regions(shape: tuple[int, ...]) -> list[Region]:
    """Return a picture, cut into regions, each of one or more pixels."""
    rows, columns = (
        [slice(e[0], e[-1] + 1) for e in np.array_split(range(n), min(n, _ACROSS))]
        for n in shape
    )
    return [(row, column) for row in rows for column in columns]


def _that_matter(
    subject: Subject, role: str, regions: list[Region], draw: int, size: float
) -> set[int]:
    """Return the regions that change an output for one sample and one draw."""
    count = len(regions) + 1  # the last one stays as it is
    first = {key: array[:1] for key, array in subject.given(draw).items()}
    given = {key: np.repeat(array, count, axis=0) for key, array in first.items()}
    # A large change, so that also the largest of many numbers becomes another one.
    other = np.float32(size) * subject.given(draw + 50)[role][0]
    for number, (rows, columns) in enumerate(regions):
        given[role][number, rows, columns] = other[rows, columns]
    known: set[int] = set()
    for array in subject.run(given, draw).values():
        gaps = np.abs(array - array[-1:]).reshape(count, -1).max(axis=1)
        limit = _CHANGED * max(1.0, float(np.abs(array[-1]).max()))
        known |= set(map(int, np.flatnonzero(gaps > limit)))
    return known


def _unused(
    subject: Subject, role: str, used: list[Region], shape: tuple[int, ...]
) -> Finding:
    total = int(np.prod(shape))
    places = sum(
        (rows.stop - rows.start) * (columns.stop - columns.start)
        for rows, columns in used
    )
    where = "none of them matters"
    if used:
        top, bottom = min(r.start for r, _ in used), max(r.stop for r, _ in used)
        left, right = min(c.start for _, c in used), max(c.stop for _, c in used)
        where = (
            f"only {places} of them matter, in rows {top + 1} to {bottom} and columns "
            f"{left + 1} to {right}"
        )
    return Finding(
        f"I changed '{role}' place by place ({total:,} places): {where}.",
        f"So your answer uses only {_part_told(used, shape)}: changing the other "
        f"{total - places:,} places changes nothing."
        if used
        else "So your answer does not look at the picture.",
        "Which line keeps one place and drops the others?",
        (subject.inputs[role].call,),
    )


def _part_told(used: list[Region], shape: tuple[int, ...]) -> str:
    """Return `one corner` for places at one end of the rows and of the columns."""
    for axis, size in enumerate(shape):
        is_first = min(region[axis].start for region in used) == 0
        is_last = max(region[axis].stop for region in used) == size
        if is_first == is_last:
            return "a part of it"
    return "one corner"
