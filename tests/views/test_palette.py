"""Colours can be told from their ground, by the formula of WCAG 2."""

from __future__ import annotations

import re

import pytest

from teachkit.views.palette import FAMILY_HUES, HUES, MARKS, SHARED, hue_of, variables
from teachkit.views.stylesheet import stylesheet

THEMES = pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])


def luminance(colour):
    parts = (int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5))
    linear = [
        p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts
    ]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    low, high = sorted((luminance(expanded(one)), luminance(expanded(other))))
    return (high + 0.05) / (low + 0.05)


def expanded(colour):
    assert re.fullmatch(r"#[0-9a-f]{6}", colour)
    return colour


def blended(colour, ground, share):
    mixed = (
        round(
            share * int(colour[k : k + 2], 16)
            + (1 - share) * int(ground[k : k + 2], 16)
        )
        for k in (1, 3, 5)
    )
    return "#" + "".join(f"{part:02x}" for part in mixed)


def test_the_formula():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@THEMES
@pytest.mark.parametrize("hue", HUES)
def test_text_on_every_fill(hue, dark):
    colours = variables(dark)
    fill, paper = colours[f"--tk-{hue}-fill"], colours["--tk-paper"]
    for ground in (fill, blended(fill, paper, 0.35), blended(fill, paper, 0.4)):
        assert contrast(colours["--tk-text"], ground) >= 7


@THEMES
def test_text_on_paper(dark):
    colours = variables(dark)
    assert contrast(colours["--tk-text"], colours["--tk-paper"]) >= 7


@THEMES
def test_lines_on_paper_and_on_frames(dark):
    colours = variables(dark)
    paper = colours["--tk-paper"]
    green = blended(colours["--tk-green-fill"], paper, 0.35)
    lines = ["--tk-wire", *(f"--tk-{hue}-line" for hue in HUES)]
    lines += [f"--tk-shared-{k}" for k in range(len(SHARED))]
    for line in lines:
        assert contrast(colours[line], paper) >= 3, line
        assert contrast(colours[line], green) >= 3, line


@THEMES
def test_letters_on_badges_and_marks(dark):
    colours = variables(dark)
    for name in (*(f"shared-{k}" for k in range(len(SHARED))), *MARKS):
        badge = colours[f"--tk-{name}"]
        assert contrast(colours["--tk-badge-text"], badge) >= 4.5


def test_every_family_has_a_hue():
    assert set(FAMILY_HUES.values()) <= set(HUES)
    assert hue_of("never heard of") in HUES


@pytest.mark.parametrize("theme", ["auto", "light", "dark"])
def test_every_variable_in_the_stylesheet_has_a_colour(theme):
    css = stylesheet(theme)
    assert set(re.findall(r"var\((--[a-z0-9-]+)\)", css)) <= set(variables(True))
    assert ("var(" in css) is (theme == "auto")
