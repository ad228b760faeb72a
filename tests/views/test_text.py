"""The text drawing of a graph, read back by a parser that knows nothing of it."""

from __future__ import annotations

import re
import subprocess
import sys
import unicodedata
from collections import Counter
from dataclasses import dataclass, field, replace
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teachkit.errors import WrongValueError
from teachkit.graph import (
    Call,
    Config,
    Endpoint,
    Layer,
    ModelGraph,
    Notice,
    Tensor,
    TensorSpec,
    Weight,
)
from teachkit.views.text import draw_text


class Sketch:
    """A graph written by hand, a line for each call."""

    def __init__(self):
        self.calls = []
        self.tensors = []
        self.inputs = []
        self.outputs = []
        self.layers = {}
        self.shapes = {}

    def input(self, name, *shape, path=""):
        self._call(name, "InputLayer", "input", [(None, *shape)], layer=name)
        self.inputs.append(Endpoint(name, 0, path, (None, *shape), "float32"))
        return name

    def constant(self, name, *shape):
        return self._call(name, "Constant", "constant", [shape])

    def op(self, name, type, sources, *shape, **options):
        self._read(name, sources)
        return self._call(name, type, "operation", [(None, *shape)], **options)

    def layer(self, name, type, sources, *shape, params=0, layer=None, **options):
        self._read(name, sources)
        shapes = options.pop("shapes", [(None, *shape)])
        kind = "model" if "nested" in options else "layer"
        options |= {"layer": layer or name, "params": params}
        return self._call(name, type, kind, shapes, **options)

    def output(self, source, path=""):
        name, index = self._split(source)
        spec = (self.shapes[name][index], "float32")
        self.outputs.append(Endpoint(name, index, path, *spec))

    def graph(self, name="model", **options):
        layers = []
        for layer, calls in self.layers.items():
            first = calls[0]
            paths = tuple(call.id for call in calls)
            weights = (f"{layer}/kernel",) if first.params else ()
            layers.append(
                Layer(
                    layer, layer, first.type, "core", weights, first.params, True, paths
                )
            )
        return ModelGraph(
            name,
            "Functional",
            tuple(self.calls),
            tuple(self.tensors),
            tuple(self.inputs),
            tuple(self.outputs),
            **{
                "layers": tuple(layers),
                "weights": tuple(
                    Weight(one.weights[0], (one.params,), "float32", True)
                    for one in layers
                    if one.weights
                ),
                **options,
            },
        )

    def _split(self, source):
        return source if isinstance(source, tuple) else (source, 0)

    def _read(self, target, sources):
        if not isinstance(sources, (list, dict)):
            sources = {"inputs": sources}
        if isinstance(sources, list):
            sources = {f"inputs[{k}]": source for k, source in enumerate(sources)}
        for port, source in sources.items():
            name, index = self._split(source)
            shape = self.shapes[name][index]
            self.tensors.append(Tensor(name, index, target, port, shape, "float32"))

    def _call(self, name, type, kind, shapes, **options):
        layer = options.get("layer")
        outputs = tuple(TensorSpec(shape, "float32") for shape in shapes)
        made = self.layers.setdefault(layer, []) if layer else []
        call = Call(
            id=name,
            kind=kind,
            type=type,
            ordinal=len(made) + 1,
            outputs=outputs,
            layer_id=layer,
            **{"layer": None, **options},
        )
        made.append(call)
        self.shapes[name] = shapes
        self.calls.append(call)
        return name


def chain():
    s = Sketch()
    x = s.input("measurements", 4)
    x = s.layer("hidden", "Dense", x, 16, params=80)
    x = s.layer("dropout", "Dropout", x, 16, arguments=("training=False",))
    s.output(s.layer("species", "Dense", x, 3, params=51))
    return s.graph()


def siamese(nested=None):
    s = Sketch()
    a = s.input("left", 64, path="[0]")
    b = s.input("right", 64, path="[1]")
    options = {"nested": nested} if nested else {}
    kind = "Functional" if nested else "Dense"
    a = s.layer("encoder", kind, a, 64, params=4160, **options)
    b = s.layer("encoder:2", kind, b, 64, params=4160, layer="encoder", **options)
    d = s.layer("subtract", "Subtract", [a, b], 64)
    d = s.op("absolute", "Absolute", {"x": d}, 64)
    s.output(s.layer("same", "Dense", d, 1, params=65))
    return s.graph()


def unet():
    s = Sketch()
    x = s.input("image", 64, 64, 3)
    skips = []
    for k in (1, 2, 3):
        x = s.layer(f"conv_{k}", "Conv2D", x, 128 >> k, 128 >> k, 8 * k)
        skips.append(x)
        x = s.layer(f"pool_{k}", "MaxPooling2D", x, 64 >> k, 64 >> k, 8 * k)
    x = s.layer("bottom", "Conv2D", x, 8, 8, 64)
    for k in (3, 2, 1):
        x = s.layer(f"up_{k}", "UpSampling2D", x, 128 >> k, 128 >> k, 8)
        x = s.layer(
            f"concat_{k}", "Concatenate", [x, skips[k - 1]], 128 >> k, 128 >> k, 8
        )
        x = s.layer(f"merge_{k}", "Conv2D", x, 128 >> k, 128 >> k, 8)
    s.output(s.layer("mask", "Conv2D", x, 64, 64, 1))
    return s.graph()


