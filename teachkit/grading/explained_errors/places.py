"""What an error says in plain text, and the expression at a place in code."""

from __future__ import annotations

import ast
import re

_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_WRAPPED = re.compile(r"Exception encountered when calling (?P<what>\w+)\.call\(\)\.")

Place = tuple[int | None, int | None, int | None, int | None]
"""First and last line, first and last column."""


def plain_text(error: BaseException) -> str:
    """Return a message without colours and without what Keras puts around it."""
    try:
        text = _COLOURS.sub("", str(error))
    except Exception:  # noqa: BLE001 - an error of the student may fail to tell itself
        return ""
    if _WRAPPED.match(text):
        text = _WRAPPED.sub("", text, count=1).split("\n\nArguments received by")[0]
    return text.strip()


def expression_at(source: str, place: Place) -> ast.AST | None:
    """Return the expression that stands exactly at a place in code."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    for node in ast.walk(tree):
        own = tuple(
            getattr(node, name, None)
            for name in ("lineno", "end_lineno", "col_offset", "end_col_offset")
        )
        if own == place and isinstance(node, ast.expr):
            return node
    return None
