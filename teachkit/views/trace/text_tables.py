"""Tables, sentences and lists in letters, made to fit a width."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from teachkit.views.clean import clean
from teachkit.views.trace.gradient_words import LOSS
from teachkit.views.trace.short_names import distinct, one_line
from teachkit.views.trace.words import GRADIENT, VALUES

_LEFT = {"call", "type", "shape", VALUES, "weight"}
_LEFT_OUT_FIRST = (VALUES, "type", "step", "std", "zeros", "min", "max", GRADIENT)
_SHORTEST = 24
"""Columns for the path of a call: rather than make it shorter, other things go."""
_BETWEEN = 2


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> str:
    """Return a table; where there is no room some columns are left out."""
    columns = [
        [one_line(cell) for cell in (head, *(row[k] for row in rows))]
        for k, head in enumerate(heads)
    ]
    used = [column for column in columns if any(column[1:])]
    for head in _LEFT_OUT_FIRST:
        if _room_for_names(used, width) >= _SHORTEST:
            break
        used = [column for column in used if column[0] != head]
    room = max(_room_for_names(used, width), _SHORTEST // 2)
    aligned = [_aligned(_cut(one, room) if _names(one) else one) for one in used]
    lines = zip(*aligned, strict=True)
    return "\n".join((" " * _BETWEEN).join(line).rstrip() for line in lines)


def wrapped(text: str, width: int) -> str:
    """Return a sentence in lines."""
    return textwrap.fill(clean(text), width, break_on_hyphens=False)


def bulleted(sentences: Sequence[str], width: int) -> str:
    """Return sentences as a list."""
    return "\n".join(
        textwrap.fill(
            clean(sentence),
            width,
            initial_indent="  - ",
            subsequent_indent="    ",
            break_on_hyphens=False,
        )
        for sentence in sentences
    )


def _aligned(column: Sequence[str]) -> list[str]:
    size = max(map(len, column))
    # Losses have columns of words, with names that are anything.
    left = column[0] in _LEFT or column[0].startswith(LOSS)
    return [f"{cell:<{size}}" if left else f"{cell:>{size}}" for cell in column]


def _cut(column: Sequence[str], room: int) -> list[str]:
    return distinct(column, room)


def _names(column: Sequence[str]) -> bool:
    return column[0] in {"call", "weight"}


def _room_for_names(columns: Sequence[Sequence[str]], width: int) -> int:
    """Return how wide names may be; as wide as any if all columns fit."""
    sizes = [max(map(len, one)) + _BETWEEN for one in columns if not _names(one)]
    names = (cell for one in columns if _names(one) for cell in one)
    longest = max(map(len, names), default=0)
    room = width - sum(sizes)
    return max(room, _SHORTEST) if longest <= room else room
