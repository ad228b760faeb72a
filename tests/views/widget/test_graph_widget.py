"""The view as a widget: when it is made, what it takes, and what it answers."""

from __future__ import annotations

import gc
import json
import weakref

import pytest
from hypothesis import given

import teachkit as tk
from teachkit.errors import TeachkitError, WrongTypeError, WrongValueError
from teachkit.views.graph_view import GraphView
from teachkit.views.marks import Mark
from tests.graphs import FIXED, HOSTILE, Sketch, graphs, siamese
from tests.models import ZOO

WIDGET = "application/vnd.jupyter.widget-view+json"


def boxes_of(level):
    """Return every box of a level and of those inside it."""
    inside = (box["inside"] for box in level["boxes"] if "inside" in box)
    return [*level["boxes"], *(box for one in inside for box in boxes_of(one))]


def wires_of(level):
    """Return every wire of a level and of those inside it."""
    inside = (box["inside"] for box in level["boxes"] if "inside" in box)
    return [*level["wires"], *(wire for one in inside for wire in wires_of(one))]


def test_a_view_that_is_not_shown_leaves_nothing_behind(tmp_path):
    view = GraphView(siamese())
    view.save(tmp_path / "siamese.svg")
    assert view.comm is None
    gone = weakref.ref(view)
    del view
    gc.collect()
    assert gone() is None


def test_showing_makes_the_data_once(monkeypatch):
    view = GraphView(siamese())
    made = []
    content = view.content
    monkeypatch.setattr(view, "content", lambda: made.append(1) or content())
    first, second = (view._repr_mimebundle_() for _ in range(2))
    assert first[WIDGET]["model_id"] == second[WIDGET]["model_id"]
    assert made == [1]


def test_a_box_of_widgets_shows_it_too():
    from ipywidgets import VBox

    view = GraphView(siamese())
    box = VBox([view])
    assert box.get_state()["children"] == [f"IPY_MODEL_{view.model_id}"]
    assert view.get_state("_data")["_data"]


@pytest.mark.parametrize(
    "name",
    ["", "encoder:2", "encoder/conv", "encoder:2/embed", "left->encoder:inputs"],
)
def test_what_can_be_selected(name):
    view = GraphView(siamese())
    view.selected = name
    assert view.selected == name


@pytest.mark.parametrize("trait", ["selected", "highlighted", "opened"])
def test_a_name_that_nothing_has_is_refused(trait):
    view = GraphView(siamese())
    before = getattr(view, trait)
    with pytest.raises(WrongValueError, match=r"'encodr'.*\n.*'encoder'"):
        setattr(view, trait, "encodr" if trait == "selected" else ["encodr"])
    assert getattr(view, trait) == before


@pytest.mark.parametrize(
    ("trait", "wrong", "words"),
    [
        ("selected", 3, "Found: a value of type int"),
        ("selected", None, "Found: None"),
        ("highlighted", "left", "in square brackets"),
        ("opened", None, "Found: None"),
        ("fold", "yes", "fold=True or fold=False"),
        ("direction", "up", "direction='TB'"),
        ("direction", None, "direction=None"),
        ("nested", None, "nested=None"),
        ("details", None, "details=None"),
        ("nested", "open", "nested='collapsed'"),
        ("details", ("colour",), "details among"),
    ],
)
def test_a_wrong_choice_is_refused_and_changes_nothing(trait, wrong, words):
    view = GraphView(siamese())
    before = getattr(view, trait), view.svg()
    with pytest.raises(TeachkitError, match=words):
        setattr(view, trait, wrong)
    assert (getattr(view, trait), view.svg()) == before


@pytest.mark.parametrize(
    ("trait", "value"),
    [("direction", "LR"), ("nested", "expanded"), ("details", ("params",))],
)
def test_a_choice_can_be_made_later(trait, value):
    view = GraphView(siamese())
    view.prepare()
    before = view.get_state("_data")
    setattr(view, trait, value)
    fresh = GraphView(siamese(), **{trait: value})
    assert view.svg() == fresh.svg()
    assert view.text == fresh.text
    fresh.prepare()
    assert view.get_state("_data") == fresh.get_state("_data")
    assert (view.get_state("_data") != before) == (trait != "nested")


def test_nested_models_open_and_close_with_the_choice():
    view = GraphView(siamese(), nested="expanded")
    view.prepare()
    assert view.opened == ["encoder", "encoder:2"]
    view.nested = "collapsed"
    assert view.opened == []