def inception():
    s = Sketch()
    x = s.input("image", 28, 28, 192)
    towers = [s.layer("one", "Conv2D", x, 28, 28, 64)]
    three = s.layer("three_reduce", "Conv2D", x, 28, 28, 96)
    towers.append(s.layer("three", "Conv2D", three, 28, 28, 128))
    five = s.layer("five_reduce", "Conv2D", x, 28, 28, 16)
    towers.append(s.layer("five", "Conv2D", five, 28, 28, 32))
    pool = s.layer("pool", "MaxPooling2D", x, 28, 28, 192)
    towers.append(s.layer("pool_project", "Conv2D", pool, 28, 28, 32))
    s.output(s.layer("concatenate", "Concatenate", towers, 28, 28, 256))
    return s.graph()


def residual():
    s = Sketch()
    x = s.input("x", 32)
    for k in (1, 2):
        y = s.layer(f"dense_{k}a", "Dense", x, 32)
        y = s.layer(f"relu_{k}", "ReLU", y, 32)
        y = s.layer(f"dense_{k}b", "Dense", y, 32)
        x = s.layer(f"add_{k}", "Add", [y, x], 32)
    s.output(x)
    return s.graph()


def projected():
    s = Sketch()
    x = s.input("x", 32)
    y = s.layer("dense_a", "Dense", x, 32)
    y = s.layer("dense_b", "Dense", y, 32)
    z = s.layer("shortcut", "Dense", x, 32)
    x = s.layer("add", "Add", [y, z], 32)
    s.output(x)
    return s.graph()


def two_by_two():
    s = Sketch()
    a = s.input("title", 100, path="['title']")
    b = s.input("tags", 12, path="['tags']")
    s.input("author", 5, path="['author']")
    x = s.layer("words", "Dense", a, 64)
    x = s.layer("join", "Concatenate", [x, b], 76)
    x = s.layer("trunk", "Dense", x, 32)
    s.output(s.layer("priority", "Dense", x, 1), "['score']")
    s.output(s.layer("department", "Dense", x, 4), "['department']")
    return s.graph()


def attention():
    s = Sketch()
    x = s.input("tokens", 10, 64)
    y = s.layer(
        "attend", "MultiHeadAttention", {"query": x, "value": x, "key": x}, 10, 64
    )
    y = s.layer("add_1", "Add", [x, y], 10, 64)
    y = s.layer("norm_1", "LayerNormalization", y, 10, 64)
    z = s.layer("wide", "Dense", y, 10, 256)
    z = s.layer("narrow", "Dense", z, 10, 64)
    z = s.layer("add_2", "Add", [y, z], 10, 64)
    s.output(s.layer("norm_2", "LayerNormalization", z, 10, 64))
    return s.graph()


def attention_by_hand():
    s = Sketch()
    x = s.input("tokens", 10, 64)
    q = s.layer("query", "Dense", x, 10, 64)
    k = s.layer("key", "Dense", x, 10, 64)
    v = s.layer("value", "Dense", x, 10, 64)
    y = s.layer("attend", "Attention", [q, v, k], 10, 64)
    y = s.layer("add_1", "Add", [x, y], 10, 64)
    s.output(y)
    return s.graph()


def states():
    s = Sketch()
    x = s.input("source", 20, 8)
    t = s.input("target", 10, 8)
    s.layer("reader", "LSTM", x, shapes=[(None, 16), (None, 16), (None, 16)])
    ports = {
        "sequence": t,
        "initial_state[0]": ("reader", 1),
        "initial_state[1]": ("reader", 2),
    }
    s.layer("writer", "LSTM", ports, 10, 16)
    c = s.constant("constant", 16)
    y = s.op("scale", "Multiply", {"x1": "writer", "x2": c}, 10, 16)
    s.output(s.layer("letters", "Dense", y, 10, 26), "['a']")
    s.output(("reader", 1), "['h']")
    return s.graph()


def crossed(calls):
    """Every call reads all the ones before it: more wires than an eye can follow."""
    s = Sketch()
    seen = [s.input("x", 8)]
    for k in range(calls):
        seen.append(s.layer(f"concat_{k}", "Concatenate", list(seen), 8))
    s.output(seen[-1])
    return s.graph()


def long_chain(calls):
    s = Sketch()
    x = s.input("start", 8)
    for k in range(calls):
        x = s.layer(f"relu_{k}", "ReLU", x, 8)
    s.output(x)
    return s.graph()


ZOO = {
    made.__name__: made()
    for made in (
        chain,
        siamese,
        unet,
        inception,
        residual,
        two_by_two,
        attention,
        states,
    )
}


# A reader of drawings. It knows the characters of wires and the words of rows, and
# nothing of how they are made. Calls are known by the number of their row.

MARKERS = "○●■◆"
UP = "│├┤┼╯┴╰" + MARKERS
DOWN = "│├┤┼╮┬╭"
LEFT = "┤┼╮┬╯┴"
RIGHT = "├┼╭┬╰┴"
WIRES = re.compile(r"[│─├┤┼╮┬╭╯┴╰○●■◆ ]*")
TO_UNICODE = str.maketrans("o*#@|-", "○●■◆│─")

