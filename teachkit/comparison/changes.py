"""What was changed: calls that both models have, and that do not do the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from teachkit.comparison.alignment import Alignment
from teachkit.comparison.findings import Difference
from teachkit.comparison.grouping import Told
from teachkit.comparison.wording import (
    activation_name,
    kind_of,
    listed,
    name_of,
    names_of,
    quoted,
    sentence_start,
    setting_text,
    told_apart,
    value_text,
)
from teachkit.graph import Shape, TensorSpec
from teachkit.layout.labels import shape_text
from teachkit.normal_form import Node
from teachkit.normal_form.masks import DROPPED
from teachkit.normal_form.settings import settings_of

_DOES = {
    "add": "adds",
    "multiply": "multiplies by",
    "maximum": "takes the maximum with",
    "minimum": "takes the minimum with",
}


def changed(found: Alignment) -> Iterator[Told]:
    """Yield what is told of pairs that do not mean the same, once for each layer."""
    groups: list[list[Told]] = []
    where: dict[object, int] = {}
    for one in sorted(found.partner):
        pair = found.left.nodes[one], found.right.nodes[found.partner[one]]
        if pair[0].meaning == pair[1].meaning or pair[0].part == "output":
            continue
        for told in _changed_pair(found, one):
            keys = _keys(pair, told)
            number = next((where[key] for key in keys if key in where), len(groups))
            if number == len(groups):
                groups.append([])
            groups[number].append(told)
            where.update(dict.fromkeys(keys, number))
    return map(_merged, groups)


def _keys(pair: tuple[Node, Node], told: Told) -> list[object]:
    """Return what tells that the same change of the same layer was met before."""
    ids = [node.call.layer_id if node.call else None for node in pair]
    if None in ids or not told.key:
        return []
    return [(side, layer, told.key) for side, layer in enumerate(ids)]


def _merged(group: list[Told]) -> Told:
    differences = [told.difference for told in group]
    lefts = tuple(path for one in differences for path in one.left)
    rights = tuple(path for one in differences for path in one.right)
    return replace(
        group[0], difference=replace(differences[0], left=lefts, right=rights)
    )


def _changed_pair(found: Alignment, one: int) -> Iterator[Told]:
    left, right = found.left.nodes[one], found.right.nodes[found.partner[one]]
    if left.meaning.type == "input":
        yield from _changed_input(left, right)
    elif left.meaning.type == right.meaning.type == "constant":
        nodes = found.left.nodes
        readers = [n for n in nodes if any(r.source == one for r in n.reads)]
        yield _changed_constant(left, right, listed([name_of(n) for n in readers]))
    elif left.meaning.type != right.meaning.type:
        yield _other_type(left, right)
    else:
        yield from _other_settings(left, right)


def _changed_input(left: Node, right: Node) -> Iterator[Told]:
    specs = left.call.outputs[0], right.call.outputs[0]  # type: ignore[union-attr]
    name = names_of(left, right)
    if specs[0].shape != specs[1].shape:
        ours, theirs = shape_text(specs[0].shape), shape_text(specs[1].shape)
        text = (
            f"The input {name} has shape {ours} on the left and {theirs} on the right."
        )
        yield _told("inputs", text, left, right)
    if specs[0].dtype != specs[1].dtype:
        text = (
            f"The input {name} is {specs[0].dtype} on the left and {specs[1].dtype} on "
            "the right."
        )
        yield _told("inputs", text, left, right)


def _changed_constant(left: Node, right: Node, readers: str) -> Told:
    values = [dict(node.meaning.settings) for node in (left, right)]
    if values[0]["kind"] != values[1]["kind"]:
        ours, theirs = (value["kind"].lower() for value in values)
        text = (
            f"{sentence_start(readers)} reads a {ours} on the left and a {theirs} on "
            "the right. Only a variable can train."
        )
        return _told("constants", text, left, right)
    start = f"The constant that {readers} reads has other numbers"
    if values[0]["shape"] != values[1]["shape"]:
        start = f"The constant that {readers} reads has another shape"
        ends = [value_text(value["shape"]) for value in values]
    elif not any(v.get("value", "digest").startswith("digest") for v in values):
        ends = [value_text(value["value"]) for value in values]
    else:
        return _told("constants", f"{start} in the two models.", left, right)
    text = f"{start}: {ends[0]} on the left and {ends[1]} on the right."
    return _told("constants", text, left, right)


def _other_type(left: Node, right: Node) -> Told:
    both = [node.meaning.type.startswith("activation ") for node in (left, right)]
    key = ("type", left.meaning.type, right.meaning.type)
    if all(both):
        ours, theirs = activation_name(left), activation_name(right)
        subject = _subject_of_activation(left, right)
        text = f"{subject} {ours} on the left and {theirs} on the right."
    else:
        ours, theirs = kind_of(left), kind_of(right)
        text = (
            f"{names_of(left, right)} is {ours} on the left and {theirs} on the right."
        )
        text = text[0].upper() + text[1:]
    return _told("changed", text, left, right, key)


def _subject_of_activation(left: Node, right: Node) -> str:
    if left.path == right.path and "activation" in {left.part, right.part}:
        return f"{quoted(left.path)} has the activation"
    if left.part == right.part == "activation":
        names = f"{quoted(left.path)} ({quoted(right.path)} on the right)"
        return f"{names} has the activation"
    return f"{sentence_start(names_of(left, right))} is the activation"


def _other_settings(left: Node, right: Node) -> Iterator[Told]:
    if _follows(left, right):
        return
    ours, theirs = dict(left.meaning.settings), dict(right.meaning.settings)
    keys = [
        key for key in sorted({**ours, **theirs}) if ours.get(key) != theirs.get(key)
    ]
    if "layer" in keys and "backward_layer" in keys:
        # What Bidirectional makes of its layer for the way back.
        keys.remove("backward_layer")
    kind = left.meaning.type
    for key in keys[:4]:
        values = ours.get(key), theirs.get(key)
        yield _told(
            "changed",
            _setting_sentence(left, right, key),
            left,
            right,
            ("setting", kind, key, *values),
        )
    if len(keys) > 4:
        name = sentence_start(names_of(left, right))
        text = f"{name} differs in {len(keys) - 4} more arguments."
        yield _told("changed", text, left, right, ("more", kind))
    if left.meaning.words != right.meaning.words:
        yield _told(
            "changed",
            _words_sentence(left, right),
            left,
            right,
            ("words", left.meaning.words, right.meaning.words),
        )
    if left.meaning.body != right.meaning.body:
        text = (
            f"{names_of(left, right)} ({kind_of(left)}) runs other code on the right."
        )
        yield _told("changed", text, left, right, ("body", kind))
    elif not keys and left.meaning.words == right.meaning.words:
        yield _dtype_sentence(left, right)


def _setting_sentence(left: Node, right: Node, key: str) -> str:
    ours = dict(left.meaning.settings).get(key)
    theirs = dict(right.meaning.settings).get(key)
    if key == DROPPED[0] and left.meaning.type != "constant":
        return _mask_sentence(left, right, on_left=theirs is not None)
    if left.meaning.type == "reshape" and key == "shape":
        name = sentence_start(names_of(left, right))
        shapes = value_text(ours), value_text(theirs)
        return f"{name} gives {shapes[0]} on the left and {shapes[1]} on the right."
    one, other = (setting_text(key, value) for value in told_apart(ours, theirs))
    if one.split(" ", 1)[0].isdigit() or one.replace(",", "")[:1].isdigit():
        other = other.split(" ", maxsplit=1)[0] if theirs is not None else other
    name = names_of(left, right)
    return (
        f"{name[0].upper()}{name[1:]} has {one} on the left and {other} on the right."
    )


def _mask_sentence(left: Node, right: Node, *, on_left: bool) -> str:
    sides = ("left", "right") if on_left else ("right", "left")
    name = sentence_start(names_of(left, right))
    return (
        f"{name} passes the mask of what it reads on, on the {sides[0]}; on the "
        f"{sides[1]} it is an operation, and drops the mask."
    )


def _words_sentence(left: Node, right: Node) -> str:
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


def _dtype_sentence(left: Node, right: Node) -> Told:
    ours, theirs = (listed(node.meaning.dtypes) for node in (left, right))
    name = sentence_start(names_of(left, right))
    text = f"{name} gives {ours} on the left and {theirs} on the right."
    return _told("changed", text, left, right, ("dtype", ours, theirs))


def _follows(left: Node, right: Node) -> bool:
    """Tell whether a pair differs only because what it reads does.

    A Flatten gives another shape when an earlier layer has other units; that was told
    of the earlier layer.
    """
    one, other = left.call, right.call
    if one is None or other is None or left.is_inside or right.is_inside:
        return False
    if left.meaning.body != right.meaning.body:
        return False
    configs = [settings_of(call.config, strict=False) for call in (one, other)]
    written_alike = one.type == other.type and configs[0] == configs[1]
    if not written_alike or left.meaning.words != right.meaning.words:
        return False
    return _arriving(one.inputs) != _arriving(other.inputs)


def _arriving(specs: tuple[TensorSpec, ...]) -> list[tuple[Shape | None, str]]:
    return [(spec.shape, spec.dtype) for spec in specs]


def _told(
    code: str, text: str, left: Node, right: Node, key: tuple[object, ...] = ()
) -> Told:
    difference = Difference(code, text, (left.path,), (right.path,))
    return Told(difference, key, name_of(left))
