"""A model as one formula: brackets in a chain, names where it forks."""

from __future__ import annotations

import sys

from teachkit.explanation.composition import composition
from tests.graphs import Sketch


def test_a_chain_is_written_from_the_inside():
    sketch = Sketch("chain")
    x = sketch.input("x")
    sketch.output(sketch.layer("f3", [sketch.layer("f2", [sketch.layer("f1", [x])])]))

    assert composition(sketch.graph()).text == "output = f3(f2(f1(x)))"


def test_a_fork_gets_a_name_and_is_written_once():
    sketch = Sketch("fork")
    h = sketch.layer("trunk", [sketch.input("x")])
    arms = [sketch.layer(name, [h]) for name in ("left", "right")]
    sketch.output(sketch.layer("join", arms))

    assert composition(sketch.graph()).text == (
        "h1 = trunk(x)\noutput = join(left(h1), right(h1))"
    )


def test_inputs_keep_their_names_however_often_they_are_read():
    sketch = Sketch("skip")
    x = sketch.input("x")
    sketch.output(sketch.layer("add", [x, sketch.layer("f", [x])]))

    assert composition(sketch.graph()).text == "output = add(x, f(x))"


def test_several_outputs_have_a_line_each():
    sketch = Sketch("heads")
    x = sketch.layer("trunk", [sketch.input("x")])
    sketch.output(sketch.layer("a", [x]), path="['first']")
    sketch.output(sketch.layer("b", [x]), path="['second']")

    assert composition(sketch.graph()).text.splitlines()[1:] == [
        "output['first'] = a(h1)",
        "output['second'] = b(h1)",
    ]


def test_a_long_chain_is_cut_into_lines_and_needs_no_recursion():
    sketch = Sketch("long")
    x = sketch.input("x")
    for number in range(2 * sys.getrecursionlimit()):
        x = sketch.layer(f"layer{number}", [x])
    sketch.output(x)

    lines = composition(sketch.graph()).text.splitlines()
    assert len(lines) > 100
    assert max(map(len, lines)) < 100