def test_repeated_blocks_are_folded_and_can_be_opened():
    sketch = Sketch()
    x = sketch.input("x")
    for k in range(6):
        a = sketch.layer(f"a{k}", [x], "ReLU")
        x = sketch.layer(f"b{k}", [a, x], "Add")
    sketch.output(x)
    view = GraphView(sketch.graph(), fold=True)
    level = view.content()["level"]
    (block,) = (box for box in level["boxes"] if "inside" in box)
    assert block["key"].endswith("#block")
    view.prepare()
    assert view.opened == [block["key"]]
    view.fold = False
    assert view.opened == []
    assert len(view.content()["level"]["boxes"]) == 14


def test_a_person_selects_and_python_hears():
    view, heard, other = GraphView(siamese()), [], []
    view.on_select(heard.append)
    view.on_select(other.append)
    view.selected = "left"
    view.answer({"event": "select", "path": "encoder"})
    view.on_select(heard.append, remove=True)
    view.answer({"event": "select", "path": ""})
    assert heard == ["encoder"]
    assert other == ["encoder", ""]


def test_a_listener_that_fails_does_not_silence_the_others(caplog, capsys):
    view, heard = GraphView(siamese()), []

    def fails(path):
        raise RuntimeError(path)

    view.on_select(fails)
    view.on_select(heard.append)
    view.answer({"event": "select", "path": "left"})
    assert heard == ["left"]
    with pytest.raises(WrongTypeError, match="a function of one argument"):
        view.on_select("print")


@pytest.mark.parametrize(
    "message",
    [
        None,
        "select",
        [],
        {},
        {"event": "compute"},
        {"event": "compute", "path": 3},
        {"event": "select"},
        {"event": "select", "path": {"a": 1}},
        {"event": ["select"], "path": "left"},
    ],
)
def test_a_message_without_sense_does_nothing(message, monkeypatch):
    view, told = GraphView(siamese()), []
    monkeypatch.setattr(view, "send", told.append)
    view.on_select(told.append)
    view.answer(message)
    assert told == []


@pytest.mark.parametrize(
    "said",
    [{"selected": "gone"}, {"opened": ["gone"]}, {"direction": "XX"}, {"fold": 3}],
)
def test_what_a_browser_says_too_late_is_not_taken_over(said):
    view = GraphView(siamese())
    view.selected = "left"
    before = {name: getattr(view, name) for name in said}
    view.set_state(said)
    assert {name: getattr(view, name) for name in said} == before
    view.set_state({"selected": "right"})
    assert view.selected == "right"


def test_a_closed_view_can_be_shown_again():
    view = GraphView(siamese())
    view._repr_mimebundle_()
    view.close()
    assert view.comm is None
    bundle = view._repr_mimebundle_()
    assert bundle["text/plain"] == view.text
    assert bundle[WIDGET]["model_id"] == view.model_id


def test_names_are_looked_up_once(monkeypatch):
    from teachkit.views import graph_view

    made = []
    names = graph_view.names_of
    monkeypatch.setattr(graph_view, "names_of", lambda lv: made.append(1) or names(lv))
    view = GraphView(siamese())
    view.highlighted = ["left", "right", "encoder", "minus"]
    view.opened = ["encoder", "encoder:2"]
    assert made == [1]


def test_a_model_that_cannot_be_drawn_leaves_the_one_before(monkeypatch):
    from teachkit.views import graph_view

    view = GraphView(siamese())
    before = view.svg(), view.graph

    def fails(*_, **__):
        raise TeachkitError("a drawing", "none", "look")

    monkeypatch.setattr(graph_view, "draw", fails)
    with pytest.raises(TeachkitError):
        view.replace_model(Sketch("other").graph())
    assert (view.svg(), view.graph) == before


def test_a_page_that_says_hello_is_given_data(monkeypatch):
    view, sent = GraphView(siamese()), []
    monkeypatch.setattr(view, "send", sent.append)
    view.answer({"event": "hello"})
    assert sent == [{"event": "live"}]
    assert view.get_state("_data")["_data"]


def test_every_call_has_its_panel():
    view = tk.show(ZOO["siamese"]())
    content = view.content()
    calls = {b["key"] for b in boxes_of(content["level"]) if "#" not in b["key"]}
    assert calls == set(content["panels"])
    conv = content["panels"]["encoder/conv"]
    for words in ("<math", "= 112", "NumPy agrees", "filters=4"):
        assert words in conv


