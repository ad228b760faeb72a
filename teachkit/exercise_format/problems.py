"""What is wrong with an exercise's file, told to its author."""

from __future__ import annotations

from teachkit.errors import WrongValueError


def problem(
    path: str, line: int, expected: str, found: str, action: str
) -> WrongValueError:
    """Return the error that names file and line."""
    return WrongValueError(f"{expected} ({path}, line {line})", found, action)
