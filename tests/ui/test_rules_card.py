"""The card of the rules in a real browser, and on paper."""

from __future__ import annotations

import re

import pytest

from teachkit.views.rules_card import rules_card
from tests.ui.axe import violations

COLOURS = """() => {
  const style = getComputedStyle(document.body);
  return [style.color, style.backgroundColor];
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_shut_out(opened, scheme):
    page = opened(rules_card(), scheme)

    assert violations(page) == []
    assert page.said == []


def test_it_follows_light_and_dark_and_is_printed_light(opened):
    page = opened(rules_card())
    light = page.evaluate(COLOURS)
    page.emulate_media(color_scheme="dark")
    dark = page.evaluate(COLOURS)
    page.emulate_media(color_scheme="dark", media="print")

    assert all(a != b for a, b in zip(light, dark, strict=True))
    assert page.evaluate(COLOURS) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]


def test_it_fits_on_one_sheet_and_on_a_phone(opened):
    page = opened(rules_card())
    sheets = re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))
    page.set_viewport_size({"width": 320, "height": 600})

    assert len(sheets) == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_rule_that_a_link_means_stands_out(opened):
    page = opened(rules_card())
    page.evaluate("location.hash = '#rule-7'")
    outline = "e => getComputedStyle(e).outlineStyle"

    assert page.locator("#rule-7").evaluate(outline) == "solid"
    assert page.locator("#rule-6").evaluate(outline) == "none"
