"""The walk back from the outputs: complete, in order, and without recursion."""

from __future__ import annotations

import sys
import threading

import keras
import pytest
from keras import layers, ops

import teachkit as tk
from teachkit.keras_reader.walk import walk

LENGTH = 3000


def in_a_deep_thread(function):
    """Return what a function gives, run where Keras may recurse as deep as it likes."""
    answer = []
    limit, size = sys.getrecursionlimit(), threading.stack_size(512 * 1024 * 1024)
    try:
        sys.setrecursionlimit(50 * LENGTH)
        thread = threading.Thread(target=lambda: answer.append(function()))
        thread.start()
        thread.join()
    finally:
        sys.setrecursionlimit(limit)
        threading.stack_size(size)
    return answer[0]


def long_chain():
    x = h = keras.Input((2,), name="x")
    relu = layers.Activation("relu", name="relu")
    for _ in range(LENGTH):
        h = relu(h)
    return keras.Model(x, h)


def names(visits):
    return [visit.operation.name for visit in visits]


@pytest.fixture(scope="module")
def chain():
    return in_a_deep_thread(long_chain)


@pytest.fixture
def diamond():
    x = keras.Input((4,), name="x")
    left = layers.ReLU(name="left")(x)
    right = layers.ReLU(name="right")(x)
    return x, left, right, layers.Add(name="sum")([right, left])


class TestOrder:
    def test_a_call_follows_what_it_reads_in_the_order_of_its_arguments(self, diamond):
        x, *_, end = diamond

        assert names(walk([x], [end])) == ["x", "right", "left", "sum"]

    def test_inputs_come_first_used_or_not(self, diamond):
        x, *_, end = diamond
        other = keras.Input((1,), name="other")

        assert names(walk([other, x], [end]))[:2] == ["other", "x"]

    def test_each_call_comes_once(self, diamond):
        x, left, right, end = diamond

        assert len(walk([x, x], [end, left, end, right, x])) == 4

    def test_what_leads_to_no_output_is_not_met(self, diamond):
        x, left, *_ = diamond

        assert names(walk([x], [left])) == ["x", "left"]

    def test_it_stops_at_a_tensor_in_the_middle(self, diamond):
        _, left, right, end = diamond
        visits = walk([left, right], [end])

        assert [v.is_input for v in visits] == [True, True, False]

    def test_one_output_of_several_as_input_does_not_hide_the_others(self):
        x = keras.Input((4,), name="x")
        one, two = ops.split(x, 2, axis=-1)
        visits = walk([one], [ops.add(one, two)])

        assert [type(v.operation).__name__ for v in visits] == [
            "NoneType",
            "InputLayer",
            "Split",
            "Add",
        ]


class TestLongChains:
    def test_a_chain_that_no_recursion_could_follow_is_read(self, chain):
        graph = tk.read(chain)

        assert len(graph.calls) == LENGTH + 1
        assert graph.calls[-1].id == f"relu:{LENGTH}"
        assert graph.calls[-1].ordinal == LENGTH

    def test_its_json_is_no_deeper_than_that_of_a_short_one(self, chain):
        graph = tk.read(chain)

        assert tk.ModelGraph.from_dict(graph.to_dict()) == graph
