"""Graphs written by hand, without Keras, and random ones for property tests."""

from __future__ import annotations

from collections import deque
from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st

from teachkit.graph import (
    Call,
    Config,
    Endpoint,
    Layer,
    ModelGraph,
    Tensor,
    TensorSpec,
)

FIXED = settings(deadline=None, derandomize=True, database=None, max_examples=40)
"""The same examples each time; how long one takes is no fault on a busy machine."""

HOSTILE = (
    "<script>alert(1)</script>",
    "<b>bold</b>",
    "<not closed",
    "\"double\" and 'single'",
    "two\nlines\r\nand\ttab",
    "bell\x07null\x00escape\x1b[31m",
    "lone surrogate \ud800",
    "emoji 🧠🏳️‍🌈",
    "\u202eright to left\u202c שלום",
    "long" * 2500,
    "W" * 10_000,
    "n0",
    "call0",
    "]]>",
    "--> --",
    "&amp; &#0; &nope;",
    "\\N \\G \\l",
    "x#output0",
    "x#entry",
    "a/b",
    "",
    " ",
    "ﷺ層レイヤー",
    "noncharacter \ufffe \uffff",
    "url(http://example.org/x.png) @import",
)


def spec(*shape, dtype="float32"):
    """Return the shape of a tensor with an open batch."""
    return TensorSpec((None, *shape), dtype)


class Sketch:
    """A graph written by hand: each call reads `id` or `(id, index)` of earlier ones.

    Call layers by `layer`, operations by `operation`; the second call of a name gets
    the id `name:2`, as if the layer of that name were called again.
    """

    def __init__(self, name="model"):
        self.name = name
        self.calls = {}
        self.tensors = []
        self.inputs = []
        self.outputs = []
        self._counts = {}

    def input(self, name, *shape, path=None):
        call_id = self._add(Call(name, name, "input", "InputLayer", family="input"))
        self._fill(call_id, outputs=(spec(*shape or (4,)),))
        self.inputs.append((call_id, path))
        return call_id

    def layer(self, name, sources=(), type="Dense", **more):
        return self._made(name, sources, Call(name, name, "layer", type), more)

    def operation(self, name, sources=(), type="Subtract", **more):
        call = Call(name, None, "operation", type, family="operation")
        return self._made(name, sources, call, more)

    def model(self, name, nested, sources=(), **more):
        outputs = sorted(nested.outputs, key=lambda endpoint: endpoint.order)
        specs = tuple(TensorSpec(e.shape, e.dtype) for e in outputs)
        call = Call(name, name, "model", "Functional", nested=nested, family="model")
        return self._made(name, sources, call, {"outputs": specs, **more})

    def output(self, source, path=None, order=None):
        self.outputs.append((_end(source), path, order))

    def graph(self):
        """Return the graph, with the layers of the graphs inside it."""
        return with_layers(self.bare())

    def bare(self):
        """Return the graph without layers, to be put inside of another one."""
        return ModelGraph(
            self.name,
            "Functional",
            tuple(self.calls.values()),
            tuple(self.tensors),
            self._endpoints([((i, 0), path, None) for i, path in self.inputs]),
            self._endpoints(self.outputs),
        )

    def _endpoints(self, ends):
        several = len(ends) > 1
        made = []
        for k, ((call_id, index), path, order) in enumerate(ends):
            known = self.calls[call_id].outputs[index]
            path = path if path is not None else f"[{k}]" if several else ""
            order = k if order is None else order
            made.append(Endpoint(call_id, index, path, known.shape, known.dtype, order))
        return tuple(made)

    def _made(self, name, sources, call, more):
        sources = [_end(source) for source in sources]
        ports = more.pop("ports", None)
        if ports is None:
            several = len(sources) > 1
            ports = [
                f"inputs[{k}]" if several else "inputs" for k in range(len(sources))
            ]
        call_id = self._add(replace(call, layer_id=more.pop("layer_id", call.layer)))
        self._fill(call_id, **{"outputs": (spec(4),), **more})
        for (source, index), port in zip(sources, ports, strict=True):
            made = self.calls[source].outputs[index]
            self.tensors.append(
                Tensor(source, index, call_id, port, made.shape, made.dtype)
            )
        return call_id

    def _add(self, call):
        count = self._counts[call.id] = self._counts.get(call.id, 0) + 1
        call_id = call.id if count == 1 else f"{call.id}:{count}"
        self.calls[call_id] = replace(call, id=call_id, ordinal=count)
        return call_id

    def _fill(self, call_id, **fields):
        self.calls[call_id] = replace(self.calls[call_id], **fields)


