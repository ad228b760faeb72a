"""Whether the controls fit the function that they are to call."""

from __future__ import annotations

import difflib
import inspect
from collections.abc import Iterable, Mapping
from inspect import Parameter
from typing import Any

from teachkit.errors import WrongTypeError, WrongValueError
from teachkit.speech import listed, named

_WRITE = "tk.play(build, units=(8, 128))"


def defaults_of(build: Any, names: Iterable[str]) -> dict[str, Any]:
    """Return the defaults of a function for those parameters that have a control.

    Arguments:
        build: the function.
        names: of the controls.

    Raises:
        TeachkitError: it is no function, has no such parameter, or needs one that has
            no control.
    """
    names = list(names)
    if not callable(build):
        kind = type(build).__name__
        raise WrongTypeError(
            "a function that returns a Keras model",
            f"a value of type {kind}, which cannot be called",
            f"pass the function itself, without calling it: {_WRITE}",
        )
    if not names:
        raise WrongValueError(
            "at least one control", "none", f"name a parameter and its range: {_WRITE}"
        )
    try:
        parameters = inspect.signature(build).parameters
    except (TypeError, ValueError):  # a class written in C tells nothing of itself
        return dict.fromkeys(names)
    _check_known(names, parameters)
    _check_needed(names, parameters)
    known = (parameters.get(name) for name in names)
    return {
        name: None if one is None or one.default is Parameter.empty else one.default
        for name, one in zip(names, known, strict=True)
    }


def _check_known(names: list[str], parameters: Mapping[str, Parameter]) -> None:
    if any(one.kind is Parameter.VAR_KEYWORD for one in parameters.values()):
        return
    kinds = (Parameter.POSITIONAL_OR_KEYWORD, Parameter.KEYWORD_ONLY)
    known = [name for name, one in parameters.items() if one.kind in kinds]
    for name in names:
        if name in known:
            continue
        close = difflib.get_close_matches(name, known, n=1)
        told = f"has {listed([named(one) for one in known])}" if known else "has none"
        raise WrongValueError(
            f"a parameter of the function, which {told}",
            f"a control for {named(name)}",
            f"write {named(close[0])}"
            if close
            else f"take a parameter it has, or add {named(name)} to the function",
        )


def _check_needed(names: list[str], parameters: Mapping[str, Parameter]) -> None:
    variable = (Parameter.VAR_KEYWORD, Parameter.VAR_POSITIONAL)
    for name, one in parameters.items():
        if one.kind in variable or one.default is not Parameter.empty:
            continue
        if one.kind is Parameter.POSITIONAL_ONLY:
            found = f"{named(name)}, which can only be given by its place"
            action = f"remove the / after {named(name)}, or give it a default"
        elif name in names:
            continue
        else:
            found = f"no control for {named(name)}, which has no default"
            action = f"add a control, {name}=(1, 8), or a default in the function"
        raise WrongValueError("a control for what the function needs", found, action)
