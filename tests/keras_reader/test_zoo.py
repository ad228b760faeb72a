"""What holds for every model of the zoo: its true graph, and what all graphs share."""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import subprocess
import sys
from pathlib import Path

import keras
import pytest

import teachkit as tk
from tests.keras_reader.config_edges import config_edges, graph_edges
from tests.keras_reader.sketch import sketch
from tests.keras_reader.truth import truths
from tests.models import ZOO, build
from tests.zoo import subclassed

ROOT = Path(__file__).parents[2]
TRUTHS = truths()

NO_EDGES = {
    "bare_function",  # no model, so without a configuration
    "function_on_a_part",
    "function_as_operation",  # Keras refuses to write one down
    "tied_weights",
    "names_that_look_like_calls",  # `dense:2` looks there like a call of `dense`
    *(name for name in subclassed.ZOO if not name.endswith("_nested")),
}
# Their weights are made only when their call is followed, and are forgotten again.
LATE_WEIGHTS = {"subclassed_built", "mutating"}


def all_graphs(graph):
    """Return a graph and all graphs inside it."""
    graphs = [graph]
    for one in graphs:
        graphs.extend(call.nested for call in one.calls if call.nested is not None)
    return graphs


def digest(graphs):
    """Return a number for graphs, as JSON: the same in each process."""
    texts = (json.dumps(graph.to_dict()) for graph in graphs)
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


def digest_of_new_models():
    """Return the number for the graphs of a zoo that is built for it."""
    return digest(tk.read(build(name)) for name in ZOO)


def state_of(model):
    """Return what reading must leave as it was, of a model and everything it calls."""
    found = [model]
    for one in found:
        parts = getattr(one, "operations", None) or getattr(one, "layers", [])
        found.extend(
            part for part in parts if not any(part is other for other in found)
        )
    return [
        (name, len(value) if isinstance(value, (list, dict, set)) else id(value))
        for operation in found
        for name, value in sorted(vars(operation).items())
    ]


@pytest.mark.parametrize("name", sorted(set(ZOO) & set(TRUTHS)))
def test_the_graph_is_the_true_one(zoo, name):
    assert sketch(zoo[name].graph) == TRUTHS[name]


def test_each_model_has_a_true_graph():
    # The names of this one are as long and as odd as can be: it has tests of its own.
    assert set(ZOO) - set(TRUTHS) == {"hostile_names"}