NAME = r"(?:'(?:\\.|[^'\\])*'|[^\s'=,;\[\]~]+)(?:~\d+)?"
PORT = r"(?:'(?:\\.|[^'\\])*'|[\w.…]*(?:\[(?:\d+|'[^'\[]*')\])*)(?:~\d+)?"
SOURCE = re.compile(rf"(?:({PORT})=)?({NAME})(?:\[(\d+)\])?(,?)\s*")


@dataclass
class Row:
    """A row of a drawing: its words, and the rows whose wires arrive at it."""

    text: str
    wired: list = field(default_factory=list)

    @property
    def name(self):
        return re.match(NAME, self.text).group()

    def reads(self):
        """Return port, name and output of each source that the words tell."""
        quoted = r"'(?:\\.|[^'\\])*'"
        blind = re.sub(quoted, lambda found: "_" * len(found.group()), self.text)
        start = blind.find(" reads from ")
        found, more = [], start >= 0
        place = start + len(" reads from ")
        while more:
            match = SOURCE.match(self.text, place)
            port, name, index, more = match.groups()
            found.append((port, name, int(index) if index else None))
            place = match.end()
        return found


def read_back(text):
    """Return the rows of a drawing, of its outermost level."""
    rows, wires = [], {}
    body = text.split("\n\n")[0].split("\n") if not text.startswith("\n") else []
    for line in body:
        prefix = WIRES.match(line).group()
        words = line[len(prefix) :]
        wires = {c: w for c, w in wires.items() if prefix[c : c + 1] in [*UP]}
        assert all(c in wires for c, sign in enumerate(prefix) if sign == "│")
        marks = [c for c, sign in enumerate(prefix) if sign in MARKERS]
        if marks:
            (column,) = marks
            rows.append(Row(words, wires.get(column, [])))
            wires[column] = [len(rows) - 1]
        elif words:
            rows[-1].text += " " + words
        else:
            wires = _through(prefix, wires)
    return rows


def _through(line, wires):
    """Follow wires through a line of forks and merges."""
    after = {c: w for c, w in wires.items() if line[c] == "│"}
    group = []
    for column, sign in enumerate(line):
        if sign not in LEFT + RIGHT:
            assert sign in "│─ "
            continue
        if sign in LEFT:
            assert group, "a line begins from nothing"
            assert set(line[group[-1] + 1 : column]) <= {"─", "│"}
            assert line[column - 1] == "─"
        group.append(column)
        if sign not in RIGHT:
            after |= _joined(line, group, wires)
            group = []
    assert not group, "a line leads nowhere"
    return after


def _joined(line, group, wires):
    ups = [c for c in group if line[c] in UP]
    downs = [c for c in group if line[c] in DOWN]
    assert len(ups) == 1 or len(downs) == 1, "who reads what cannot be told"
    carried = [source for c in ups for source in wires[c]]
    return dict.fromkeys(downs, carried)


def listed_back(text):
    """Return the rows of a listing."""
    rows = []
    for line in text.split("\n\n")[0].split("\n"):
        if line.startswith("    "):
            rows[-1].text += " " + line.strip()
        else:
            rows.append(Row(line))
    return rows


def edges_by_wire(rows):
    return Counter((s, t) for t, row in enumerate(rows) for s in row.wired)


def edges_of(graph):
    rank = {call.id: k for k, call in enumerate(graph.calls)}
    return Counter((rank[t.source], rank[t.target]) for t in graph.tensors)


def assert_words_tell_all(graph, rows, *, wires):
    """Compare what each row says that it reads from with the graph."""
    names = [row.name for row in rows]
    assert len(set(names)) == len(names)
    for k, (call, row) in enumerate(zip(graph.calls, rows, strict=True)):
        incoming = graph.incoming(call.id)
        told = row.reads()
        if not told and incoming:
            (tensor,) = incoming
            assert wires
            assert tensor.source == graph.calls[k - 1].id
            assert len(graph.calls[k - 1].outputs) == 1
            continue
        ports = len(incoming) > 1 and call.type != "Add"
        for (port, name, index), tensor in zip(told, incoming, strict=True):
            source = graph.call(tensor.source)
            assert graph.calls[names.index(name)] is source
            assert index == (tensor.index if len(source.outputs) > 1 else None)
            assert port == (tensor.port.removeprefix("inputs") if ports else None)


PLAIN_NAMES = st.just("call")
HOSTILE_NAMES = st.one_of(
    st.text(max_size=30),
    st.text(
        alphabet="│─●├ ~'\\,;=[]\n\x1b\u202e\u200fאב层🎉\u0301\ud800a", max_size=20
    ),
    st.sampled_from(
        ["a" * 10_000, "层" * 300, "z" + "\u0301" * 400, "", "reads from x"]
    ),
)


