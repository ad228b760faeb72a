"""Operations that choose, sort and count."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from teachkit.graph import Shape
from teachkit.math.formulas import Line, Symbol, formula, word
from teachkit.math.meanings import Meaning
from teachkit.math.operations.arguments import shape_of, told_shape
from teachkit.math.operations.places import ZERO, equal, letters, stepped
from teachkit.math.rules import for_operations
from teachkit.math.subjects import Subject
from teachkit.math.written import shortened


@for_operations("GetItem")
def get_item(subject: Subject) -> Meaning:
    """A part of a tensor, as an array of NumPy gives it."""
    shape, key = shape_of(subject.given.first), subject.given["key"]
    parts = _parts(key, len(shape))
    result = _item_shape(shape, parts)
    places = _places(parts, shape)
    signs = {
        "result0": Symbol("y", "y", result, "output"),
        "x": Symbol("x", "x", shape, "input"),
    }
    if places is None:
        written = formula("$result0 = $x$key", **signs, key=word(f"[{told_key(key)}]"))
    else:
        line = equal(places[0], "x", places[1])
        written = formula(line.latex, line.text, **signs)
    return Meaning(
        formula=written,
        shapes=(result,),
        shape_rule=_key_rule(parts, shape),
        evaluate=lambda given: np.asarray(given.first[parts]),
    )


def _places(
    parts: tuple[Any, ...], shape: Shape
) -> tuple[list[Line], list[Line]] | None:
    """Return the indices of both sides, None where they do not tell all."""
    names, lengths = iter(letters(len(parts))), iter(shape)
    after: list[Line] = []
    before: list[Line] = []
    for part in parts:
        if part is None:
            after.append(ZERO)
            continue
        place = _place(part, next(lengths), names)
        if place is None:
            return None
        before.append(place[1])
        after += place[:1] if isinstance(part, slice) else []
    return after, before


def _place(
    part: Any, length: int | None, names: Iterator[Line]
) -> tuple[Line, Line] | None:
    """Return the index after and before of one axis."""
    if isinstance(part, int) and not isinstance(part, bool):
        found = part if part >= 0 or length is None else part + length
        return (ZERO, Line(str(found), str(found))) if found >= 0 else None
    if not isinstance(part, slice):
        return None
    name = next(names)
    if part == slice(None):
        return name, name
    if length is None:
        start, step = part.start or 0, part.step or 1
        if start < 0 or step < 0:
            return None
    else:
        start, _, step = part.indices(length)
    return name, stepped(name, start, step)


def _parts(key: Any, rank: int) -> tuple[Any, ...]:
    """Return a key with a part for each axis, without Ellipsis."""
    parts = list(key) if isinstance(key, (list, tuple)) else [key]
    # The dots are found by what they are: a part may be an array.
    dots = [k for k, part in enumerate(parts) if part is Ellipsis] or [len(parts)]
    used = sum(part is not None and part is not Ellipsis for part in parts)
    return (
        *parts[: dots[0]],
        *[slice(None)] * (rank - used),
        *parts[dots[0] + 1 :],
    )


def _item_shape(shape: Shape, parts: tuple[Any, ...]) -> Shape:
    lengths = iter(shape)
    result: list[int | None] = []
    for part in parts:
        if part is None:
            result.append(1)
            continue
        length = next(lengths)
        if isinstance(part, slice):
            result.append(_slice_length(length, part))
    return tuple(result)


def _slice_length(length: int | None, part: slice) -> int | None:
    return None if length is None else len(range(*part.indices(length)))


def told_key(key: Any) -> str:
    """Return a key as one writes it: `:, 1:3, ...`."""
    if isinstance(key, tuple):
        return ", ".join(map(told_key, key)) + ("," if len(key) == 1 else "")
    if isinstance(key, slice):
        ends = ["" if end is None else str(end) for end in (key.start, key.stop)]
        step = [] if key.step is None else [str(key.step)]
        return ":".join([*ends, *step])
    if key is Ellipsis:
        return "..."
    return str(key) if isinstance(key, (int, list, type(None))) else "indices"


def _key_rule(parts: tuple[Any, ...], shape: Shape) -> str:
    told, axis, after = [], 0, 0
    for part in parts:
        if part is None:
            told.append(f"a new axis {after} of length 1")
        elif isinstance(part, int):
            told.append(f"axis {axis} goes away: only its place {part} is taken")
        elif isinstance(part, slice) and part != slice(None):
            told.append(_slice_rule(axis, shape[axis], part))
        elif not isinstance(part, slice):
            told.append(f"of axis {axis} the places that the indices tell")
        axis += part is not None
        after += not isinstance(part, int)
    return f"of {told_shape(shape)}: {'; '.join(told) or 'all is kept'}"


def _slice_rule(axis: int, length: int | None, part: slice) -> str:
    if length is None:
        return f"of axis {axis} the places {told_key(part)}"
    kept = range(*part.indices(length))
    if len(kept) == length:
        turned = part.step is not None and part.step < 0
        return f"axis {axis} is turned round" if turned else f"axis {axis} is kept"
    places = shortened(map(str, kept))
    stay = "stays" if len(kept) == 1 else "stay"
    told = f": {', '.join(places)}" if places else ""
    return f"axis {axis}: {len(kept)} of its {length} places {stay}{told}"