def test_the_code_of_the_model_is_there_to_copy():
    space = {}
    exec(tk.show(ZOO["residual"]()).content()["code"], space)  # noqa: S102 - ours
    assert space["model"].count_params() == ZOO["residual"]().count_params()


def test_a_large_model_is_not_run_before_somebody_asks(monkeypatch):
    import keras

    pixels = keras.Input((96, 96, 3), name="pixels")
    x = keras.layers.Conv2D(512, 5, name="wide")(pixels)
    view = tk.show(keras.Model(pixels, x))
    assert "tkw-unchecked" in view.content()["panels"]["wide"]
    sent = []
    monkeypatch.setattr(view, "send", sent.append)
    view.answer({"event": "compute", "path": "wide"})
    assert (sent[0]["event"], sent[0]["path"]) == ("panel", "wide")
    assert "NumPy agrees" in sent[0]["panel"]
    view.answer({"event": "compute", "path": "wild"})
    assert "&#x27;wide&#x27;" in sent[1]["panel"]


def test_a_small_model_of_open_length_is_checked_in_advance():
    import keras

    words = keras.Input((None,), dtype="int32", name="words")
    x = keras.layers.Embedding(20, 4, mask_zero=True, name="vectors")(words)
    x = keras.layers.MultiHeadAttention(2, 4, name="attention")(x, x)
    panels = tk.show(keras.Model(words, x)).content()["panels"]
    assert "NumPy agrees" in panels["vectors"]
    assert "NumPy agrees" in panels["attention"]
    assert "is masked" in panels["attention"]
    assert "int32" in panels["words"]


def test_a_page_without_scripts_has_the_drawing_or_says_why():
    view = GraphView(siamese())
    assert f"<noscript>{view.svg()}</noscript>" in view.html()
    sketch = Sketch("long")
    x = sketch.input("x")
    for k in range(200):
        x = sketch.layer(f"layer{k}", [x])
    sketch.output(x)
    page = GraphView(sketch.graph()).html()
    assert "<svg" not in page
    assert "The drawing needs scripts" in page


def test_showing_leaves_the_random_numbers_of_the_session():
    import random

    model = ZOO["u_net"]()
    before = random.getstate()
    tk.show(model)._repr_mimebundle_()
    assert random.getstate() == before


def test_a_model_that_cannot_be_explained_has_plain_panels():
    view = GraphView(siamese())
    panels = view.content()["panels"]
    assert "(None, 4) float32" in panels["encoder/embed"]
    assert "<math" not in panels["encoder/embed"]


def test_another_model_in_the_same_place():
    view = GraphView(siamese())
    view.selected, view.highlighted = "left", ["right"]
    view.prepare()
    sketch = Sketch("other")
    sketch.output(sketch.layer("dense", [sketch.input("x")]))
    view.replace_model(sketch.graph(), {"dense": Mark("added", "new", tip="new one")})
    assert (view.selected, view.highlighted) == ("", [])
    content = view.content()
    assert content["name"] == "other"
    assert content["marks"]["dense"]["tip"] == "new one"
    assert "dense" in view.svg()


def test_the_same_model_gives_the_same_page():
    pages = {GraphView(siamese()).html() for _ in range(2)}
    assert len(pages) == 1


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_reaches_the_browser_whole(name):
    sketch = Sketch(name)
    sketch.output(sketch.layer(name, [sketch.input("x")], name))
    view = GraphView(sketch.graph())
    view.prepare()
    content = json.loads(json.dumps(view.content()))
    keys = [box["key"] for box in content["level"]["boxes"]]
    assert sum(key.startswith(name) for key in keys) >= 1


@given(graph=graphs())
@FIXED
def test_every_wire_joins_what_is_drawn(graph):
    level = GraphView(graph).content()["level"]
    boxes, wires = boxes_of(level), wires_of(level)
    keys = [box["key"] for box in boxes]
    assert len(set(keys)) == len(keys)
    names = [wire["edge"] for wire in wires]
    assert len(set(names)) == len(names)
    for wire in wires:
        assert wire["source"] in keys or wire["source"] == wire["from"]
        assert wire["from"] in keys
        for end in ("into", "outOf"):
            point = wire.get(end, "")
            assert not point or point in keys or "#" in point
