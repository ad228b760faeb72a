"""Sentences in lines of a width."""

from __future__ import annotations

import textwrap


def wrapped(text: str, width: int, lead: str = "") -> list[str]:
    """Return a text in lines, the first of which begins with a number or nothing."""
    indent = " " * len(lead)
    found: list[str] = []
    for line in text.splitlines():
        first = indent if found else lead
        found += textwrap.wrap(
            line, width, initial_indent=first, subsequent_indent=indent
        ) or [""]
    return found
