from __future__ import annotations

import pytest
from hypothesis import given

from teachkit.comparison.with_twin.nuances import nuances_of
from teachkit.comparison.with_twin.reasons import reasons_of
from tests.graphs import FIXED, Sketch, chain, graphs, residual_stack, spec


def nuances(sketch):
    graph = sketch.graph() if isinstance(sketch, Sketch) else sketch
    return nuances_of(graph, reasons_of(graph))


def only(sketch):
    (nuance,) = nuances(sketch)
    return nuance


def test_a_plain_chain_has_none():
    assert nuances(chain(3)) == ()


def test_blocks_can_be_wrapped_as_layers():
    nuance = only(residual_stack(16))

    assert nuance.code == "block-as-layer"
    assert nuance.text == (
        "16 blocks can each be wrapped as one layer, a nested model or a layer of your "
        "own, for example the three calls 'a0', 'b0' and 'add0', from the output of 'x'"
        " to the join in 'add0'. A Sequential model of such blocks computes the same."
    )
    assert nuance.calls[:4] == ("a0", "b0", "add0", "a1")
    assert len(nuance.calls) == 48


def test_one_block_among_other_layers_can_stand_in_a_chain():
    assert only(residual_stack(1)).text.endswith(
        "That layer can stand in a Sequential model; what branches is inside it."
    )


def test_a_block_that_is_all_there_is_gains_nothing():
    sketch = Sketch("model")
    x = sketch.input("x")
    sketch.output(sketch.layer("sum", [x, sketch.layer("one", [x])], "Add"))

    assert only(sketch).text.endswith(
        "But that is the whole model: the Sequential list would have one entry."
    )


@pytest.mark.parametrize(
    ("ports", "fits"),
    [(["inputs[0]", "inputs[1]"], True), (["query", "value"], False)],
)
def test_several_inputs_can_be_fed_to_a_first_merge(ports, fits):
    sketch = Sketch("model")
    ends = [sketch.input("a"), sketch.input("b")]
    joined = sketch.layer("join", ends[::-1], "Concatenate", ports=ports)
    sketch.output(sketch.layer("head", [joined]))

    assert [n.code for n in nuances(sketch)] == ["first-merge"] * fits
    for nuance in nuances(sketch):
        assert "begins with 'join' (Concatenate)" in nuance.text
        assert "a list of two arrays, for 'b' and 'a' in this order" in nuance.text
        assert nuance.calls == ("join", "b", "a")


def test_inputs_with_layers_of_their_own_cannot():
    sketch = Sketch("model")
    ends = [sketch.input("a"), sketch.layer("deep", [sketch.input("b")])]
    sketch.output(sketch.layer("join", ends, "Concatenate"))

    assert nuances(sketch) == ()


def test_a_layer_that_is_called_twice_is_lost_in_a_file():
    sketch = Sketch("model")
    one = sketch.layer("dense", [sketch.input("x")])
    sketch.output(sketch.layer("dense", [one]))
    nuance = only(sketch)

    assert nuance.code == "layer-reused"
    assert nuance.calls == ("dense", "dense:2")
    assert nuance.text.startswith("'dense' is called twice with one set of weights")
    assert nuance.text.endswith("The Functional form is saved right.")


def test_a_layer_inside_of_two_nested_models_is_told():
    sketch = Sketch("model")
    last = sketch.input("x")
    for name in ("one", "two"):
        inner = Sketch(name)
        inner.output(inner.layer("dense", [inner.input("i")], layer_id="shared"))
        last = sketch.model(name, inner.bare(), [last])
    sketch.output(last)
    nuance = only(sketch)

    assert nuance.code == "layer-reused"
    assert "at 'one/dense' and 'two/dense'" in nuance.text
    assert nuance.calls == ("one", "two")


def test_a_model_that_branches_inside_is_one_layer():
    inner = Sketch("inner")
    i = inner.input("i")
    inner.output(inner.layer("add", [i, inner.layer("d", [i])], "Add"))
    sketch = Sketch("model")
    sketch.output(sketch.model("inner", inner.bare(), [sketch.input("x")]))

    assert only(sketch).code == "branch-inside"
    assert only(sketch).calls == ("inner",)


def test_a_last_layer_of_several_results_is_told():
    sketch = Sketch("model")
    results = (spec(4),) * 3
    lstm = sketch.layer("lstm", [sketch.input("x")], "LSTM", outputs=results)
    for index in range(3):
        sketch.output((lstm, index))

    assert only(sketch).code == "several-results-at-the-end"
    assert "'lstm' returns three tensors and comes last" in only(sketch).text


def test_containers_at_the_ends_are_told():
    sketch = Sketch("model")
    sketch.output(sketch.layer("d", [sketch.input("x", path="['x']")]), path="[0]")
    start, end = nuances(sketch)

    assert (start.code, end.code) == ("container-input", "container-output")
    assert start.text.startswith("The model takes a dict with 'x' in it, under ['x'];")
    assert end.text.startswith("The model returns a list with 'd' in it, under [0];")


def test_training_false_is_told_to_be_overridden():
    sketch = Sketch("model")
    x = sketch.input("x")
    norm = ("training=False",)
    sketch.output(sketch.layer("norm", [x], "BatchNormalization", arguments=norm))

    assert only(sketch).code == "explicit-training"
    assert "'norm' is called with training=False" in only(sketch).text


@FIXED
@given(graphs())
def test_nuances_are_sentences_about_calls_that_are_there(graph):
    ids = {call.id for call in graph.calls}
    for nuance in nuances_of(graph, reasons_of(graph)):
        assert set(nuance.calls) <= ids
        assert nuance.text.endswith(".")
        assert nuance.text.isprintable()