@st.composite
def graphs(draw, names=PLAIN_NAMES):
    """Models with forks, merges, tensors read twice, several outputs, unused inputs."""
    s = Sketch()
    made = []
    for k in range(draw(st.integers(1, 14))):
        name = f"{draw(names)}-{k}"
        near = st.sampled_from(made[-6:]) if made else st.nothing()
        sources = draw(st.lists(near, max_size=4)) if made else []
        if not sources:
            s.input(name, 4)
            made.append((name, 0))
            continue
        kind = draw(st.sampled_from(["Add", "Concatenate", "LSTM"]))
        outputs = draw(st.sampled_from([1, 1, 2, 3]))
        ports = sources if len(sources) > 1 else sources[0]
        s.layer(name, kind, ports, shapes=[(None, 4)] * outputs)
        made.extend((name, index) for index in range(outputs))
    for number, source in enumerate(draw(st.lists(st.sampled_from(made), max_size=3))):
        s.output(source, f"[{number}]")
    return s.graph()


@given(graphs(), st.sampled_from([40, 100, 400]))
def test_every_edge_can_be_read_back(graph, width):
    text = draw_text(graph, width=width)
    if text[0] in MARKERS:
        rows = read_back(text)
        assert edges_by_wire(rows) == edges_of(graph)
        assert_words_tell_all(graph, rows, wires=True)
    else:
        assert_words_tell_all(graph, listed_back(text), wires=False)


@given(graphs(HOSTILE_NAMES), st.sampled_from([40, 57, 100]))
def test_hostile_names_neither_hide_nor_forge_anything(graph, width):
    text = draw_text(graph, width=width)
    assert max(map(width_of, text.split("\n"))) <= width
    invisible = {c for c in text if c != "\n" and not c.isprintable()}
    assert invisible <= {"\u200e"}
    rows = read_back(text) if text[0] in MARKERS else listed_back(text)
    assert_words_tell_all(graph, rows, wires=text[0] in MARKERS)


def width_of(line):
    """Count columns as a terminal does, what has none and what has two."""
    wide = sum(unicodedata.east_asian_width(c) in {"W", "F"} for c in line)
    zero = sum(unicodedata.category(c) in {"Mn", "Me", "Cf"} for c in line)
    return len(line) + wide - zero


@given(graphs(HOSTILE_NAMES), st.sampled_from([40, 100]))
def test_ascii_is_ascii_and_fits(graph, width):
    details = ("shape", "dtype", "params", "config")
    text = draw_text(graph, details=details, width=width, charset="ascii")
    assert text.isascii()
    assert text.replace("\n", "").isprintable()
    assert max(map(len, text.split("\n"))) <= width


@given(graphs())
def test_ascii_has_the_same_wires(graph):
    signs = {"o": "○", "*": "●", "#": "■", "@": "◆", "|": "│", "-": "─"}
    signs |= {"+": "├┤┼", ".": "╭╮┬", "'": "╰╯┴"}
    pairs = zip(
        draw_text(graph, charset="ascii").split("\n"),
        draw_text(graph).split("\n"),
        strict=True,
    )
    for plain, full in pairs:
        for sign, drawn in zip(plain, WIRES.match(full).group(), strict=False):
            assert drawn == sign or drawn in signs[sign]


def test_a_graph_from_a_file_is_drawn_alike():
    # Both calls of the encoder hold one graph; read from a file they hold two.
    graph = siamese(nested=chain())
    again = ModelGraph.from_dict(graph.to_dict())
    expected = draw_text(graph, nested="expanded")
    assert draw_text(again, nested="expanded") == expected


@pytest.mark.parametrize("name", ZOO)
def test_usual_models_are_drawn_with_wires(name):
    graph = ZOO[name]
    rows = read_back(draw_text(graph))
    assert edges_by_wire(rows) == edges_of(graph)


@pytest.mark.parametrize("name", ZOO)
def test_no_line_is_longer_than_the_width_or_ends_in_spaces(name):
    details = ("shape", "dtype", "params", "config")
    for width in (40, 60, 100):
        lines = draw_text(ZOO[name], details=details, width=width).split("\n")
        assert max(map(len, lines)) <= width
        assert lines == [line.rstrip() for line in lines]


def drawn(text):
    """Return an expected drawing, without the margin it has in a test."""
    return dedent(text).strip("\n")


def body(text):
    """Return a drawing without what follows it."""
    return text.split("\n\n")[0]


def test_a_chain_is_one_column():
    assert draw_text(chain()) == drawn(
        """
        ○  measurements  Input    (None, 4)
        │
        ●  hidden        Dense    (None, 16)
        │
        ●  dropout       Dropout  (None, 16)  training=False
        │
        ●  species       Dense    (None, 3)   → output

        131 parameters in 3 layers, 3 calls
        """
    )


def test_a_siamese_pair_shows_both_calls_of_its_encoder():
    assert draw_text(siamese()) == drawn(
        """
        ○    left           Input [0]  (None, 64)
        │ ○  right          Input [1]  (None, 64)
        ● │  encoder (A)    Dense      (None, 64)  reads from left; call 1 of 2
        │ ●  encoder:2 (A)  Dense      (None, 64)  reads from right; call 2 of 2
        ├─╯
        ●    subtract       Subtract   (None, 64)  reads from [0]=encoder, [1]=encoder:2
        ●    absolute       Absolute   (None, 64)
        ●    same           Dense      (None, 1)   → output

        4,225 parameters in 3 layers, 5 calls
        Rows with the same letter, such as (A), are calls of one layer: it has one set of weights.
        """  # noqa: E501 - a drawing is 100 columns wide
    )


