"""Which gradients arrive at a tensor in the walk backwards, and how they add up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from teachkit.keras_runner.matching import names_of
from teachkit.layout.labels import port_text
from teachkit.math.written import LARGEST, told
from teachkit.speech import listed, named, number, sentence_start, times
from teachkit.traces.records import Array, Edge, Gradient, Gradients, Value
from teachkit.traces.run import Run
from teachkit.views.clean import clean_html
from teachkit.views.trace.gradient_words import norm_of
from teachkit.views.trace.grids import cell_text
from teachkit.views.trace.player.wires import Wiring
from teachkit.views.trace.tables import html_table

_MOST_ROWS = 12
_MOST_TERMS = 6
Share = tuple[Edge, Gradient | None]


@dataclass(frozen=True, slots=True)
class Readers:
    """Who reads each tensor of a run, and what comes back from there.

    Attributes:
        gradients: of the run.
        shares: of the tensors that have several readers, by path and index.
        outputs: the names of the outputs of the model, by their place.
        losses: the names of the outputs of which a loss is taken.
    """

    gradients: Gradients
    shares: Mapping[tuple[str, int], Sequence[Share]]
    outputs: Mapping[str, str]
    losses: frozenset[str]

    def name(self, edge: Edge) -> str:
        """Return who reads a tensor at the end of an edge."""
        if edge.adds_loss:
            return "its own regularizer"
        if edge.leaves and edge.target:
            return f"whoever reads {edge.target}"
        if edge.leaves:
            name = self.outputs.get(edge.port, edge.port)
            # A closed model tells its outputs only when it runs.
            return f"the loss of {name}" if name in self.losses else f"output {name}"
        return edge.target

    def sentence(self, value: Value) -> str:
        """Say whose gradients add up in a tensor; empty where there is one reader."""
        shares = self.shares.get((value.path, value.index), ())
        if not shares:
            return ""
        terms = [
            f"{_length(gradient)} from {self._column(edge, shares)}"
            for edge, gradient in shares
        ]
        total = _length(self.gradients.of_tensors.get((value.path, value.index)))
        return (
            f"{sentence_start(_who(shares))}; their gradients add, number by number. "
            f"Lengths: {listed(terms, most=_MOST_TERMS)}; of their sum {total}."
        )

    def _column(self, edge: Edge, shares: Sequence[Share]) -> str:
        """Return who reads a tensor, with the port where one call reads it twice."""
        same = sum(other.target == edge.target for other, _ in shares)
        port = f" as {port_text(edge.port)}" if same > 1 and not edge.leaves else ""
        return f"{self.name(edge)}{port}"

    def table(self, value: Value) -> str:
        """Return the numbers that add up, one by one; empty for a large tensor."""
        shares = self.shares.get((value.path, value.index), ())
        total = self.gradients.of_tensors.get((value.path, value.index))
        sample = int(np.prod(value.shape[1:])) if value.shape else 1
        if total is None or sample > LARGEST or not 1 < len(shares) <= _MOST_TERMS:
            return ""
        kept = [total, *(one for _, one in shares if one is not None)]
        if any(one.told is not None for one in kept):
            return ""
        columns = [_numbers(gradient, value) for _, gradient in shares]
        columns.append(_numbers(total, value))
        heads = (
            "number",
            *(f"from {self._column(edge, shares)}" for edge, _ in shares),
            "sum",
        )
        rows = list(_rows(value.shape, columns))[:_MOST_ROWS]
        return html_table(heads, rows, numbers=set(range(1, len(heads))))


def readers_of(run: Run, gradients: Gradients) -> Readers:
    """Return who reads the tensors of a run."""
    shares = defaultdict(list)
    for edge, gradient in gradients.of_edges.items():
        shares[edge.source, edge.index].append((edge, gradient))
    ends = run.graph.outputs
    names = dict(zip((end.path for end in ends), names_of(ends), strict=True))
    losses = frozenset(part.name for part in gradients.losses)
    return Readers(gradients, dict(shares), names, losses)


def only_reader(value: Value, run: Run, wiring: Wiring, readers: Readers) -> str:
    """Return who reads a tensor that has one reader; empty if that cannot be told."""
    ends = [end for end in run.graph.outputs if end.call == value.path]
    for end in ends:
        if end.index == value.index:
            return readers.name(Edge(value.path, value.index, "", end.path))
    leaving = {wire.target for wire in wiring.leaving.get(value.path, ())}
    if len(leaving) == 1:
        return leaving.pop()
    outer = value.path.rpartition("/")[0]
    return f"whoever reads {outer}" if outer and not leaving else ""


def sent_by(step_path: str, port: str, value: Value, gradients: Gradients) -> Any:
    """Return the gradient that a call sends back to a tensor that it reads."""
    edge = Edge(value.path, value.index, step_path, port)
    if edge in gradients.of_edges:
        return gradients.of_edges[edge]
    return gradients.of_tensors.get((value.path, value.index))


def _who(shares: Sequence[Share]) -> str:
    edges, count = [edge for edge, _ in shares], len(shares)
    if len({edge.target for edge in edges}) == 1 and not edges[0].leaves:
        return f"{named(edges[0].target)} reads this tensor {times(count)}"
    if any(edge.leaves or edge.adds_loss for edge in edges):
        return f"this tensor is read in {number(count)} places"
    calls = len({edge.target for edge in edges})
    return f"{number(calls)} calls read this tensor"


def _length(gradient: Gradient | None) -> str:
    return "nothing" if gradient is None else told(norm_of(gradient))


def _numbers(gradient: Gradient | None, value: Value) -> Array:
    if gradient is None:
        return np.zeros(value.shape).reshape(-1)
    return np.asarray(gradient.array).reshape(-1)


def _rows(shape: tuple[int, ...], columns: Sequence[Array]) -> Iterator[list[str]]:
    for place, numbers in enumerate(zip(*columns, strict=True)):
        index = [str(int(k)) for k in np.unravel_index(place, shape)] if shape else []
        cells = [clean_html(cell_text(one)) for one in numbers]
        yield [f"[{', '.join(index)}]", *cells]


def named_reader(name: str) -> str:
    """Return a reader in quotes if it is a call."""
    return name if " " in name else named(name)
