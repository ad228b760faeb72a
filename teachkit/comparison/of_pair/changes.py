"""What was changed: calls that both models have, and that do not do the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from teachkit.comparison.findings import Difference
from teachkit.comparison.of_pair.alignment import Alignment
from teachkit.comparison.of_pair.change_texts import (
    constant_text,
    input_texts,
    setting_sentence,
    type_text,
    words_sentence,
)
from teachkit.comparison.of_pair.grouping import Told
from teachkit.comparison.of_pair.operands import computed
from teachkit.comparison.of_pair.wording import kind_of, name_of, names_of
from teachkit.graph import Shape, TensorSpec
from teachkit.normal_form import Node
from teachkit.normal_form.settings import settings_of
from teachkit.speech import listed, sentence_start

_MOST_KEYS = 4


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
        for text in input_texts(left, right):
            yield _told("inputs", text, left, right)
    elif left.meaning.type == right.meaning.type == "constant":
        nodes = found.left.nodes
        readers = [n for n in nodes if any(r.source == one for r in n.reads)]
        text = constant_text(left, right, listed([name_of(n) for n in readers]))
        yield _told("constants", text, left, right)
    elif left.meaning.type != right.meaning.type:
        key = ("type", left.meaning.type, right.meaning.type)
        yield _told("changed", type_text(left, right), left, right, key)
    elif not _follows(left, right):
        yield from _other_settings(left, right)
        yield from _other_words(found, left, right)
        yield from _other_code(left, right)


def _other_settings(left: Node, right: Node) -> Iterator[Told]:
    keys = _keys_that_differ(left, right)
    settings = dict(left.meaning.settings), dict(right.meaning.settings)
    kind = left.meaning.type
    for key in keys[:_MOST_KEYS]:
        values = (side.get(key) for side in settings)
        text = setting_sentence(left, right, key)
        yield _told("changed", text, left, right, ("setting", kind, key, *values))
    if len(keys) > _MOST_KEYS:
        name = sentence_start(names_of(left, right))
        text = f"{name} differs in {len(keys) - _MOST_KEYS} more arguments."
        yield _told("changed", text, left, right, ("more", kind))


def _keys_that_differ(left: Node, right: Node) -> list[str]:
    ours, theirs = dict(left.meaning.settings), dict(right.meaning.settings)
    keys = [
        key for key in sorted({**ours, **theirs}) if ours.get(key) != theirs.get(key)
    ]
    if "layer" in keys and "backward_layer" in keys:
        # What Bidirectional makes of its layer for the way back.
        keys.remove("backward_layer")
    return keys


def _other_words(found: Alignment, left: Node, right: Node) -> Iterator[Told]:
    """Yield that a call is given something else beside its tensors."""
    words = left.meaning.words, right.meaning.words
    if words[0] == words[1]:
        return
    formula = computed((found.left, left), (found.right, right))
    code, text = formula or ("changed", words_sentence(left, right))
    yield _told(code, text, left, right, ("words", *words))


def _other_code(left: Node, right: Node) -> Iterator[Told]:
    """Yield that other code runs, or what is left: that the dtype is another one."""
    name = sentence_start(names_of(left, right))
    if left.meaning.body != right.meaning.body:
        text = f"{name} ({kind_of(left)}) runs other code on the right."
        yield _told("changed", text, left, right, ("body", left.meaning.type))
    elif left.meaning.words == right.meaning.words and not _keys_that_differ(
        left, right
    ):
        ours, theirs = (listed(node.meaning.dtypes) for node in (left, right))
        text = f"{name} gives {ours} on the left and {theirs} on the right."
        yield _told("changed", text, left, right, ("dtype", ours, theirs))


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
