"""Two models that are equal in disguise, or different by one thing, are told apart."""

from __future__ import annotations

from dataclasses import replace

import keras
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from keras import layers

from teachkit.comparison.of_pair.pair import compare_pair
from teachkit.graph import Config
from teachkit.keras_reader import dry, read_model, record_model
from tests.comparison.of_pair.pairs import DIFFERENT, SAME, dense, one_input, siamese
from tests.graphs import FIXED, Sketch, graphs
from tests.keras_reader.author import Author
from tests.models import ZOO, build


def compared(left, right, **more):
    """Compare what two functions build, with Keras' counters at zero."""
    keras.utils.clear_session(free_memory=False)
    models = left(), right()
    return compare_pair(*map(record_model, models), **more)


def told(finding):
    return [(one.code, one.text) for one in finding.differences]


@pytest.mark.parametrize("name", SAME)
def test_models_in_disguise_are_the_same_from_both_sides(name):
    left, right = SAME[name]
    for finding in (compared(left, right), compared(right, left)):
        assert finding.same
        assert told(finding) == []
        assert finding.agreement is None or finding.agreement.equal


@pytest.mark.parametrize("name", DIFFERENT)
def test_one_difference_is_told_in_one_sentence_that_names_the_layer(name):
    left, right, code, words = DIFFERENT[name]
    finding, back = compared(left, right), compared(right, left)
    assert not finding.same
    assert not back.same
    assert told(finding)[0][0] == code
    assert words in told(finding)[0][1]
    most = 2 if name == "one ring or two" else 1
    assert len(finding.differences) == len(back.differences) == most
    assert finding.differences[0].left or finding.differences[0].right


@pytest.mark.parametrize("name", sorted(DIFFERENT))
def test_what_differs_also_differs_strictly(name):
    left, right, *_ = DIFFERENT[name]
    assert not compared(left, right, strict=True).same


STRICTLY_DIFFERENT = {
    "fused activation": ("fused", "The activation 'relu' is part of 'hidden' on the"),
    "add as layer or plus": ("form", "is Add on the left and the operation Add on"),
    "order of an average": ("order", "takes its operands in another order"),
    "layers that do nothing": ("idle", "Only the right has 'identity' (Identity)"),
    "nested or flat": ("nesting", "'block/inside' stands in the nested model 'block'"),
    "how weights begin": ("settings", "has kernel_initializer=HeNormal on the left"),
    "frozen or not": ("frozen", "is frozen on the left and trains on the right"),
    "dict or list of outputs": ("structure", "a dict (['a'], ['b']) on the left"),
    "a number on either side": ("form", "is written with x1=2 on the left"),
    "one layer without weights or two": ("sharing", "calls one Softmax 'act' twice"),
}


@pytest.mark.parametrize("name", STRICTLY_DIFFERENT)
def test_strictly_a_disguise_is_a_difference(name):
    code, words = STRICTLY_DIFFERENT[name]
    left, right = SAME[name]
    loose, finding = compared(left, right), compared(left, right, strict=True)
    assert not finding.same
    assert code in [one.code for one in finding.differences]
    assert any(words in one.text for one in finding.differences)
    assert any(words in text for text in loose.disguises)


@pytest.mark.parametrize("name", ["names", "a seed", "the same lambda on two lines"])
def test_names_and_seeds_never_matter(name):
    assert compared(*SAME[name], strict=True).same


@pytest.mark.parametrize("name", ZOO)
def test_a_model_is_the_same_as_itself(name):
    recording = record_model(build(name))
    for strict in (False, True):
        finding = compare_pair(recording, recording, strict=strict)
        assert finding.same
        assert finding.differences == finding.disguises == finding.notes == ()


def test_pairs_name_the_same_calls_of_both_models():
    finding = compared(*SAME["fused activation"])
    assert finding.pairs == (("x", "x"), ("hidden", "hidden"), ("hidden", "act"))


def test_the_calls_of_a_difference_can_be_marked_in_both_models():
    left, right, *_ = DIFFERENT["shared or not"]
    one = compared(left, right).differences[0]
    assert one.left == ("encoder", "encoder:2")
    assert one.right == ("enc_a", "enc_b")


def test_different_graphs_may_have_the_same_function():
    drop = one_input(lambda x: layers.Dropout(0.5)(dense(name="d")(x)))
    finding = compared(one_input(lambda x: dense(name="d")(x)), drop)
    assert not finding.same
    assert finding.agreement.equal
    assert finding.agreement.text.startswith("Different graphs, same function outside")


def test_a_class_with_a_call_of_its_own_is_told():
    graphs = (
        read_model(build("overridden_call")),
        read_model(build("functional_subclass")),
    )
    finding = compare_pair(*graphs)
    assert [one.text for one in finding.differences] == [
        "'overridden_call' runs the call() of its own class Overridden, of which the "
        "graph shows nothing."
    ]


def test_where_weights_do_not_correspond_nothing_is_run():
    left, right, *_ = DIFFERENT["units"]
    assert compared(left, right).agreement is None


