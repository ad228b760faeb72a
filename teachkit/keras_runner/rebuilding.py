"""Calls a function that builds a model, again and again, and leaves nothing behind.

Building without numbers takes milliseconds, however large the model. Some functions
need the numbers, because they train or look at weights: then it is built with them.
"""

from __future__ import annotations

import sysconfig
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, replace
from io import StringIO
from math import prod
from pathlib import Path
from typing import Any

import keras

from teachkit.errors import ModelError, TeachkitError
from teachkit.keras_reader import Recording, dry, internals, record_model
from teachkit.keras_runner.guard import chance_now, same_chance

Build = Callable[..., Any]
Settings = Mapping[str, Any]

_MOST_AGAIN = 50_000_000
"""Numbers of a model that failed without them: a larger one is not tried with them."""
_SAME_NAMES = "unique"
"""What Keras says when a layer of the learner has the name of one that was made."""
_OTHERS = (
    str(Path(__file__).parents[1]),
    *(sysconfig.get_paths()[name] for name in ("platlib", "purelib", "stdlib")),
)
"""Where code lies that the author of a model did not write."""


@dataclass(frozen=True, eq=False)
class Built:
    """A model that was built.

    Attributes:
        recording: the model, read.
        printed: what the function printed meanwhile.
        is_dry: the model has no numbers.
    """

    recording: Recording
    printed: str
    is_dry: bool


class BuildError(Exception):
    """A function that builds models failed.

    Attributes:
        error: what it raised.
        line: where in the code of its author, with its text; empty if not known.
    """

    def __init__(self, error: Exception) -> None:
        super().__init__(str(error))
        self.error = error
        self.line = "" if isinstance(error, TeachkitError) else _line_of(error)


def built(build: Build, settings: Settings, before: Any = None) -> Built:
    """Build a model, without numbers if that can be done, and read it.

    Automatic names count from the start, and what Keras, NumPy and Python count and
    draw by chance goes on afterwards as if nothing had been built.

    Arguments:
        build: the function.
        settings: its arguments.
        before: the model that it built last. A layer that is in both was not made by
            the function: it gets its numbers, which building left out.

    Raises:
        BuildError: the function failed, or what it returned is no model.
    """
    try:
        found = _first_that_succeeds(build, settings)
    except _AttemptError as failed:
        raise BuildError(failed.error) from failed.error
    if found.is_dry and before is not None:
        _give_numbers_to_common(found.recording.root.model, before)
    return found


def built_with_numbers(build: Build, settings: Settings) -> Built:
    """Build a model that can be run, with the same names; see `built`.

    Raises:
        BuildError: the function failed, or what it returned is no model.
    """
    try:
        return _with_names(build, settings, is_dry=False)
    except _AttemptError as failed:
        raise BuildError(failed.error) from failed.error


class _AttemptError(Exception):
    def __init__(self, error: Exception, waiting: int) -> None:
        super().__init__()
        self.error = error
        self.waiting = waiting


def _first_that_succeeds(build: Build, settings: Settings) -> Built:
    try:
        return _with_names(build, settings, is_dry=True)
    except _AttemptError as failed:
        if failed.waiting > _MOST_AGAIN or isinstance(failed.error, TeachkitError):
            raise
        return _with_names(build, settings, is_dry=False)


def _with_names(build: Build, settings: Settings, *, is_dry: bool) -> Built:
    """Build with names from the start, unless a layer from outside has one of them."""
    try:
        return _attempt(build, settings, is_dry=is_dry, fresh=True)
    except _AttemptError as failed:
        if _SAME_NAMES not in str(failed.error):
            raise
        return _attempt(build, settings, is_dry=is_dry, fresh=False)


def _attempt(build: Build, settings: Settings, *, is_dry: bool, fresh: bool) -> Built:
    printed = StringIO()
    known = len(internals.pending_variables())
    with ExitStack() as kept:
        kept.enter_context(redirect_stdout(printed))
        kept.enter_context(redirect_stderr(printed))
        kept.enter_context(internals.names_kept(fresh=fresh))
        kept.enter_context(chance_kept())
        if is_dry:
            kept.enter_context(dry())
        try:
            model = build(**settings)
            _check_model(model)
            if not is_dry:
                _give_numbers(model.variables)
            found = _without_notice(record_model(model))
            return Built(found, printed.getvalue(), is_dry)
        except Exception as error:
            waiting = internals.pending_variables()[known:]
            raise _AttemptError(
                error, sum(prod(one.shape) for one in waiting)
            ) from error


@contextmanager
def chance_kept() -> Iterator[None]:
    """Let all generators of random numbers go on after the block as if nothing was."""
    with same_chance(chance_now()), internals.global_seed_kept():
        yield


def _check_model(model: Any) -> None:
    """Refuse what is no model.

    Raises:
        ModelError: the function returned something else.
    """
    if isinstance(model, keras.Model):
        return
    found = "None" if model is None else f"a value of type {type(model).__name__}"
    raise ModelError(
        "a function that returns a Keras model",
        f"one that returned {found}",
        "end it with: return keras.Model(inputs, outputs)",
    )


def _without_notice(recording: Recording) -> Recording:
    """Return a recording that does not tell that it was built without numbers.

    Whoever plays gets the numbers when they are needed.
    """
    notices = tuple(one for one in recording.graph.notices if one.code != "dry")
    return replace(recording, graph=replace(recording.graph, notices=notices))


def _give_numbers_to_common(model: Any, before: Any) -> None:
    known = {id(variable) for variable in before.variables}
    _give_numbers(v for v in model.variables if id(v) in known)


def _give_numbers(variables: Any) -> None:
    for variable in variables:
        internals.give_numbers(variable)


def _line_of(error: Exception) -> str:
    """Return the last line on the way to an error that the author wrote."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if not frame.filename.startswith((*_OTHERS, "<")):
            return f"line {frame.lineno}: {frame.line}" if frame.line else ""
    return ""
