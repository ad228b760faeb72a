"""Random models whose true graph is known: what is read must be exactly that."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import teachkit as tk
from tests.keras_reader.author import plain, write
from tests.keras_reader.config_edges import config_edges, graph_edges


def differences(truth, graph, given):
    """Return the first difference between a graph and the truth about it, or None.

    Arguments:
        truth: what was written.
        graph: what was read.
        given: the shapes of the inputs, as this call of the model has them.
    """
    ids, shapes = truth.ids(), truth.shapes(given)
    pairs = [
        (_calls_written(ids, shapes), _calls_read(graph)),
        (_edges_written(ids, shapes), _edges_read(graph)),
        (_ends_written(truth.inputs, ids, shapes), _ends_read(graph.inputs)),
        (_ends_written(truth.outputs, ids, shapes), _ends_read(graph.outputs)),
    ]
    for written, read in pairs:
        if written != read:
            return written, read
    for node, call_id in ids.items():
        if node.inside is not None:
            read = [shapes[wire.node][wire.index] for wire, _ in node.reads]
            different = differences(node.inside, graph.call(call_id).nested, read)
            if different:
                return different
    return None


def own_shapes(truth):
    return [wire.shape for _, wire in truth.inputs]


def _calls_written(ids, shapes):
    return {
        call_id: (
            node.kind,
            node.type,
            node.name,
            [plain(shape) for shape in shapes[node]],
        )
        for node, call_id in ids.items()
    }


def _calls_read(graph):
    return {
        call.id: (
            call.kind,
            call.type,
            # An operation has no layer, and is called once.
            call.id if call.kind == "operation" else call.layer,
            [spec.shape for spec in call.outputs],
        )
        for call in graph.calls
    }


def _edges_written(ids, shapes):
    return Counter(
        (ids[wire.node], wire.index, target, port, plain(shapes[wire.node][wire.index]))
        for node, target in ids.items()
        for wire, port in node.reads
    )


def _edges_read(graph):
    edges = ((t.source, t.index, t.target, t.port, t.shape) for t in graph.tensors)
    return Counter(edges)


def _ends_written(places, ids, shapes):
    return [
        (ids[wire.node], wire.index, path, plain(shapes[wire.node][wire.index]))
        for path, wire in places
    ]


def _ends_read(endpoints):
    return [(end.call, end.index, end.path, end.shape) for end in endpoints]


def calls_of_each_layer(truth):
    """Return how often each layer is written in a model and those in it, each once."""
    counts, seen, waiting = Counter(), set(), [truth]
    for one in waiting:
        if id(one) in seen:
            continue
        seen.add(id(one))
        counts.update(
            n.name for n in one.nodes if n.kind in ("layer", "model", "input")
        )
        waiting.extend(node.inside for node in one.nodes if node.inside is not None)
    return counts


class TestRandomModels:
    @settings(max_examples=60, deadline=None, derandomize=True, database=None)
    @given(st.integers(0, 10**6), st.integers(3, 40))
    def test_small_ones_are_read_as_they_were_written(self, seed, calls):
        truth = write(seed, calls)

        graph = tk.read(truth.model)

        assert differences(truth, graph, own_shapes(truth)) is None
        assert {
            one.name: len(one.calls) for one in graph.layers
        } == calls_of_each_layer(truth)
        assert graph_edges(graph) == config_edges(truth.model)

    @pytest.mark.parametrize(("seed", "calls"), [(1, 100), (2, 200), (3, 300)])
    def test_large_ones_are_read_as_they_were_written(self, seed, calls):
        truth = write(seed, calls, depth=3)

        graph = tk.read(truth.model)

        assert differences(truth, graph, own_shapes(truth)) is None
        assert graph_edges(graph) == config_edges(truth.model)

    def test_a_wrong_truth_is_noticed(self):
        truth = write(seed=5, calls=20)
        graph = tk.read(truth.model)
        node = next(node for node in truth.nodes if node.kind == "layer")
        node.reads[0] = (node.reads[0][0], "elsewhere")

        assert differences(truth, graph, own_shapes(truth)) is not None

    def test_they_have_all_that_the_reader_must_know(self):
        truths = [write(seed, 40) for seed in range(12)]
        nodes = [node for truth in truths for node in truth.nodes]
        shared = [n for t in truths for n in calls_of_each_layer(t).values() if n > 1]
        edges = [Counter((id(w.node), id(n)) for w, _ in n.reads) for n in nodes]

        assert {"layer", "operation", "model", "input"} == {node.kind for node in nodes}
        assert any(m.inside for n in nodes if n.inside for m in n.inside.nodes)
        assert len(shared) > 10
        assert any(max(reads.values(), default=0) > 1 for reads in edges)
        assert any(w.index > 0 for node in nodes for w, _ in node.reads)
        assert any(len(truth.inputs) > 1 for truth in truths)
        assert any(path.startswith("['") for t in truths for path, _ in t.outputs)
