"""Very many differences in short: counts, some of each kind, counts of the rest."""

from __future__ import annotations

from collections import Counter

from teachkit.comparison.findings import Difference
from teachkit.comparison.of_pair.alignment import Alignment
from teachkit.comparison.of_pair.idle import calls_of
from teachkit.comparison.of_pair.wording import model_names
from teachkit.graph import ModelGraph
from teachkit.layout.labels import count_text
from teachkit.speech import listed, sentence_start

_MOST = 20
_MOST_TYPES = 5
_WORDS = {
    "inputs": "inputs that differ",
    "changed": "changed",
    "constants": "with other constants",
    "sharing": "shared in one model only",
    "removed": "only on the left",
    "added": "only on the right",
    "rewired": "wired differently",
    "swapped": "in another order",
    "outputs": "outputs that differ",
}


def shortened(found: Alignment, differences: list[Difference]) -> list[Difference]:
    """Return the differences; if there are very many, counts and some of each kind.

    The calls of those that are left out stay marked.
    """
    if len(differences) <= _MOST:
        return differences
    shown = _some_of_each(differences, _MOST - 2)
    rest = [one for k, one in enumerate(differences) if k not in shown]
    return [
        _lead(found),
        *(one for k, one in enumerate(differences) if k in shown),
        _rest(rest),
    ]


def _some_of_each(differences: list[Difference], most: int) -> set[int]:
    """Return the places of the first ones of each code, in equal shares."""
    ranks: Counter[str] = Counter()
    places = []
    for k, one in enumerate(differences):
        places.append((ranks[one.code], k))
        ranks[one.code] += 1
    return {k for _, k in sorted(places)[:most]}


def _lead(found: Alignment) -> Difference:
    graphs = found.left.graph, found.right.graph
    calls = [_written_calls(graph) for graph in graphs]
    same = {
        left.path
        for left, right in found.pairs()
        if left.path in calls[0] and left.meaning == right.meaning and not left.part
    }
    fewest = min(len(side) for side in calls)
    start = (
        "have little in common" if 2 * len(same) < fewest else "differ in many places"
    )
    names = model_names(*graphs)
    counts = [Counter(side.values()) for side in calls]
    shown = {kind for side in counts for kind, _ in _most_frequent(side)}
    sides = [
        f"{name} has {_counts(side, shown)}"
        for name, side in zip(names, counts, strict=True)
    ]
    text = (
        f"The models {start}: of {count_text(len(calls[0]), 'call')} on the left and "
        f"{len(calls[1]):,} on the right, {len(same):,} do the same. "
        f"{sentence_start(sides[0])}; {sides[1]}."
    )
    return Difference("architecture", text)


def _written_calls(graph: ModelGraph) -> dict[str, str]:
    """Return the class of each call by its path, without inputs and constants."""
    return {
        path: call.type
        for path, call in calls_of(graph)
        if call.kind not in {"input", "constant"} and call.nested is None
    }


def _most_frequent(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:_MOST_TYPES]


def _counts(counts: Counter[str], shown: set[str]) -> str:
    """Return `52 Conv2D, 17 DepthwiseConv2D and 9 of other types`."""
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    texts = [f"{count:,} {name}" for name, count in ordered if name in shown]
    others = sum(count for name, count in ordered if name not in shown)
    texts += [f"{others:,} of other types"] if others else []
    return listed(texts, most=2 * _MOST_TYPES + 1)


def _rest(rest: list[Difference]) -> Difference:
    """Return what is left out, counted by kind; all of its calls are marked."""
    codes = dict.fromkeys([*_WORDS, *(one.code for one in rest)])
    counts = {code: _calls_of([d for d in rest if d.code == code]) for code in codes}
    kinds = [
        f"{count:,} {_WORDS.get(code, code)}" for code, count in counts.items() if count
    ]
    text = f"And more calls that are not listed: {listed(kinds, most=9)}."
    lefts = dict.fromkeys(path for one in rest for path in one.left)
    rights = dict.fromkeys(path for one in rest for path in one.right)
    return Difference("architecture", text, tuple(lefts), tuple(rights))


def _calls_of(rest: list[Difference]) -> int:
    """Return how many calls differences are about, in the model with more."""
    lefts = {path for one in rest for path in one.left}
    rights = {path for one in rest for path in one.right}
    return max(len(lefts), len(rights))