def test_a_unet_looks_like_a_u():
    assert body(draw_text(unet())) == drawn(
        """
        ○        image     Input         (None, 64, 64, 3)
        ●        conv_1    Conv2D        (None, 64, 64, 8)
        ├─╮
        │ ●      pool_1    MaxPooling2D  (None, 32, 32, 8)
        │ ●      conv_2    Conv2D        (None, 32, 32, 16)
        │ ├─╮
        │ │ ●    pool_2    MaxPooling2D  (None, 16, 16, 16)
        │ │ ●    conv_3    Conv2D        (None, 16, 16, 24)
        │ │ ├─╮
        │ │ │ ●  pool_3    MaxPooling2D  (None, 8, 8, 24)
        │ │ │ ●  bottom    Conv2D        (None, 8, 8, 64)
        │ │ │ ●  up_3      UpSampling2D  (None, 16, 16, 8)
        │ │ ├─╯
        │ │ ●    concat_3  Concatenate   (None, 16, 16, 8)   reads from [0]=up_3, [1]=conv_3
        │ │ ●    merge_3   Conv2D        (None, 16, 16, 8)
        │ │ ●    up_2      UpSampling2D  (None, 32, 32, 8)
        │ ├─╯
        │ ●      concat_2  Concatenate   (None, 32, 32, 8)   reads from [0]=up_2, [1]=conv_2
        │ ●      merge_2   Conv2D        (None, 32, 32, 8)
        │ ●      up_1      UpSampling2D  (None, 64, 64, 8)
        ├─╯
        ●        concat_1  Concatenate   (None, 64, 64, 8)   reads from [0]=up_1, [1]=conv_1
        ●        merge_1   Conv2D        (None, 64, 64, 8)
        ●        mask      Conv2D        (None, 64, 64, 1)   → output
        """  # noqa: E501 - a drawing is 100 columns wide
    )


def test_towers_stand_side_by_side_and_long_rows_wrap_beside_the_wires():
    assert body(draw_text(inception(), width=80)) == drawn(
        """
        ○        image         Input         (None, 28, 28, 192)
        ├─┬─┬─╮
        ● │ │ │  one           Conv2D        (None, 28, 28, 64)
        │ ● │ │  three_reduce  Conv2D        (None, 28, 28, 96)   reads from image
        │ ● │ │  three         Conv2D        (None, 28, 28, 128)
        │ │ ● │  five_reduce   Conv2D        (None, 28, 28, 16)   reads from image
        │ │ ● │  five          Conv2D        (None, 28, 28, 32)
        │ │ │ ●  pool          MaxPooling2D  (None, 28, 28, 192)  reads from image
        │ │ │ ●  pool_project  Conv2D        (None, 28, 28, 32)
        ├─┴─┴─╯
        ●        concatenate   Concatenate   (None, 28, 28, 256)
                     reads from [0]=one, [1]=three, [2]=five, [3]=pool_project; → output
        """
    )


def test_attention_reads_one_tensor_three_times():
    assert body(draw_text(attention())) == drawn(
        """
        ○        tokens  Input               (None, 10, 64)
        ├─┬─┬─╮
        │ ├─┴─╯
        │ ●      attend  MultiHeadAttention  (None, 10, 64)
        │ │          reads from query=tokens, value=tokens, key=tokens
        ├─╯
        ●        add_1   Add                 (None, 10, 64)   reads from tokens, attend
        ●        norm_1  LayerNormalization  (None, 10, 64)
        ├─╮
        │ ●      wide    Dense               (None, 10, 256)
        │ ●      narrow  Dense               (None, 10, 64)
        ├─╯
        ●        add_2   Add                 (None, 10, 64)   reads from norm_1, narrow
        ●        norm_2  LayerNormalization  (None, 10, 64)   → output
        """
    )


def test_places_of_inputs_and_outputs_are_told_and_unused_inputs_marked():
    assert body(draw_text(two_by_two())) == drawn(
        """
        ○      title       Input ['title']   (None, 100)
        │ ○    tags        Input ['tags']    (None, 12)
        │ │ ○  author      Input ['author']  (None, 5)    unused: nothing reads it
        ● │    words       Dense             (None, 64)   reads from title
        ├─╯
        ●      join        Concatenate       (None, 76)   reads from [0]=words, [1]=tags
        ●      trunk       Dense             (None, 32)
        ├─╮
        ● │    priority    Dense             (None, 1)    → output ['score']
          ●    department  Dense             (None, 4)    reads from trunk; → output ['department']
        """  # noqa: E501 - a drawing is 100 columns wide
    )


def test_several_outputs_are_told_apart_and_a_crossing_is_no_junction():
    assert body(draw_text(states())) == drawn(
        """
        ○      source    Input     (None, 20, 8)
        │ ○    target    Input     (None, 10, 8)
        ● │    reader    LSTM      [0] (None, 16), [1] (None, 16), [2] (None, 16)  reads from source;
        │ │        [1] → output ['h']
        ├─│─╮
        ├─┴─╯
        ●      writer    LSTM      (None, 10, 16)
        │          reads from sequence=target, initial_state[0]=reader[1], initial_state[1]=reader[2]
        │ ◆    constant  Constant  (16,)
        ├─╯
        ●      scale     Multiply  (None, 10, 16)  reads from writer, constant
        ●      letters   Dense     (None, 10, 26)  → output ['a']
        """  # noqa: E501 - a drawing is 100 columns wide
    )


