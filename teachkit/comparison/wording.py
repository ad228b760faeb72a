"""The words for nodes of a model in sentences about two models."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from teachkit.graph import Call
from teachkit.layout.labels import config_texts, count_text, shape_text
from teachkit.normal_form import Node

_COUNTED = {"units": "unit", "filters": "filter", "num_heads": "head"}
_TIMES = {1: "once", 2: "twice", 3: "three times"}
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six")


def quoted(name: str) -> str:
    """Return a name in quotes, cut if nobody could read it."""
    return f"'{name if len(name) <= 60 else name[:57] + '...'}'"


def listed(texts: Sequence[str], most: int = 6) -> str:
    """Return texts as a list in words: `'a', 'b' and 'c'`; many are counted."""
    shown = list(texts)
    if len(shown) > most:
        shown = [*shown[: most - 1], f"{len(shown) - most + 1:,} others"]
    if len(shown) < 2:
        return "".join(shown)
    return ", ".join(shown[:-1]) + " and " + shown[-1]


def sentence_start(text: str) -> str:
    """Return a text with a capital letter: `The activation of 'hidden'`."""
    return text[:1].upper() + text[1:]


def times(count: int) -> str:
    """Return how often: `twice`, `5 times`."""
    return _TIMES.get(count, f"{count} times")


def number(count: int) -> str:
    """Return a small number as a word."""
    return _NUMBERS[count] if count < len(_NUMBERS) else f"{count:,}"


def name_of(node: Node) -> str:
    """Return how to speak of a node: `'hidden'`, `the activation of 'hidden'`."""
    if node.part == "activation":
        return f"the activation of {quoted(node.path)}"
    if node.meaning.type == "constant":
        return f"the constant {quoted(node.path)}"
    return quoted(node.path)


def names_of(one: Node, other: Node) -> str:
    """Return how to speak of a pair: with both names where these are not the same."""
    if (one.path, one.part) == (other.path, other.part):
        return name_of(one)
    return f"{name_of(one)} ({name_of(other)} on the right)"


def kind_of(node: Node) -> str:
    """Return what a node is: `Dense`, `the operation Add`."""
    call = node.call
    if node.part == "activation":
        return f"activation {activation_name(node)}"
    return node.meaning.type if call is None else kind_of_call(call)


def kind_of_call(call: Call) -> str:
    """Return the class of a call; that of an operation is told to be one."""
    return f"the operation {call.type}" if call.kind == "operation" else call.type


def described(node: Node) -> str:
    """Return name, class and arguments: `'drop' (Dropout, rate=0.5)`."""
    if node.call is None or node.part == "activation":
        return f"{name_of(node)} ({kind_of(node)})"
    if node.call.kind in {"input", "constant"}:
        return f"{name_of(node)} of shape {shape_text(node.call.outputs[0].shape)}"
    texts = [kind_of(node), *config_texts(node.call)[:3], *node.call.arguments[:2]]
    return f"{name_of(node)} ({', '.join(texts)})"


def activation_name(node: Node) -> str:
    """Return the name of an activation with its arguments: `'leaky_relu'`."""
    name = node.meaning.type.removeprefix("activation ")
    return "a function of your own" if name == "function" else quoted(name)


def value_text(encoded: str | None) -> str:
    """Return a value that is kept as JSON in the words of Python."""
    if encoded is None:
        return "nothing"
    try:
        value = json.loads(encoded)
    except ValueError:
        return encoded
    if isinstance(value, dict) and "class_name" in value:
        inside = _config_of(value)
        texts = [f"{k}={v!r}" for k, v in inside.items() if v is not None][:3]
        return f"{value['class_name']}({', '.join(texts)})"
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "..."


def setting_text(key: str, value: str | None) -> str:
    """Return an argument in words: `64 units`, `rate=0.5`."""
    if key in _COUNTED and value is not None and value.isdigit():
        return count_text(int(value), _COUNTED[key])
    return f"no {key}" if value is None else f"{key}={value_text(value)}"


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
