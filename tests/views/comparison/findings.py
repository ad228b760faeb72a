"""Findings made by hand, for the views of comparisons."""

from __future__ import annotations

from teachkit.comparison.findings import Agreement, Difference, PairFinding, Reason
from teachkit.comparison.findings import TwinFinding as Twin
from tests.graphs import Sketch, chain, siamese, spec


def fork(name="fork"):
    """x -> a -> (b, sum), b -> sum."""
    sketch = Sketch(name)
    x = sketch.input("x")
    a = sketch.layer("a", [x], outputs=(spec(4),))
    b = sketch.layer("b", [a], outputs=(spec(4),))
    sketch.output(sketch.layer("sum", [a, b], "Add", outputs=(spec(4),)))
    return sketch.graph()


def without_twin():
    return Twin(
        fork(),
        reasons=(
            Reason("branch", "The output of 'a' goes to 2 calls.", ("a", "b", "sum")),
            Reason("merge", "'sum' reads 2 tensors.", ("sum", "a", "b")),
        ),
        nuances=(Reason("block-as-layer", "A block can be one layer.", ("a",)),),
        longest_chain=("x", "a", "b"),
    )


def with_twin():
    graph = chain(3)
    ids = [call.id for call in graph.calls]
    return Twin(
        graph,
        twin=object(),
        twin_graph=graph,
        agreement=Agreement(True, 0.0, 32, "Equal outputs on 32 random inputs."),
        pairs=tuple((one, one) for one in ids),
        functional_code="x = f(y)\nmodel = keras.Model(y, x)\n",
        sequential_code="model = keras.Sequential([f])\n",
        hidden=("The input has a line of its own.",),
    )


def pair():
    return PairFinding(
        siamese(),
        fork("other"),
        same=False,
        differences=(
            Difference("removed", "'right' is only on the left.", ("right",)),
            Difference("added", "'b' is only on the right.", (), ("b",)),
            Difference("changed", "'left' and 'x' differ.", ("left",), ("x",)),
            Difference("sharing", "'left' again.", ("left",), ()),
        ),
        disguises=("'relu' is a layer of its own on the left.",),
        pairs=(("left", "x"),),
        agreement=Agreement(False, 0.5, 32, "They differ by up to 0.5."),
    )
