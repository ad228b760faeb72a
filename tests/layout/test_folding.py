"""Folds stand for blocks that are really alike, and for each call once."""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teachkit.layout import Choices, draw
from teachkit.layout.folding import find_folds
from teachkit.views.svg import draw_svg
from tests.drawings import along_the_flow, check_geometry
from tests.graphs import FIXED, Sketch, chain, graphs, ladder, residual_stack, spec


def bottleneck(sketch, x, k, units):
    y = sketch.layer(f"a{k}", [x], outputs=(spec(units),))
    y = sketch.layer(f"b{k}", [y], "ReLU", outputs=(spec(units),))
    return sketch.layer(f"add{k}", [y, x], "Add", outputs=(spec(units),))


def stages(*lengths):
    """Return stages of blocks as in a ResNet: wider from stage to stage."""
    sketch = Sketch("stages")
    x = sketch.input("x")
    k = 0
    for stage, length in enumerate(lengths):
        x = sketch.layer(f"widen{stage}", [x], outputs=(spec(8 << stage),))
        for _ in range(length):
            x = bottleneck(sketch, x, k, 8 << stage)
            k += 1
    sketch.output(sketch.layer("head", [x]))
    return sketch.graph()


def transformer(blocks):
    sketch = Sketch("transformer")
    x = sketch.layer("embed", [sketch.input("tokens")], "Embedding")
    for k in range(blocks):
        ports = ["query", "value"]
        y = sketch.layer(f"look{k}", [x, x], "MultiHeadAttention", ports=ports)
        x = sketch.layer(f"norm{k}a", [sketch.layer(f"sum{k}a", [x, y], "Add")], "Norm")
        y = sketch.layer(f"back{k}", [sketch.layer(f"wide{k}", [x])])
        x = sketch.layer(f"norm{k}b", [sketch.layer(f"sum{k}b", [x, y], "Add")], "Norm")
    sketch.output(x)
    return sketch.graph()


def summary(graph):
    return [(fold.first, fold.repeats) for fold in find_folds(graph)]


def test_a_residual_stack():
    assert summary(residual_stack(6)) == [(("a0", "b0", "add0"), 6)]


def test_a_plain_chain():
    assert summary(chain(9)) == [(("dense_0",), 9)]


def test_stages_of_different_width():
    assert summary(stages(3, 4)) == [
        (("a0", "b0", "add0"), 3),
        (("a3", "b3", "add3"), 4),
    ]


def test_transformer_blocks_up_to_the_output():
    names = ("look0", "sum0a", "norm0a", "wide0", "back0", "sum0b", "norm0b")
    assert summary(transformer(4)) == [(names, 4)]


@pytest.mark.parametrize("length", [0, 1, 2, 3])
def test_nothing_is_folded_in_a_small_graph(length):
    assert summary(chain(length)) == []


def test_nothing_is_folded_where_no_single_tensor_carries_everything():
    assert summary(ladder(50)) == []


def test_calls_of_a_shared_layer_are_not_folded_away():
    sketch = Sketch()
    x = sketch.input("x")
    for _ in range(9):
        x = sketch.layer("same", [x])
    sketch.output(x)
    assert summary(sketch.graph()) == []


def test_calls_of_a_shared_layer_inside_a_nested_model_are_not_folded_away():
    inner = Sketch("inner")
    x = inner.input("x")
    for _ in range(9):
        x = inner.layer("same", [x])
    inner.output(x)
    sketch = Sketch()
    sketch.output(sketch.model("inner", inner.bare(), [sketch.input("a")]))
    assert summary(sketch.graph().call("inner").nested) == []


@pytest.mark.parametrize("difference", [
    {"outputs": (spec(5),)}, {"params": 3}, {"type": "ReLU"}, {"trainable": False},
    {"arguments": ("training=True",)},
])  # fmt: skip
def test_a_block_that_differs_ends_the_run(difference):
    sketch = Sketch()
    x = sketch.input("x")
    for k in range(10):
        more = dict(difference) if k == 5 else {}
        x = sketch.layer(f"d{k}", [x], more.pop("type", "Dense"), **more)
    sketch.output(x)
    assert summary(sketch.graph()) == [(("d0",), 5), (("d6",), 4)]


