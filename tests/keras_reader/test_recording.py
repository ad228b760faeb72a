"""A recording names the same calls as its graph, and keeps the objects behind them."""

from __future__ import annotations

import keras
import pytest

import teachkit as tk
from teachkit.keras_reader import Constant, Ref, record_model
from tests.models import ZOO, build


def recorded(name):
    return record_model(build(name))


def leaves(value):
    if isinstance(value, dict):
        for item in value.values():
            yield from leaves(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from leaves(item)
    else:
        yield value


def levels(graph, model):
    yield graph, model
    for call in graph.calls:
        if call.nested is not None:
            yield from levels(call.nested, model.calls[call.id].inner)


@pytest.mark.parametrize("name", ZOO)
def test_it_agrees_with_the_graph(name):
    recording = recorded(name)
    assert recording.graph == tk.read(build(name))
    for graph, model in levels(recording.graph, recording.root):
        constants = {call.id for call in graph.calls if call.kind == "constant"}
        ids = [call.id for call in graph.calls if call.id not in constants]
        assert list(model.calls) == ids
        for call in model.calls.values():
            found = list(leaves([call.args, call.kwargs]))
            read = {
                (one.call, one.index if isinstance(one, Ref) else 0)
                for one in found
                if isinstance(one, (Ref, Constant))
            }
            assert not [one for one in found if isinstance(one, keras.KerasTensor)]
            wires = graph.incoming(call.id)
            assert read == {(wire.source, wire.index) for wire in wires}
            hidden = graph.call(call.id).plumbing
            implicit = {wire.port for wire in wires if wire.implicit}
            assert hidden or call.implicit == implicit
        for end, tensors in (
            (graph.inputs, model.inputs),
            (graph.outputs, model.outputs),
        ):
            assert [(e.call, e.index) for e in end] == [
                (ref.call, ref.index) for ref in leaves(tensors)
            ]


@pytest.mark.parametrize("name", ZOO)
def test_every_layer_of_the_graph_is_there_as_an_object(name):
    recording = recorded(name)
    for layer in recording.graph.layers:
        found = recording.layers[layer.id]
        assert (found.name, type(found).__name__) == (layer.name, layer.type)


def test_arguments_keep_their_structure():
    root = recorded("dict_to_dict_model").root
    call = root.calls["inner"]
    assert call.args == ({"a": Ref("long", 0), "b": Ref("short", 0)},)
    assert root.inputs == [Ref("long", 0), Ref("short", 0)]
    assert list(call.inner.inputs) == ["b", "a"]


def test_other_arguments_stay_as_they_were():
    (call,) = (c for c in recorded("slices").root.calls.values() if c.id == "get_item")
    assert call.args[1] == (slice(None), slice(1, -1), slice(None, None, 2))


def test_constants_are_kept():
    recording = recorded("numpy_constant")
    found = [
        leaf
        for call in recording.root.calls.values()
        for leaf in leaves(call.args)
        if isinstance(leaf, Constant)
    ]
    assert {one.call for one in found} == {"constant"}
    assert found[0].value.tolist() == [0.0, 1.0, 2.0, 3.0]


def test_a_shared_model_is_one_object():
    calls = recorded("siamese").root.calls
    assert calls["encoder"].inner is calls["encoder:2"].inner