@pytest.mark.parametrize("name", ZOO)
class TestEveryGraph:
    def test_it_is_in_topological_order(self, zoo, name):
        for graph in all_graphs(zoo[name].graph):
            position = {call.id: k for k, call in enumerate(graph.calls)}
            targets = [position[tensor.target] for tensor in graph.tensors]

            assert all(position[t.source] < position[t.target] for t in graph.tensors)
            assert targets == sorted(targets)
            assert len(position) == len(graph.calls)

    def test_it_starts_with_its_inputs(self, zoo, name):
        for graph in all_graphs(zoo[name].graph):
            wanted = list(dict.fromkeys(endpoint.call for endpoint in graph.inputs))

            assert [call.id for call in graph.calls[: len(wanted)]] == wanted
            assert wanted == [call.id for call in graph.calls if call.kind == "input"]

    def test_its_ends_are_numbered_as_keras_does(self, zoo, name):
        for graph in all_graphs(zoo[name].graph):
            for ends in (graph.inputs, graph.outputs):
                assert sorted(end.order for end in ends) == list(range(len(ends)))

    def test_shapes_agree_at_both_ends_of_each_tensor(self, zoo, name):
        for graph in all_graphs(zoo[name].graph):
            for tensor in graph.tensors:
                made = graph.call(tensor.source).outputs[tensor.index]

                assert (made.shape, made.dtype) == (tensor.shape, tensor.dtype)
            for call in graph.calls:
                read = [(t.shape, t.dtype) for t in graph.incoming(call.id)]

                assert [(s.shape, s.dtype) for s in call.inputs] == read

    def test_ports_of_a_call_are_different(self, zoo, name):
        for graph in all_graphs(zoo[name].graph):
            ports = [(tensor.target, tensor.port) for tensor in graph.tensors]

            assert len(set(ports)) == len(ports)

    def test_a_second_reading_is_equal(self, zoo, name):
        assert tk.read(zoo[name].model) == zoo[name].graph

    def test_it_survives_json(self, zoo, name):
        text = json.dumps(zoo[name].graph.to_dict(), allow_nan=False)

        assert tk.ModelGraph.from_dict(json.loads(text)) == zoo[name].graph

    def test_it_survives_pickle(self, zoo, name):
        assert pickle.loads(pickle.dumps(zoo[name].graph)) == zoo[name].graph

    def test_its_weights_are_those_of_the_model(self, zoo, name):
        model, graph = zoo[name].model, zoo[name].graph
        ids = {weight.id for weight in graph.weights}

        assert len(ids) == len(graph.weights)
        assert {w for layer in graph.layers for w in layer.weights} <= ids
        if name not in LATE_WEIGHTS and isinstance(model, keras.Model) and model.built:
            assert graph.params == model.count_params()

    def test_its_layers_are_called_where_they_say(self, zoo, name):
        graph = zoo[name].graph
        for layer in graph.layers:
            for path in layer.calls:
                call = graph.call(path)

                assert (call.layer_id, call.layer) == (layer.id, layer.name)
                assert call.params == layer.params

    def test_without_plumbing_it_is_still_a_graph(self, zoo, name):
        for graph in all_graphs(zoo[name].graph):
            shown = graph.visible()
            ids = {call.id for call in shown.calls}
            ends = {end.call for end in (*shown.inputs, *shown.outputs)}

            assert not any(call.plumbing for call in shown.calls)
            assert not any(tensor.implicit for tensor in shown.tensors)
            assert {i for t in shown.tensors for i in (t.source, t.target)} <= ids
            assert ends <= ids

    def test_notices_are_sentences_about_calls_that_are_there(self, zoo, name):
        graph = zoo[name].graph
        for notice in graph.notices:
            assert notice.text.endswith((".", "?"))
            assert [graph.call(path).id for path in notice.calls] == [
                path.rpartition("/")[2] for path in notice.calls
            ]


@pytest.mark.filterwarnings("ignore:__array__:DeprecationWarning")  # Keras', of NumPy
@pytest.mark.parametrize("name", sorted(set(ZOO) - NO_EDGES))
def test_edges_are_those_of_the_configuration(zoo, name):
    assert graph_edges(zoo[name].graph) == config_edges(zoo[name].model)


@pytest.mark.parametrize("name", ZOO)
def test_reading_leaves_the_model_as_it_was(name):
    model = build(name)
    before = state_of(model)
    values = [v.numpy() for v in getattr(model, "weights", ())]

    tk.read(model)

    assert state_of(model) == before
    after = [v.numpy() for v in getattr(model, "weights", ())]
    assert all((a == b).all() for a, b in zip(values, after, strict=True))


@pytest.mark.parametrize("name", ["chain", "siamese", "mutating", "masked_lstm"])
def test_reading_leaves_the_automatic_names_of_keras_alone(name):
    tk.read(build(name))
    with_reading = [keras.layers.Dense(1).name, keras.KerasTensor((1,)).name]
    build(name)

    assert with_reading == [keras.layers.Dense(1).name, keras.KerasTensor((1,)).name]


def test_reading_leaves_the_output_of_a_layer_alone():
    model = build("subclassed_nested")
    outputs = [layer.output for layer in model.layers]

    tk.read(model)

    assert all(a is b.output for a, b in zip(outputs, model.layers, strict=True))


def test_another_process_reads_the_same(zoo):
    module, function = "tests.keras_reader.test_zoo", "digest_of_new_models"
    code = f"from {module} import {function} as digest; print(digest())"
    environment = {**os.environ, "PYTHONHASHSEED": "1", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-W", "ignore", "-c", code]
    done = subprocess.run(
        command, env=environment, check=True, capture_output=True, text=True
    )

    assert done.stdout.strip() == digest(zoo[name].graph for name in ZOO)
