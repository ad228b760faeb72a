"""Why a function built no model, in words for the person who moved a control."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from teachkit.errors import TeachkitError
from teachkit.keras_runner.rebuilding import BuildError
from teachkit.speech import cut
from teachkit.views.clean import clean
from teachkit.views.play.wording import settings_text

_LONGEST = 400
_NOISE = re.compile(
    r"\x1b\[[0-9;]*m|\{\{.*?\}\} *| *\[Op:.*|"
    r"(?s:\n+Arguments received by .*)|Exception encountered[^\n]*\n*"
)
"""Colours, names of functions of TensorFlow, and what Keras adds to a message."""


def problem_of(error: BuildError, settings: Mapping[str, Any]) -> str:
    """Return what went wrong at these settings, and in which line.

    Example:
        >>> print(problem_of(BuildError(ValueError("too deep")), {"depth": 9}))
        With depth=9: ValueError: too deep
    """
    where = f"With {settings_text(settings)}"
    if isinstance(error.error, TeachkitError):
        return f"{where}:\n{error.error}"
    text = " ".join(_NOISE.sub("", str(error.error)).split())
    kind = type(error.error).__name__
    said = clean(f"{kind}: {text}" if text else kind, _LONGEST)
    line = f"\n(in {clean(cut(error.line))})" if error.line else ""
    return f"{where}: {said}{line}"
