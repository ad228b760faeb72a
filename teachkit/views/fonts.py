"""Fonts for names in any language: matplotlib's own has no Chinese, for example."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from functools import cache

from matplotlib.font_manager import (
    FontEntry,
    findfont,
    findSystemFonts,
    fontManager,
    get_font,
)
from matplotlib.text import Text


def spell(texts: Iterable[Text]) -> None:
    """Give texts further fonts for the letters that their own has not.

    Where no font of the machine has a letter, matplotlib warns and draws a box.
    """
    for text in texts:
        letters = sorted(set(text.get_text()) - _ASCII)
        if not letters:
            continue
        own = findfont(text.get_fontproperties())
        found = (_font_with(letter) for letter in letters if not _has(own, letter))
        families = [*text.get_fontfamily(), *(name for name in found if name)]
        text.set_fontfamily(list(dict.fromkeys(families)))


_ASCII = frozenset(map(chr, range(128)))


@cache
def _font_with(letter: str) -> str | None:
    """Return the family of a font that has a letter, None if there is none."""
    known = _family(letter)
    if known is None:
        _read_new_fonts()
        known = _family(letter)
    return known


def _family(letter: str) -> str | None:
    plain = (one for one in fontManager.ttflist if _plain(one))
    fonts = sorted(plain, key=lambda one: (one.name, one.fname))
    return next((one.name for one in fonts if _has(one.fname, letter)), None)


@cache
def _read_new_fonts() -> None:
    """Show matplotlib the fonts that came after it made its list, once for all time."""
    known = {one.fname for one in fontManager.ttflist}
    for file in sorted(set(findSystemFonts()) - known):
        # A file that matplotlib cannot read is not a font for us.
        with suppress(Exception):
            fontManager.addfont(file)


def _plain(font: FontEntry) -> bool:
    """Tell whether asking for a family by its name gives this very font.

    Fonts of last resort are left out: they have a box with a sign for any letter.
    """
    if font.name.startswith("Last Resort"):
        return False
    return font.style == "normal" and font.weight in {400, "normal", "regular"}


@cache
def _has(file: str, letter: str) -> bool:
    with suppress(OSError, RuntimeError):  # a file that is gone, or no font after all
        return get_font(file).get_char_index(ord(letter)) > 0
    return False
