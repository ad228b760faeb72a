"""One view, many renderings; wrong options are refused in words."""

from __future__ import annotations

import pytest

from teachkit.errors import WrongValueError
from teachkit.views.graph_view import GraphView
from tests.graphs import Sketch, siamese


def test_a_notebook_gets_svg_and_text():
    view = GraphView(siamese())
    bundle = view._repr_mimebundle_(include=None, exclude=None)
    widget = bundle.pop("application/vnd.jupyter.widget-view+json")
    assert bundle == {"image/svg+xml": view.svg(), "text/plain": view.text}
    assert widget["model_id"] == view.model_id
    assert repr(view) == view.text


def test_the_text_describes_the_svg():
    view = GraphView(siamese())
    assert "<desc>" + view.text.splitlines()[0][:4] in view.svg()


def test_ascii():
    view = GraphView(siamese(), nested="expanded")
    assert view.as_text(charset="ascii").isascii()


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("direction", "BT", "direction='TB' (top to bottom) or direction='LR'"),
        ("direction", None, "Found: direction=None"),
        ("direction", ["TB"], "direction=['TB']"),
        ("nested", "open", "nested='collapsed' or nested='expanded'"),
        ("nested", [], "nested=[]"),
        ("details", ("shape", "colour"), "details among 'shape', 'dtype'"),
        ("details", "colour", "'colour'"),
        ("details", 7, "details"),
        ("details", (["shape"],), "details among"),
        ("details", None, "details"),
        ("engine", "neato", "'auto', 'graphviz', 'dot', 'layered', 'rows'"),
        ("engine", None, "engine=None"),
        ("engine", ["dot"], "engine=['dot']"),
    ],
)
def test_a_wrong_option(option, value, words):
    with pytest.raises(WrongValueError) as caught:
        GraphView(siamese(), **{option: value})
    assert words in str(caught.value)


def test_a_wrong_theme():
    with pytest.raises(WrongValueError, match="theme='auto'"):
        GraphView(siamese()).svg(theme="solarized")


def test_one_detail_may_be_written_without_a_tuple():
    assert GraphView(siamese(), details="dtype").svg().count("float32") > 4


def test_nested_models_deeper_than_any_page():
    nested = Sketch("inner0")
    nested.output(nested.layer("d", [nested.input("x")]))
    for k in range(1, 200):
        outer = Sketch(f"inner{k}")
        outer.output(outer.model(f"m{k}", nested.bare(), [outer.input("x")]))
        nested = outer
    assert len(GraphView(nested.graph(), nested="expanded").drawing.frames) == 50
