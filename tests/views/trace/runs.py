"""Runs put together by hand: what a view is to show is known number by number."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np

from teachkit.errors import WrongValueError
from teachkit.traces.records import (
    Change,
    Gradient,
    Gradients,
    LossPart,
    Moved,
    Step,
    Value,
    WeightGradient,
)
from teachkit.traces.summaries import summary_of
from tests.graphs import Sketch


@dataclass
class HandRun:
    """A run in which nothing ran."""

    graph: object
    steps: tuple[Step, ...]
    gradients: Gradients | None = None
    notes: tuple[str, ...] = ()
    training: bool | None = None
    changes: dict = field(default_factory=dict)

    @property
    def recording(self):
        """There are no Keras objects: the graph stands for them."""
        return self.graph

    @property
    def inputs(self):
        ids = {end.call for end in self.graph.inputs}
        return {step.path: step.outputs[0] for step in self.steps if step.path in ids}

    @property
    def output_values(self):
        ends = self.graph.outputs
        return {end.path: self.value(end.call, end.index) for end in ends}

    @property
    def outputs(self):
        return self.value(self.graph.outputs[0].call).array

    def value(self, path, index=0):
        for step in self.steps:
            if step.path == path:
                return step.outputs[index]
        raise WrongValueError("the path of a call", f"'{path}'", "take another")

    def __getitem__(self, path):
        return self.value(path).array

    def without(self, tensor):
        return self.changes[tensor]


def value(path, array, index=0, kind=Value, dropped=False):
    """Return the numbers of a tensor as a run would keep them."""
    array = np.asarray(array)
    told = summary_of(array) if dropped else None
    return kind(path, index, array.shape, str(array.dtype), lambda: array, told)


def gradient(path, array, index=0):
    return value(path, array, index, Gradient)


def run_of(graph, arrays, **more):
    """Return a run of a graph from the outputs of its calls, by path, in order.

    An array is the only output of a call, a tuple has several. What the steps read is
    looked up in the graph of their own level.
    """
    values = {
        path: tuple(
            value(path, one, index)
            for index, one in enumerate(found if isinstance(found, tuple) else (found,))
        )
        for path, found in arrays.items()
    }
    steps = tuple(
        _step(graph, number, path, values)
        for number, path in enumerate(values, start=1)
    )
    return HandRun(graph, steps, **more)


def _step(graph, number, path, values):
    level, prefix = graph, ""
    *outer, own = path.split("/") if graph.name != "flat" else [path]
    for name in outer:
        level, prefix = level.call(name).nested, f"{prefix}{name}/"
    inputs = tuple(
        (wire.port, values[prefix + wire.source][wire.index])
        for wire in level.incoming(own)
    )
    call = level.call(own)
    opens = call.nested is not None
    return Step(number, path, call, len(outer), inputs, values[path], opens)


def mlp():
    """Two numbers, three hidden ones, one result; two samples."""
    sketch = Sketch("mlp")
    x = sketch.input("x", 2)
    hidden = sketch.layer("hidden", [x])
    sketch.output(sketch.layer("result", [hidden]))
    arrays = {
        "x": np.array([[1.0, 2.0], [3.0, -4.0]], "float32"),
        "hidden": np.array([[0.0, 0.5, 2.0], [1.25, 0.0, 0.0]], "float32"),
        "result": np.array([[0.75], [-1.5]], "float32"),
    }
    return run_of(sketch.graph(), arrays)


def twins(**more):
    """One encoder, called twice, with the gradient of each of its calls."""
    inner = Sketch("encoder")
    inner.output(inner.layer("dense", [inner.input("image", 4)]))
    nested = inner.bare()
    sketch = Sketch("twins")
    a, b = sketch.input("a", 4), sketch.input("b", 4)
    first, second = sketch.model("encoder", nested, [a]), None
    second = sketch.model("encoder", nested, [b])
    distance = sketch.operation("subtract", [first, second])
    sketch.output(sketch.layer("same", [distance]))
    some = np.arange(8, dtype="float32").reshape(2, 4)
    paths = ("a", "b", "encoder", "encoder/image", "encoder/dense", "encoder:2")
    paths += ("encoder:2/image", "encoder:2/dense", "subtract", "same")
    arrays = {path: some + k for k, path in enumerate(paths)}
    graph = sketch.graph()
    return run_of(graph, arrays, gradients=twin_gradients(paths), **more)


def twin_gradients(paths=(), missed=False):
    """Return gradients of a shared kernel: 3 and 4 give 5, at a right angle."""
    ways = {
        "encoder/dense": gradient("encoder/dense", np.array([3.0, 0.0])),
        "encoder:2/dense": gradient("encoder:2/dense", np.array([0.0, 4.0])),
    }
    kernel = WeightGradient(
        "encoder/dense/kernel",
        ("encoder/dense",),
        (2,),
        MappingProxyType(ways),
        None,
        gradient("encoder/dense/kernel", np.array([3.0, 4.0])),
        0.0,
        ("same",),
    )
    own = gradient("same", np.array([0.25]))
    head = WeightGradient(
        "same/kernel",
        ("same",),
        (1,),
        {"same": None if missed else own},
        None,
        None if missed else own,
        0.0,
        () if missed else ("same",),
    )
    return Gradients(
        (LossPart("same", 0.75),),
        {(path, 0): gradient(path, np.ones((2, 4), "float32")) for path in paths},
        (kernel, head),
        (("encoder/dense", kernel.total), ("same", head.total)),
    )


def two_heads():
    """Gradients of two losses on one trunk."""
    names = ("kind", "size", "regularization")
    parts = tuple(map(LossPart, names, (2.0, 0.5, 0.125), (1.0, 0.5, 1.0)))
    rows = (("trunk", names), ("kind", names[:1]), ("size", names[1:2]))
    weights = tuple(
        WeightGradient(
            f"{name}/kernel",
            (name,),
            (2,),
            {name: gradient(name, np.ones(2))},
            None,
            gradient(name, np.ones(2)),
            0.0,
            reached,
        )
        for name, reached in rows
    )
    depth = tuple((name, gradient(name, np.ones(2))) for name, _ in rows)
    return Gradients(parts, {}, weights, depth)


def image():
    """An image of 48 by 48, twelve feature maps of it, and words."""
    sketch = Sketch("image")
    x = sketch.input("pixels", 48, 48, 3)
    maps = sketch.layer("conv", [x], "Conv2D")
    sketch.output(sketch.layer("label", [maps], "Lambda"))
    ramp = np.linspace(-1, 3, 2 * 48 * 48, dtype="float32").reshape(2, 48, 48, 1)
    arrays = {
        "pixels": np.repeat(ramp, 3, axis=-1),
        "conv": ramp * np.arange(12, dtype="float32"),
        "label": np.array([[b"cat"], [b"<b>dog</b>"]], object),
    }
    return run_of(sketch.graph(), arrays)


def chain(count):
    """A long run: each call returns eight feature maps of noise."""
    sketch = Sketch("chain")
    names = [sketch.input("x", 32, 32, 8)]
    for k in range(count - 1):
        names.append(sketch.layer(f"conv_{k}", names[-1:], "Conv2D"))
    sketch.output(names[-1])
    noise = np.random.default_rng(0).normal(size=(2, 32, 32, 8)).astype("float32")
    return run_of(sketch.graph(), dict.fromkeys(names, noise))


def change():
    """What zeroing the hidden layer does to the result."""
    before, after = mlp(), mlp()
    steps = list(after.steps)
    zeros = {"hidden": np.zeros((2, 3), "float32"), "result": np.full((2, 1), 0.5)}
    for k, step in enumerate(steps):
        if step.path in zeros:
            outputs = (value(step.path, zeros[step.path]),)
            steps[k] = Step(step.number, step.path, step.call, 0, (), outputs)
    after.steps = tuple(steps)
    moved = (Moved("hidden", 0, 2.0, 1.0), Moved("result", 0, 2.0, float("inf")))
    outputs = (Moved("result", 0, 2.0, 1.25),)
    return Change("without hidden", before, after, moved, outputs)