def _end(source):
    return (source, 0) if isinstance(source, str) else tuple(source)


def with_layers(graph):
    """Return the graph with the record of every layer, as the reader gives it.

    A layer inside a model that is called twice is written, and recorded, once.
    """
    places, calls = {}, {}
    waiting, opened = deque([(graph, "")]), set()
    while waiting:
        level, prefix = waiting.popleft()
        for call in level.calls:
            if call.layer_id is not None:
                calls.setdefault(call.layer_id, call)
                places.setdefault(call.layer_id, []).append(prefix + call.id)
            if call.nested is not None and call.layer_id not in opened:
                opened.add(call.layer_id)
                waiting.append((call.nested, f"{prefix}{call.id}/"))
    layers = {
        key: Layer(
            key, c.layer, c.type, c.family, (), c.params, True, tuple(places[key])
        )
        for key, c in calls.items()
    }
    return _with(graph, layers)


def _with(graph, layers):
    made = tuple(
        replace(call, nested=_with(call.nested, layers)) if call.nested else call
        for call in graph.calls
    )
    present = set()
    for call in made:
        present.add(call.layer_id)
        if call.nested:
            present.update(layer.id for layer in call.nested.layers)
    own = tuple(layer for key, layer in layers.items() if key in present)
    return replace(graph, calls=made, layers=own)


def chain(length, **more):
    """Return a graph of like layers, one after the other."""
    sketch = Sketch("chain")
    last = sketch.input("x")
    for k in range(length):
        last = sketch.layer(f"dense_{k}", [last], **more)
    sketch.output(last)
    return sketch.graph()


def ladder(length):
    """Return a graph in which each call reads the two before it."""
    sketch = Sketch("ladder")
    before, last = sketch.input("x"), sketch.layer("first", ["x"])
    for k in range(length):
        before, last = last, sketch.layer(f"add_{k}", [before, last], "Add")
    sketch.output(last)
    return sketch.graph()


def residual_stack(blocks):
    """Return a stack of residual blocks of three calls each."""
    sketch = Sketch("residual")
    x = sketch.input("x")
    for k in range(blocks):
        y = sketch.layer(f"a{k}", [x])
        y = sketch.layer(f"b{k}", [y], "BatchNormalization")
        x = sketch.layer(f"add{k}", [x, y], "Add")
    sketch.output(sketch.layer("head", [x], type="Softmax"))
    return sketch.graph()


def siamese():
    """Return a net that calls one encoder twice and compares what comes out."""
    encoder = Sketch("encoder")
    image = encoder.input("image")
    encoder.output(encoder.layer("embed", [encoder.layer("conv", [image])]))
    sketch = Sketch("siamese")
    left, right = sketch.input("left"), sketch.input("right")
    nested = encoder.bare()
    one = sketch.model("encoder", nested, [left])
    two = sketch.model("encoder", nested, [right])
    sketch.output(sketch.operation("minus", [one, two], ports=["x1", "x2"]))
    return sketch.graph()


def three_deep():
    """Return a model in a model in a model in a model, with a layer at each depth."""
    nested = None
    for name in ("inmost", "middle", "outer", "whole"):
        sketch = Sketch(name)
        last = sketch.layer(f"{name}_dense", [sketch.input("x")])
        if nested is not None:
            last = sketch.model(nested.name, nested, [last])
        sketch.output(last)
        nested = sketch.bare()
    return with_layers(nested)