def test_ascii_has_the_same_drawing_in_plain_characters():
    assert draw_text(states(), charset="ascii", width=70) == drawn(
        """
        o      source    Input     (None, 20, 8)
        | o    target    Input     (None, 10, 8)
        * |    reader    LSTM
        | |        [0] (None, 16), [1] (None, 16), [2] (None, 16)
        | |        reads from source; [1] > output ['h']
        +-|-.
        +-'-'
        *      writer    LSTM      (None, 10, 16)  reads from sequence=target,
        |          initia...ate[0]=reader[1], initia...ate[1]=reader[2]
        | @    constant  Constant  (16,)
        +-'
        *      scale     Multiply  (None, 10, 16)  reads from writer, constant
        *      letters   Dense     (None, 10, 26)  > output ['a']

        0 parameters in 3 layers, 4 calls
        """
    )


def test_a_nested_model_is_counted_or_framed():
    graph = siamese(nested=chain())
    collapsed = draw_text(graph).split("\n")
    assert collapsed[2].endswith("reads from left; call 1 of 2; 3 calls inside")
    assert collapsed[-2].endswith("5 calls and 6 inside nested models")
    assert body(draw_text(graph, nested="expanded")) == drawn(
        """
        ○    left           Input [0]   (None, 64)
        │ ○  right          Input [1]   (None, 64)
        ■ │  encoder (A)    Functional  (None, 64)  reads from left; call 1 of 2; 3 calls inside:
        │ │    ╔═ encoder ════════════════════════════════════════════╗
        │ │    ║ ○  measurements  Input    (None, 4)                  ║
        │ │    ║ │                                                    ║
        │ │    ║ ●  hidden        Dense    (None, 16)                 ║
        │ │    ║ │                                                    ║
        │ │    ║ ●  dropout       Dropout  (None, 16)  training=False ║
        │ │    ║ │                                                    ║
        │ │    ║ ●  species       Dense    (None, 3)   → output       ║
        │ │    ╚══════════════════════════════════════════════════════╝
        │ ■  encoder:2 (A)  Functional  (None, 64)  reads from right; call 2 of 2;
        │ │      the same inside as encoder
        ├─╯
        ●    subtract       Subtract    (None, 64)  reads from [0]=encoder, [1]=encoder:2
        ●    absolute       Absolute    (None, 64)
        ●    same           Dense       (None, 1)   → output
        """  # noqa: E501 - a drawing is 100 columns wide
    )


def nest(inner, number):
    s = Sketch()
    x = s.input("x", 4)
    y = s.layer(f"block_{number}", "Functional", x, 4, nested=inner)
    s.output(s.layer("join", "Add", [x, y], 4))
    return s.graph()


@pytest.mark.parametrize("width", [40, 100, 400])
def test_models_are_expanded_at_any_depth_and_keep_to_the_width(width):
    graph = residual()
    for number in range(12):
        graph = nest(graph, number)
    text = draw_text(graph, nested="expanded", width=width)
    assert max(map(len, text.split("\n"))) <= width
    names = [f"block_{number}  " for number in range(12)] + ["dense_2a", "add_2"]
    assert all(f"{name}" in text for name in names)
    assert ("drawn below" in text) == (width < 400)


def test_a_layer_shared_across_levels_has_one_letter_and_one_count():
    s = Sketch()
    x = s.input("x", 4)
    first = s.layer("block", "Functional", x, 4, nested=chain())
    again = s.layer("block:2", "Functional", first, 4, nested=chain(), layer="block")
    s.output(s.layer("outside", "Dense", again, 4, layer="hidden", params=80))
    record = Layer("hidden", "hidden", "Dense", "core", ("w",), 80, True, _HIDDEN)
    block = Layer("block", "block", "Functional", "core", (), 0, True, _BLOCKS)
    graph = s.graph(layers=(block, record))
    text = draw_text(graph, nested="expanded", details=("params",))
    rows = {line.strip("│║ ●○■").split("  ")[0]: line for line in text.split("\n")}
    assert "call 1 of 2" in rows["outside (B)"]
    assert "call 2 of 2" in rows["hidden (B)"]
    assert "same 80 parameters" in rows["hidden (B)"]
    assert rows["block:2 (A)"].endswith("call 2 of 2; the same inside as block")
    assert text.count("╔") == 1


_HIDDEN = ("outside", "block/hidden")
_BLOCKS = ("block", "block:2")


def test_inside_a_second_call_layers_count_as_in_the_first():
    inside = Sketch()
    x = inside.layer("block", "Functional", inside.input("x", 4), 4, nested=chain())
    other = replace(chain(), name="of other shapes")
    inside.layer("block:2", "Functional", x, 4, nested=other, layer="block")
    s = Sketch()
    x = s.layer("outer", "Functional", s.input("x", 4), 4, nested=inside.graph())
    s.output(s.layer("outside", "Dense", x, 4, layer="hidden"))
    calls = ("outside", "outer/block/hidden")
    layers = (
        Layer("outer", "outer", "Functional", "core", (), 0, True, ("outer",)),
        Layer("block", "block", "Functional", "core", (), 0, True, ("outer/block",)),
        Layer("hidden", "hidden", "Dense", "core", (), 0, True, calls),
    )
    text = draw_text(s.graph(layers=layers), nested="expanded")
    rows = [line.strip("│║ ●○■") for line in text.split("\n")]
    assert [row[-11:] for row in rows if row.startswith("hidden")] == [
        "call 2 of 2"
    ] * 2
    assert "in 1 layer, 2 calls and 8 inside nested models" in text


