"""teachkit: see, compute and understand models of the Keras Functional API.

The names below are everything a lesson needs. They are loaded when first used, so
that `import teachkit` is quick and imports neither TensorFlow nor Keras.
"""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from teachkit.api import (
        ask,
        check,
        compare,
        dry,
        exercise,
        explain,
        play,
        progress,
        read,
        show,
        to_code,
        trace,
    )
    from teachkit.errors import TeachkitError
    from teachkit.graph import ModelGraph

__all__ = [
    "ModelGraph",
    "TeachkitError",
    "ask",
    "check",
    "compare",
    "dry",
    "exercise",
    "explain",
    "play",
    "progress",
    "read",
    "show",
    "to_code",
    "trace",
]

_HOMES = {
    "ModelGraph": "teachkit.graph",
    "TeachkitError": "teachkit.errors",
    "ask": "teachkit.api",
    "check": "teachkit.api",
    "compare": "teachkit.api",
    "dry": "teachkit.api",
    "exercise": "teachkit.api",
    "explain": "teachkit.api",
    "play": "teachkit.api",
    "progress": "teachkit.api",
    "read": "teachkit.api",
    "show": "teachkit.api",
    "to_code": "teachkit.api",
    "trace": "teachkit.api",
}


def __getattr__(name: str) -> Any:
    from importlib import import_module  # noqa: PLC0415 - costs nothing until used

    if name == "__version__":
        return version("teachkit")
    if name not in _HOMES:
        raise AttributeError(f"module 'teachkit' has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__, "__version__"])
