"""Which edges the view lights when a player stands at a step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from teachkit.graph import ModelGraph
from teachkit.traces.records import Step
from teachkit.traces.wires import Wire, wires_of
from teachkit.views.widget.names import edge_name


@dataclass(frozen=True, slots=True)
class Wiring:
    """The edges of a run.

    Attributes:
        arriving, leaving: by path of the call.
    """

    arriving: Mapping[str, Sequence[Wire]]
    leaving: Mapping[str, Sequence[Wire]]


def wiring_of(graph: ModelGraph, steps: Sequence[Step]) -> Wiring:
    """Return the edges of a model and of all models inside it that were run open."""
    prefixes = ["", *(f"{step.path}/" for step in steps if step.opens)]
    arriving: dict[str, list[Wire]] = defaultdict(list)
    leaving: dict[str, list[Wire]] = defaultdict(list)
    for wire in wires_of(graph, prefixes):
        arriving[wire.target].append(wire)
        leaving[wire.source].append(wire)
    return Wiring(dict(arriving), dict(leaving))


def edge_ids(wires: Sequence[Wire]) -> list[str]:
    """Return how the view names these edges: `source->target:port`."""
    return [edge_name(one.source, one.target, one.port) for one in wires]
