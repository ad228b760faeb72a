"""Shapes of each call, compared with those of really calling it."""

from __future__ import annotations

from collections import defaultdict

import keras
import numpy as np
import pytest
from keras import layers

import teachkit as tk

BATCH = 2
RUN = [
    "siamese",
    "shared_layer",
    "outer_and_nested",
    "two_submodels_share",
    "a_of_b_of_a",
    "three_deep",
    "nested_sequential",
    "functional_in_many_shapes",
    "dict_to_dict_model",
    "dict_to_list_model",
    "list_to_dict_model",
    "casting",
    "function_as_operation",
    "masked_nested",
    "masked_concatenate",
    "rnn_states",
    "time_major_states",
    "several_outputs",
    "scalars",
    "slices",
    "dict_layer",
    "list_layer",
    "wrappers",
    "u_net",
    "inception",
    "transformer_block",
    "subclassed_nested",
    "dtypes",
    "sequential",
]


def numbers_for(graph):
    """Return input data for a model, in the structure that its author gave it."""
    arrays = {}
    for end in graph.inputs:
        shape = [BATCH if length is None else length for length in end.shape]
        arrays[end.path] = np.ones(shape, end.dtype)
    if "" in arrays:
        return arrays[""]
    return [arrays[f"[{k}]"] for k in range(len(arrays))]


def shapes_when_run(model, inputs, monkeypatch):
    """Return the shapes and dtypes that each layer and operation gave, by its name."""
    seen = defaultdict(list)
    original = keras.Operation.__call__

    def recording(operation, *args, **kwargs):
        outputs = original(operation, *args, **kwargs)
        flat = keras.tree.flatten(outputs)
        told = [
            (tuple(t.shape), keras.backend.standardize_dtype(t.dtype)) for t in flat
        ]
        seen[operation.name].append(told)
        return outputs

    monkeypatch.setattr(keras.Operation, "__call__", recording)
    model(inputs)
    return seen


def shapes_when_read(graph, *, traced=False):
    """Return the same of all calls of a graph, in nested ones too."""
    told = defaultdict(list)
    traced = traced or any(notice.code == "traced" for notice in graph.notices)
    for call in graph.calls:
        # The operations inside a traced model run as plain functions.
        if call.kind in ("layer", "model") or (call.kind == "operation" and not traced):
            specs = [(_filled(spec.shape), spec.dtype) for spec in call.outputs]
            told[call.id.removesuffix(f":{call.ordinal}")].append(specs)
        if call.nested is not None:
            for name, calls in shapes_when_read(call.nested).items():
                told[name].extend(calls)
    return told


def _filled(shape):
    return tuple(BATCH if length is None else length for length in shape)


@pytest.mark.filterwarnings("ignore::UserWarning")  # of Keras, on how it is called
@pytest.mark.parametrize("name", RUN)
def test_they_are_those_of_really_calling_it(zoo, name, monkeypatch):
    model, graph = zoo[name].model, zoo[name].graph
    run = shapes_when_run(model, numbers_for(graph), monkeypatch)
    read = shapes_when_read(graph)

    assert {n: sorted(run[n]) for n in read} == {n: sorted(read[n]) for n in read}


class Moody(layers.Layer):
    """A layer that tells the shape of its output, until its mood changes."""

    mood = "good"

    def call(self, inputs):
        return inputs * 2

    def compute_output_spec(self, inputs):
        if self.mood == "bad":
            raise RuntimeError("not today")
        spec = keras.KerasTensor(inputs.shape, inputs.dtype)
        return [spec, spec] if self.mood == "strange" else spec


@pytest.mark.parametrize("mood", ["bad", "strange"])
def test_a_layer_that_refuses_keeps_what_keras_recorded(mood):
    i = keras.Input((None, 2), name="i")
    moody = Moody(name="moody")
    inner = keras.Model(i, layers.Dense(3, name="dense")(moody(i)), name="inner")
    x = keras.Input((5, 2), name="x")
    model = keras.Model(x, inner(x))
    moody.mood = mood
    nested = tk.read(model).call("inner").nested

    assert nested.call("i").outputs[0].shape == (None, 5, 2)
    assert nested.call("moody").outputs[0].shape == (None, None, 2)
    assert nested.call("dense").outputs[0].shape == (None, None, 3)


def test_the_graph_for_equal_shapes_is_made_once(zoo):
    graph = zoo["nested_sequential"].graph

    assert graph.call("block").nested is graph.call("block:2").nested


def test_lengths_of_numpy_become_plain(zoo):
    (end,) = zoo["numpy_lengths"].graph.inputs

    assert [type(length) for length in end.shape] == [type(None), int]
