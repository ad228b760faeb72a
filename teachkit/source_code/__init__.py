"""A model as source: the Functional or Sequential code that builds its graph."""

from __future__ import annotations

import warnings
from typing import Literal

from teachkit.errors import WrongValueError
from teachkit.keras_reader import Recording, dry
from teachkit.keras_reader.internals import names_kept
from teachkit.keras_reader.untouched import chance_kept
from teachkit.source_code.program import Program

__all__ = ["to_code"]

_STYLES = ("functional", "sequential")


def to_code(
    recording: Recording, *, style: Literal["functional", "sequential"] = "functional"
) -> str:
    """Return source that defines `model`, with the graph of the model that was read.

    The model itself, Keras' counters and Python's random numbers stay as they are.

    Arguments:
        recording: what `teachkit.keras_reader.record_model` gives.
        style: "functional", or "sequential" for a plain chain of layers.

    Raises:
        WrongValueError: there is no such style.
        ModelError: something cannot be written; the message names the call and tells
            why.
    """
    _check_style(style)
    with chance_kept(), names_kept(), dry(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return _text(recording, style)


def _check_style(style: object) -> None:
    """Refuse what is no style, whatever it is."""
    if not isinstance(style, str) or style not in _STYLES:
        raise WrongValueError(
            "style 'functional' or 'sequential'",
            repr(style) if isinstance(style, str) else f"a {type(style).__name__}",
            "write style='functional' for the code of any model, or "
            "style='sequential' for a list of layers",
        )


def _text(recording: Recording, style: str) -> str:
    program = Program(recording)
    text = program.text(style)
    # Which classes and functions are needed is known when all is written.
    clashes = program.clashes()
    return Program(recording, clashes).text(style) if clashes else text
