"""Texts are measured, shortened in the middle, and show what would be hidden."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teachkit.layout.text_size import shorten, text_width
from tests.graphs import FIXED, HOSTILE


@given(
    text=st.text(), size=st.floats(8, 20), room=st.floats(40, 300), bold=st.booleans()
)
@FIXED
def test_a_shortened_text_fits(text, size, room, bold):
    short = shorten(text, size, room, bold=bold)
    assert text_width(short, size, bold=bold) <= room + 0.5


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_fit(name):
    short = shorten(name, 12, 226)
    assert text_width(short, 12) <= 226.5
    short.encode()


def test_beginning_and_end_stay():
    short = shorten("block_one_" + "x" * 100 + "_last", 12, 150)
    assert short.startswith("block_one")
    assert short.endswith("_last")
    assert short.count("…") == 1


def test_a_text_that_fits_stays_as_it_is():
    assert shorten("dense_1", 12, 100) == "dense_1"


@pytest.mark.parametrize(
    ("text", "shown"),
    [("a\nb", r"a\nb"), ("\u202eabc", r"\u202eabc"), ("\ud800", r"\ud800"),
     ("\x00", r"\x00"), ("\ufffe", r"\ufffe"), ("é层", "é层")],
)  # fmt: skip
def test_what_would_be_hidden_is_shown(text, shown):
    assert shorten(text, 12, 200) == shown


def test_widths_are_those_of_letters():
    assert text_width("W", 10) > text_width("i", 10)
    assert text_width("a", 10, bold=True) > text_width("a", 10)
    assert text_width("层", 10) > text_width("a", 10)
    assert text_width("e\u0301", 10) == text_width("e", 10)
