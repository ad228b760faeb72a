"""The options of a drawing, checked before anything is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from teachkit.errors import WrongValueError

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


def checked_look(details: Sequence[str], nested: str, width: int, charset: str) -> Look:
    """Return the options as one value.

    Raises:
        WrongValueError: one of them has a value that is not offered.
    """
    if isinstance(details, str):
        # A text is a sequence of letters; the author meant a sequence of one text.
        raise WrongValueError(
            "details as a tuple or list",
            f"details={details!r}, a single text",
            f"write details=({details!r},)",
        )
    for name in details:
        _check("details", name, _DETAILS)
    _check("nested", nested, ("collapsed", "expanded"))
    _check("charset", charset, ("unicode", "ascii"))
    if not isinstance(width, int) or width < NARROWEST:
        raise WrongValueError(
            f"a width of at least {NARROWEST} columns",
            f"width={width!r}",
            "leave width out for the usual 100 columns",
        )
    return Look(frozenset(details), nested == "expanded", width, charset == "ascii")


def _check(option: str, value: object, offered: tuple[str, ...]) -> None:
    if value not in offered:
        names = ", ".join(map(repr, offered))
        raise WrongValueError(
            f"{option} from among {names}", repr(value), "take one of these"
        )
