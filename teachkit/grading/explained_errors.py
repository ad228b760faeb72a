"""What an exception of the student's code means, in words."""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from typing import Any

from teachkit.grading.findings import Finding


def explained(error: BaseException, filename: str, names: Mapping[str, Any]) -> Finding:
    """Return what an exception means.

    Arguments:
        error: as the student's code raised it.
        filename: of the answer, to tell the line.
        names: as the code left them.
    """
    line = _line(error, filename)
    return Finding(f"Your code stops{line}: {type(error).__name__}: {error}.")


def _line(error: BaseException, filename: str) -> str:
    frames = [
        f for f in traceback.extract_tb(error.__traceback__) if f.filename == filename
    ]
    return f" in line {frames[-1].lineno}" if frames else ""
