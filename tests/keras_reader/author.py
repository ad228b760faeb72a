"""Writes random Functional models, and keeps the truth about each while it does.

Nothing here looks at what Keras records: the names, edges, ports and shapes of every
call are noted down when the call is made, from what the documentation says of it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

import keras
from keras import layers, ops

import teachkit as tk
from tests.models import KERAS


@dataclass(frozen=True)
class Open:
    """The length of a sequence that an input leaves open, and what was added to it."""

    input: str
    more: int = 0


def plain(shape):
    """Return a shape as Keras tells it: None for an open length."""
    return tuple(None if isinstance(length, Open) else length for length in shape)


@dataclass(eq=False)
class Node:
    """A call: what is called, what it reads, and how shapes go through it."""

    name: str
    kind: str
    type: str
    called: object
    reads: list[tuple[Wire, str]]
    through: Callable[[list[Any]], list[Any]]
    inside: Truth | None = None
    made: int = 0


@dataclass(eq=False)
class Wire:
    """A tensor: the call that made it, and which output of that it is."""

    tensor: Any
    node: Node
    index: int
    shape: tuple[Any, ...]


@dataclass(eq=False)
class Truth:
    """What is true of one model: its ends, and the calls between them.

    `inputs` and `outputs` are pairs of a path and a wire, in the order they were given;
    `flat` has the positions of the inputs in Keras' order.
    """

    name: str
    model: Any
    inputs: list[tuple[str, Wire]]
    outputs: list[tuple[str, Wire]]
    nodes: list[Node] = field(default_factory=list)

    def __post_init__(self):
        found = {id(wire.node): wire.node for _, wire in self.inputs + self.outputs}
        waiting = list(found.values())
        for node in waiting:
            new = [w.node for w, _ in node.reads if id(w.node) not in found]
            found.update((id(n), n) for n in new)
            waiting.extend(found[i] for i in dict.fromkeys(map(id, new)))
        self.nodes = sorted(found.values(), key=lambda node: node.made)

    def ids(self):
        """Return the id of every call: its name, and its number from the second on."""
        counts, ids = Counter(), {}
        for node in self.nodes:
            counts[id(node.called)] += 1
            number = counts[id(node.called)]
            ids[node] = node.name if number == 1 else f"{node.name}:{number}"
        return ids

    def shapes(self, given):
        """Return the shapes of all outputs of all calls, for inputs of these shapes."""
        known = {
            w.node: [shape] for (_, w), shape in zip(self.inputs, given, strict=True)
        }
        for node in self.nodes:
            if node not in known:
                read = [known[wire.node][wire.index] for wire, _ in node.reads]
                known[node] = node.through(read)
        return known


class Author:
    """Writes models; layers and models of one author are shared between all of them."""

    def __init__(self, seed):
        keras.utils.clear_session(free_memory=False)
        self.random = Random(seed)
        self.layers = defaultdict(list)
        self.models = []
        self.made = 0
        self.read = set()
        self.names = 0
        self.automatic = Counter()

    def write(self, calls, depth=2, *, top=True):
        """Write a model of about so many calls, and smaller ones to nest in it."""
        if depth and self.random.random() < 0.8:
            for _ in range(self.random.randint(1, 3)):
                size = self.random.randint(2, max(6, calls // 4))
                self.models.append(self.write(size, depth - 1, top=False))
        wires = [self.input() for _ in range(self.random.choice((1, 1, 2, 3)))]
        inputs = list(wires)
        for _ in range(calls):
            move = self.random.choice(self.moves(bool(self.models)))
            wires.extend(move(wires))
        return self.finish(inputs, wires, top=top)

    def finish(self, inputs, wires, *, top):
        """Choose outputs, and make the model."""
        count = self.random.choice((1, 1, 2, 3))
        # The last tensors depend on most; one of them may be given twice.
        ends = self.random.choices(wires[-2 * count :], k=count)
        if not top:
            # Keras loses track of a nested model that hands back what it was given, or
            # the same tensor twice.
            new = [wire for wire in wires if wire.node.kind != "input"][-4:]
            ends = self.random.sample(new, k=min(count, len(new)))
        if KERAS < (3, 14) or self.random.random() < 0.7:
            ends += self.unused(inputs, ends)
        given, in_places = self.structure(inputs, [w.node.name for w in inputs])
        wanted, out_places = self.structure(ends, [f"key{k}" for k in range(len(ends))])
        name = self.name("model")
        model = keras.Model(given, wanted, name=name)
        return Truth(name, model, in_places, out_places)

    def unused(self, inputs, ends):
        """Return an output for every input that none of the others depends on."""
        used = {id(node) for node in Truth("", None, [], [("", w) for w in ends]).nodes}
        return [self.activation([w])[0] for w in inputs if id(w.node) not in used]

    def structure(self, wires, keys):
        """Return wires as one tensor, a list or a dict, and the path of each."""
        if len(wires) == 1 and self.random.random() < 0.7:
            return wires[0].tensor, [("", wires[0])]
        if self.random.random() < 0.6:
            places = [(f"[{k}]", wire) for k, wire in enumerate(wires)]
            return [wire.tensor for wire in wires], places
        pairs = list(zip(keys, wires, strict=True))
        self.random.shuffle(pairs)
        places = [(f"[{key!r}]", wire) for key, wire in pairs]
        return {key: wire.tensor for key, wire in pairs}, places

    def moves(self, nest):
        """Return what may be written next."""
        return [
            self.dense,
            self.pad,
            self.activation,
            self.add_layer,
            self.join_layer,
            self.own_layer,
            self.add,
            self.scale,
            self.join,
            self.slice,
            self.split,
            *([self.nest] * 3 if nest else []),
        ]

    # What may be written: each takes the wires there are and returns those it makes.

    def input(self):
        name = self.name("input")
        length = self.random.choice((Open(name), 9, 12))
        shape = (None, length, self.random.choice((2, 4)))
        tensor = keras.Input(plain(shape)[1:], name=name)
        return self.call(name, "input", "InputLayer", object(), [], [tensor], shape)[0]

    def dense(self, wires):
        wire = self.pick(wires)
        units = self.random.choice((2, 4))
        key = (wire.shape[-1], units)
        layer = self.layer("Dense", key, lambda n: layers.Dense(units, name=n))
        return self.layer_call(layer, [wire], lambda s: [(*s[0][:-1], units)])

    def pad(self, wires):
        layer = self.layer("ZeroPadding1D", (), lambda n: layers.ZeroPadding1D(name=n))
        return self.layer_call(layer, [self.pick(wires)], lambda s: [_longer(s[0])])

    def activation(self, wires):
        layer = self.layer(
            "Activation", (), lambda n: layers.Activation("relu", name=n)
        )
        return self.layer_call(layer, [self.pick(wires)], lambda s: s)

    def add_layer(self, wires):
        layer = self.layer("Add", (), lambda n: layers.Add(name=n))
        return self.merge(layer, self.alike(wires, None), lambda s: s[:1])

    def join_layer(self, wires):
        layer = self.layer("Concatenate", (), lambda n: layers.Concatenate(name=n))
        return self.merge(layer, self.alike(wires, 2), lambda s: [_joined(s)])

    def own_layer(self, wires):
        one = self.pick(wires)
        other = self.pick([w for w in wires if w.shape[-1] == one.shape[-1]])
        layer = self.layer("Both", (), lambda n: Both(name=n))
        outputs = layer(one.tensor, other=other.tensor)
        reads = [(one, "first"), (other, "other")]
        # A dict comes out in the order of its keys: the first tensor, then the other.
        flat = [outputs["as_it_was"], outputs["other"]]
        return self.call(layer.name, "layer", "Both", layer, reads, flat, through=list)

    def add(self, wires):
        one, two = self.alike(wires, None, count=2)
        tensor = ops.add(one.tensor, two.tensor)
        return self.operation(
            "Add", [(one, "x1"), (two, "x2")], [tensor], lambda s: s[:1]
        )

    def scale(self, wires):
        wire = self.pick(wires)
        front = self.random.random() < 0.5
        tensor = 2.0 * wire.tensor if front else wire.tensor * 0.5
        reads = [(wire, "x2" if front else "x1")]
        return self.operation("Multiply", reads, [tensor], lambda s: s)

    def join(self, wires):
        chosen = self.alike(wires, 2)
        tensor = ops.concatenate([w.tensor for w in chosen], axis=-1)
        reads = [(wire, f"xs[{k}]") for k, wire in enumerate(chosen)]
        return self.operation("Concatenate", reads, [tensor], lambda s: [_joined(s)])

    def slice(self, wires):
        wire = self.pick(wires)
        tensor = wire.tensor[..., :2]
        return self.operation(
            "GetItem", [(wire, "x")], [tensor], lambda s: [(*s[0][:2], min(2, s[0][2]))]
        )

    def split(self, wires):
        wire = self.pick(wires)
        half = wire.shape[-1] // 2
        if wire.shape[-1] % 2:
            return self.scale([wire])
        tensors = ops.split(wire.tensor, 2, axis=-1)
        return self.operation(
            "Split", [(wire, "x")], list(tensors), lambda s: [(*s[0][:2], half)] * 2
        )

    def nest(self, wires):
        inside = self.random.choice(self.models)
        chosen = [self.fitting(wires, wire) for _, wire in inside.inputs]
        if any(wire is None for wire in chosen):
            return self.activation(wires)
        paths = [path for path, _ in inside.inputs]
        given = {path: wire.tensor for path, wire in zip(paths, chosen, strict=True)}
        result = inside.model(_rebuilt(inside.model.input, given))
        order = sorted(range(len(inside.outputs)), key=lambda k: inside.outputs[k][0])
        flat = keras.tree.flatten(result)
        reads = [(w, "inputs" + path) for w, path in zip(chosen, paths, strict=True)]

        def through(shapes):
            known = inside.shapes(shapes)
            ends = [wire for _, wire in inside.outputs]
            return [known[ends[k].node][ends[k].index] for k in order]

        return self.call(
            inside.name,
            "model",
            "Functional",
            inside.model,
            reads,
            flat,
            through=through,
            inside=inside,
        )

    # How it is noted down.

    def pick(self, wires):
        """Return a wire; often one that nothing reads yet, or a late one."""
        unread = [wire for wire in wires[-40:] if wire not in self.read]
        if unread and self.random.random() < 0.6:
            wires = unread
        late = wires[-12:] if self.random.random() < 0.8 else wires
        return self.random.choice(late)

    def alike(self, wires, axes, count=None):
        """Return wires, some perhaps twice, that agree in the first axes."""
        first = self.pick(wires)
        fitting = [w for w in wires if w.shape[:axes] == first.shape[:axes]]
        fitting = [w for w in fitting if w.shape[-1] <= 64] or [first]
        more = (count or self.random.randint(2, 4)) - 1
        return [first, *(self.pick(fitting) for _ in range(more))]

    def fitting(self, wires, end):
        """Return a wire that a nested model takes at one of its inputs."""
        _, length, width = end.shape
        is_open = isinstance(length, Open)
        lengths = [w for w in wires if is_open or length == w.shape[1]]
        wide = [w for w in lengths if w.shape[2] == width]
        return self.pick(wide) if wide else None

    def layer(self, kind, key, make):
        """Return a layer: a new one, or one that was called before, anywhere."""
        known = self.layers[kind, key]
        if not known or self.random.random() < 0.6:
            known.append(make(self.name(kind.lower())))
        return self.random.choice(known[-4:])

    def merge(self, layer, wires, through):
        outputs = [layer([wire.tensor for wire in wires])]
        reads = [(wire, f"inputs[{k}]") for k, wire in enumerate(wires)]
        kind = type(layer).__name__
        return self.call(
            layer.name, "layer", kind, layer, reads, outputs, through=through
        )

    def layer_call(self, layer, wires, through):
        outputs = [layer(wires[0].tensor)]
        reads = [(wires[0], "inputs")]
        kind = type(layer).__name__
        return self.call(
            layer.name, "layer", kind, layer, reads, outputs, through=through
        )

    def operation(self, kind, reads, tensors, through):
        """Note an operation; Keras names it after its kind, and counts."""
        snake = "get_item" if kind == "GetItem" else kind.lower()
        number, self.automatic[snake] = self.automatic[snake], self.automatic[snake] + 1
        name = f"{snake}_{number}" if number else snake
        return self.call(
            name, "operation", kind, object(), reads, tensors, through=through
        )

    def call(
        self,
        name,
        kind,
        type,
        called,
        reads,
        tensors,
        shape=None,
        through=None,
        inside=None,
    ):
        self.made += 1
        self.read.update(wire for wire, _ in reads)
        node = Node(name, kind, type, called, reads, through, inside, self.made)
        shapes = [shape] if shape else through([wire.shape for wire, _ in reads])
        return [
            Wire(tensor, node, k, shape)
            for k, (tensor, shape) in enumerate(zip(tensors, shapes, strict=True))
        ]

    def name(self, word):
        self.names += 1
        return f"{word}{self.names}x"


class Both(layers.Layer):
    """Gives back two tensors, in a dict."""

    def call(self, first, *, other):
        return {"other": other, "as_it_was": first}

    def compute_output_spec(self, first, *, other):
        specs = (keras.KerasTensor(t.shape, t.dtype) for t in (other, first))
        return dict(zip(("other", "as_it_was"), specs, strict=True))


def _longer(shape):
    length = shape[1]
    if isinstance(length, Open):
        return (shape[0], Open(length.input, length.more + 2), shape[2])
    return (shape[0], length + 2, shape[2])


def _joined(shapes):
    return (*shapes[0][:2], sum(shape[2] for shape in shapes))


def _rebuilt(structure, given):
    """Return tensors in the structure that a model takes."""
    if isinstance(structure, dict):
        return {key: given[f"[{key!r}]"] for key in structure}
    if isinstance(structure, list):
        return [given[f"[{k}]"] for k in range(len(structure))]
    return given[""]


def write(seed, calls, depth=2):
    """Return a random model, as the truth about it, with no weights allocated."""
    with tk.dry():
        return Author(seed).write(calls, depth)
