"""A model as source: the Functional or Sequential code that builds its graph."""

from __future__ import annotations

import random
import warnings
from typing import Literal

from teachkit.keras_reader import Recording, dry
from teachkit.keras_reader.internals import names_kept
from teachkit.source_code.program import Program

__all__ = ["to_code"]


def to_code(
    recording: Recording, *, style: Literal["functional", "sequential"] = "functional"
) -> str:
    """Return source that defines `model`, with the graph of the model that was read.

    The model itself, Keras' counters and Python's random numbers stay as they are.

    Arguments:
        recording: what `teachkit.keras_reader.record_model` gives.
        style: "functional", or "sequential" for a plain chain of layers.

    Raises:
        ModelError: something cannot be written; the message names the call and tells
            why.
    """
    state = random.getstate()
    try:
        with names_kept(), dry(), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _text(recording, style)
    finally:
        random.setstate(state)


def _text(recording: Recording, style: str) -> str:
    program = Program(recording)
    text = program.text(style)
    # Which classes and functions are needed is known when all is written.
    clashes = program.clashes()
    return Program(recording, clashes).text(style) if clashes else text
