"""All that differs between two models, in the order in which it is best told."""

from __future__ import annotations

from collections.abc import Iterator

from teachkit.comparison.findings import Difference
from teachkit.comparison.of_pair.alignment import Alignment
from teachkit.comparison.of_pair.changes import changed
from teachkit.comparison.of_pair.disguises import disguised
from teachkit.comparison.of_pair.exchanges import exchanged_inputs, exchanged_outputs
from teachkit.comparison.of_pair.grouping import Told, grouped
from teachkit.comparison.of_pair.lost import lost_sharing
from teachkit.comparison.of_pair.matching import align
from teachkit.comparison.of_pair.reordering import (
    names_tell_of_order,
    reordered,
    told_of_order,
)
from teachkit.comparison.of_pair.shared_layers import sharing
from teachkit.comparison.of_pair.summary import shortened
from teachkit.comparison.of_pair.unpaired import unpaired
from teachkit.comparison.of_pair.wiring import rewired
from teachkit.comparison.of_pair.wording import model_names
from teachkit.normal_form import NormalGraph
from teachkit.speech import sentence_start


def different(
    left: NormalGraph, right: NormalGraph
) -> tuple[Alignment, list[Difference]]:
    """Return which node is which, and in what two models differ that are not equal.

    What only follows from another difference, such as the shapes after a layer with
    other units, is not told. If the order of inputs or outputs is all that differs,
    that is one cause, and told instead of what each call reads.
    """
    found = align(left, right)
    differences = _all_differences(found)
    other = reordered(left, right)
    if other is not None and (len(differences) > 1 or names_tell_of_order(other)):
        return other, told_of_order(other)
    return found, shortened(found, differences)


def _all_differences(found: Alignment) -> list[Difference]:
    told = [
        *_own_code(found),
        *lost_sharing(found),
        *exchanged_inputs(found),
        *changed(found),
        *sharing(found),
        *unpaired(found),
        *rewired(found),
        *exchanged_outputs(found),
    ]
    return grouped(told) or [_wiring()]


def disguises_of(found: Alignment) -> list[Difference]:
    """Return what is written differently in two models and means the same."""
    return grouped(disguised(found))


def _own_code(found: Alignment) -> Iterator[Told]:
    """Yield that the class of one model has a `call` that runs instead of the graph."""
    graphs = {"left": found.left.graph, "right": found.right.graph}
    own = {side: graph.type for side, graph in graphs.items() if graph.overridden_call}
    if len(set(own.values())) == 1 and len(own) == 2:
        return
    names = model_names(found.left.graph, found.right.graph)
    for side, kind in own.items():
        name = sentence_start(names[0] if side == "left" else names[1])
        text = (
            f"{name} runs the call() of its own class {kind}, of which the graph "
            "shows nothing."
        )
        yield Told(Difference("changed", text), (), kind)


def _wiring() -> Difference:
    return Difference(
        "rewired",
        "Both models make the same calls, but wire or share them differently: no "
        "renaming turns one into the other.",
    )
