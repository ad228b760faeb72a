"""A run that is stepped through in a real browser, from a file, without a kernel."""

from __future__ import annotations

from functools import cache

import keras
import numpy as np
import pytest
from keras import layers

import teachkit as tk
from teachkit.views.trace.player.data import player_data
from tests.front_ends.models import siamese
from tests.ui.axe import violations
from tests.ui.looking import (
    box,
    calm,
    focused,
    in_sight,
    names_with,
    panel,
    press,
)

TICK = 1400
"""Milliseconds from one step to the next when it plays."""
HIDE = """() => {
  Object.defineProperty(document, "hidden", { value: true, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""
REMOVE = """() => {
  window.gone = document.querySelector(".tkw-player");
  gone.remove();
}"""
LISTEN = """() => {
  window.heard = [];
  addEventListener("keydown", event => heard.push(event.key));
}"""
PHONE = {"width": 360, "height": 740}


@cache
def twins():
    """Two calls of one tower, with a loss: 15 steps forwards, 16 backwards."""
    given = np.random.default_rng(0).random((2, 28, 28, 1), "float32")
    targets = np.array([[0.0], [1.0]], "float32")
    return tk.trace(
        siamese(), [given, given[::-1]], targets=targets, loss="binary_crossentropy"
    )


@cache
def fork():
    """A tensor that two calls read, with a loss; five steps forwards."""
    x = keras.Input((4,), name="x")
    first = layers.Dense(4, kernel_initializer="ones", name="first")(x)
    second = layers.Dense(4, kernel_initializer="ones", name="second")(first)
    total = layers.Add(name="total")([x, second])
    model = keras.Model(x, layers.Dense(1, name="end")(total), name="fork")
    targets = np.ones((1, 1), "float32")
    return tk.trace(model, np.ones((1, 4), "float32"), targets=targets, loss="mse")


@cache
def plain():
    """A run without a loss."""
    x = keras.Input((4,), name="x")
    model = keras.Model(x, layers.Dense(2, name="end")(x), name="plain")
    return tk.trace(model, np.ones((1, 4), "float32"))


@cache
def page_of(make):
    """Return the page of a trace; each is made once."""
    return make().html()


@cache
def steps_of(make, way):
    """Return the steps as Python tells them."""
    return player_data(make().run)[way]


def title(page):
    return page.locator(".tkw-step-title").text_content()


def slider(page):
    return page.get_by_role("slider", name="Step")


def values(page):
    return page.locator(".tkw-values")


def agree(page, step):
    """Tell whether the page is at a step, with what lies there lit."""
    assert title(page) == step["title"]
    assert slider(page).get_attribute("aria-valuetext") == step["title"]
    assert slider(page).input_value() == str(step["number"])
    assert names_with(page, "tkw-current") == {step["path"]}
    ends = {"tkw-comes": step["reads"], "tkw-goes": step["gives"]}
    for kind, names in ends.items():
        inside = {name for name in names_with(page, kind) if "->#" not in name}
        assert {name for name in inside if "/#output" not in name} == set(names)


@pytest.fixture
def shown(opened):
    """Open the page of a trace; at the end it has been quiet and asked nothing."""
    pages = []

    def open_trace(make, scheme="light", **options):
        page = opened(page_of(make), scheme, **options)
        page.locator(".tkw-box").first.wait_for()
        pages.append(page)
        return page

    yield open_trace
    for page in pages:
        assert page.said == []
        assert {url.partition(":")[0] for url in page.asked} == {"file", "blob"}


@pytest.fixture
def playing(shown):
    """Open the page of a fork with a clock that goes only when it is told to."""
    page = shown(fork)
    page.clock.install(time=0)
    page.clock.pause_at(1000)
    press(page, "Play")
    return page


class TestSteps:
    @pytest.mark.parametrize("way", ["forward", "backward"])
    @pytest.mark.parametrize("make", [fork, twins])
    def test_what_is_lit_agrees_with_each_step(self, shown, make, way):
        page = shown(make, reduced_motion="reduce")
        if way == "backward":
            press(page, "Backwards")
        steps = steps_of(make, way)
        for step in steps:
            if step["path"]:
                agree(page, step)
            if step is not steps[-1]:
                press(page, "Next step")

    def test_the_loss_lights_the_outputs_and_what_leaves_them(self, shown):
        page = shown(fork)
        press(page, "Backwards")
        assert "the loss is" in title(page)
        assert names_with(page, "tkw-current") == {"end"}
        assert names_with(page, "tkw-goes") == {"end->#output0:output"}

    def test_the_result_of_the_last_call_leaves_the_model(self, shown):
        page = shown(fork)
        press(page, "Last step")
        assert names_with(page, "tkw-goes") == {"end->#output0:output"}
        press(page, "Backwards")
        press(page, "Next step")
        assert names_with(page, "tkw-comes") == {"end->#output0:output"}

    def test_first_previous_next_last(self, shown):
        page = shown(fork)
        press(page, "Last step")
        assert title(page).startswith("Step 5 of 5")
        press(page, "Previous step")
        assert title(page).startswith("Step 4 of 5")
        press(page, "First step")
        assert title(page).startswith("Step 1 of 5")

    def test_buttons_that_do_nothing_say_so_and_keep_the_keyboard(self, shown):
        page = shown(fork)
        after = page.get_by_role("button", name="Next step")
        before = page.get_by_role("button", name="Previous step")
        assert before.get_attribute("aria-disabled") == "true"
        after.focus()
        for _ in range(6):
            page.keyboard.press("Enter")
        assert title(page).startswith("Step 5 of 5")
        assert after.get_attribute("aria-disabled") == "true"
        assert before.get_attribute("aria-disabled") == "false"
        assert focused(page)["words"] == "Next step"

    def test_the_slider_goes_to_a_step(self, shown):
        page = shown(twins)
        slider(page).fill("9")
        agree(page, steps_of(twins, "forward")[8])

    def test_a_step_inside_opens_its_group_and_is_in_sight(self, shown):
        page = shown(twins, reduced_motion="reduce")
        assert box(page, "embedding:2/features").count() == 0
        path = "embedding:2/features"
        step = next(one for one in steps_of(twins, "forward") if one["path"] == path)
        slider(page).fill(str(step["number"]))
        assert in_sight(page, path)

    def test_closing_the_group_lights_it_instead(self, shown):
        page = shown(twins)
        slider(page).fill("5")
        assert names_with(page, "tkw-current") == {"embedding/edges"}
        page.locator("[data-toggle=embedding]").click()
        assert names_with(page, "tkw-current") == {"embedding"}

    def test_without_a_loss_there_is_one_direction(self, shown):
        page = shown(plain)
        assert page.get_by_role("button", name="Backwards").count() == 0


class TestValues:
    def test_numbers_of_a_small_tensor(self, shown):
        page = shown(fork)
        press(page, "Next step")
        assert "Reads x (1, 4) as inputs." in values(page).text_content()
        cells = (
            values(page).locator("table").last.locator("td.number").all_text_contents()
        )
        assert cells == ["4", "4", "4", "4"]

    def test_pictures_of_large_ones_fit(self, shown):
        page = shown(twins, viewport=PHONE)
        slider(page).fill("5")
        pictures = values(page).locator("img")
        assert pictures.count() == 2
        widths = pictures.evaluate_all("all => all.map(e => e.offsetWidth)")
        assert max(widths) < PHONE["width"] - 60

    def test_gradients_add_at_a_fork(self, shown):
        page = shown(fork)
        press(page, "Backwards")
        press(page, "Last step")
        told = values(page).text_content()
        assert "Two calls read this tensor; their gradients add" in told
        heads = values(page).locator("thead th").all_text_contents()
        assert heads == ["number", "from first", "from total", "sum"]
        row = values(page).locator("tbody tr").first.locator("td.number")
        first, total, both = map(float, row.all_text_contents())
        assert first + total == pytest.approx(both, rel=0.01)

    def test_gradients_add_at_a_shared_layer(self, shown):
        page = shown(twins)
        press(page, "Backwards")
        steps = steps_of(twins, "backward")
        second = next(one for one in steps if one["path"] == "embedding/features")
        slider(page).fill(str(second["number"]))
        told = values(page).text_content()
        assert "Two calls share the weights of embedding/features" in told
        assert "2 of 2" in told

    def test_the_verdict_and_the_tables_are_on_the_page(self, shown):
        page = shown(fork)
        assert page.get_by_text("'fork' ran on 1 sample: 5 steps.").count() == 1
        assert page.locator("main > .tk-trace table").first.is_visible()


class TestTurning:
    def test_at_the_same_call(self, shown):
        page = shown(fork)
        slider(page).fill("3")
        press(page, "Backwards")
        assert names_with(page, "tkw-current") == {"second"}
        assert "backwards" in title(page)
        press(page, "Forwards")
        assert title(page).startswith("Step 3 of 5 – second")

    def test_at_an_end_it_begins(self, shown):
        page = shown(fork)
        press(page, "Last step")
        press(page, "Backwards")
        assert title(page).startswith("Step 1 of 6 backwards")
        pressed = page.get_by_role("button", name="Backwards")
        assert pressed.get_attribute("aria-pressed") == "true"

    def test_backwards_arrows_turn_too(self, shown):
        page = shown(fork)
        press(page, "Backwards")
        slider(page).fill("4")
        tips = page.locator(".tkw-flow polygon")
        assert tips.count() == 2
        drawn = page.locator(".tkw-comes > polygon")
        assert not drawn.first.is_visible()
        arriving = page.locator(".tkw-back-comes").bounding_box()
        below = box(page, "second").bounding_box()
        # It points to the call from which the tensor went away.
        assert abs(arriving["y"] - below["y"] - below["height"]) < 6


class TestSelecting:
    def test_a_click_jumps_to_the_step_and_tells_of_the_call(self, shown):
        page = shown(fork)
        box(page, "total").click()
        agree(page, steps_of(fork, "forward")[3])
        assert "total" in panel(page).text_content()
        press(page, "Next step")
        assert not panel(page).is_visible()
        assert names_with(page, "tkw-selected") == set()

    def test_a_click_backwards(self, shown):
        page = shown(fork)
        press(page, "Backwards")
        box(page, "x").click()
        agree(page, steps_of(fork, "backward")[-1])

    def test_an_output_leads_to_who_makes_it(self, shown):
        page = shown(fork)
        box(page, "#output0").click()
        assert names_with(page, "tkw-current") == {"end"}

    def test_an_edge_is_told_and_no_step(self, shown):
        page = shown(fork)
        press(page, "Next step")
        page.locator("[data-edge='second->total:inputs[1]'] .tkw-catch").click(
            force=True
        )
        assert "Tensor" in panel(page).text_content()
        assert title(page).startswith("Step 2 of 5")


class TestPlaying:
    def test_it_steps_by_itself_to_the_end(self, playing):
        page = playing
        assert title(page).startswith("Step 1 of 5")
        for number in range(2, 6):
            page.clock.run_for(TICK)
            agree(page, steps_of(fork, "forward")[number - 1])
        assert page.get_by_role("button", name="Play", exact=True).is_visible()
        page.clock.run_for(3 * TICK)
        assert title(page).startswith("Step 5 of 5")

    def test_from_the_end_it_begins_again(self, playing):
        page = playing
        page.clock.run_for(5 * TICK)
        press(page, "Play")
        assert title(page).startswith("Step 1 of 5")
        page.clock.run_for(TICK)
        assert title(page).startswith("Step 2 of 5")

    def test_pause(self, playing):
        page = playing
        page.clock.run_for(TICK)
        press(page, "Pause")
        page.clock.run_for(5 * TICK)
        assert title(page).startswith("Step 2 of 5")

    @pytest.mark.parametrize("name", ["Next step", "Backwards"])
    def test_a_hand_ends_it(self, playing, name):
        page = playing
        page.clock.run_for(TICK)
        press(page, name)
        there = title(page)
        page.clock.run_for(5 * TICK)
        assert title(page) == there

    def test_a_click_on_a_call_ends_it(self, playing):
        page = playing
        box(page, "second").click()
        page.clock.run_for(5 * TICK)
        assert title(page).startswith("Step 3 of 5")

    def test_it_ends_when_nobody_looks(self, playing):
        page = playing
        page.evaluate(HIDE)
        page.clock.run_for(5 * TICK)
        assert title(page).startswith("Step 1 of 5")

    def test_it_ends_when_the_view_is_gone(self, playing):
        page = playing
        page.evaluate(REMOVE)
        page.clock.run_for(5 * TICK)
        told = page.evaluate("gone.querySelector('.tkw-step-title').textContent")
        assert told.startswith("Step 1 of 5")

    def test_a_reader_hears_what_hands_do_and_not_the_clock(self, playing):
        page = playing
        told = page.locator(".tkw-step-title")
        page.clock.run_for(TICK)
        assert told.get_attribute("aria-live") == "off"
        press(page, "Next step")
        assert told.get_attribute("aria-live") == "polite"
        slider(page).fill("1")
        # The slider says its own value.
        assert told.get_attribute("aria-live") == "off"

    def test_with_little_movement_it_steps_and_nothing_slides(self, shown):
        page = shown(twins, reduced_motion="reduce")
        page.clock.install(time=0)
        page.clock.pause_at(1000)
        press(page, "Play")
        page.clock.run_for(3 * TICK)
        world = page.locator(".tkw-svg > g")
        there = world.get_attribute("transform")
        page.clock.run_for(500)
        assert title(page).startswith("Step 4 of 15")
        assert world.get_attribute("transform") == there


class TestEverybody:
    def test_by_keyboard_only(self, shown):
        page = shown(fork)
        page.locator("body").click(position={"x": 1, "y": 1})
        names = []
        for _ in range(10):
            page.keyboard.press("Tab")
            names.append(focused(page)["words"])
            if names[-1] == "Step":
                break
        assert names == [
            "First step",
            "Previous step",
            "Play",
            "Next step",
            "Last step",
            "Step",
        ]
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowRight")
        assert title(page).startswith("Step 3 of 5")
        page.keyboard.press("ArrowLeft")
        assert title(page).startswith("Step 2 of 5")
        page.keyboard.press("End")
        assert title(page).startswith("Step 5 of 5")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        assert "backwards" in title(page)
        page.keyboard.press("Tab")
        assert focused(page)["key"] == "end"
        page.keyboard.press("ArrowUp")
        page.keyboard.press("Enter")
        assert names_with(page, "tkw-current") == {"total"}

    def test_space_plays_and_pauses(self, shown):
        page = shown(fork)
        page.get_by_role("button", name="Play").focus()
        page.keyboard.press("Space")
        assert focused(page)["words"] == "Pause"
        page.keyboard.press("Space")
        assert focused(page)["words"] == "Play"

    def test_keys_do_not_reach_the_page_around(self, shown):
        page = shown(fork)
        page.evaluate(LISTEN)
        slider(page).focus()
        for key in ("b", "d", "ArrowRight", "Control+s", "Escape"):
            page.keyboard.press(key)
        assert page.evaluate("heard") == ["Control", "s", "Escape"]
        assert title(page).startswith("Step 2 of 5")

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    @pytest.mark.parametrize("viewport", [PHONE, {"width": 1100, "height": 800}])
    def test_nobody_is_shut_out(self, shown, scheme, viewport):
        page = shown(twins, scheme, viewport=viewport)
        slider(page).fill("4")
        box(page, "embedding/edges").click()
        assert violations(page) == []
        press(page, "Backwards")
        assert violations(page) == []

    def test_on_a_phone_all_is_below_each_other_and_nothing_sticks_out(self, shown):
        page = shown(twins, viewport=PHONE)
        slider(page).fill("4")
        calm(page)
        outer = page.locator(".tkw-player").bounding_box()
        stage = page.locator(".tkw-stage").bounding_box()
        side = page.locator(".tkw-step").bounding_box()
        assert side["y"] >= stage["y"] + stage["height"] - 1
        hidden = "e => e.scrollHeight - e.clientHeight"
        assert page.locator(".tkw-step").evaluate(hidden) < 2
        for part in (stage, side, page.locator(".tkw-player-bar").bounding_box()):
            assert part["x"] + part["width"] <= outer["x"] + outer["width"] + 1
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

    def test_lines_differ_by_more_than_colour(self, shown):
        page = shown(fork)
        press(page, "Next step")
        dashes = [
            page.locator(f".{kind} > path:not(.tkw-catch)").first.evaluate(
                "e => getComputedStyle(e).strokeDasharray"
            )
            for kind in ("tkw-comes", "tkw-goes")
        ]
        assert dashes == ["none", "8px, 4px"]
        assert page.locator(".tkw-legend").inner_text().split("\n") != [""]
