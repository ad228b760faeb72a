from __future__ import annotations

import keras
import pytest
from hypothesis import given

import teachkit as tk
from teachkit.comparison.with_twin.reasons import reasons_of
from tests.graphs import FIXED, HOSTILE, Sketch, chain, graphs, residual_stack, spec


def reasons(sketch):
    graph = sketch.graph() if isinstance(sketch, Sketch) else sketch
    return reasons_of(graph)


def codes(sketch):
    return [reason.code for reason in reasons(sketch)]


def only(sketch):
    (reason,) = reasons(sketch)
    return reason


def straight(**last):
    """Return a sketch `x -> one -> two`, with more to say about `two`."""
    sketch = Sketch("model")
    one = sketch.layer("one", [sketch.input("x")])
    sketch.output(sketch.layer("two", [one], **last))
    return sketch


def test_a_chain_of_layers_has_none():
    assert codes(straight()) == []


def test_nor_has_a_chain_with_a_model_in_it_whatever_is_inside():
    inner = Sketch("inner")
    i = inner.input("i")
    inner.output(inner.layer("add", [i, inner.layer("d", [i])], "Add"))
    sketch = Sketch("model")
    sketch.output(sketch.model("inner", inner.bare(), [sketch.input("x")]))

    assert codes(sketch) == []


def test_a_layer_that_is_called_twice_in_a_row_is_none():
    sketch = Sketch("model")
    one = sketch.layer("dense", [sketch.input("x")])
    sketch.output(sketch.layer("dense", [one]))

    assert codes(sketch) == []


def test_masks_that_keras_passes_along_are_none():
    x = keras.Input((5,), name="x")
    h = keras.layers.Embedding(9, 2, mask_zero=True)(x)
    graph = tk.read(keras.Model(x, keras.layers.LSTM(3)(h)))

    assert any(call.plumbing for call in graph.calls)
    assert codes(graph) == []


def test_an_explicit_training_false_is_none():
    assert codes(straight(arguments=("training=False",))) == []


def test_a_branch_and_a_merge():
    sketch = Sketch("model")
    x = sketch.input("x", 8)
    one = sketch.layer("one", [x])
    two = sketch.layer("two", [one])
    sketch.output(sketch.layer("sum", [one, two], "Add"))
    branch, merge = reasons(sketch)

    assert branch.code == "branch"
    assert branch.text == (
        "The output of 'one' goes to two calls, 'two' and 'sum': a Sequential model "
        "hands each output to the next layer only."
    )
    assert branch.calls == ("one", "two", "sum")
    assert merge.code == "merge"
    assert merge.text == (
        "'sum' reads two tensors, 'one' and 'two': in a Sequential model a layer reads "
        "one, the output of the layer before it."
    )
    assert merge.calls == ("sum", "one", "two")


def test_a_merge_by_keyword_tells_the_arguments():
    sketch = Sketch("model")
    x = sketch.input("x")
    one = sketch.layer("one", [x])
    ports = ["query", "value", "key"]
    sketch.output(sketch.layer("see", [x, one, one], ports=ports))

    merge = reasons(sketch)[-1]
    assert "three tensors, 'x', 'one' and 'one' (as query, value and key)" in merge.text


def test_several_inputs_tell_their_shapes():
    sketch = Sketch("model")
    ends = [sketch.input("a", 2), sketch.input("b", 3, 3)]
    sketch.output(sketch.layer("join", ends, "Concatenate"))
    several, merge = reasons(sketch)

    assert several.code == "several-inputs"
    assert several.calls == ("a", "b")
    assert several.text == (
        "The model has two inputs, 'a' (None, 2) and 'b' (None, 3, 3): in a Sequential "
        "model no input has a path of its own."
    )
    assert merge.code == "merge"


def test_an_input_that_feeds_nothing():
    sketch = Sketch("model")
    sketch.input("idle")
    sketch.output(sketch.layer("one", [sketch.input("x")]))

    assert codes(sketch) == ["several-inputs", "unused-input"]
    assert reasons(sketch)[1].text.startswith("Input 'idle' feeds nothing")


def test_two_heads():
    sketch = Sketch("model")
    trunk = sketch.layer("trunk", [sketch.input("x")])
    for name in ("left", "right"):
        sketch.output(sketch.layer(name, [trunk]))

    assert codes(sketch) == ["several-outputs", "branch"]
    assert reasons(sketch)[0].text == (
        "The model returns two outputs, 'left' (None, 4) and 'right' (None, 4): a "
        "Sequential model returns what its last layer returns."
    )


def test_an_output_in_the_middle():
    sketch = Sketch("model")
    one = sketch.layer("one", [sketch.input("x")])
    sketch.output(sketch.layer("two", [one]))
    sketch.output(one)
    several, middle = reasons(sketch)

    assert several.code == "several-outputs"
    assert middle.code == "output-in-the-middle"
    assert middle.calls == ("one", "two")
    assert middle.text.startswith(
        "The output of 'one' is an output of the model and also goes on to 'two'"
    )


def test_the_same_output_twice():
    sketch = straight()
    sketch.output("two")

    assert codes(sketch) == ["several-outputs"]
    assert "'two' (None, 4), some more than once" in only(sketch).text


def test_the_same_tensor_twice():
    sketch = Sketch("model")
    x = sketch.input("x")
    sketch.output(sketch.layer("see", [x, x], ports=["query", "value"]))

    assert only(sketch).code == "same-tensor-twice"
    assert only(sketch).text.startswith(
        "'see' reads input 'x' twice, as query and value"
    )


def test_one_tensor_in_a_list_or_a_dict():
    listed = only(straight(ports=["inputs[0]"]))
    keyed = only(straight(ports=["inputs['a']"]))

    assert listed.code == keyed.code == "list-argument"
    assert "'two' is called on a list with the output of 'one' in it" in listed.text
    assert "called on a dict" in keyed.text


