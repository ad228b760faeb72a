"""The parts of a graph that are straight: chains of calls, and blocks between them."""

from __future__ import annotations

from dataclasses import dataclass

from teachkit.comparison.with_twin.reasons import extra_arguments, is_layer_call
from teachkit.graph import Call, ModelGraph, Tensor


def longest_chain(graph: ModelGraph) -> tuple[str, ...]:
    """Return the ids of the longest row of calls that could be a Sequential model.

    Each call of it is of a layer, reads one tensor, and is the only one that reads the
    tensor before it. Of several longest ones, it is the first.
    """
    graph = graph.visible()
    ends = {end.call for end in graph.outputs}
    row_of: dict[str, list[str]] = {}
    rows: list[list[str]] = []
    for call in graph.calls:
        if not _fits(graph, call):
            continue
        before = graph.incoming(call.id)[0].source if graph.incoming(call.id) else None
        row = row_of.get(before) if before is not None else None
        if row is None or not _hands_on(graph, graph.call(row[-1]), ends):
            row = []
            rows.append(row)
        row.append(call.id)
        row_of[call.id] = row
    most = max(map(len, rows), default=0)
    return next((tuple(row) for row in rows if len(row) == most), ())


def _fits(graph: ModelGraph, call: Call) -> bool:
    read = graph.incoming(call.id)
    alone = len(read) <= 1 and not any(t.port.endswith("]") for t in read)
    return is_layer_call(call) and alone and not extra_arguments(call)


def _hands_on(graph: ModelGraph, call: Call, ends: set[str]) -> bool:
    """Tell whether all that a call returns goes to one other call and nowhere else."""
    whole = len(call.outputs) == 1 and call.id not in ends
    return whole and len(graph.outgoing(call.id)) == 1


@dataclass(frozen=True, slots=True)
class Block:
    """Calls between a fork and its join: one tensor comes in, one goes out.

    Attributes:
        fork: the id of the call whose output goes several ways.
        join: the id of the call in which all ways have come together.
        calls: what lies between them, and the join, in topological order.
    """

    fork: str
    join: str
    calls: tuple[str, ...]


def _data(graph: ModelGraph, call: Call) -> list[Tensor]:
    read = graph.incoming(call.id)
    return [tensor for tensor in read if graph.call(tensor.source).kind != "constant"]


def blocks_of(graph: ModelGraph) -> tuple[Block, ...]:
    """Return the blocks that could be wrapped, each as one layer of a chain.

    Empty for a model of several inputs or outputs: it has no one tensor that all ways
    start from, or lead to.
    """
    graph = graph.visible()
    if len(graph.inputs) != 1 or len(graph.outputs) != 1:
        return ()
    calls = [call for call in graph.calls if call.kind != "constant"]
    blocks: list[Block] = []
    fork, between = calls[0], list[str]()
    position = {call.id: k for k, call in enumerate(calls)}
    farthest = 0
    for k, call in enumerate(calls):
        # Every way leads through this call if no tensor leaps over it.
        if k and farthest <= k:
            if between or len(_data(graph, call)) > 1:
                block = (*between, call.id)
                blocks.append(Block(fork.id, call.id, block))
            fork, between = call, []
        elif k:
            between.append(call.id)
        targets = [position[tensor.target] for tensor in graph.outgoing(call.id)]
        farthest = max([farthest, *targets])
    return tuple(blocks)
