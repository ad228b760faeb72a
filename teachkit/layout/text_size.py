"""How wide a text will be, without asking a font.

The widths are those of DejaVu Sans, one of the widest fonts in use, in thousandths of
the font size: a text that fits by this table fits in Arial, Helvetica, Roboto or Segoe.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_FIRST = 32
_WIDTHS = (
    318,
    401,
    460,
    838,
    636,
    950,
    780,
    275,
    390,
    390,
    500,
    838,
    318,
    361,
    318,
    337,
    636,
    636,
    636,
    636,
    636,
    636,
    636,
    636,
    636,
    636,
    337,
    337,
    838,
    838,
    838,
    531,
    1000,
    684,
    686,
    698,
    770,
    632,
    575,
    775,
    752,
    295,
    295,
    656,
    557,
    863,
    748,
    787,
    603,
    787,
    695,
    635,
    611,
    732,
    684,
    989,
    685,
    611,
    685,
    390,
    337,
    390,
    838,
    500,
    500,
    613,
    635,
    550,
    635,
    615,
    352,
    635,
    634,
    278,
    278,
    579,
    278,
    974,
    634,
    612,
    635,
    635,
    411,
    521,
    392,
    634,
    592,
    818,
    592,
    592,
    525,
    636,
    337,
    636,
    838,
)
_BOLD = 1.12
"""Bold letters are at most so much wider, on average over a word."""
_OTHER, _WIDE = 680, 1050


@lru_cache(maxsize=65536)
def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of a text in pixels, for a font size in pixels."""
    total = sum(map(_letter_width, text)) * size / 1000
    return total * _BOLD if bold else total


def shorten(text: str, size: float, room: float, *, bold: bool = False) -> str:
    """Return the text, with its middle left out if it is wider than the room.

    Control characters become visible escapes: a name must not break a line.
    """
    text = "".join(visible(letter) for letter in text[:400] + text[400:][-400:])
    room += 0.5  # boxes are made as wide as their widest text, up to rounding
    if text_width(text, size, bold=bold) <= room:
        return text
    low, high = 0, len(text) // 2
    while low < high:
        keep = (low + high + 1) // 2
        if text_width(_cut(text, keep), size, bold=bold) <= room:
            low = keep
        else:
            high = keep - 1
    return _cut(text, max(low, 1))


def visible(letter: str) -> str:
    """Return a letter, or its escape if it would not be seen or would move others."""
    hidden = unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    return letter.encode("unicode_escape").decode() if hidden else letter


def _cut(text: str, keep: int) -> str:
    return f"{text[:keep]}…{text[-keep:]}"


def _letter_width(letter: str) -> int:
    code = ord(letter) - _FIRST
    if 0 <= code < len(_WIDTHS):
        return _WIDTHS[code]
    if unicodedata.combining(letter):
        return 0
    return _WIDE if unicodedata.east_asian_width(letter) in "WF" else _OTHER