_KINDS = {
    "Dense": (1, 1, 1),
    "Add": (2, 4, 1),
    "Concatenate": (1, 4, 1),
    "MultiHeadAttention": (3, 3, 1),
    "LSTM": (1, 3, 3),
    "Custom": (1, 2, 2),
}
"""For each class how many tensors it reads, at least and at most, and returns."""
_PORTS = {
    "MultiHeadAttention": ["query", "value", "key"],
    "LSTM": ["sequence", "initial_state[0]", "initial_state[1]"],
}


@st.composite
def graphs(draw, depth=3, most=9):
    """Draw graphs: multi-edges, nesting, sharing, unused inputs, hostile names."""
    plain = draw(st.booleans())
    maker = _Maker(draw, hostile=not plain)
    return with_layers(maker.level("model", depth, most))


class _Maker:
    """Draws one random graph; layers and models in `_shelf` are called again."""

    def __init__(self, draw, *, hostile):
        self._draw = draw
        self._hostile = hostile
        self._shelf = []
        self._made = 0

    def level(self, name, depth, most):
        draw = self._draw
        sketch = Sketch(name)
        count = draw(st.integers(1, 3))
        style = draw(st.sampled_from(["list", "dict"]))
        for k in range(count):
            path = f"['key{count - k}']" if style == "dict" and count > 1 else None
            sketch.input(self._name("in", sketch), 4, path=path)
        ends = [(call_id, 0) for call_id in sketch.calls]
        for _ in range(draw(st.integers(0, most))):
            call_id = self._call(sketch, ends, depth)
            outputs = sketch.calls[call_id].outputs
            ends += [(call_id, index) for index in range(len(outputs))]
        self._return(sketch, ends)
        return sketch.bare()

    def _return(self, sketch, ends):
        draw = self._draw
        count = draw(st.integers(1, 3))
        orders = draw(st.permutations(range(count)))
        for k in range(count):
            path = f"['out{k}']" if count > 1 else None
            sketch.output(draw(st.sampled_from(ends)), path, orders[k])

    def _call(self, sketch, ends, depth):
        draw = self._draw
        again = draw(st.integers(0, 3)) == 0
        if again and self._shelf:
            item = draw(st.sampled_from(self._shelf))
            fits = item["name"] not in sketch.calls or (
                sketch.calls[item["name"]].layer_id == item["layer_id"]
            )
            if fits:
                return self._use(sketch, ends, item)
        if depth > 1 and draw(st.integers(0, 4)) == 0:
            nested = self.level(f"inner{self._made}", depth - 1, 4)
            item = self._item(sketch, "Functional", nested)
        else:
            item = self._item(sketch, draw(st.sampled_from(sorted(_KINDS))), None)
        self._shelf.append(item)
        return self._use(sketch, ends, item)

    def _item(self, sketch, kind, nested):
        name = self._name(kind.lower(), sketch)
        return {
            "name": name,
            "kind": kind,
            "layer_id": f"id{self._made}",
            "nested": nested,
        }

    def _use(self, sketch, ends, item):
        draw = self._draw
        nested = item["nested"]
        if nested is not None:
            sources = [draw(st.sampled_from(ends)) for _ in nested.inputs]
            ports = [f"inputs{endpoint.path}" for endpoint in nested.inputs]
            return sketch.model(
                item["name"], nested, sources, ports=ports, layer_id=item["layer_id"]
            )
        least, most, outputs = _KINDS[item["kind"]]
        sources = draw(st.lists(st.sampled_from(ends), min_size=least, max_size=most))
        ports = _PORTS.get(item["kind"])
        return sketch.layer(
            item["name"],
            sources,
            item["kind"],
            ports=ports[: len(sources)] if ports else None,
            layer_id=item["layer_id"],
            outputs=(spec(4),) * outputs,
            params=draw(st.sampled_from([0, 12, 1_234_567])),
            config=Config({"units": 4, "note": "<&>"}, ("units", "note")),
            arguments=("training=False",) if draw(st.booleans()) else (),
        )

    def _name(self, stem, sketch):
        """Return a name that is new in the whole graph, but for hostile ones."""
        self._made += 1
        if self._hostile and self._draw(st.integers(0, 2)) == 0:
            name = self._draw(st.sampled_from(HOSTILE))
            if name not in sketch.calls:
                return name
        return f"{stem}_{self._made}"
