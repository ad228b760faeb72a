"""Names made to fit: on one line, and short, but never two alike that are not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from teachkit.views.clean import clean


def one_line(text: str) -> str:
    """Return a name that cannot break the line or move the cursor."""
    return clean(text).replace("\n", "⏎")


def shortened(text: str, room: int) -> str:
    """Return a text, its middle left out: the end of a path tells the most."""
    text = one_line(text)
    if len(text) <= room:
        return text
    half = (room - 1) // 2
    return f"{text[: room - 1 - half]}…{text[len(text) - half :]}"


def distinct(texts: Sequence[str], room: int) -> list[str]:
    """Return texts shortened such that those which differ still look different.

    Those that would look alike are cut around the place where they differ; if that
    does not help, their start is shown too, and at last a number.
    """
    whole = [one_line(text) for text in texts]
    short = [shortened(text, room) for text in whole]
    for way in (_around, _start_and_around, _numbered):
        for k, others in list(_alike(whole, short)):
            place = max(_same_start(whole[k], other) for other in others)
            short[k] = way(whole[k], place, room, k)
    return short


def _alike(
    whole: Sequence[str], short: Sequence[str]
) -> Iterator[tuple[int, set[str]]]:
    """Yield the numbers of texts that look the same as others, and those others."""
    groups: dict[str, set[str]] = {}
    for text, cut in zip(whole, short, strict=True):
        groups.setdefault(cut, set()).add(text)
    for k, cut in enumerate(short):
        if len(groups[cut]) > 1:
            yield k, groups[cut] - {whole[k]}


def _around(text: str, place: int, room: int, _: int) -> str:
    """Return the part of a text that begins shortly before a place."""
    start = max(0, min(place - room // 3, len(text) - room + 1))
    end = start + room - 2 if start + room - 1 < len(text) else len(text)
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"


def _start_and_around(text: str, place: int, room: int, number: int) -> str:
    half = room // 2
    return text[:half] + _around(text[half:], max(0, place - half), room - half, number)


def _numbered(text: str, _: int, room: int, number: int) -> str:
    mark = f"#{number + 1} "
    return mark + shortened(text, max(2, room - len(mark)))


def _same_start(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    ends = (place for place, (left, right) in pairs if left != right)
    return next(ends, min(len(one), len(other)))
