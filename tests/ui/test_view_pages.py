"""Whole pages: silent, without network, with odd models, hostile names, and small."""

from __future__ import annotations

import base64
import binascii
import re

import keras
import pytest

import teachkit as tk
from teachkit.views.graph_view import GraphView
from teachkit.views.html_page import page as html_page
from teachkit.views.widget.assets import module, styles
from teachkit.views.widget.standalone import again, piece, shared
from tests.graphs import Sketch, siamese
from tests.ui import models
from tests.ui.looking import box, keys_of, names_with, panel, press

TAGS = """button circle code dd div dl dt g input li option p path polygon rect section
    select span strong svg text tspan ul br"""
KINDS = ("graph_view", "player", "comparison")


def identity():
    inputs = keras.Input((3,), name="x")
    return keras.Model(inputs, inputs, name="identity")


def only_input():
    sketch = Sketch("nothing")
    sketch.input("x")
    return sketch.graph()


def empty():
    return Sketch("empty").graph()


def one_layer():
    return keras.Sequential([keras.Input((2,)), keras.layers.Dense(1, name="dense")])


def touch_everything(page):
    """Open, search, ask for routes, select all in sight, zoom, and clear again."""
    for name in ("Open all groups", "Routes from an input to an output", "Zoom in"):
        button = page.locator(".tkw").get_by_role("button", name=name, exact=True)
        if button.count():
            button.click()
    page.get_by_role("searchbox").fill("e")
    page.get_by_role("searchbox").press("Enter")
    for key in keys_of(page)[:20]:
        page.evaluate(
            """key => [...document.querySelectorAll("[role=option]")].find(
              one => one.dataset.key === key)?.dispatchEvent(
              new MouseEvent("click", { bubbles: true }))""",
            key,
        )
    page.keyboard.press("Escape")
    press(page, "Fit: show all")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "page_of",
    [
        models.siamese,
        models.three_deep,
        models.blocks,
        models.long_chain,
        models.hostile,
        models.routes,
        models.shared_inside,
    ],
)
def test_nothing_is_asked_of_the_network_and_nothing_goes_wrong(
    opened, scheme, page_of
):
    page = opened(page_of(), scheme)
    touch_everything(page)
    assert page.said == []
    assert {url.partition(":")[0] for url in page.asked} == {"file", "blob"}


@pytest.mark.parametrize("build", [identity, one_layer, only_input, empty])
def test_models_with_little_in_them(opened, build):
    page = opened(tk.show(build()).html())
    page.locator(".tkw-svg").wait_for()
    if build is not empty:
        touch_everything(page)
    assert page.said == []


def test_hostile_names_make_no_elements(opened):
    page = opened(models.hostile())
    page.locator(".tkw [role=option]").first.wait_for()
    touch_everything(page)
    page.locator(".tkw [role=option]").nth(1).click()
    assert page.locator(".tkw :is(img, script, b, iframe)").count() == 0
    assert page.said == []
    tags = page.locator(".tkw").evaluate(
        "root => [...new Set([...root.querySelectorAll('*')].map(e => e.localName))]"
    )
    assert set(tags) <= set(TAGS.split())


def two_views():
    one, other = GraphView(siamese()), GraphView(siamese())
    lives = [one.live(), other.live()]
    body = piece(lives[0], "a") + piece(lives[1], "b") + again("a") + shared(lives)
    return html_page("two", body)


def test_views_on_one_page_share_no_ids(opened):
    page = opened(two_views())
    page.locator(".tkw [role=option]").nth(12).wait_for()
    for view in range(3):
        page.locator(".tkw").nth(view).locator("[data-key=left]").wait_for()
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
    assert len(ids) == len(set(ids))
    assert sum(name.startswith("tkw-view") for name in ids) == 3
    assert page.said == []


def test_two_views_of_one_model_move_as_one_and_others_do_not(opened):
    page = opened(two_views())
    views = [page.locator(".tkw").nth(k) for k in range(3)]
    views[0].locator("[role=option][data-key=minus]").click()
    chosen = [view.locator(".tkw-selected").count() for view in views]
    assert chosen == [1, 0, 1]
    views[2].locator("[data-toggle=encoder]").click()
    opened_ones = [view.locator("[data-key='encoder/conv']").count() for view in views]
    assert opened_ones == [1, 0, 1]


def test_a_view_says_what_python_had_set(opened):
    view = GraphView(siamese())
    view.selected = "encoder/conv"
    view.highlighted = ["left", "minus"]
    page = opened(view.html())
    box(page, "encoder/conv").wait_for()
    assert names_with(page, "tkw-selected") == {"encoder/conv"}
    assert names_with(page, "tkw-lit") == {"left", "minus"}
    assert "Dense" in panel(page).inner_text()


@pytest.mark.parametrize("kind", KINDS)
def test_a_script_and_its_styles_are_small(kind):
    assert len(module(kind)) + len(styles(kind)) < 60_000


def test_the_graph_is_smaller_still():
    assert len(module("graph_view")) + len(styles("graph_view")) < 45_000


def test_pages_are_small():
    assert len(models.siamese()) < 100_000
    with tk.dry():
        model = keras.applications.NASNetLarge(weights=None)
    assert len(tk.show(model).html()) < 1_000_000


def test_a_page_holds_its_data_deflated():
    found = re.search(r'"_data":"([A-Za-z0-9+/=]+)"', models.siamese())
    assert binascii.hexlify(base64.b64decode(found[1])[:2]) == b"78da"
