"""Warnings that point to the line of the user, not to one of ours."""

from __future__ import annotations

import sys
import warnings
from pathlib import Path

_PACKAGE = str(Path(__file__).parents[1])


def warn_user(sentence: str) -> None:
    """Warn, and point to the line of the user that asked for the drawing."""
    frame, level = sys._getframe(), 1  # noqa: SLF001 - as the module warnings does
    while frame.f_back is not None and frame.f_code.co_filename.startswith(_PACKAGE):
        frame, level = frame.f_back, level + 1
    warnings.warn(sentence, stacklevel=level)
