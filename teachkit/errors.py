"""The errors teachkit raises for a user's mistake: expected, found, what to do.

    TeachkitError
    ├── WrongTypeError (also a TypeError)    an argument is of a kind we cannot use
    └── WrongValueError (also a ValueError)  the kind is right, the content is not
        ├── ModelError                       a model that cannot be read as it is
        ├── FileError                        a file that cannot be read or written
        └── LayoutError                      no layout engine could place the boxes

This module knows nothing of graphs or Keras, so that every other module may use it.
"""

from __future__ import annotations

import traceback
from pathlib import Path

_PACKAGE = str(Path(__file__).parent)


class TeachkitError(Exception):
    """Something the caller can put right, said in words a learner understands.

    Arguments:
        expected: what teachkit needs, as a sentence without a full stop.
        found: what it got instead, with the name and the shape where there is one.
        action: what to do about it.

    Example:
        >>> print(TeachkitError("a Keras model", "a list", "pass the model itself"))
        Expected: a Keras model.
        Found: a list.
        What to do: pass the model itself.
    """

    def __init__(self, expected: str, found: str, action: str) -> None:
        self.expected = expected
        self.found = found
        self.action = action
        super().__init__(
            f"Expected: {expected}.\nFound: {found}.\nWhat to do: {action}."
        )

    def __reduce__(self) -> tuple[type[TeachkitError], tuple[str, str, str]]:
        return type(self), (self.expected, self.found, self.action)

    def _render_traceback_(self) -> list[str]:
        """Show a notebook the user's own line and the message, not our frames."""
        lines = [f"{type(self).__name__}"]
        own = _line_of_the_user(self)
        if own:
            lines.append(own)
        return [*lines, *str(self).splitlines()]


class WrongTypeError(TeachkitError, TypeError):
    """An argument is of a kind that teachkit cannot use."""


class WrongValueError(TeachkitError, ValueError):
    """An argument has the right kind and a value that cannot be used."""


class ModelError(WrongValueError):
    """A model that cannot be read as it is, for example one never built."""


class FileError(WrongValueError):
    """A file that is missing, damaged, refused as unsafe, or cannot be written."""


class LayoutError(WrongValueError):
    """No layout engine could place the boxes of a drawing."""


def _line_of_the_user(error: BaseException) -> str:
    """Return the line of the cell that led here, the last that no library has."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename.startswith(_PACKAGE) or "site-packages" in frame.filename:
            continue
        return f"  in line {frame.lineno}: {frame.line}" if frame.line else ""
    return ""
