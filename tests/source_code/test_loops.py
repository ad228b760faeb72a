"""Loops do what the statements do that they stand for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from teachkit.source_code.loops import with_loops
from tests.graphs import FIXED

STATEMENTS = (
    "x = x + 1",
    "x = x * 3 % 1009",
    "x = inputs + 2",
    "s = x",
    "s = inputs",
    "x = x - s",
    "y = x * 2",
    "y = inputs * 2",
    "x = y + s",
)


def values(lines):
    variables = {"inputs": 5, "x": 1, "s": 2, "y": 3}
    exec("\n".join(lines), {}, variables)  # noqa: S102 - it is ours
    variables.pop("_", None)
    return variables


@FIXED
@given(
    st.lists(
        st.tuples(
            st.lists(st.sampled_from(STATEMENTS), min_size=1, max_size=5),
            st.integers(1, 5),
        ),
        max_size=6,
    )
)
def test_they_give_the_same_values(parts):
    statements = [line for block, count in parts for line in block * count]

    assert values(with_loops(statements)) == values(statements)


@FIXED
@given(st.lists(st.sampled_from(STATEMENTS), min_size=2, max_size=6), st.integers(2, 6))
def test_the_first_block_may_read_another_variable(block, count):
    first = [
        line.replace("x", "inputs") if k == 0 else line for k, line in enumerate(block)
    ]
    first[0] = first[0].replace("inputs = ", "x = ", 1)
    statements = [*first, *block * count]

    assert values(with_loops(statements)) == values(statements)


def test_a_run_becomes_a_loop_and_its_first_block_joins_it():
    statements = ["x = f(inputs)", "x = g(x)", *["x = f(x)", "x = g(x)"] * 3, "y = x"]

    assert with_loops(statements) == [
        "x = inputs",
        "for _ in range(4):",
        "    x = f(x)",
        "    x = g(x)",
        "y = x",
    ]


def test_what_is_hardly_longer_than_a_loop_stays_as_it_is():
    assert with_loops(["x = f(x)"] * 3) == ["x = f(x)"] * 3


def test_a_block_begins_where_a_shortcut_branches_off():
    block = ["s = x", "x = f(x)", "x = x + s", "x = g(x)"]
    written = with_loops(["x = h(x)", "x = g(x)", *block * 3])

    assert written[:4] == ["x = h(x)", "x = g(x)", "for _ in range(3):", "    s = x"]


def test_statements_of_several_lines_keep_their_lines():
    assert with_loops(["    x = f(\n        x\n    )"] * 5, "    ") == [
        "    for _ in range(5):",
        "        x = f(\n            x\n        )",
    ]


def test_a_stack_is_one_loop_from_the_inputs_to_the_outputs():
    block = ["s = x", "x = f(x)", "x = x + s"]
    first = ["x = f(inputs)", "x = x + inputs"]
    last = ["s = x", "x = f(x)", "outputs = x + s"]

    assert with_loops([*first, *block * 3, *last]) == [
        "x = inputs",
        "for _ in range(5):",
        "    s = x",
        "    x = f(x)",
        "    x = x + s",
        "outputs = x",
    ]


def test_a_first_block_that_does_something_else_stays_before_the_loop():
    block = ["s = x", "x = f(x)", "x = x + s"]

    written = with_loops(["x = f(inputs)", "x = x + other", *block * 3])

    assert written[:3] == ["x = f(inputs)", "x = x + other", "for _ in range(3):"]
