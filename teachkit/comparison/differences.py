"""All that differs between two models, in the order in which it is best told."""

from __future__ import annotations

from collections.abc import Iterator

from teachkit.comparison.alignment import Alignment
from teachkit.comparison.changes import changed
from teachkit.comparison.disguises import disguised
from teachkit.comparison.exchanges import exchanged_inputs, exchanged_outputs
from teachkit.comparison.findings import Difference
from teachkit.comparison.grouping import Told, grouped
from teachkit.comparison.matching import align
from teachkit.comparison.shared_layers import sharing
from teachkit.comparison.unpaired import unpaired
from teachkit.comparison.wiring import rewired
from teachkit.normal_form import Isomorphism, NormalGraph


def alignment_of(
    left: NormalGraph, right: NormalGraph, isomorphism: Isomorphism | None
) -> Alignment:
    """Return which node is which: exactly if the graphs are equal, else at best."""
    if isomorphism is None:
        return align(left, right)
    partner = dict(enumerate(isomorphism.nodes))
    reverse = {other: one for one, other in partner.items()}
    return Alignment(left, right, partner, reverse)


def differences_of(found: Alignment) -> list[Difference]:
    """Return in what two models differ that are not equal.

    What only follows from another difference, such as the shapes after a layer with
    other units, is not told.
    """
    told = [
        *_own_code(found),
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
    for side, kind in own.items():
        text = (
            f"The {side} runs the call() of its own class {kind}, of which the graph "
            "shows nothing."
        )
        yield Told(Difference("changed", text), (), kind)


def _wiring() -> Difference:
    return Difference(
        "rewired",
        "Both models make the same calls, but wire or share them differently: no "
        "renaming turns one into the other.",
    )
