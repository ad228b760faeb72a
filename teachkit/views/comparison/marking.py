"""Which boxes a comparison points out, and with which words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from teachkit.comparison.findings import PairFinding, Pairs, TwinFinding
from teachkit.views.marks import Kind, Mark

Marks = dict[str, Mark]

_MOST_NUMBERS = 60
"""Numbers on more pairs than this are noise: nobody follows them by eye."""
_ALL_ARE_MEANT = {"several-inputs": "input", "several-outputs": "output"}
"""Reasons that lie in each of their calls, with the word that stands at each."""
_KINDS: Mapping[str, Kind] = {"added": "added", "removed": "removed"}


def marks_of_twin(finding: TwinFinding) -> tuple[Marks, Marks]:
    """Return the marks on a model and on its twin, if it has one.

    Every reason is written on the call where it arises, every pair on both sides.
    """
    if finding.twin_graph is not None:
        return _numbered(finding.pairs)
    told = _Told()
    for number, reason in enumerate(finding.reasons, start=1):
        calls = reason.calls if reason.code in _ALL_ARE_MEANT else reason.calls[:1]
        told.add(calls, "reason", number, (reason.code, reason.text))
    return told.marks(), {}


def marks_of_pair(finding: PairFinding) -> tuple[Marks, Marks]:
    """Return the marks on the left and on the right model."""
    sides = _Told(), _Told()
    for number, one in enumerate(finding.differences, start=1):
        kind = _KINDS.get(one.code, "changed")
        for told, calls in zip(sides, (one.left, one.right), strict=True):
            told.add(calls, kind, number, (one.code, one.text))
    left, right = (told.marks() for told in sides)
    alike = tuple((a, b) for a, b in finding.pairs if a not in left and b not in right)
    numbers = _numbered(alike)
    return {**numbers[0], **left}, {**numbers[1], **right}


def on_boxes(marks: Mapping[str, Mark], drawn: Collection[str]) -> Marks:
    """Return the marks by the boxes that are drawn.

    What lies inside a closed model is marked on the model.
    """
    placed: Marks = {}
    for path, mark in marks.items():
        key = path
        while key not in drawn and "/" in key:
            key = key.rpartition("/")[0]
        if key in drawn and (key == path or mark.kind != "pair"):
            placed.setdefault(key, mark)
    return placed


class _Told:
    """What is to be said at each call, in the order in which it was added."""

    def __init__(self) -> None:
        self._entries: dict[str, list[tuple[Kind, int, str, str]]] = defaultdict(list)

    def add(
        self, calls: Iterable[str], kind: Kind, number: int, words: tuple[str, str]
    ) -> None:
        for call in dict.fromkeys(calls):
            self._entries[call].append((kind, number, *words))

    def marks(self) -> Marks:
        return {call: _mark(entries) for call, entries in self._entries.items()}


def _mark(entries: list[tuple[Kind, int, str, str]]) -> Mark:
    kind, number, code, _ = entries[0]
    label = f"{number} {_ALL_ARE_MEANT.get(code, code).replace('-', ' ')}"
    if len(entries) > 1:
        label = ", ".join(str(number) for _, number, _, _ in entries)
    tip = "\n".join(f"{number}. {text}" for _, number, _, text in entries)
    return Mark(kind, label, tip=tip)


def _numbered(pairs: Pairs) -> tuple[Marks, Marks]:
    """Return the same number and colour for both calls of each pair."""
    if len(pairs) > _MOST_NUMBERS:
        return {}, {}
    left, right = {}, {}
    for number, (a, b) in enumerate(pairs, start=1):
        left[a] = Mark("pair", str(number), number, f"pairs with '{b}' on the right")
        right[b] = Mark("pair", str(number), number, f"pairs with '{a}' on the left")
    return left, right
