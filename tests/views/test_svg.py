"""The SVG holds what the drawing says, and nothing else gets in."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teachkit.layout import Choices, draw
from teachkit.layout.boxes import LINE_SIZE, TITLE_SIZE
from teachkit.layout.text_size import text_width
from teachkit.views.svg import draw_svg
from tests.drawings import levels
from tests.graphs import FIXED, HOSTILE, Sketch, graphs, residual_stack, siamese, spec

NAMESPACE = "{http://www.w3.org/2000/svg}"
ALLOWED = {"svg", "title", "desc", "style", "rect", "g", "text", "tspan", "path",
           "circle", "polygon"}  # fmt: skip


def svg_of(graph, *, direction="TB", theme="auto", **choices):
    drawing = draw(graph, Choices(**choices), direction=direction, tell=pytest.fail)
    return draw_svg(graph, drawing, "the same as text", theme)


def groups(root, kind):
    return [g for g in root.iter(f"{NAMESPACE}g") if g.get("class").split()[0] == kind]


def texts(element):
    return ["".join(text.itertext()) for text in element.iter(f"{NAMESPACE}text")]


@given(
    graph=graphs(),
    nested=st.sampled_from(["collapsed", "expanded"]),
    direction=st.sampled_from(["TB", "LR"]),
    details=st.sampled_from([(), ("shape",), ("shape", "dtype", "params", "config")]),
)
@FIXED
def test_one_box_for_each_call_and_one_wire_for_each_tensor(
    graph, nested, direction, details
):
    text = svg_of(graph, nested=nested, direction=direction, details=details)
    root = ET.fromstring(text.encode())
    found = levels(graph, expanded=nested == "expanded")
    calls = sum(len(level.graph.calls) for level in found)
    outputs = [len(level.graph.outputs) for level in found]
    tensors = sum(len(level.graph.tensors) for level in found)
    assert len(groups(root, "box")) == calls - (len(found) - 1) + outputs[0]
    assert len(groups(root, "frame")) == len(found) - 1
    assert len(groups(root, "wire")) == tensors + sum(outputs)
    check_safe(text, root)
    for box in groups(root, "box"):
        check_texts_fit(box)


def check_safe(text, root):
    """Check that nothing but a drawing is in the SVG."""
    assert {element.tag.removeprefix(NAMESPACE) for element in root.iter()} <= ALLOWED
    styles = "".join(style.text for style in root.iter(f"{NAMESPACE}style"))
    assert "@import" not in styles
    assert "url(" not in styles
    for element in root.iter():
        for name, value in element.attrib.items():
            assert name != "id"
            assert not name.startswith("on")
            assert "href" not in name
            if name != "aria-label":
                assert "http" not in value
                assert "url(" not in value
    assert not re.search(r"[\x00-\x08\x0b-\x1f\u202e\ud800-\udfff\ufffe\uffff]", text)


def check_texts_fit(box):
    rect = next(box.iter(f"{NAMESPACE}rect"))
    left, width = float(rect.get("x")), float(rect.get("width"))
    top, height = float(rect.get("y")), float(rect.get("height"))
    for text in box.findall(f"{NAMESPACE}text"):
        bold = text.get("class") == "title"
        size = TITLE_SIZE if bold else LINE_SIZE
        half = text_width(text.text or "", size, bold=bold) / 2
        x, y = float(text.get("x")), float(text.get("y"))
        assert left <= x - half
        assert x + half <= left + width
        assert top + size * 0.7 <= y <= top + height - 2


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_stays_text(name):
    sketch = Sketch(name)
    x = sketch.input(name)
    y = sketch.layer(
        f"{name}2", [x, x], name or "T", ports=[f"{name}[0]", f"{name}[1]"],
        arguments=(name,), outputs=(spec(3),) * 2,
    )  # fmt: skip
    sketch.output((y, 1), path=f"[{name!r}]")
    sketch.output((y, 0), path=f"[{name!r}]")
    for direction in ("TB", "LR"):
        text = svg_of(sketch.graph(), direction=direction)
        text.encode()
        check_safe(text, ET.fromstring(text))


def test_words_of_a_call():
    sketch = Sketch()
    x = sketch.input("x", 3)
    sketch.input("forgotten", 3)
    sketch.output(sketch.layer("out", [x], params=2112, arguments=("training=False",)))
    root = ET.fromstring(svg_of(sketch.graph(), details=("shape", "params")))
    assert [texts(box) for box in groups(root, "box")] == [
        ["x", "Input", "(None, 3)"],
        ["forgotten", "Input · unused", "(None, 3)"],
        ["out", "Dense", "training=False", "(None, 4)", "2,112 parameters"],
        ["output"],
    ]


def test_ports_are_written_where_order_matters():
    sketch = Sketch()
    a, b = sketch.input("a"), sketch.input("b")
    free = sketch.layer("add", [a, b], "Add")
    ordered = sketch.layer("join", [a, b], "Concatenate")
    named = sketch.layer("look", [a, b], "Attention", ports=["query", "value"])
    minus = sketch.operation("minus", [a, b], ports=["x1", "x2"])
    weighed = sketch.operation("mean", [a, b], "Average", ports=["x", "weights"])
    for one in (free, ordered, named, minus, weighed):
        sketch.output(one)
    root = ET.fromstring(svg_of(sketch.graph()))
    written = Counter(text for one in groups(root, "labels") for text in texts(one))
    assert written == Counter(
        ["[0]", "[1]", "query", "value", "x1", "x2", "x", "weights"]
    )


def test_outputs_of_a_call_are_numbered_where_there_are_several():
    sketch = Sketch()
    states = sketch.layer("lstm", [sketch.input("x")], "LSTM", outputs=(spec(4),) * 3)
    sketch.output(sketch.layer("use", [(states, 2), (states, 0)], "Add"))
    root = ET.fromstring(svg_of(sketch.graph()))
    assert [texts(one) for one in groups(root, "labels")] == [["2"], ["0"]]


def test_calls_of_a_shared_layer_have_one_badge_and_are_tied():
    sketch = Sketch()
    a = sketch.input("a")
    first = sketch.layer("same", [a])
    second = sketch.layer("same", [first])
    other = sketch.layer("twin", [second])
    sketch.output(sketch.layer("twin", [other]))
    root = ET.fromstring(svg_of(sketch.graph()))
    badges = [(g.get("class"), *texts(g)) for g in groups(root, "badge")]
    assert badges == [("badge shared-0", "A")] * 2 + [("badge shared-1", "B")] * 2
    ties = [p for p in root.iter(f"{NAMESPACE}path") if "tie" in p.get("class", "")]
    assert [tie.get("class") for tie in ties] == ["tie shared-0", "tie shared-1"]


def test_a_layer_shared_across_levels_has_one_badge_in_each_copy():
    inner = Sketch("inner")
    x = inner.input("x")
    inner.output(inner.layer("dense", [x]))
    sketch = Sketch()
    a = sketch.input("a")
    nested = inner.bare()
    first = sketch.model("inner", nested, [sketch.layer("dense", [a])])
    sketch.output(sketch.model("inner", nested, [first]))
    drawing = draw(sketch.graph(), Choices("expanded"), tell=pytest.fail)
    shares = {box.item.key: box.item.share for box in drawing.boxes if box.item.share}
    assert {key: (one.text, one.letter) for key, one in shares.items()} == {
        "dense": ("call 1 of 2", "A"),
        "inner/dense": ("call 2 of 2", "A"),
        "inner:2/dense": ("call 2 of 2", "A"),
    }
    frames = [box.item.share.text for box in drawing.frames]
    assert frames == ["call 1 of 2", "call 2 of 2"]
    assert Counter(tie.number for tie in drawing.ties) == {1: 2, 2: 1}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_fixed_theme_has_no_variables(theme):
    text = svg_of(siamese(), nested="expanded", theme=theme)
    assert "var(" not in text
    assert "@media" not in text


def test_a_folded_run_says_how_often():
    root = ET.fromstring(svg_of(residual_stack(5), fold=True))
    (heading,) = groups(root, "heading")
    assert texts(heading) == ["× 53 calls in each block"]


@pytest.mark.parametrize("engine", ["graphviz", "layered"])
def test_the_same_bytes_in_another_process(engine):
    script = (
        "from tests.graphs import *; from teachkit.views.svg import draw_svg; "
        "from teachkit.layout import draw, Choices; import hashlib; "
        "graphs = [siamese(), ladder(60), residual_stack(9)]; "
        f"svgs = [draw_svg(g, draw(g, Choices('expanded'), engine='{engine}', "
        "tell=print), '') for g in graphs]; "
        "print(hashlib.sha256(''.join(svgs).encode()).hexdigest())"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(
                filter(None, [os.curdir, os.environ.get("PYTHONPATH")]))},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(seen) == 1


def test_an_empty_graph_and_one_with_inputs_only():
    empty = Sketch().graph()
    lonely = Sketch()
    lonely.input("a")
    lonely.input("b")
    for graph in (empty, lonely.graph()):
        for direction in ("TB", "LR"):
            root = ET.fromstring(svg_of(graph, direction=direction))
            assert len(groups(root, "box")) == len(graph.calls)


def test_labels_of_wires_never_overlap():
    sketch = Sketch()
    ends = [sketch.input(f"in{k}") for k in range(3)]
    ports = ["sequence", "initial_state[0]", "initial_state[1]"]
    lstm = sketch.layer("lstm", ends, "LSTM", ports=ports)
    sketch.output(sketch.layer("join", [lstm] * 15, "Concatenate"))
    for direction in ("TB", "LR"):
        root = ET.fromstring(svg_of(sketch.graph(), direction=direction))
        places = []
        for one in groups(root, "labels"):
            (text,) = one.iter(f"{NAMESPACE}text")
            width = text_width(text.text, LINE_SIZE)
            left = float(text.get("x")) - width * (text.get("text-anchor") == "end")
            places.append((left, left + width, float(text.get("y"))))
        assert len(places) == 18
        for k, (left, right, y) in enumerate(places):
            for other_left, other_right, other_y in places[k + 1 :]:
                beside = right <= other_left or other_right <= left
                assert beside or abs(y - other_y) >= LINE_SIZE


def test_a_call_with_two_hundred_incoming_wires():
    sketch = Sketch()
    sketch.output(sketch.layer("join", [sketch.input("x")] * 200, "Concatenate"))
    root = ET.fromstring(svg_of(sketch.graph()))
    assert len(groups(root, "wire")) == 201
    widths = [float(rect.get("width")) for rect in root.iter(f"{NAMESPACE}rect")]
    assert max(widths) < 1300
