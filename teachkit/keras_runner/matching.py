"""What a user gives for the inputs or outputs of a model, matched with their names."""

from __future__ import annotations

import ast
import difflib
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import keras
import numpy as np

from teachkit.errors import WrongTypeError, WrongValueError
from teachkit.graph import Endpoint
from teachkit.keras_reader.ports import leaves_with_path

_OF_ARRAYS = ("input", "target")
_NUMBERS = (bool, int, float, complex, str, bytes, np.generic)


def matched(
    given: Any,
    ends: Sequence[Endpoint],
    noun: str,
    *,
    partial: bool = False,
    free: Collection[Endpoint] = (),
) -> dict[Endpoint, Any]:
    """Return what was given for each input or output.

    A dict goes by the names of the model, or by the keys of its own dict; a list goes
    by position.

    Arguments:
        given: one thing, or several in a list or dict.
        ends: the inputs or outputs, in the order in which their author gave them.
        noun: what an error calls them: `input`, `target`, `loss`.
        partial: something may be missing.
        free: those that may be missing in a dict.

    Raises:
        WrongValueError: names or the number of things do not fit.
    """
    leaves = dict(leaves_with_path(given))
    by_path = {end.path: end for end in ends}
    if set(leaves) == set(by_path):
        return {by_path[path]: leaf for path, leaf in leaves.items()}
    if isinstance(given, Mapping):
        return _by_name(given, ends, noun, ends if partial else free)
    values = list(leaves.values())
    if len(values) != len(ends):
        raise WrongValueError(
            f"{_counted(len(ends), noun)}: {told(ends)}",
            _counted(len(values), noun) + _shapes(values),
            f"pass a dict with the names: {example(ends)}"
            if len(ends) > 1
            else f"pass one {'array' if noun in _OF_ARRAYS else noun}",
        )
    if any(end.path.startswith(("['", '["')) for end in ends) and len(ends) > 1:
        raise WrongTypeError(
            f"a dict for the {_plural(noun)} {told(ends)}, as the model has one",
            f"a {type(given).__name__}, of which nobody can tell the order",
            f"name them: {example(ends)}",
        )
    return dict(zip(ends, values, strict=True))


def names_of(ends: Sequence[Endpoint]) -> list[str]:
    """Return the name of each: its key in the author's dict, or the call it is of."""
    calls = [end.call for end in ends]
    return [
        _key_of(end.path)
        or (end.call if calls.count(end.call) == 1 else f"{end.call}{end.path}")
        for end in ends
    ]


def told(ends: Sequence[Endpoint]) -> str:
    """Return the names of inputs or outputs as words."""
    return ", ".join(f"'{name}'" for name in names_of(ends))


def example(ends: Sequence[Endpoint]) -> str:
    """Return how they are given by name."""
    return "{" + ", ".join(f"'{name}': ..." for name in names_of(ends)) + "}"


def _by_name(
    given: Mapping[Any, Any],
    ends: Sequence[Endpoint],
    noun: str,
    free: Collection[Endpoint],
) -> dict[Endpoint, Any]:
    known = dict(zip(names_of(ends), ends, strict=True))
    for end in ends:
        known.setdefault(end.call, end)
    values = {
        f"{key}{path}": leaf
        for key, item in given.items()
        for path, leaf in leaves_with_path(item)
    }
    ends_told = "inputs" if noun == "input" else "outputs"
    for name in values:
        if name not in known:
            close = difflib.get_close_matches(name, known, n=1)
            hint = f"did you mean '{close[0]}'? " if close else ""
            raise WrongValueError(
                f"names of the {ends_told} of the model: {told(ends)}",
                f"the name '{name}'",
                f"{hint}pass {example(ends)}",
            )
    found = {known[name]: leaf for name, leaf in values.items()}
    missing = [end for end in ends if end not in found and end not in free]
    if missing:
        raise WrongValueError(
            f"something for each {noun}: {told(ends)}",
            f"nothing for {told(missing)}; given: {', '.join(map(repr, given))}",
            f"pass {example(ends)}",
        )
    return found


def _key_of(path: str) -> str:
    """Return the key of a place in a dict of the author: `score` for `['score']`."""
    try:
        key = ast.literal_eval(path[1:-1])
    except (SyntaxError, ValueError):  # a place deeper inside
        return ""
    return key if isinstance(key, str) else ""


def numbers_joined(given: Any, count: int) -> Any:
    """Return lists of plain numbers as arrays: each is one thing, and not several.

    Arguments:
        given: one thing, or several in a list or dict.
        count: how many things are wanted.

    Raises:
        WrongValueError: rows of a list have different lengths.
    """
    if isinstance(given, Mapping):
        return {key: numbers_joined(item, 1) for key, item in given.items()}
    if not isinstance(given, (list, tuple)):
        return given
    flat = keras.tree.flatten(given)
    plain = [leaf for leaf in flat if isinstance(leaf, _NUMBERS)]
    holes = sum(leaf is None for leaf in flat)  # told later, with the name
    if count > 1 or not plain or len(plain) + holes < len(flat):
        return [numbers_joined(item, 1) for item in given]
    try:
        return np.asarray(given)
    except ValueError:
        raise WrongValueError(
            "lists of numbers whose rows have the same length",
            "rows of different lengths",
            "fill the rows up to the same length, for example with zeros",
        ) from None


def _plural(noun: str) -> str:
    return f"{noun}es" if noun.endswith("s") else f"{noun}s"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun if count == 1 else _plural(noun)}"


def _shapes(values: list[Any]) -> str:
    shapes = [str(tuple(one.shape)) for one in values if hasattr(one, "shape")]
    noun = "shape" if len(shapes) == 1 else "shapes"
    return f" of {noun} {', '.join(shapes)}" if shapes else ""