def test_an_output_in_the_middle_is_not_folded_away():
    sketch = Sketch()
    x = sketch.input("x")
    for k in range(9):
        x = sketch.layer(f"d{k}", [x])
        if k in {4, 6}:
            sketch.output(x)
    sketch.output(x)
    graph = sketch.graph()
    assert summary(graph) == [(("d0",), 5)]
    check_folded(graph, "TB")


def test_a_run_whose_end_gives_another_output_than_its_blocks():
    sketch = Sketch()
    x = (sketch.input("x"), 0)
    for k in range(6):
        x = (sketch.layer(f"d{k}", [x], outputs=(spec(4),) * 2), 0)
    sketch.output(sketch.layer("end", [(x[0], 1)]))
    assert summary(sketch.graph()) == [(("d0",), 5)]


def test_folding_does_work_in_proportion():
    def work(length):
        graph = chain(length)
        _ = graph.incoming(graph.calls[0].id)  # its edges are sorted once, here
        counted = 0

        def count(*_):
            nonlocal counted
            counted += 1

        before = sys.getprofile()
        sys.setprofile(count)
        try:
            find_folds(graph)
        finally:
            sys.setprofile(before)
        return counted

    assert work(8000) < 8.5 * work(1000)


@st.composite
def stacks(draw):
    """Draw sequences of blocks of three kinds, some of which repeat."""
    sketch = Sketch("stack")
    x = sketch.input("x")
    k = 0
    kinds = st.sampled_from(["dense", "bottleneck", "branches", "shared"])
    for kind in draw(st.lists(kinds, max_size=5)):
        for _ in range(draw(st.integers(1, 5))):
            k += 1
            if kind == "bottleneck":
                x = bottleneck(sketch, x, k, 4)
            elif kind == "branches":
                y = [sketch.layer(f"y{k}{n}", [x]) for n in range(3)]
                x = sketch.layer(f"join{k}", y, "Concatenate")
            else:
                x = sketch.layer("same" if kind == "shared" else f"d{k}", [x])
            if draw(st.integers(0, 9)) == 0:
                sketch.output(x)
    if draw(st.booleans()) or not sketch.outputs:
        sketch.output(x)
    return sketch.graph()


@given(graph=st.one_of(stacks(), graphs()), direction=st.sampled_from(["TB", "LR"]))
@FIXED
def test_unfolding_gives_every_call_once(graph, direction):
    covered = []
    for fold in find_folds(graph):
        block = [graph.call(i) for i in fold.first]
        rest = [graph.call(i) for i in fold.hidden]
        assert len(rest) == len(block) * (fold.repeats - 1)
        for k, call in enumerate(rest):
            like = block[k % len(block)]
            assert (call.type, call.outputs, call.params) == (
                like.type, like.outputs, like.params
            )  # fmt: skip
            ports = [[t.port for t in graph.incoming(c.id)] for c in (call, like)]
            assert ports[0] == ports[1]
        covered += [*fold.first, *fold.hidden]
    assert len(covered) == len(set(covered))
    check_folded(graph, direction)


def check_folded(graph, direction):
    """Check that a folded drawing shows every call that is not folded away."""
    drawing = draw(graph, Choices(fold=True), direction=direction, tell=pytest.fail)
    hidden = {i for fold in find_folds(graph) for i in fold.hidden}
    drawn = [box.item.key for box in drawing.boxes if box.item.role == "call"]
    assert sorted(drawn) == sorted({call.id for call in graph.calls} - hidden)
    outputs = sum(box.item.role == "output" for box in drawing.boxes)
    assert outputs == len(graph.outputs)
    flow = along_the_flow(drawing)
    check_geometry(flow)
    ends = [wire.route[-1] for wire in flow.wires]
    for wire in flow.wires:
        if wire.source.endswith("#block"):
            x, y = wire.route[0]
            assert any(abs(x - a) < 1 and abs(y - b) < 1 for a, b in ends), "broken"
    ET.fromstring(draw_svg(graph, drawing, "").encode("utf-8"))
