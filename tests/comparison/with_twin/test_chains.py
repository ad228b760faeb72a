from __future__ import annotations

from hypothesis import given

from teachkit.comparison.with_twin.chains import Block, blocks_of, longest_chain
from tests.graphs import FIXED, Sketch, chain, graphs, residual_stack, siamese


def test_all_layers_of_a_chain_are_one():
    assert longest_chain(chain(3)) == ("dense_0", "dense_1", "dense_2")


def test_a_chain_of_ten_thousand_calls_is_one():
    assert len(longest_chain(chain(10_000))) == 10_000


def test_it_ends_where_the_graph_forks_and_begins_after_the_join():
    assert longest_chain(residual_stack(2)) == ("a0", "b0")


def test_the_first_of_equal_length_is_taken():
    sketch = Sketch("model")
    x = sketch.input("x")
    one, two = sketch.layer("one", [x]), sketch.layer("two", [x])
    sketch.output(sketch.layer("sum", [one, two], "Add"))

    assert longest_chain(sketch.graph()) == ("one",)


def test_it_is_broken_by_operations_arguments_and_lists():
    sketch = Sketch("model")
    last = sketch.layer("a", [sketch.input("x")])
    last = sketch.operation("relu", [last], ports=["x"])
    last = sketch.layer("b", [last])
    last = sketch.layer("c", [last], arguments=("training=True",))
    last = sketch.layer("d", [last])
    last = sketch.layer("e", [last], ports=["inputs[0]"])
    last = sketch.layer("f", [last])
    sketch.output(sketch.layer("g", [last]))

    assert longest_chain(sketch.graph()) == ("f", "g")


def test_it_ends_at_an_output_in_the_middle():
    sketch = Sketch("model")
    one = sketch.layer("one", [sketch.input("x")])
    two = sketch.layer("two", [one])
    sketch.output(one)
    sketch.output(sketch.layer("three", [two]))

    assert longest_chain(sketch.graph()) == ("two", "three")


def test_a_graph_without_layers_has_none():
    sketch = Sketch("model")
    sketch.output(sketch.input("x"))

    assert longest_chain(sketch.graph()) == ()


def test_a_block_reaches_from_the_fork_to_the_join():
    assert blocks_of(residual_stack(2)) == (
        Block("x", "add0", ("a0", "b0", "add0")),
        Block("add0", "add1", ("a1", "b1", "add1")),
    )


def test_a_block_inside_a_block_is_part_of_it():
    sketch = Sketch("model")
    x = sketch.input("x")
    one = sketch.layer("one", [x])
    inner = sketch.layer("inner", [one, sketch.layer("two", [one])], "Add")
    outer = sketch.layer("outer", [inner, x], "Add")
    sketch.output(sketch.layer("last", [outer]))

    assert blocks_of(sketch.graph()) == (
        Block("x", "outer", ("one", "two", "inner", "outer")),
    )


def test_a_call_that_reads_one_tensor_twice_is_a_block():
    sketch = Sketch("model")
    x = sketch.input("x")
    sketch.output(sketch.layer("double", [x, x], "Add"))

    assert blocks_of(sketch.graph()) == (Block("x", "double", ("double",)),)


def test_chains_and_models_of_several_ends_have_no_blocks():
    assert blocks_of(chain(5)) == ()
    assert blocks_of(siamese()) == ()


def ways(graph, start, goal):
    """Return all ways between two calls, as sets of the calls on them."""
    if start == goal:
        return [{goal}]
    targets = {tensor.target for tensor in graph.outgoing(start)}
    return [{start} | way for t in targets for way in ways(graph, t, goal)]


@FIXED
@given(graphs(most=7))
def test_every_way_leads_through_the_ends_of_a_block(graph):
    graph = graph.visible()
    end = graph.outputs[0].call
    reached = ways(graph, graph.inputs[0].call, end)
    for block in blocks_of(graph) if len(graph.outputs) == 1 else ():
        reaching = [way for way in reached if way & set(block.calls)]

        assert all({block.fork, block.join} <= way for way in reaching)
