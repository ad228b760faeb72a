"""Whatever an engine does, there is a drawing and one sentence that says so."""

from __future__ import annotations

import builtins
import sys
import warnings

import pytest

from teachkit.errors import WrongValueError
from teachkit.layout import Choices, draw
from teachkit.layout.engines import choice, dot_program, graphviz, layered
from teachkit.layout.engines.choice import Placer
from teachkit.layout.engines.problem import Placement, Problem
from teachkit.views.graph_view import GraphView
from tests.drawings import check_drawing
from tests.graphs import Sketch, ladder, siamese

CHAIN = Problem(((90.0, 60.0),) * 3, ((0, 1), (1, 2)))


@pytest.fixture
def fake_dot(tmp_path, monkeypatch):
    """Put a program called dot alone on the PATH, with the given lines of shell."""

    def make(*lines):
        program = tmp_path / "dot"
        program.write_text("\n".join(["#!/bin/sh", *lines]))
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")

    return make


def drawn(engine, graph=None):
    """Return the engine that drew in the end, and what was told."""
    graph = graph or siamese()
    told = []
    drawing = draw(graph, Choices("expanded"), engine=engine, tell=told.append)
    check_drawing(graph, drawing, expanded=True)
    return told


def test_nothing_is_told_when_the_engine_works():
    assert drawn("graphviz") == []


def test_a_missing_dot_is_told_once(monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert drawn("dot") == [
        "Drawn by the layout engine 'graphviz', since the layout engine 'dot' failed: "
        "no program 'dot' on the PATH."
    ]


def test_a_dot_that_crashes(fake_dot):
    fake_dot("echo 'trouble in table' >&2", "exit 1")
    (sentence,) = drawn("dot")
    assert "it ended with status 1: trouble in table" in sentence


@pytest.mark.parametrize(
    "answer",
    [
        "hello",
        "",
        "[]",
        "null",
        '{"bb": "0,0,9,9"}',
        '{"bb": "0,0,9,9", "objects": [{"name": "x", "pos": "y"}]}',
        '{"bb": "0,0,9,9", "objects": [{"name": "n0", "pos": "nan,nan"}]}',
        '{"bb": 7}',
    ],
)
def test_a_dot_that_answers_nonsense(fake_dot, answer):
    fake_dot(f"echo '{answer}'")
    (sentence,) = drawn("dot")
    assert sentence.startswith("Drawn by the layout engine 'graphviz', since")


def test_a_dot_that_hangs(fake_dot, monkeypatch):
    fake_dot("exec sleep 1000")  # longer than pytest lets a test run
    monkeypatch.setattr(dot_program, "TIME_LIMIT", 0.3)
    (sentence,) = drawn("dot")
    assert "it did not finish within 0.3 s" in sentence


def test_a_dot_that_cannot_be_started(tmp_path, monkeypatch):
    (tmp_path / "dot").write_text("no program")
    (tmp_path / "dot").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    (sentence,) = drawn("dot")
    assert "it cannot be started" in sentence


def test_graphviz_in_process_over_its_time_limit(monkeypatch):
    monkeypatch.setattr(graphviz, "TIME_LIMIT", 0.05)
    (sentence,) = drawn("graphviz", ladder(600))
    assert sentence.startswith("Drawn by the layout engine 'layered', since")
    assert "it did not finish within 0.05 s" in sentence


def test_graphviz_works_again_after_it_was_stopped(monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(graphviz, "TIME_LIMIT", 0.05)
        assert drawn("graphviz", ladder(600))
    assert drawn("graphviz") == []


def test_a_missing_library(monkeypatch):
    monkeypatch.delitem(sys.modules, "teachkit.layout.engines.graphviz")
    importing = builtins.__import__

    def without_wasmtime(name, *rest):
        if name == "wasmtime":
            raise ImportError("No module named 'wasmtime'")
        return importing(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without_wasmtime)
    (sentence,) = drawn("auto")
    assert "cannot be imported (No module named 'wasmtime')" in sentence


def test_a_panic_in_the_layered_engine(monkeypatch):
    class PanicException(BaseException):
        pass

    def panic(*_, **__):
        raise PanicException("index out of bounds")

    monkeypatch.setattr(layered, "from_edges", panic)
    (sentence,) = drawn("layered")
    assert "PanicException: index out of bounds" in sentence


def test_who_stops_the_layered_engine_stops_all(monkeypatch):
    def stop(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(layered, "from_edges", stop)
    with pytest.raises(KeyboardInterrupt):
        drawn("layered")


@pytest.mark.parametrize(
    "centers",
    [
        ((0.0, 0.0),) * 2,
        ((0.0, 0.0), (0.0, float("nan")), (0.0, 200.0)),
        ((0.0, 0.0), (0.0, 200.0), (0.0, 100.0)),
        ((0.0, 0.0), (0.0, 0.0), (0.0, 100.0)),
    ],
    ids=["too few", "not a number", "backwards", "side by side"],
)
def test_an_answer_that_would_lie_is_refused(monkeypatch, centers):
    placement = Placement(centers, ((),) * 2)
    monkeypatch.setattr(graphviz, "place", lambda _: placement)
    placer = Placer("graphviz")
    assert placer.place(CHAIN) != placement
    assert "'graphviz' failed" in placer.report()


def test_an_engine_that_failed_is_not_tried_again_in_the_same_drawing(monkeypatch):
    tried = []

    def fail(problem):
        tried.append(problem)
        raise RuntimeError("broken")

    monkeypatch.setattr(graphviz, "place", fail)
    (sentence,) = drawn("graphviz")
    assert len(tried) == 1
    assert "'graphviz' failed: RuntimeError: broken" in sentence


def test_all_engines_fail_but_the_last(monkeypatch):
    def fail(_):
        raise RuntimeError("broken\nover several\nlines")

    for engine in (graphviz, layered, dot_program):
        monkeypatch.setattr(engine, "place", fail)
    (sentence,) = drawn("auto")
    assert sentence.startswith("Drawn by the layout engine 'rows', since")
    assert sentence.count("failed") == 3
    assert "\n" not in sentence


def test_large_graphs_are_placed_by_the_fast_engine(monkeypatch):
    used = []
    monkeypatch.setattr(
        choice, "_engine", lambda name: used.append(name) or choice_rows
    )
    Placer().place(CHAIN)
    Placer().place(Problem(((9.0, 9.0),) * 800, ()))
    assert used == ["graphviz", "layered"]


def choice_rows(problem):
    from teachkit.layout.engines import rows

    return rows.place(problem)


def test_nothing_to_place():
    assert Placer().place(Problem((), ())) == Placement((), ())


def test_an_engine_that_does_not_exist():
    with pytest.raises(WrongValueError, match="'graphviz', 'dot'"):
        Placer("neato")


def test_the_warning_points_to_the_line_that_asked_for_the_drawing(monkeypatch):
    monkeypatch.setenv("PATH", "")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        GraphView(siamese(), nested="expanded", engine="dot")
    assert [one.filename for one in caught] == [__file__]


def test_many_outputs_of_a_group_stay_in_proportion():
    inner = Sketch("inner")
    x = inner.input("x")
    for k in range(200):
        inner.output(inner.layer(f"d{k}", [x]))
        inner.layer(f"e{k}", [x])
    sketch = Sketch()
    model = sketch.model("inner", inner.bare(), [sketch.input("a")])
    for k in range(200):
        sketch.output((model, k))
    assert drawn("layered", sketch.graph()) == []
