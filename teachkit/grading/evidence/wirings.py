"""What is different from the solution in the connections, not in the layers."""

from __future__ import annotations

from collections import Counter

from teachkit.grading.evidence.broadcasting import broadcast_told, broadcasts
from teachkit.grading.evidence.numbers import counted
from teachkit.grading.evidence.steps import (
    arrows,
    chain_of,
    named,
    sources,
    steps_of,
)
from teachkit.grading.evidence.structure import Structure
from teachkit.grading.findings import Finding


def repeated(mine: Structure, theirs: Structure, source: str) -> Finding | None:
    """Tell a merge that repeats the smaller operand, where the solution has none."""
    found = broadcasts(mine)
    return (
        broadcast_told(mine, found[0], source)
        if found and not broadcasts(theirs)
        else None
    )


def shared(mine: Structure, theirs: Structure, source: str) -> Finding | None:
    """Tell a layer that is called more or less often than in the solution."""
    for kind in dict.fromkeys(step.kind for step in steps_of(theirs)):
        ours, wanted = mine.of_kind(kind), theirs.of_kind(kind)
        if not ours or not mine.is_weighted(ours[0]) or len(ours) != len(wanted):
            continue
        have, need = len(mine.owners(ours)), len(theirs.owners(wanted))
        if have == need:
            continue
        calls = Counter(mine.nodes[n].owner for n in ours)
        often = next(
            n for n in ours if calls[mine.nodes[n].owner] == max(calls.values())
        )
        if have < need:
            see = (
                f"{mine.name(often)} is called {max(calls.values())} times: the same "
                "layer, one set of weights."
            )
        else:
            see = f"I see {counted(have, named(kind) + ' layer')} with own weights."
        so = f"The {source} has {counted(need, named(kind) + ' layer')}"
        so += ", each with weights of its own." if need > 1 else " that has weights."
        if have > need == 1:
            so = (
                f"The {source} has 1 {named(kind)} layer, called {len(ours)} times: "
                "one set of weights."
            )
        return Finding(
            see,
            so,
            "Where is each layer made, and where is it called?",
            mine.paths(ours),
            rule=4,
            misconception="M02",
        )
    return None


def average_of_average(
    mine: Structure, theirs: Structure, source: str
) -> Finding | None:
    """Tell the weights of arms that are averaged in two rounds."""
    if len(mine.of_kind("average")) <= len(theirs.of_kind("average")):
        return None
    for number in mine.of_kind("average"):
        reads = sources(mine, number)
        inner = [n for n in reads if mine.kind(n) == "average"]
        if not inner:
            continue
        outer = [n for n in reads if n not in inner]
        share = len(reads) * len(sources(mine, inner[0]))
        names = " and ".join(f"{mine.name(n)}" for n in outer) or "another arm"
        small = ", ".join([f"1/{share}"] * len(sources(mine, inner[0])))
        return Finding(
            f"{mine.name(number)} takes the average of an average: the weights of the "
            f"arms are {small}, 1/{len(reads)}.",
            f"So {names} counts {len(sources(mine, inner[0]))} times as much. In the "
            f"{source} all arms count the same.",
            "A merge can read one list with more than two tensors.",
            mine.paths([number, *inner]),
        )
    return None


def other_order(mine: Structure, theirs: Structure, source: str) -> Finding | None:
    """Tell the widths of a chain whose layers come in another order."""
    ours, wanted = chain_of(mine), chain_of(theirs)
    if not ours or not wanted or ours == wanted:
        return None
    return Finding(
        f"It runs, but it is a different network: {arrows(ours)}.",
        f"The {source} has {arrows(wanted)}.",
        "Which line makes which number, and in which order?",
        mine.paths(step.number for step in steps_of(mine)),
        rule=6,
        misconception="M31",
    )


def chained(mine: Structure, theirs: Structure, source: str) -> Finding | None:
    """Tell a branch that starts after another one instead of beside it."""
    ours = _weighted(mine)
    behind = [(a, b) for a in ours for b in ours if b in mine.downstream(a)]
    wanted = _weighted(theirs)
    beside = [
        {_label(theirs, a), _label(theirs, b)}
        for a in wanted
        for b in wanted
        if a < b and b not in theirs.downstream(a)
    ]
    for first, second in behind:
        if {_label(mine, first), _label(mine, second)} not in beside:
            continue
        if first not in sources(mine, second):
            continue
        merges = [n for n in mine.downstream(second) if first in sources(mine, n)]
        own = ", joined with its own middle" if merges else ""
        widths = [mine.shape(n) for n in [*sources(mine, first)[:1], first, second]]
        chain = arrows([shape[-1] or 0 for shape in widths if shape])
        return Finding(
            f"Your second branch starts after the first: {mine.name(second)} reads "
            f"{mine.name(first)}.",
            f"That is a chain {chain}{own}. In the {source} both start at the same "
            "tensor.",
            f"Which name stands in the brackets of '{mine.nodes[second].path}'?",
            mine.paths([first, second]),
            rule=3,
            misconception="M03",
        )
    return None


def other_reading(mine: Structure, theirs: Structure, source: str) -> Finding | None:
    """Tell the first step that reads something else than in the solution."""
    need = Counter(_reading(theirs, n) for n in range(len(theirs.nodes)))
    for number in range(len(mine.nodes)):
        key = _reading(mine, number)
        if need[key] > 0:
            need[key] -= 1
            continue
        reads = [mine.name(r.source) for r in mine.nodes[number].reads]
        return Finding(
            f"The layers are those of the {source}, but {mine.name(number)} reads "
            f"{' and '.join(reads) or 'nothing'}.",
            f"In the {source} no such step reads that.",
            "Which name should stand in the brackets of this line?",
            mine.paths([number]),
            rule=3,
            misconception="M03",
        )
    return None


def _weighted(structure: Structure) -> list[int]:
    return [s.number for s in steps_of(structure) if structure.is_weighted(s.number)]


def _label(structure: Structure, number: int) -> str:
    node = structure.nodes[number]
    settings = dict(node.meaning.settings)
    size = settings.get("units", settings.get("filters", ""))
    return f"{structure.kind(number)} {size}"


def _reading(structure: Structure, number: int) -> tuple[str, tuple[str, ...]]:
    reads = (_label(structure, read.source) for read in structure.nodes[number].reads)
    return _label(structure, number), tuple(sorted(reads))
