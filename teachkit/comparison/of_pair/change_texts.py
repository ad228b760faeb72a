"""The sentences on calls that both models have and that do not do the same."""

from __future__ import annotations

from teachkit.comparison.of_pair.values import numbers_text, setting_texts, value_text
from teachkit.comparison.of_pair.wording import (
    activation_name,
    kind_of,
    names_of,
    part_names_of,
)
from teachkit.layout.labels import shape_text
from teachkit.normal_form import Node
from teachkit.normal_form.masks import DROPPED
from teachkit.speech import listed, named, sentence_start, shape_words

_DOES = {
    "add": "adds",
    "multiply": "multiplies by",
    "maximum": "takes the maximum with",
    "minimum": "takes the minimum with",
}


def input_texts(left: Node, right: Node) -> list[str]:
    """Return what is told of an input of another shape or dtype."""
    specs = left.call.outputs[0], right.call.outputs[0]  # type: ignore[union-attr]
    name = names_of(left, right)
    found = []
    if specs[0].shape != specs[1].shape:
        ours, theirs = shape_words(specs[0].shape), shape_words(specs[1].shape)
        if specs[1].shape is not None:
            theirs = shape_text(specs[1].shape)
        found.append(
            f"The input {name} has {ours} on the left and {theirs} on the right."
        )
    if specs[0].dtype != specs[1].dtype:
        found.append(
            f"The input {name} is {specs[0].dtype} on the left and {specs[1].dtype} on "
            "the right."
        )
    return found


def constant_text(left: Node, right: Node, readers: str) -> str:
    """Return what is told of constants with other numbers.

    Arguments:
        left: a constant.
        right: its partner.
        readers: names of the calls that read it.
    """
    values = [dict(node.meaning.settings) for node in (left, right)]
    if values[0]["kind"] != values[1]["kind"]:
        ours, theirs = (value["kind"].lower() for value in values)
        return (
            f"{sentence_start(readers)} reads a {ours} on the left and a {theirs} on "
            "the right. Only a variable can train."
        )
    start = f"The constant that {readers} reads has other numbers"
    if values[0]["shape"] != values[1]["shape"]:
        start = f"The constant that {readers} reads has another shape"
        ends = [value_text(value["shape"]) for value in values]
    elif not any(v.get("value", "digest").startswith("digest") for v in values):
        ends = [numbers_text(value["value"]) for value in values]
    else:
        return f"{start} in the two models."
    return f"{start}: {ends[0]} on the left and {ends[1]} on the right."


def type_text(left: Node, right: Node) -> str:
    """Return what is told of calls of another class, or other activations."""
    if all(node.meaning.type.startswith("activation ") for node in (left, right)):
        ours, theirs = activation_name(left), activation_name(right)
        subject = _subject_of_activation(left, right)
        return f"{subject} {ours} on the left and {theirs} on the right."
    name = sentence_start(part_names_of(left, right))
    return f"{name} is {kind_of(left)} on the left and {kind_of(right)} on the right."


def _subject_of_activation(left: Node, right: Node) -> str:
    if left.path == right.path and "activation" in {left.part, right.part}:
        return f"{named(left.path)} has the activation"
    if left.part == right.part == "activation":
        return f"{names_of(left, right)} has the activation"
    return f"{sentence_start(part_names_of(left, right))} is the activation"


def setting_sentence(left: Node, right: Node, key: str) -> str:
    """Return what is told of one argument with another value."""
    ours = dict(left.meaning.settings).get(key)
    theirs = dict(right.meaning.settings).get(key)
    name = sentence_start(part_names_of(left, right))
    if key == DROPPED[0] and left.meaning.type != "constant":
        sides = ("left", "right") if theirs is not None else ("right", "left")
        return (
            f"{name} passes the mask of what it reads on, on the {sides[0]}; on the "
            f"{sides[1]} it is an operation, and drops the mask."
        )
    if left.meaning.type == "reshape" and key == "shape":
        shapes = value_text(ours), value_text(theirs)
        return f"{name} gives {shapes[0]} on the left and {shapes[1]} on the right."
    one, other = setting_texts(key, ours, theirs)
    return f"{name} has {one} on the left and {other} on the right."


def words_sentence(left: Node, right: Node) -> str:
    """Return what is told of calls that are given other arguments."""
    name = sentence_start(names_of(left, right))
    ours, theirs = listed(left.meaning.words), listed(right.meaning.words)
    verb = _DOES.get(left.meaning.type)
    if verb is not None and ours and theirs:
        return f"{name} {verb} {ours} on the left and {theirs} on the right."
    if not ours:
        return (
            f"{name} is called without {theirs} on the left and with it on the right."
        )
    if not theirs:
        return f"{name} is called with {ours} on the left and without it on the right."
    return f"{name} is called with {ours} on the left and with {theirs} on the right."