def test_a_closed_nested_model_says_which_shared_layers_it_holds():
    shared = Layer("hidden", "hidden", "Dense", "core", (), 80, True, _HIDDEN)
    inner = replace(chain(), layers=(shared,))
    s = Sketch()
    x = s.layer("block", "Functional", s.input("x", 4), 4, nested=inner)
    s.output(s.layer("outside", "Dense", x, 4, layer="hidden"))
    text = draw_text(s.graph(layers=(shared,)))
    assert "■  block        Functional  (None, 4)  3 calls inside with (A)" in text


def test_a_model_that_could_not_be_opened_is_a_closed_box():
    x = TensorSpec(None, "unknown")
    box = Call("mine", "mine", "model", "MyModel", outputs=(x,))
    text = draw_text(ModelGraph("mine", "MyModel", (box,), ()))
    assert body(text) == "■  mine  MyModel  shape unknown  closed box"


@pytest.mark.parametrize("graph", [long_chain(61), crossed(12)])
def test_what_no_eye_can_follow_is_listed(graph):
    text = draw_text(graph)
    assert not set(text) & set("│├╮╯╭╰┬┴┼●○")
    assert_words_tell_all(graph, listed_back(text), wires=False)


def test_a_listing_names_what_each_call_reads_from():
    lines = draw_text(long_chain(70)).split("\n")
    assert lines[0] == "start    Input  (None, 8)"
    assert lines[1] == "relu_0   ReLU   (None, 8)  reads from start"
    assert lines[70] == "relu_69  ReLU   (None, 8)  reads from relu_68; → output"


def test_sixty_calls_are_still_drawn():
    assert draw_text(long_chain(59)).startswith("○  start")


def test_ten_thousand_calls_need_no_recursion():
    assert draw_text(long_chain(10_000)).count("\n") == 10_002


def test_a_tensor_with_many_late_readers_forks_late():
    s = Sketch()
    memory = s.input("memory", 8)
    x = s.input("x", 8)
    for k in range(12):
        x = s.layer(f"cross_{k}", "Attention", [x, memory], 8)
    s.output(x)
    graph = s.graph()
    text = draw_text(graph)
    assert edges_by_wire(read_back(text)) == edges_of(graph)
    assert "┬" not in body(text)


def test_wires_that_fork_late_still_carry_one_output_each():
    s = Sketch()
    x = s.layer("split", "Split", s.input("x", 8), shapes=[(None, 4)] * 2)
    for k in range(8):
        s.layer(f"even_{k}", "Dense", (x, 0), 4)
        s.layer(f"odd_{k}", "Dense", (x, 1), 4)
    graph = s.graph()
    text = draw_text(graph, details=())
    assert edges_by_wire(read_back(text)) == edges_of(graph)
    assert text.split("\n")[:8] == [
        "○      x       Input",
        "●      split   Split",
        "├─╮",
        "├─│─╮",
        "│ │ ●  even_0  Dense  reads from split[0]",
        "│ ├─╮",
        "│ │ ●  odd_0   Dense  reads from split[1]",
        "├─│─╮",
    ]


def test_a_branch_with_forks_of_its_own_stands_outside():
    s = Sketch()
    x = s.input("x", 4)
    left = s.layer("left", "Dense", x, 4)
    inner = s.layer("inner", "Dense", left, 4)
    joined = s.layer("sum", "Add", [left, inner], 4)
    right = s.layer("right", "Dense", x, 4)
    s.layer("join", "Add", [joined, right], 4)
    assert body(draw_text(s.graph(), details=())) == drawn(
        """
        ○      x      Input
        ├─╮
        │ ●    left   Dense
        │ ├─╮
        │ │ ●  inner  Dense
        │ ├─╯
        │ ●    sum    Add    reads from left, inner
        ● │    right  Dense  reads from x
        ├─╯
        ●      join   Add    reads from sum, right
        """
    )


def test_the_weighted_average_operation_keeps_its_ports():
    s = Sketch()
    x, w = s.input("x", 4), s.input("w", 4)
    s.op("mean", "Average", {"x": x, "weights": w}, 4)
    s.layer("middle", "Average", [x, w], 4)
    text = draw_text(s.graph())
    assert "reads from x=x, weights=w" in text
    assert "reads from x, w" in text


