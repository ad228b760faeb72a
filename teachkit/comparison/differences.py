"""All that differs between two models, in the order in which it is best told."""

from __future__ import annotations

from teachkit.comparison.alignment import Alignment
from teachkit.comparison.changes import changed
from teachkit.comparison.disguises import disguised
from teachkit.comparison.exchanges import exchanged_inputs, exchanged_outputs
from teachkit.comparison.findings import Difference
from teachkit.comparison.grouping import grouped
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


def _wiring() -> Difference:
    return Difference(
        "rewired",
        "Both models make the same calls, but wire or share them differently: no "
        "renaming turns one into the other.",
    )
