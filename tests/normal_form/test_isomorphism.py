"""Equal graphs are found to be equal, exactly and without long searches."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import keras
import pytest
from hypothesis import given
from hypothesis import strategies as st

from teachkit.graph import ModelGraph
from teachkit.keras_reader import dry, read_model, record_model
from teachkit.keras_reader.bodies import bodies_of
from teachkit.normal_form import find_isomorphism, normal_form
from tests.graphs import FIXED, Sketch, chain, graphs, ladder
from tests.keras_reader.author import Author
from tests.models import ZOO, build


def matched(left, right, **more):
    forms = (normal_form(graph, **more) for graph in (left, right))
    return find_isomorphism(*forms)


def layer(sketch, name, sources, **more):
    return sketch.layer(name, sources, params=20, **more)


def rings(*lengths):
    """Return products of neighbours on rings of so many layers."""
    sketch = Sketch()
    x = sketch.input("x")
    ends = []
    for r, length in enumerate(lengths):
        parts = [layer(sketch, f"part{r}_{k}", [x]) for k in range(length)]
        for k in range(length):
            both = [parts[k], parts[(k + 1) % length]]
            ends.append(sketch.layer(f"pair{r}_{k}", both, "Multiply"))
    sketch.output(sketch.layer("all", ends, "Average"))
    return sketch.graph()


def branches(count, depth=3):
    sketch = Sketch()
    x = sketch.input("x")
    ends = []
    for b in range(count):
        last = x
        for k in range(depth):
            last = layer(sketch, f"branch{b}_{k}", [last])
        ends.append(last)
    sketch.output(sketch.layer("sum", ends, "Add"))
    return sketch.graph()


def every_one_with_every_one(count):
    sketch = Sketch()
    x = sketch.input("x")
    first = [layer(sketch, f"first{k}", [x]) for k in range(count)]
    means = [sketch.layer(f"mean{k}", first, "Average") for k in range(count)]
    last = [layer(sketch, f"last{k}", [mean]) for k, mean in enumerate(means)]
    sketch.output(sketch.layer("sum", last, "Add"))
    return sketch.graph()


def tied_branches(*ties):
    """Return branches of two calls; `ties` tell which layer is called second."""
    sketch = Sketch()
    x = sketch.input("x")
    count = len(ties)
    first = [layer(sketch, f"one{k}", [x], layer_id=f"L{k}") for k in range(count)]
    ends = [
        layer(sketch, f"two{k}", [first[k]], layer_id=f"L{tie}")
        for k, tie in enumerate(ties)
    ]
    sketch.output(sketch.layer("sum", ends, "Add"))
    return sketch.graph()


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        (rings(6), rings(6), True),
        (rings(6), rings(3, 3), False),
        (rings(3, 5, 4), rings(4, 3, 5), True),
        (rings(*[6] * 10), rings(*[6] * 10), True),
        (rings(*[6] * 10), rings(*[3] * 20), False),
        (rings(*[6] * 10), rings(*[6] * 9, 3, 3), False),
        (rings(600), rings(600), True),
        (rings(600), rings(300, 300), False),
        (branches(1000), branches(1000), True),
        (branches(1000), branches(999), False),
        (every_one_with_every_one(40), every_one_with_every_one(40), True),
        (chain(10_000, params=3), chain(10_000, params=3), True),
        (chain(10_000, params=3), chain(9_999, params=3), False),
        (ladder(3000), ladder(3000), True),
        (tied_branches(1, 0, 3, 2), tied_branches(3, 2, 1, 0), True),
        (tied_branches(1, 0, 3, 2), tied_branches(1, 2, 3, 0), False),
        (tied_branches(0, 1, 2), tied_branches(1, 2, 0), False),
    ],
)
def test_graphs_that_colours_alone_cannot_tell_apart(left, right, same):
    assert (matched(left, right) is not None) is same


def test_pairs_are_layers_and_paths_of_calls():
    left, right = build("siamese"), build("siamese")
    found = matched(read_model(left), read_model(right))
    assert found.layers == (("encoder/conv", "encoder/conv"), ("same", "same"))
    assert ("encoder:2/conv", "encoder:2/conv") in found.calls
    assert ("absolute", "absolute") in found.calls


def test_paired_layers_have_weights_of_the_same_shapes():
    with dry():
        models = [keras.applications.NASNetMobile(weights=None) for _ in range(2)]
    left, right = map(read_model, models)
    found = matched(left, right)
    shapes = [
        {
            one.id: [w.shape for w in graph.weights if w.id in one.weights]
            for one in graph.layers
        }
        for graph in (left, right)
    ]
    assert len(found.layers) > 300
    for one, other in found.layers:
        assert shapes[0][one] == shapes[1][other]


def test_a_weight_that_two_layers_share_is_sharing():
    graph = read_model(build("tied_weights"))
    assert matched(graph, graph) is not None
    layers = [
        replace(one, weights=("own",)) if one.name == "tied" else one
        for one in graph.layers
    ]
    assert matched(graph, replace(graph, layers=tuple(layers))) is None


def test_a_weight_that_is_read_directly_is_that_of_its_layer():
    def built(which):
        x = keras.Input((4,), name="x")
        one, two = (keras.layers.Dense(4, name=name) for name in ("one", "two"))
        end = two(one(x))
        return read_model(keras.Model(x, end + (one, two)[which].bias))

    assert matched(built(0), built(0)) is not None
    assert matched(built(0), built(1)) is None


EQUAL_IN_THE_ZOO = {
    frozenset(pair)
    for pair in (
        ("names_that_look_like_calls", "a_of_b_of_a"),
        ("list_to_dict_model", "dict_to_list_model"),
        ("masked_by_keyword", "masked_lstm"),
        ("masked_nested", "masked_lstm"),
        ("masked_nested", "masked_by_keyword"),
        ("sequential", "frozen_layer"),
        ("subclassed_built", "subclassed"),
        ("training_argument", "numpy_lengths"),
    )
}


def test_all_others_of_the_zoo_are_different():
    recordings = {name: record_model(build(name)) for name in ZOO}
    forms = {n: normal_form(r.graph, bodies_of(r)) for n, r in recordings.items()}
    equal = {
        frozenset((one, other))
        for one in forms
        for other in forms
        if one < other and find_isomorphism(forms[one], forms[other]) is not None
    }
    assert equal <= EQUAL_IN_THE_ZOO
    assert {pair for pair in EQUAL_IN_THE_ZOO if pair <= set(ZOO)} <= equal


def shuffled(graph, seed):
    """Return a graph with other names, and with its calls in another order."""
    random = Random(seed)
    names = {call.id: f"n{k}" for k, call in enumerate(graph.calls)}
    layer_ids = {one.id: f"l{k}" for k, one in enumerate(graph.layers)}
    waiting = {call.id: len(graph.incoming(call.id)) for call in graph.calls}
    ready = [call for call in graph.calls if not waiting[call.id]]
    calls = []
    while ready:
        call = ready.pop(random.randrange(len(ready)))
        calls.append(call)
        for tensor in graph.outgoing(call.id):
            waiting[tensor.target] -= 1
            if not waiting[tensor.target]:
                ready.append(graph.call(tensor.target))
    order = {call.id: k for k, call in enumerate(calls)}
    renamed = [
        replace(
            call,
            id=names[call.id],
            layer=layer_ids.get(call.layer_id, call.layer),
            layer_id=layer_ids.get(call.layer_id),
        )
        for call in calls
    ]
    tensors = sorted(graph.tensors, key=lambda tensor: order[tensor.target])
    return ModelGraph(
        name="shuffled",
        type=graph.type,
        calls=tuple(renamed),
        tensors=tuple(
            replace(t, source=names[t.source], target=names[t.target]) for t in tensors
        ),
        inputs=tuple(replace(end, call=names[end.call]) for end in graph.inputs),
        outputs=tuple(replace(end, call=names[end.call]) for end in graph.outputs),
        layers=tuple(replace(one, id=layer_ids[one.id]) for one in graph.layers),
    )


@FIXED
@given(graphs(depth=1), st.integers(0, 1000))
def test_a_shuffled_and_renamed_graph_is_the_same(graph, seed):
    for strict in (False, True):
        found = matched(graph, shuffled(graph, seed), strict=strict)
        assert found is not None


@FIXED
@given(graphs(depth=1, most=12), st.data())
def test_a_graph_with_one_other_wire_is_another_one(graph, data):
    """In strict form, where an unused call counts too, unless a symmetry undoes it."""
    wires = [t for t in graph.tensors if t.target != t.source]
    if not wires:
        return
    wire = data.draw(st.sampled_from(wires))
    order = {call.id: k for k, call in enumerate(graph.calls)}
    sources = [c for c in graph.calls if order[c.id] < order[wire.target]]
    source = data.draw(st.sampled_from(sources))
    if source.id == wire.source:
        return
    tensors = tuple(
        replace(t, source=source.id, index=0) if t is wire else t for t in graph.tensors
    )
    other = replace(graph, tensors=tensors)
    found = matched(graph, other, strict=True)
    back = matched(other, graph, strict=True)
    assert (found is None) == (back is None)
    if found is not None:
        # It holds what it claims: each pair of calls reads pairs of calls.
        partner = dict(found.calls)
        for call in graph.calls:
            ours = sorted(
                (t.port, partner[t.source], t.index) for t in graph.incoming(call.id)
            )
            theirs = sorted(
                (t.port, t.source, t.index) for t in other.incoming(partner[call.id])
            )
            assert ours == theirs


@pytest.mark.parametrize("seed", range(12))
def test_random_models_are_equal_when_they_are_built_again(seed):
    built = [Author(seed).write(14).model for _ in range(2)]
    left, right = map(read_model, built)
    for strict in (False, True):
        assert matched(left, right, strict=strict) is not None
    assert matched(left, read_model(Author(seed + 100).write(14).model)) is None
