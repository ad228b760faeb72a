"""Nobody is shut out: axe finds nothing, colours differ, settings of people hold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import teachkit.views.widget
from teachkit.views.palette import HUES, MARKS, variables
from tests.ui import models
from tests.ui.axe import violations
from tests.ui.looking import box, names_with, panel, press
from tests.views.test_palette import blended, contrast

CSS = Path(teachkit.views.widget.__file__).parent / "static" / "graph_view.css"
SCHEMES = pytest.mark.parametrize("scheme", ["light", "dark"])


@SCHEMES
@pytest.mark.parametrize("page_of", [models.siamese, models.long_chain, models.hostile])
def test_axe_finds_nothing_at_first(opened, scheme, page_of):
    page = opened(page_of(), scheme)
    page.locator(".tkw [role=option]").first.wait_for()
    assert violations(page) == []


@SCHEMES
def test_axe_finds_nothing_with_everything_open(opened, scheme):
    page = opened(models.three_deep(), scheme)
    press(page, "Open all groups")
    press(page, "Routes from an input to an output")
    box(page, "depth2/depth1/depth0/relu").click()
    page.get_by_role("searchbox").fill("relu")
    assert violations(page) == []
    press(page, "Menu")
    assert violations(page) == []
    press(page, "Keyboard")
    assert violations(page) == []


@SCHEMES
def test_axe_finds_nothing_on_a_phone(opened, scheme):
    page = opened(models.siamese(), scheme, viewport={"width": 360, "height": 740})
    box(page, "encoder").click()
    assert violations(page) == []


def test_axe_finds_nothing_in_the_panel_of_an_edge(opened):
    page = opened(models.siamese())
    box(page, "same").click()
    panel(page).get_by_role("button").filter(has_text="absolute as").click()
    assert violations(page) == []


def test_a_screen_reader_hears_a_list_of_calls(opened):
    page = opened(models.siamese())
    box(page, "left").wait_for()
    heard = page.locator(".tkw").aria_snapshot()
    assert 'listbox "Calls of siamese"' in heard
    assert re.search(r'option "encoder.*call 1 of 2.*closed"', heard)
    box(page, "encoder").click()
    assert 'group "Details"' in page.locator(".tkw").aria_snapshot()


def test_what_happened_is_said(opened):
    page = opened(models.siamese())
    page.locator("[data-toggle=encoder]").click()
    assert page.get_by_role("status").filter(has_text="encoder opened.").count() == 1


@SCHEMES
def test_forced_colours_show_boxes_and_what_is_selected(opened, scheme):
    page = opened(models.siamese(), scheme, forced_colors="active")
    box(page, "left").click()
    look = """name => {
      const room = document.querySelector(`[data-key='${name}'] rect`);
      const style = getComputedStyle(room);
      return [style.stroke, style.strokeWidth];
    }"""
    assert page.evaluate(look, "left") != page.evaluate(look, "right")
    assert names_with(page, "tkw-selected") == {"left"}
    assert violations(page) == []


def colours(dark):
    """Return the colours of the palette and those of the view itself."""
    own = re.findall(
        r"(--tk-[\w-]+): light-dark\((#\w{6}), (#\w{6})\)", CSS.read_text("utf-8")
    )
    assert len(own) >= 4
    return {**variables(dark), **{name: pair[dark] for name, *pair in own}}


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
class TestColours:
    """Contrast by the formula of WCAG: 7 for words, 3 for lines."""

    def test_words_on_paper_and_on_buttons(self, dark):
        known = colours(dark)
        for ground in ("--tk-paper", "--tk-soft"):
            assert contrast(known["--tk-text"], known[ground]) >= 7

    def test_faint_words_of_an_empty_search(self, dark):
        known = colours(dark)
        share = float(
            re.search(r"placeholder \{[^}]*opacity: ([\d.]+)", CSS.read_text())[1]
        )
        faint = blended(known["--tk-text"], known["--tk-paper"], share)
        assert contrast(faint, known["--tk-paper"]) >= 7

    @pytest.mark.parametrize("line", ["--tk-line", "--tk-focus", "--tk-lit"])
    def test_lines_on_paper_and_on_buttons(self, dark, line):
        known = colours(dark)
        for ground in ("--tk-paper", "--tk-soft"):
            assert contrast(known[line], known[ground]) >= 3

    @pytest.mark.parametrize("line", ["--tk-focus", "--tk-lit"])
    def test_lit_boxes_and_wires_on_every_ground(self, dark, line):
        known = colours(dark)
        for hue in HUES:
            fill = known[f"--tk-{hue}-fill"]
            assert contrast(known[line], fill) >= 3, hue
            assert (
                contrast(known[line], blended(fill, known["--tk-paper"], 0.4)) >= 3
            ), hue

    def test_words_of_the_tip(self, dark):
        known = colours(dark)
        assert contrast(known["--tk-paper"], known["--tk-text"]) >= 7

    def test_marks_on_paper(self, dark):
        known = colours(dark)
        for mark in MARKS:
            assert contrast(known[f"--tk-{mark}"], known["--tk-paper"]) >= 3


def test_what_is_read_aloud_begins_with_what_is_written(opened):
    page = opened(models.three_deep())
    box(page, "x").click()
    other = page.locator(".tkw :is(button, [role=option])").evaluate_all(
        """all => all.filter(one => {
          const shown = one.querySelector(".title, text") ?? one;
          const [word] = shown.textContent.match(/^\\p{L}+/u) ?? [""];
          return !(one.getAttribute("aria-label") ?? word).startsWith(word);
        }).map(one => one.textContent)"""
    )
    assert other == []
