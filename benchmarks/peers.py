"""The peers: `model.summary()` for reading, `keras.utils.plot_model` for drawing."""

from __future__ import annotations

import shutil
import subprocess
import time
from dataclasses import dataclass
from typing import Any

import keras

STOPPED_AFTER = 150.0
"""Seconds after which the peer is stopped."""


@dataclass(frozen=True)
class Outcome:
    """How long the peer took, and what became of it: `drawn`, `aborted`, `stopped`.

    Attributes:
        seconds: for the source and the drawing.
        fate: one of these words, or `no dot program`.
        svg: what was drawn, without what stands before it.
    """

    seconds: float
    fate: str
    svg: str = ""


def summary(model: Any) -> None:
    """Print a summary to nowhere."""
    model.summary(print_fn=lambda *_, **__: None)


def plot_model(model: Any) -> Outcome:
    """Draw to SVG as `plot_model(model, 'x.svg', show_shapes=True)` does, timed.

    The program `dot` is started here and not through pydot, so that it can be stopped.
    """
    program = shutil.which("dot")
    if program is None:
        return Outcome(0.0, "no dot program")
    start = time.perf_counter()
    source = keras.utils.model_to_dot(model, show_shapes=True).to_string()
    try:
        finished = subprocess.run(
            [program, "-Tsvg"],
            input=source.encode(),
            capture_output=True,
            timeout=STOPPED_AFTER,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Outcome(STOPPED_AFTER, "stopped")
    taken = time.perf_counter() - start
    if finished.returncode:
        return Outcome(taken, "aborted")
    drawn = finished.stdout.decode()
    return Outcome(taken, "drawn", drawn[drawn.index("<svg") :])
