"""The words on calls."""

from __future__ import annotations

import pytest

from teachkit.graph import Call, Config, TensorSpec
from teachkit.layout.labels import (
    config_texts,
    count_text,
    detail_lines,
    order_matters,
    port_text,
    shape_text,
    type_text,
)
from teachkit.layout.sharing import Share
from tests.graphs import spec

LSTM = Call(
    "l", "l", "layer", "LSTM", outputs=(spec(3), spec(4, dtype="int8")), params=1
)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (Call("x", "x", "input", "InputLayer"), "Input"),
        (Call("x", None, "constant", "Constant"), "Constant"),
        (Call("x", None, "constant", "Variable"), "Constant (Variable)"),
        (LSTM, "LSTM"),
    ],
)
def test_types(call, words):
    assert type_text(call) == words


def test_shapes():
    assert shape_text(None) == "shape unknown"
    assert shape_text((None,)) == "(None,)"
    assert shape_text(()) == "()"


def test_details():
    assert detail_lines(LSTM, ("shape",)) == ["0: (None, 3)", "1: (None, 4)"]
    assert detail_lines(LSTM, ("dtype",)) == ["0: float32", "1: int8"]
    assert detail_lines(LSTM, ("params",)) == ["1 parameter"]
    assert detail_lines(LSTM, ()) == []
    unknown = Call("x", "x", "layer", "D", outputs=(TensorSpec(None, "float32"),))
    assert detail_lines(unknown, ("shape", "dtype")) == ["shape unknown float32"]


def test_arguments_that_were_chosen():
    config = Config(
        {"units": 4, "name": "d", "shape": [2, 3],
         "kernel": {"class_name": "Zeros", "config": {}}},
        ("units", "shape", "kernel"),
    )  # fmt: skip
    call = Call("d", "d", "layer", "Dense", config=config)
    assert config_texts(call) == ["units=4", "shape=(2, 3)", "kernel=Zeros"]


@pytest.mark.parametrize(
    ("port", "words"),
    [("inputs[1]", "[1]"), ("args[0]", "[0]"), ("key", "key"), ("inputs", "inputs"),
     ("inputs['a'][0]", "['a'][0]"), ("initial_state[0]", "initial_state[0]")],
)  # fmt: skip
def test_ports(port, words):
    assert port_text(port) == words


@pytest.mark.parametrize(
    ("kind", "type", "matters"),
    [("layer", "Add", False), ("operation", "Maximum", False), ("layer", "Dot", True),
     ("layer", "Average", False), ("operation", "Average", True),
     ("model", "Add", True)],
)  # fmt: skip
def test_whether_order_matters(kind, type, matters):
    call = Call("x", "x", kind, type)
    assert order_matters(call, ["a", "b"]) is matters
    assert not order_matters(call, ["a"])


def test_counts():
    assert [count_text(n, "call") for n in (0, 1, 2112)] == [
        "0 calls", "1 call", "2,112 calls"]  # fmt: skip


def test_letters_of_shared_layers():
    letters = [Share(number, 1, 2).letter for number in (1, 2, 26, 27, 52, 53, 703)]
    assert letters == ["A", "B", "Z", "AA", "AZ", "BA", "AAA"]
