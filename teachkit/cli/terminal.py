"""What is said on the terminal: progress, notes and results."""

from __future__ import annotations

import sys
from typing import Any

DONE, FAILED = 0, 2
"""Exit status of a command: done, or could not be done."""


def tell(text: str) -> None:
    """Report progress to a person; a pipe or a file gets only the result."""
    if sys.stderr.isatty():
        print(text, file=sys.stderr)


def note(message: Warning | str, *_: Any, **__: Any) -> None:
    """Print a warning as one line; where in our code it arose is no use here."""
    print(f"Note: {message}", file=sys.stderr)


def say(text: str) -> None:
    """Print a result; what the terminal cannot show becomes an escape."""
    encoding = sys.stdout.encoding or "utf-8"
    print(text.encode(encoding, "backslashreplace").decode(encoding))


def prints_unicode() -> bool:
    """Tell whether the terminal shows box characters."""
    return "utf" in (sys.stdout.encoding or "").lower()