def test_other_weights_of_the_same_graph_are_a_note():
    def build_with(number):
        model = one_input(lambda x: dense(2, name="d")(x))()
        model.set_weights([np.full((4, 2), number), np.zeros(2)])
        return model

    finding = compared(lambda: build_with(1), lambda: build_with(3))
    assert finding.same
    text = "The graphs are the same, but the weights differ: 'd' kernel by up to 2."
    assert [(one.code, one.text) for one in finding.notes] == [("weights", text)]
    assert finding.notes[0].left == finding.notes[0].right == ("d",)


def test_bare_graphs_are_compared_without_numbers():
    left, right, code, _ = DIFFERENT["operands of a subtraction"]
    keras.utils.clear_session(free_memory=False)
    finding = compare_pair(read_model(left()), read_model(right()))
    assert finding.differences[0].code == code
    assert finding.agreement is None


def test_neither_model_is_changed():
    left, right = siamese("encoder")(), siamese("a", "b")()
    before = [[w.numpy() for w in m.weights] for m in (left, right)]
    graphs_before = [read_model(m) for m in (left, right)]
    compare_pair(record_model(left), record_model(right))
    for model, weights, graph in zip((left, right), before, graphs_before, strict=True):
        for weight, old in zip(model.weights, weights, strict=True):
            np.testing.assert_array_equal(weight.numpy(), old)
        assert read_model(model) == graph
    assert layers.Dense(1).name == "dense"


def stack(count, units=4):
    sketch = Sketch()
    last = sketch.input("x")
    for k in range(count):
        config = Config({"units": units}, ("units",))
        last = sketch.layer(f"hidden{k}", [last], config=config, params=20)
    sketch.output(last)
    return sketch.graph()


def test_many_changes_alike_are_counted_and_all_marked():
    finding = compare_pair(stack(15), stack(15, units=5))
    assert [one.text for one in finding.differences] == [
        "'hidden0' has 4 units on the left and 5 on the right.",
        "'hidden1' has 4 units on the left and 5 on the right.",
        "And 13 more like it: 'hidden2', 'hidden3', 'hidden4', 'hidden5' and 9 more.",
    ]
    marked = {path for one in finding.differences for path in one.left}
    assert marked == {f"hidden{k}" for k in range(15)}


def changed_at(graph, number, **config):
    call = graph.calls[number]
    calls = list(graph.calls)
    calls[number] = replace(call, config=Config({**call.config, **config}))
    return replace(graph, calls=tuple(calls))


def test_one_change_among_a_thousand_calls_is_found():
    graph = stack(1000)
    finding = compare_pair(graph, changed_at(graph, 500, units=9))
    text = "'hidden499' has 4 units on the left and 9 on the right."
    assert [one.text for one in finding.differences] == [text]
    assert len(finding.pairs) == 1001


def test_a_large_model_is_compared_with_a_changed_copy():
    with dry():
        graph = read_model(keras.applications.EfficientNetB0(weights=None))
    numbers = (k for k, call in enumerate(graph.calls) if call.type == "Conv2D")
    number = list(numbers)[20]
    name = graph.calls[number].id
    finding = compare_pair(graph, changed_at(graph, number, kernel_size=[9, 9]))
    assert len(finding.differences) == 1
    assert finding.differences[0].text.startswith(f"'{name}' has a kernel of (")


@FIXED
@given(graphs(), st.data())
def test_random_graphs_equal_themselves_and_no_changed_copy(graph, data):
    assert compare_pair(graph, graph).same
    numbers = [k for k, call in enumerate(graph.calls) if call.kind == "layer"]
    reached = reaching_an_output(graph)
    numbers = [k for k in numbers if graph.calls[k].id in reached]
    if not numbers:
        return
    other = changed_at(graph, data.draw(st.sampled_from(numbers)), units=5)
    finding, back = compare_pair(graph, other), compare_pair(other, graph)
    # A change of a merge is none: it has no units.
    assert finding.same == back.same
    assert finding == compare_pair(graph, other)
    assert finding.same == (not finding.differences)


def reaching_an_output(graph):
    found = {endpoint.call for endpoint in graph.outputs}
    for tensor in reversed(graph.tensors):
        if tensor.target in found:
            found.add(tensor.source)
    return found


@FIXED
@given(graphs(), graphs())
def test_any_two_graphs_can_be_compared(left, right):
    for strict in (False, True):
        finding = compare_pair(left, right, strict=strict)
        assert finding.same == compare_pair(right, left, strict=strict).same
        assert finding.same == (not finding.differences)
        for one in finding.differences:
            assert one.text.endswith(".")
            for graph, paths in ((left, one.left), (right, one.right)):
                assert set(paths) <= all_paths(graph)
        for one, other in finding.pairs:
            assert one in all_paths(left)
            assert other in all_paths(right)


def all_paths(graph, prefix=""):
    paths = set()
    for call in graph.calls:
        paths.add(prefix + call.id)
        if call.nested is not None:
            paths |= all_paths(call.nested, f"{prefix}{call.id}/")
    return paths


@pytest.mark.parametrize("seed", range(6))
def test_random_models_are_compared_with_each_other(seed):
    one, other = Author(seed).write(12).model, Author(seed + 50).write(12).model
    recordings = record_model(one), record_model(other)
    finding, back = compare_pair(*recordings), compare_pair(*reversed(recordings))
    assert not finding.same
    assert not back.same
    assert finding == compare_pair(*recordings)
