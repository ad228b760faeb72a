"""The player of a trace: what it says of itself, what it takes, what it refuses."""

from __future__ import annotations

import base64
import json
import zlib

import numpy as np
import pytest

from teachkit.errors import WrongValueError
from teachkit.layout import Choices
from teachkit.layout.levels import draw_levels
from teachkit.views.trace import Trace
from teachkit.views.trace.player.data import player_data
from teachkit.views.widget.names import names_of
from tests.keras_runner.tracing import numbers, run_of
from tests.traces.test_edges import RUNNABLE, nested, summed_run, zoo_run
from tests.views.trace import runs

MOST_BYTES = 60_000
WIDGET = "application/vnd.jupyter.widget-view+json"


def sent(player):
    """Return what the browser gets to know."""
    player.prepare()
    text = player.get_state("_data")["_data"]
    return json.loads(zlib.decompress(base64.b64decode(text)))


def bundle_of(trace):
    """Return what a notebook gets."""
    return trace._repr_mimebundle_(include=None, exclude=None)


@pytest.fixture
def player():
    """A run with a loss, forwards ten steps and backwards eleven."""
    return Trace(summed_run(nested(), np.ones((1, 2), "float32"))).widget


class TestBundle:
    def test_a_notebook_gets_the_player_and_the_tables(self):
        trace = Trace(runs.mlp())

        bundle = bundle_of(trace)

        assert bundle.pop(WIDGET)["model_id"] == trace.widget.model_id
        assert set(bundle) == {"text/html", "text/plain"}
        assert bundle["text/plain"] == trace.text
        assert "<table>" in bundle["text/html"]

    def test_marimo_gets_the_player(self):
        trace = Trace(runs.mlp())

        assert trace._display_() is trace.widget

    def test_nothing_is_made_before_somebody_looks(self, monkeypatch):
        def early(*_):
            raise AssertionError

        monkeypatch.setattr("teachkit.views.trace.player.view.player_data", early)
        trace = Trace(runs.mlp())

        assert trace.text
        assert trace.widget.comm is None

    def test_the_browser_gets_the_drawing_the_steps_and_the_tables(self, player):
        data = sent(player)

        assert data["player"]["verdict"].endswith("ran on 1 sample: 10 steps.")
        assert len(data["player"]["forward"]) == 10
        assert {box["key"] for box in data["graph"]["level"]["boxes"]} > {"x", "inner"}
        assert "<table>" in data["more"]
        assert "Step by step" not in data["more"], "the player tells it"

    def test_what_was_done_before_is_told(self):
        change = run_of(nested(), numbers(3, 2)).without("inner->inner:2")
        data = sent(Trace(change.after, "without inner").widget)

        assert "without inner" in data["player"]["verdict"]

    def test_script_and_styles_are_small(self):
        state = Trace(runs.mlp()).widget.get_state(["_esm", "_css"])

        assert sum(len(text.encode()) for text in state.values()) < MOST_BYTES

    def test_a_page_tells_everything_once(self, player):
        html = player.html()

        assert html.count('<p class="verdict">') == 1
        assert html.count("Step by step") == 1
        assert html.count('class="tk-live"') == 1

    def test_two_pages_are_the_same(self):
        assert Trace(runs.twins()).html() == Trace(runs.twins()).html()


class TestTraits:
    def test_it_begins_forwards(self, player):
        assert (player.step, player.backward) == (1, False)

    def test_backwards_there_is_one_step_more(self, player):
        player.backward = True
        player.step = 11

        player.backward = False

        assert player.step == 10

    @pytest.mark.parametrize("step", [0, 11, -1, 1.5, "2", True, None])
    def test_a_wrong_step(self, player, step):
        with pytest.raises(WrongValueError) as caught:
            player.step = step
        assert "the number of a step forwards, from 1 to 10" in str(caught.value)
        assert f"step={step!r}" in str(caught.value)
        assert player.step == 1

    def test_a_wrong_step_backwards(self, player):
        player.backward = True
        with pytest.raises(WrongValueError, match="backwards, from 1 to 11"):
            player.step = 12

    def test_backwards_needs_a_loss(self):
        player = Trace(runs.mlp()).widget
        with pytest.raises(WrongValueError, match=r"targets=\.\.\. and loss="):
            player.backward = True

    @pytest.mark.parametrize("backward", [1, "yes", None])
    def test_a_wrong_direction(self, player, backward):
        with pytest.raises(WrongValueError, match="backward=True or backward=False"):
            player.backward = backward

    def test_what_the_browser_tells_at_once_is_taken_at_once(self, player):
        player.set_state({"backward": True, "step": 11})

        assert (player.step, player.backward) == (11, True)

    def test_selected_is_a_call_or_an_edge(self, player):
        player.selected = "inner:2/h->inner:2/five:inputs"

        with pytest.raises(WrongValueError, match="nothing_like"):
            player.selected = "nothing_like"

    def test_repeated_blocks_are_not_folded(self, player):
        with pytest.raises(WrongValueError, match="fold=False"):
            player.fold = True

    def test_another_model_is_refused(self, player):
        with pytest.raises(WrongValueError, match="trace the other model"):
            player.replace_model(runs.mlp().graph)


@pytest.mark.parametrize("name", RUNNABLE)
def test_every_step_of_the_zoo_is_in_the_drawing(name):
    run = zoo_run(name)()
    level = draw_levels(
        run.graph, Choices(), direction="TB", engine="auto", tell=pytest.fail
    )
    drawn = set(names_of(level))
    data = player_data(run)

    for step in (*data["forward"], *data["backward"]):
        lit = [step["path"] or step["ends"][0], *step["reads"], *step["gives"]]
        assert drawn.issuperset(lit)
