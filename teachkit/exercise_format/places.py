"""In which line of a file an entry of its block stands."""

from __future__ import annotations

import re

from teachkit.exercise_format.cells import Block


def line_of(block: Block, key: str, table: str = "", number: int = 0) -> int:
    """Return the line of the file in which an entry stands.

    Arguments:
        block: with the entry.
        key: of it.
        table: it is in: `criteria`.
        number: of the table, where several have the same name.

    Returns:
        The line of its table where it is not found, that of the block without one.
    """
    lines = block.text.splitlines()
    start = _start(lines, table, number) if table else 0
    found = [n for n in range(start, len(lines)) if _begins(lines[n], key)]
    if found:
        return block.line + found[0]
    return block.line + start if table else block.line - 1


def _start(lines: list[str], table: str, number: int) -> int:
    heads = [n for n, line in enumerate(lines) if _heads(line, table)]
    if heads:
        # Questions in one list, and not in tables of their own, all stand in one line.
        return heads[min(number, len(heads) - 1)]
    return next((n for n, line in enumerate(lines) if _begins(line, table)), 0)


def _heads(line: str, table: str) -> bool:
    return re.match(rf"\s*\[+\s*{re.escape(table)}\b", line) is not None


def _begins(line: str, key: str) -> bool:
    """Tell whether a line begins an entry, or the table of that name."""
    pattern = rf"""\s*(?:\[+[\w.\s]*\b)?["']?{re.escape(key)}\b["']?\s*(?:[=.\]]|$)"""
    return bool(key) and re.match(pattern, line) is not None