def test_a_tensor_that_is_no_first_argument():
    graph = straight(ports=["other"]).graph()

    assert reasons_of(graph) == ()
    (reason,) = reasons_of(graph, by_keyword=frozenset({"two"}))
    assert reason.code == "tensor-by-keyword"
    assert "gets the output of 'one' as its argument other" in reason.text


def test_arguments_of_a_call():
    reason = only(straight(arguments=("use_causal_mask=True", "scale=2.0")))

    assert reason.code == "call-argument"
    assert reason.calls == ("two",)
    assert "'two' is called with use_causal_mask=True and scale=2.0" in reason.text
    assert "fit" not in reason.text


def test_training_true_is_told_to_be_overridden_by_fit():
    reason = only(straight(arguments=("training=True",)))

    assert "Only model(x) keeps training=True" in reason.text


def test_an_operation():
    sketch = Sketch("model")
    sketch.output(
        sketch.operation("relu", [sketch.input("x")], type="Relu", ports=["x"])
    )

    assert only(sketch).code == "operation"
    assert only(sketch).text.startswith("'relu' is an operation (Relu) and no layer")


def test_a_layer_of_several_results_in_the_middle():
    sketch = Sketch("model")
    results = (spec(4),) * 3
    lstm = sketch.layer("lstm", [sketch.input("x")], "LSTM", outputs=results)
    sketch.output(sketch.layer("two", [(lstm, 1)]))

    assert only(sketch).code == "several-results"
    assert only(sketch).text.startswith(
        "'lstm' returns three tensors and the model uses only number 1, counted from 0"
    )
    assert only(sketch).calls == ("lstm", "two")


@pytest.mark.parametrize(
    ("returned", "expected"),
    [
        ([0, 1, 2], []),
        ([0], ["several-results"]),
        ([0, 2, 1], ["several-outputs", "several-results"]),
        ([0, 1, 2, 2], ["several-outputs", "several-results"]),
    ],
)
def test_a_layer_of_several_results_at_the_end(returned, expected):
    sketch = Sketch("model")
    results = (spec(4),) * 3
    lstm = sketch.layer("lstm", [sketch.input("x")], "LSTM", outputs=results)
    for index in returned:
        sketch.output((lstm, index))

    assert codes(sketch) == expected


def test_no_layer_at_all():
    sketch = Sketch("same")
    sketch.output(sketch.input("x"))

    assert only(sketch).code == "no-layers"
    assert only(sketch).text.startswith("'same' calls no layer")


def test_hostile_names_stay_inside_their_quotes():
    for name in HOSTILE:
        sketch = Sketch(name)
        x = sketch.input("x")
        sketch.output(sketch.layer(name, [x, x], "Add"))
        (reason,) = reasons(sketch)

        assert reason.calls == (name, "x")
        assert reason.text.isprintable()
        assert len(reason.text) < 400


def test_a_long_list_of_readers_is_cut_short():
    sketch = Sketch("model")
    x = sketch.input("x")
    ends = [sketch.layer(f"d{k}", [x]) for k in range(30)]
    sketch.output(sketch.layer("sum", ends, "Add"))
    branch, merge = reasons(sketch)

    assert "goes to 30 calls, 'd0', 'd1', 'd2', 'd3' and 26 more:" in branch.text
    assert len(branch.calls) == len(merge.calls) == 31


def test_sixteen_blocks_have_sixteen_branches_and_merges():
    found = codes(residual_stack(16))

    assert (found.count("branch"), found.count("merge"), len(found)) == (16, 16, 32)


class Counted(tuple):
    """A tuple that counts how often it is walked through."""

    walks = 0

    def __iter__(self):
        Counted.walks += 1
        return super().__iter__()


def test_the_calls_are_walked_a_fixed_number_of_times(monkeypatch):
    def walks(length):
        graph = chain(length)
        for name in ("calls", "tensors", "outputs", "inputs"):
            object.__setattr__(graph, name, Counted(getattr(graph, name)))
        Counted.walks = 0
        assert reasons_of(graph) == ()
        return Counted.walks

    assert walks(10_000) == walks(10)


def is_chain(graph):
    """Tell it in another way: is there one path, and does it use all there is?"""
    graph = graph.visible()
    if len(graph.inputs) != 1 or not graph.outputs or len(graph.calls) < 2:
        return False
    here, seen = graph.inputs[0].call, 1
    while wires := [t for t in graph.tensors if t.source == here]:
        call = graph.call(wires[0].target)
        whole = seen == 1 or len(graph.call(here).outputs) == 1
        plain = not wires[0].port.endswith("]") and call.layer is not None
        alone = len([t for t in graph.tensors if t.target == call.id]) == 1
        extra = set(call.arguments) - {"training=False"}
        if len(wires) > 1 or not (plain and alone and whole) or extra:
            return False
        here, seen = call.id, seen + 1
    ends = [(e.call, e.index) for e in sorted(graph.outputs, key=lambda e: e.order)]
    whole = [(here, index) for index in range(len(graph.call(here).outputs))]
    return ends == whole and seen == len(graph.calls)


@FIXED
@given(graphs())
def test_random_graphs_have_reasons_unless_they_are_chains(graph):
    found = reasons_of(graph)
    ids = {call.id for call in graph.calls}

    assert (not found) == is_chain(graph)
    assert all(set(reason.calls) <= ids for reason in found)
    assert all(reason.text.endswith((".", ")")) for reason in found)
    assert len(set(found)) == len(found)


@FIXED
@given(graphs(most=3))
def test_small_random_graphs_have_reasons_unless_they_are_chains(graph):
    assert (not reasons_of(graph)) == is_chain(graph)
