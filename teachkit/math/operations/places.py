r"""Places of numbers in a formula: `y_{i, j} = x_{j, i}`, in a terminal `x(j, i)`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import prod

from teachkit.graph import Shape
from teachkit.math.formulas import Line, latex_safe

LETTERS = "ijklmpqrstuvw"

ZERO = Line("0", "0")
RESULT = "result0"


def letters(rank: int) -> list[Line]:
    """Return an index for each axis."""
    return [Line(one, one) for one in LETTERS[:rank]]


def at(name: str, places: Sequence[Line]) -> Line:
    r"""Return a symbol with its indices: `${x}_{i, j}`, `${x}(i, j)`."""
    if not places:
        return Line(f"${{{name}}}", f"${{{name}}}")
    latex = ", ".join(one.latex for one in places)
    text = ", ".join(one.text for one in places)
    return Line(f"${{{name}}}_{{{latex}}}", f"${{{name}}}({text})")


def equal(left: Sequence[Line], name: str, right: Sequence[Line]) -> Line:
    """Return `y_{i, j} = x_{j, i}` with the indices of both sides."""
    return joined(at(RESULT, left), "=", at(name, right))


def joined(*parts: Line | str) -> Line:
    """Return a line of several parts; a plain string is the same in both forms."""
    lines = [Line(part, part) if isinstance(part, str) else part for part in parts]
    text = " ".join(one.text for one in lines)
    return Line(" ".join(one.latex for one in lines), re.sub(" (?=[,;:])", "", text))


def words(text: str) -> Line:
    """Return words for the middle of a line."""
    gap = "" if text[:1] in {",", ";", ":"} else " "
    return Line(rf"\text{{{gap}{latex_safe(text)} }}", text)


def shifted(place: Line, by: int) -> Line:
    """Return an index some places further: `j + 2`, `j - 1`."""
    if by == 0:
        return place
    return joined(place, "+" if by > 0 else "-", str(abs(by)))


def wrapped(place: Line, length: int) -> Line:
    """Return an index that begins again behind the last one: `(j + 2) mod 4`."""
    if " " in place.text:
        place = Line(f"({place.latex})", f"({place.text})")
    return Line(rf"{place.latex} \bmod {length}", f"{place.text} mod {length}")


def mirrored(place: Line, length: int) -> Line:
    """Return an index counted from the end: `3 - j`."""
    return joined(str(length - 1), "-", place)


def divided(place: Line, by: int) -> Line:
    """Return an index that is the same for several neighbours: `⌊j / 2⌋`."""
    return Line(rf"\lfloor {place.latex} / {by} \rfloor", f"⌊{place.text} / {by}⌋")


def in_reading_order(places: Sequence[Line], shape: Shape) -> Line | None:
    """Return the number of a place in reading order: `3 j + k`.

    Returns:
        None where a length is open of which it depends.
    """
    if None in shape[1:]:
        return None
    terms = []
    for k, place in enumerate(places):
        factor = prod(n for n in shape[k + 1 :] if n is not None)
        if place is not ZERO:
            terms.append(place if factor == 1 else joined(str(factor), place))
    if not terms:
        return ZERO
    first, *others = terms
    return joined(first, *(part for one in others for part in ("+", one)))


def single_places(shape: Shape, names: Sequence[Line]) -> list[Line]:
    """Return an index for each axis; of an axis of length 1 it is 0."""
    return [ZERO if n == 1 else one for n, one in zip(shape, names, strict=True)]


def stepped(place: Line, start: int, step: int) -> Line:
    """Return an index of a slice: `j + 1`, `3 - 2 j`, `2 j`."""
    counted = place if step in {1, -1} else joined(str(abs(step)), place)
    if step > 0 and start == 0:
        return counted
    if step > 0:
        return joined(counted, "+", str(start))
    return joined(str(start), "-", counted)
