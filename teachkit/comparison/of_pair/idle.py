"""Calls that do nothing, and that only one of two models has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from teachkit.comparison.findings import Difference
from teachkit.comparison.of_pair.alignment import Alignment
from teachkit.comparison.of_pair.grouping import Told
from teachkit.comparison.of_pair.wording import described
from teachkit.graph import Call, ModelGraph
from teachkit.normal_form import Meaning, Node, NormalGraph
from teachkit.speech import named


def idle(found: Alignment) -> Iterator[Told]:
    """Yield calls that do nothing, or are part of a sum of sums, on one side only."""
    sides = {"left": _left_out(found.left), "right": _left_out(found.right)}
    counts = {k: Counter(call.type for _, call in v) for k, v in sides.items()}
    both = counts["left"] & counts["right"]
    for side, calls in sides.items():
        waiting = Counter(both)
        for path, call in calls:
            if waiting[call.type]:
                waiting[call.type] -= 1
                continue
            text = _gone(side, path, call)
            paths = ((path,), ()) if side == "left" else ((), (path,))
            difference = Difference("idle", text, *paths)
            yield Told(difference, ("idle", side, call.type), named(path))


def _left_out(graph: NormalGraph) -> list[tuple[str, Call]]:
    """Return the calls of which nothing is left in the normal form."""
    kept = {node.path for node in graph.nodes}
    return [
        (path, call)
        for path, call in calls_of(graph.graph)
        if path not in kept
        and call.nested is None
        and call.kind not in {"input", "constant"}
    ]


def _gone(side: str, path: str, call: Call) -> str:
    node = Node(path, Meaning(call.type), (), call)
    if call.type in {"Add", "Multiply", "Maximum", "Minimum"}:
        told = f"On the {side}, {described(node)} is one step of several"
        return f"{told} that could be one."
    return f"Only the {side} has {described(node)}, which changes nothing here."


def calls_of(graph: ModelGraph) -> Iterator[tuple[str, Call]]:
    """Yield every call that the author wrote with its path, nested ones too."""
    waiting = [(graph, "")]
    count = 0
    for level, prefix in waiting:
        for call in level.visible().calls:
            count += 1
            yield prefix + call.id, call
            if call.nested is not None and count < 20_000:
                waiting.append((call.nested, f"{prefix}{call.id}/"))
