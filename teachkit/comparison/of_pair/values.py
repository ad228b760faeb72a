"""The words for the values of arguments in sentences about two models."""

from __future__ import annotations

import json
from typing import Any

from teachkit.layout.labels import count_text
from teachkit.layout.labels import value_text as plain_text
from teachkit.speech import cut

_COUNTED = {"units": "unit", "filters": "filter", "num_heads": "head"}


def value_text(encoded: str | None) -> str:
    """Return a value that is kept as JSON in the words of Python: `(2, 2)`."""
    if encoded is None:
        return "nothing"
    try:
        return cut(plain_text(json.loads(encoded)))
    except ValueError:
        return encoded


def numbers_text(encoded: str) -> str:
    """Return the numbers of a constant, which are no tuple: `[1.0, 2.0]`."""
    return cut(repr(json.loads(encoded)))


def setting_texts(key: str, one: str | None, other: str | None) -> tuple[str, str]:
    """Return an argument of two calls in words: `64 units` and `32`.

    Arguments:
        key: name of the argument.
        one: its value as JSON, None where the call has no such argument.
        other: the same of the other call.
    """
    values = told_apart(one, other)
    texts = _one_text(key, values[0]), _one_text(key, values[1])
    noun = "a kernel of " if key == "kernel_size" else ""
    if one is None or other is None:
        return texts
    if key in _COUNTED:
        return texts[0], texts[1].split(" ", maxsplit=1)[0]
    return texts[0], texts[1].removeprefix(noun) if noun else texts[1]


def _one_text(key: str, value: str | None) -> str:
    if value is None:
        return f"no {key}"
    if key in _COUNTED and value.isdigit():
        return count_text(int(value), _COUNTED[key])
    if key == "kernel_size":
        return f"a kernel of {value_text(value)}"
    return f"{key}={value_text(value)}"


def told_apart(one: str | None, other: str | None) -> tuple[str | None, str | None]:
    """Return two values, kept as JSON, without what is equal inside them.

    Of a layer inside a layer only the arguments stay that differ.
    """
    if one is None or other is None or "class_name" not in one:
        return one, other
    ours, theirs = json.loads(one), json.loads(other)
    both = isinstance(ours, dict) and isinstance(theirs, dict)
    if not both or ours.get("class_name") != theirs.get("class_name"):
        return one, other
    mine, others = _config_of(ours), _config_of(theirs)
    keys = [key for key in {**mine, **others} if mine.get(key) != others.get(key)]
    ours["config"] = {key: mine[key] for key in keys if key in mine}
    theirs["config"] = {key: others[key] for key in keys if key in others}
    return json.dumps(ours), json.dumps(theirs)


def _config_of(value: dict[str, Any]) -> dict[str, Any]:
    """Return the arguments of a layer or initializer inside a config."""
    found = value.get("config")
    return found if isinstance(found, dict) else {}
