"""Graphviz source shows every call, and takes each name as it is."""

from __future__ import annotations

import json

import pytest

from teachkit.layout.engines.graphviz import _backend
from teachkit.views.graphviz_source import graphviz_source
from tests.graphs import HOSTILE, Sketch, siamese


def parsed(source):
    """Return what Graphviz itself reads: labels of nodes, pairs of edges."""
    answer = json.loads(_backend().render_in_time(source, 20.0))
    nodes = [node["label"] for node in answer["objects"]]
    return nodes, [(e["tail"], e["head"]) for e in answer.get("edges", [])]


def test_a_siamese_net():
    nodes, edges = parsed(graphviz_source(siamese()))
    assert nodes[2] == "encoder\nFunctional\n(None, 4)"
    assert edges == [(0, 2), (1, 3), (2, 4), (3, 4)]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_becomes_no_markup(name):
    sketch = Sketch(name)
    sketch.output(sketch.layer(name, [sketch.input(name)], name))
    nodes, edges = parsed(graphviz_source(sketch.graph()))
    assert len(nodes) == 2
    assert edges == [(0, 1)]
    if name.startswith("<"):
        assert nodes[0].startswith(name), "it was read as HTML"


def test_two_calls_with_long_names_stay_apart():
    sketch = Sketch()
    one = sketch.layer("x" * 300 + "a", [sketch.input("x")])
    sketch.output(sketch.layer("x" * 300 + "b", [one]))
    nodes, edges = parsed(graphviz_source(sketch.graph()))
    assert len(nodes) == 3
    assert len(edges) == 2
