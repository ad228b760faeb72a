"""The options of a drawing, checked before anything is drawn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from teachkit.errors import WrongValueError

Charset = Literal["unicode", "ascii"]

NARROWEST = 40
"""Columns below which names would be shortened to nothing."""

_DETAILS = ("shape", "dtype", "params", "config")


@dataclass(frozen=True, slots=True)
class Look:
    """How a drawing is to look."""

    details: frozenset[str]
    expanded: bool
    width: int
    ascii_only: bool


def checked_look(details: object, nested: str, width: object, charset: str) -> Look:
    """Return the options as one value.

    Raises:
        WrongValueError: one of them has a value that is not offered.
    """
    if isinstance(details, str) or not isinstance(details, Iterable):
        # A text is a sequence of letters; the author meant a sequence of one text.
        expected = "details as a tuple or list"
        raise _wrong(expected, details, f"write ({details!r},)")
    for name in details:
        _check("details", name, _DETAILS)
    _check("nested", nested, ("collapsed", "expanded"))
    _check("charset", charset, ("unicode", "ascii"))
    columns = check_width(width)
    return Look(frozenset(details), nested == "expanded", columns, charset == "ascii")


def check_width(width: object) -> int:
    """Return the number of columns.

    Raises:
        WrongValueError: it is no whole number, or too small.
    """
    if not isinstance(width, int) or width < NARROWEST:
        expected = f"a width of at least {NARROWEST} columns"
        raise _wrong(expected, width, "leave width out for the usual 100 columns")
    return width


def _check(option: str, value: object, offered: tuple[str, ...]) -> None:
    if value not in offered:
        expected = f"{option} from among {', '.join(map(repr, offered))}"
        raise _wrong(expected, value, "take one of these")


def _wrong(expected: str, found: object, action: str) -> WrongValueError:
    return WrongValueError(expected, repr(found), action)
