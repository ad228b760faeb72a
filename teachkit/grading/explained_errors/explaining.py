"""From an exception to words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from teachkit.grading.explained_errors import (
    arguments,
    connecting,
    feeding,
    layers_and_tensors,
    merging,
    python_errors,
    saving,
    shapes,
    symbolic,
    syntax,
    training,
)
from teachkit.grading.explained_errors.registry import explanations
from teachkit.grading.explained_errors.scene import Scene
from teachkit.grading.findings import Finding

# Importing them registers their explanations; the order of asking is this one.
_TABLES = (
    syntax,
    python_errors,
    symbolic,
    layers_and_tensors,
    merging,
    connecting,
    shapes,
    training,
    feeding,
    saving,
    arguments,
)

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z`'\"])|\n")
_LONGEST = 240


def explained(error: BaseException, filename: str, names: Mapping[str, Any]) -> Finding:
    """Return what an exception means.

    Arguments:
        error: as the student's code raised it.
        filename: of the answer, to tell the line.
        names: as the code left them.
    """
    scene = Scene(error, filename, names)
    for function, match in explanations(scene, [table.__name__ for table in _TABLES]):
        try:
            finding = function(scene, match)
        except Exception:  # noqa: BLE001 - values of a student may fail when they are looked at; the error itself is told then
            continue
        if finding is not None:
            return finding
    return _as_it_is(scene)


def _as_it_is(scene: Scene) -> Finding:
    """Tell an error that no explanation knows: its kind and its first sentence."""
    first = next((part for part in _SENTENCE.split(scene.text) if part.strip()), "")
    first = first.strip()
    if len(first) > _LONGEST:
        first = f"{first[: _LONGEST - 1]}…"
    if first and first[-1] not in ".!?…":
        first += "."
    told = f"{scene.kind}: {first}" if first else f"{scene.kind}."
    look = "Look at that line, and at the names that it uses."
    if scene.line is None:
        told = f"your code stops where it is used. {told}"
        look = "Look at what your function gets, and at what it returns."
    return scene.finding(f"{told}", "So nothing after it has run.", look)
