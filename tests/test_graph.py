"""Graphs written by hand: what they answer, and what of their JSON is refused."""

from __future__ import annotations

import copy
import json
import pickle

import pytest

from teachkit.errors import WrongValueError
from teachkit.graph import (
    Call,
    Config,
    Endpoint,
    Layer,
    ModelGraph,
    Tensor,
    TensorSpec,
    Weight,
)

PAIR = TensorSpec((None, 2), "float32")


def call(name, **options):
    options = {"kind": "layer", "type": "Dense", "outputs": (PAIR,)} | options
    return Call(name, name, **options)


def wire(source, target, port="inputs", **options):
    return Tensor(source, 0, target, port, (None, 2), "float32", **options)


def diamond(**options):
    """Return x -> left, right -> sum, with a mask that goes from x to sum."""
    parts = {
        "name": "diamond",
        "type": "Functional",
        "calls": (
            call("x", kind="input", type="InputLayer"),
            call("left", config=Config({"units": 2}, ("units",))),
            call("right"),
            call("not_equal", kind="operation", plumbing=True),
            call("sum", type="Add"),
        ),
        "tensors": (
            wire("x", "left"),
            wire("x", "right"),
            wire("x", "not_equal", implicit=True),
            wire("left", "sum", "inputs[0]"),
            wire("right", "sum", "inputs[1]"),
            wire("not_equal", "sum", "mask", implicit=True),
        ),
        "inputs": (Endpoint("x", 0, "", (None, 2), "float32"),),
        "outputs": (Endpoint("sum", 0, "", (None, 2), "float32"),),
        "weights": (Weight("left/kernel", (2, 3), "float32", trainable=True),),
    }
    return ModelGraph(**{**parts, **options})


def outer():
    inside = call("block", kind="model", type="Functional", nested=diamond())
    return ModelGraph("outer", "Functional", (inside,), ())


class TestQuestions:
    def test_a_call_is_found_by_its_id_and_by_its_path(self):
        assert diamond().call("left").id == "left"
        assert outer().call("block/left").id == "left"

    @pytest.mark.parametrize(
        ("graph", "wanted", "close"),
        [(diamond, "lift", "'left'"), (outer, "block/lift", "'left'")],
    )
    def test_an_unknown_one_is_answered_with_those_that_come_close(
        self, graph, wanted, close
    ):
        with pytest.raises(WrongValueError) as caught:
            graph().call(wanted)

        assert close in caught.value.action

    def test_edges_are_found_at_both_ends(self):
        graph = diamond()

        assert [t.source for t in graph.incoming("sum")] == [
            "left",
            "right",
            "not_equal",
        ]
        assert [t.target for t in graph.outgoing("x")] == ["left", "right", "not_equal"]

    def test_without_plumbing_its_author_knows_it_again(self):
        shown = diamond().visible()

        assert [c.id for c in shown.calls] == ["x", "left", "right", "sum"]
        assert [(t.source, t.target) for t in shown.tensors] == [
            ("x", "left"),
            ("x", "right"),
            ("left", "sum"),
            ("right", "sum"),
        ]

    def test_without_plumbing_it_is_the_same_object_if_there_is_none(self):
        graph = diamond().visible()

        assert graph.visible() is graph

    def test_unused_inputs_feed_nothing_and_are_no_output(self):
        inputs = tuple(call(name, kind="input") for name in ("unused", "returned"))
        graph = diamond(calls=(*inputs, *diamond().calls))
        returned = Endpoint("returned", 0, "[1]", (None, 2), "float32")
        graph = diamond(calls=graph.calls, outputs=(*graph.outputs, returned))

        assert graph.unused_inputs() == ("unused",)

    def test_shared_layers_are_called_twice_and_are_no_inputs(self):
        def layer(name, family, *calls):
            return Layer(
                name, name, "Dense", family, (), 0, trainable=True, calls=calls
            )

        layers = (
            layer("once", "core", "a"),
            layer("twice", "core", "a", "b"),
            layer("input", "input", "x", "inner/x"),
        )

        assert diamond(layers=layers).shared() == (layers[1],)

    def test_parameters_are_numbers_in_weights(self):
        assert diamond().params == 6


class TestConfig:
    def test_a_function_is_asked_once_and_late(self):
        asked = []
        config = Config(lambda: asked.append(1) or Config({"a": 1}, ("a",)))

        assert asked == []
        assert (dict(config), config.chosen, len(config), asked) == (
            {"a": 1},
            ("a",),
            1,
            [1],
        )

    @pytest.mark.parametrize(
        "copied", [copy.deepcopy, lambda c: pickle.loads(pickle.dumps(c))]
    )
    def test_a_copy_is_equal(self, copied):
        config = Config(lambda: Config({"a": [1]}, ("a",)))

        assert copied(config) == config

    def test_what_was_chosen_is_part_of_it(self):
        assert Config({"a": 1}, ("a",)) != Config({"a": 1})


class TestJson:
    @pytest.mark.parametrize("graph", [diamond, outer])
    def test_it_goes_there_and_back(self, graph):
        text = json.dumps(graph().to_dict())

        assert ModelGraph.from_dict(json.loads(text)) == graph()

    @pytest.mark.parametrize(
        ("data", "found"),
        [
            ([], "a list"),
            (None, "a NoneType"),
            ({}, "format None"),
            ({"format": 0}, "format 0"),
            ({"format": "1"}, "format 1"),
        ],
    )
    def test_something_else_is_refused(self, data, found):
        with pytest.raises(WrongValueError) as caught:
            ModelGraph.from_dict(data)

        assert caught.value.found == found

    @pytest.mark.parametrize(
        ("change", "found"),
        [
            (lambda d: d.pop("calls"), "missing required field `calls`"),
            (lambda d: d["calls"][0].pop("id"), "`$.calls[0]`"),
            (lambda d: d["calls"][0].update(kind="house"), "house"),
            (lambda d: d["calls"][0].update(config=None), "a config has `values`"),
            (lambda d: d["calls"][0].update(config={"values": {}}), "`chosen`"),
            (lambda d: d["tensors"][0].update(shape="wide"), "`$.tensors[0].shape`"),
            (lambda d: d["tensors"][0].update(source="y"), "no call 'y' in 'diamond'"),
            (
                lambda d: d["outputs"][0].update(call="end"),
                "no call 'end' in 'diamond'",
            ),
            (lambda d: d["calls"].append(d["calls"][0]), "two calls of the same id"),
        ],
    )
    def test_what_is_damaged_is_told(self, change, found):
        data = json.loads(json.dumps(diamond().to_dict()))
        change(data)
        with pytest.raises(WrongValueError) as caught:
            ModelGraph.from_dict(data)

        assert found in caught.value.found

    def test_damage_inside_a_nested_graph_is_told(self):
        data = json.loads(json.dumps(outer().to_dict()))
        data["calls"][0]["nested"]["tensors"][0]["target"] = "nowhere"
        with pytest.raises(WrongValueError, match="no call 'nowhere' in 'diamond'"):
            ModelGraph.from_dict(data)

    def test_data_too_deep_for_python_are_refused(self):
        data = diamond().to_dict()
        for _ in range(3000):
            data = {
                **outer().to_dict(),
                "calls": [{**data["calls"][0], "nested": data}],
            }
        with pytest.raises(WrongValueError, match="whole model graph"):
            ModelGraph.from_dict(data)
