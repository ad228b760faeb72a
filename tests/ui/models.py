"""Pages with an interactive view that several tests open; each is made once."""

from __future__ import annotations

from functools import cache

import keras

import teachkit as tk
from teachkit.views.graph_view import GraphView
from tests.graphs import HOSTILE, Sketch, chain, residual_stack, spec
from tests.graphs import siamese as siamese_graph
from tests.models import build


@cache
def siamese() -> str:
    """Two calls of one encoder, with formulas and the check in NumPy."""
    return tk.show(build("siamese")).html()


@cache
def three_deep() -> str:
    """Models in models in models."""
    return tk.show(build("three_deep")).html()


@cache
def blocks() -> str:
    """Six blocks alike, which are folded to one."""
    return GraphView(residual_stack(6), fold=True).html()


@cache
def long_chain() -> str:
    """A thousand calls, one after the other."""
    return GraphView(chain(1000)).html()


@cache
def routes() -> str:
    """Two inputs and two outputs; from `left` to the first lead four routes."""
    sketch = Sketch("routes")
    left, right = sketch.input("left"), sketch.input("right")
    one = sketch.layer("fork", [left])
    two = sketch.layer(
        "join", [sketch.layer("up", [one]), sketch.layer("down", [one])], "Add"
    )
    three = sketch.layer(
        "last", [sketch.layer("high", [two]), sketch.layer("low", [two])], "Add"
    )
    sketch.output(three)
    sketch.output(sketch.layer("alone", [right]))
    return GraphView(sketch.graph()).html()


@cache
def shared_inside() -> str:
    """A layer that is called inside of a model and beside it."""
    keras.utils.clear_session(free_memory=False)
    dense = keras.layers.Dense(4, name="dense")
    inner_input = keras.Input((4,), name="inner")
    inner = keras.Model(inner_input, dense(inner_input), name="tower")
    inputs = keras.Input((4,), name="numbers")
    outputs = dense(inner(dense(inputs)))
    return tk.show(keras.Model(inputs, outputs, name="shared")).html()


@cache
def wide() -> str:
    """Six calls from left to right: a drawing that is wide and low."""
    return GraphView(chain(6), direction="LR").html()


@cache
def siamese_of_graphs() -> str:
    """The same without Keras: a graph as plain data."""
    return GraphView(siamese_graph()).html()


@cache
def many_routes() -> str:
    """Each of forty blocks doubles the routes."""
    return GraphView(residual_stack(40)).html()


@cache
def two_outputs() -> str:
    """A layer that returns two tensors, each read by another one."""
    sketch = Sketch("two")
    memory = sketch.layer(
        "memory", [sketch.input("x")], "LSTM", outputs=(spec(4), spec(2))
    )
    sketch.output(sketch.layer("zero", [(memory, 0)]))
    sketch.output(sketch.layer("one", [(memory, 1)]))
    return GraphView(sketch.graph()).html()


@cache
def expanded() -> str:
    """Models in models, open from the beginning."""
    return tk.show(build("three_deep"), nested="expanded").html()


@cache
def hostile() -> str:
    """Names that would break out of markup, if anything did not watch."""
    sketch = Sketch("<img src=x onerror=alert(1)>")
    last = sketch.input(HOSTILE[0])
    for name in HOSTILE[1:]:
        last = sketch.layer(name, [last], name or "Dense", arguments=(name,))
    sketch.output(last, path="['<b>']")
    return GraphView(sketch.graph()).html()


@cache
def long_and_wide() -> str:
    """Forty calls from left to right, more than any screen shows."""
    return GraphView(chain(40), direction="LR").html()