def test_plumbing_is_hidden():
    spec = (TensorSpec((None, 4), "float32"),)
    calls = (
        Call("x", "x", "input", "InputLayer", outputs=spec),
        Call("not_equal", None, "operation", "NotEqual", outputs=spec, plumbing=True),
        Call("read", "read", "layer", "LSTM", outputs=spec),
    )
    tensors = (
        Tensor("x", 0, "not_equal", "x1", (None, 4), "float32"),
        Tensor("x", 0, "read", "sequence", (None, 4), "float32"),
        Tensor("not_equal", 0, "read", "mask", (None, 4), "bool", implicit=True),
    )
    assert body(draw_text(ModelGraph("m", "Functional", calls, tensors))) == drawn(
        """
        ○  x     Input  (None, 4)
        │
        ●  read  LSTM   (None, 4)
        """
    )


def test_each_detail_is_told_if_asked_for():
    config = Config(
        {"units": 64, "activation": "relu", "other": 1, "start": _HE_NORMAL},
        ("units", "activation", "start"),
    )
    s = Sketch()
    x = s.input("x", 8)
    s.output(s.layer("dense", "Dense", x, 64, params=576, config=config))
    graph = s.graph()
    assert row_of(graph) == "dense  Dense  → output"
    assert row_of(graph, "shape") == "dense  Dense  (None, 64)  → output"
    assert row_of(graph, "dtype") == "dense  Dense  float32  → output"
    assert row_of(graph, "params") == "dense  Dense  576 parameters  → output"
    assert row_of(graph, "shape", "dtype").endswith("(None, 64) float32  → output")
    told = "units=64, activation='relu', start=HeNormal(seed=1); → output"
    assert row_of(graph, "config") == f"dense  Dense  {told}"


_HE_NORMAL = {"class_name": "HeNormal", "config": {"seed": 1}}


def row_of(graph, *details):
    return draw_text(graph, details=details).split("\n")[2].removeprefix("●  ")


def test_notices_follow_wrapped_with_the_rule_that_says_why():
    notice = Notice("code", "One two three four five six seven eight nine.", (), 3)
    graph = ModelGraph("m", "Functional", (), (), notices=(notice,))
    totals, *lines = draw_text(graph, width=40).split("\n")
    assert totals == "0 parameters in 0 layers, 0 calls"
    assert lines == [
        "Note: One two three four five six seven",
        "  eight nine. (rule 3)",
    ]
    assert draw_text(graph).endswith("eight nine. (rule 3)")


def test_a_hostile_notice_stays_a_notice():
    text = f"Layer '{'a' * 10_000}' \x1b[2J\n\u202e and {'b ' * 9_000}"
    graph = ModelGraph("m", "Functional", (), (), notices=(Notice("code", text),))
    lines = draw_text(graph).split("\n")
    assert len(lines) < 20
    assert max(map(width_of, lines)) <= 100
    assert r"\x1b[2J\n\u202e" in "\n".join(lines)


def test_what_else_is_hostile_is_escaped_and_shortened_too():
    bad = "x\n\x1b[31m│●" + "y" * 10_000
    s = Sketch()
    x = s.input("a", 4, path=f"[{bad!r}]")
    y = s.input("b", 4, path="['b']")
    config = Config({bad: bad}, (bad,))
    options = {"arguments": (bad,), "config": config}
    s.layer("join", bad, {bad: x, f"{bad}2": y}, 4, **options)
    s.output("join", f"[{bad!r}]")
    for width in (40, 100):
        text = draw_text(s.graph(), details=("config",), width=width)
        assert max(map(width_of, text.split("\n"))) <= width
        assert text.replace("\n", "").isprintable()
        assert edges_by_wire(read_back(text)) == edges_of(s.graph())


def test_ports_that_look_alike_when_shortened_stay_apart():
    s = Sketch()
    x, y = s.input("x", 4), s.input("y", 4)
    s.layer("join", "Mine", {f"initial_{k}_state": n for k, n in enumerate((x, y))}, 4)
    (row,) = read_back(draw_text(s.graph(), width=40))[2:]
    assert row.reads() == [("init…ate", "x", None), ("i…e~2", "y", None)]


def test_letters_from_right_to_left_cannot_turn_a_row_around():
    s = Sketch()
    s.layer("dense", "Dense", s.input("\u05e9\u05dc\u05d5\u05dd", 4), 4)
    s.layer("twin", "Dense", "\u05e9\u05dc\u05d5\u05dd", 4)
    text = draw_text(s.graph())
    assert text.count("\u200e\u05e9\u05dc\u05d5\u05dd\u200e") == 2


@pytest.mark.parametrize(
    ("options", "expected", "found"),
    [
        ({"details": ("shapes",)}, "details from among 'shape', 'dtype'", "'shapes'"),
        ({"details": "shape"}, "details as a tuple or list", "'shape'"),
        ({"details": None}, "details as a tuple or list", "None"),
        ({"nested": "open"}, "nested from among 'collapsed', 'expanded'", "'open'"),
        ({"charset": "latin"}, "charset from among 'unicode', 'ascii'", "'latin'"),
        ({"width": 39}, "a width of at least 40 columns", "39"),
        ({"width": "80"}, "a width of at least 40 columns", "'80'"),
    ],
)
def test_wrong_options_are_refused_with_what_is_offered(options, expected, found):
    with pytest.raises(WrongValueError) as caught:
        draw_text(chain(), **options)
    assert caught.value.expected.startswith(expected)
    assert caught.value.found == found


def test_keras_is_not_imported():
    code = "import sys, teachkit.views.text; sys.exit('keras' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
