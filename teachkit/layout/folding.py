"""Blocks that repeat one after the other: found, so that a drawing shows one of them.

A model is cut wherever a single tensor carries everything that is needed further on.
The pieces between cuts are compared by what their calls are, with which arguments and
shapes, and how they are wired; runs of like pieces are folds.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from teachkit.graph import Call, ModelGraph

_LONGEST_PERIOD = 12
_LEAST_CALLS = 4
Piece = list[Call]


@dataclass(frozen=True, slots=True)
class Fold:
    """A run of like blocks.

    Attributes:
        first: ids of the calls of the first block, which is drawn.
        hidden: ids of the calls of all the others.
        last: id of the call whose output leaves the run.
        repeats: how many blocks the run has.
    """

    first: tuple[str, ...]
    hidden: tuple[str, ...]
    last: str
    repeats: int


def find_folds(graph: ModelGraph) -> list[Fold]:
    """Return the runs of repeated blocks of a graph, from inputs to outputs.

    Calls of shared layers and of nested models are never folded away, nor is a call
    whose output leaves the graph, except at the end of a run.
    """
    pieces = _pieces(graph)
    shared = {layer.id for layer in graph.shared()}
    returned = {endpoint.call for endpoint in graph.outputs}
    marks = [_signature(graph, piece, shared, returned) for piece in pieces]
    ends = _ends_of_runs(pieces, returned)
    folds = []
    start = 0
    while start < len(pieces):
        period, repeats = _best_run(marks, pieces, start, ends[start])
        if repeats > 1:
            blocks = pieces[start : start + period * repeats]
            folds.append(_fold(blocks, period, repeats))
        start += period * repeats
    return folds


def _pieces(graph: ModelGraph) -> list[Piece]:
    """Cut the calls, in topological order, where one tensor carries everything."""
    position = {call.id: k for k, call in enumerate(graph.calls)}
    returned = {endpoint.call for endpoint in graph.outputs}
    pieces: list[Piece] = [[]]
    reach = -1  # how far the tensors made before this call are still read
    for k, call in enumerate(graph.calls):
        pieces[-1].append(call)
        outgoing = graph.outgoing(call.id)
        if reach <= k and len({tensor.index for tensor in outgoing}) == 1:
            pieces.append([])
        last_read = max((position[t.target] for t in outgoing), default=-1)
        reach = max(reach, len(graph.calls) if call.id in returned else last_read)
    return [piece for piece in pieces if piece]


def _ends_of_runs(pieces: Sequence[Piece], returned: set[str]) -> list[int]:
    """Return for each piece where a run from it must end: after an output at latest."""
    ends = [len(pieces)] * len(pieces)
    end = len(pieces)
    for k in range(len(pieces) - 1, -1, -1):
        if any(call.id in returned for call in pieces[k]):
            end = k + 1
        ends[k] = end
    return ends


def _signature(
    graph: ModelGraph, piece: Piece, shared: set[str], returned: set[str]
) -> Hashable:
    """Return what two pieces must have alike to be drawn as one."""
    inside = {call.id: k for k, call in enumerate(piece)}
    marks: list[Hashable] = []
    for call in piece:
        if call.kind == "input" or call.nested is not None or call.layer_id in shared:
            return (call.id,)
        if call.id in returned and call is not piece[-1]:
            return (call.id,)
        wires = (
            (inside.get(t.source, -1), t.index, t.port) for t in graph.incoming(call.id)
        )
        marks.append((*_look(call), *wires))
    leaving = {tensor.index for tensor in graph.outgoing(piece[-1].id)}
    return (*marks, min(leaving, default=0))


def _look(call: Call) -> tuple[Hashable, ...]:
    """Return all that a box can tell of a call, but for its name."""
    config = tuple(f"{k}={call.config[k]!r}" for k in call.config.chosen)
    weights = (call.params, call.trainable)
    shapes = (call.inputs, call.outputs)
    return (call.kind, call.type, call.arguments, config, weights, shapes)


def _best_run(
    marks: Sequence[Hashable], pieces: Sequence[Piece], start: int, end: int
) -> tuple[int, int]:
    """Return period and repeats of the run from here that covers the most calls."""
    best, covered = (1, 1), _LEAST_CALLS - 1
    for period in range(1, _LONGEST_PERIOD + 1):
        repeats = _repeats(marks, start, period, end)
        run = pieces[start : start + period * repeats]
        calls = sum(map(len, run))
        if repeats > 1 and calls > covered:
            best, covered = (period, repeats), calls
    return best


def _repeats(marks: Sequence[Hashable], start: int, period: int, end: int) -> int:
    """Count the blocks from here that are like the first one and end in time."""
    block = marks[start : start + period]
    count = 1
    while start + (count + 1) * period <= end:
        following = start + count * period
        if marks[following : following + period] != block:
            break
        count += 1
    return count


def _fold(pieces: Sequence[Piece], period: int, repeats: int) -> Fold:
    first = [call.id for piece in pieces[:period] for call in piece]
    rest = [call.id for piece in pieces[period:] for call in piece]
    return Fold(tuple(first), tuple(rest), rest[-1], repeats)
