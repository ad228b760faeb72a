"""What is written differently and means the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from teachkit.comparison.findings import Difference
from teachkit.comparison.of_pair.alignment import Alignment, has_own_name
from teachkit.comparison.of_pair.grouping import Told
from teachkit.comparison.of_pair.idle import idle
from teachkit.comparison.of_pair.shared_layers import sharing
from teachkit.comparison.of_pair.values import setting_texts
from teachkit.comparison.of_pair.wording import (
    activation_name,
    kind_of_call,
    name_of,
    names_of,
)
from teachkit.normal_form import Node
from teachkit.normal_form.settings import settings_of
from teachkit.speech import listed, named, sentence_start


def disguised(found: Alignment) -> Iterator[Told]:
    """Yield what differs between two models in words only."""
    yield from _nesting(found)
    for left, right in found.pairs():
        if left.call is None or right.call is None:
            continue
        if left.meaning.type == "input" or left.meaning != right.meaning:
            continue
        yield from _written(left, right)
    yield from _operands(found)
    yield from idle(found)
    yield from sharing(found, without_weights=True)
    yield from _ends(found)
    yield from _frozen(found)
    yield from _names(found)


def _written(left: Node, right: Node) -> Iterator[Told]:
    """Yield how two calls with the same meaning are written differently."""
    if left.part != right.part and "activation" in {left.part, right.part}:
        yield _fused(left, right)
        return
    if left.part or right.part or left.call is None or right.call is None:
        return
    if (left.call.kind, left.call.type) != (right.call.kind, right.call.type):
        kinds = kind_of_call(left.call), kind_of_call(right.call)
        name = sentence_start(names_of(left, right))
        text = f"{name} is {kinds[0]} on the left and {kinds[1]} on the right."
        yield _told("form", text, left, right, ("form", *kinds))
        return
    if sorted(left.call.arguments) != sorted(right.call.arguments):
        name = sentence_start(names_of(left, right))
        ours, theirs = (listed(call.arguments) for call in (left.call, right.call))
        text = f"{name} is written with {ours or 'nothing'} on the left and with "
        text += f"{theirs or 'nothing'} on the right, which comes to the same."
        yield _told("form", text, left, right, ("words", ours, theirs))
    yield from _settings(left, right)


def _fused(left: Node, right: Node) -> Told:
    name = activation_name(left)
    if left.part:
        text = (
            f"The activation {name} is part of {named(left.path)} on the left and a "
            f"call of its own, {named(right.path)}, on the right."
        )
    else:
        text = (
            f"The activation {name} is a call of its own, {named(left.path)}, on the "
            f"left and part of {named(right.path)} on the right."
        )
    return _told("fused", text, left, right, ("fused", bool(left.part)))


def _settings(left: Node, right: Node) -> Iterator[Told]:
    """Yield arguments that concern training only, or are other words for the same."""
    if left.call is None or right.call is None:
        return
    ours, theirs = (
        dict(settings_of(call.config, strict=True)) for call in (left.call, right.call)
    )
    for key in sorted({**ours, **theirs}):
        # An activation that differs is a call of its own on one side: told elsewhere.
        if ours.get(key) != theirs.get(key) and key != "activation":
            values = ours.get(key), theirs.get(key)
            one, other = setting_texts(key, *values)
            name = sentence_start(names_of(left, right))
            text = (
                f"{name} has {one} on the left and {other} on the right, which "
                "changes nothing in what it computes."
            )
            yield _told("settings", text, left, right, ("settings", key, *values))


def _operands(found: Alignment) -> Iterator[Told]:
    """Yield merges whose operands stand in another order."""
    for left, right in found.pairs():
        if not left.meaning.unordered or left.meaning != right.meaning:
            continue
        ours = [found.partner.get(read.source) for read in left.reads]
        theirs = [read.source for read in right.reads]
        if ours != theirs and sorted(map(str, ours)) == sorted(map(str, theirs)):
            name = sentence_start(names_of(left, right))
            text = f"{name} takes its operands in another order, which does not matter."
            yield _told("order", text, left, right, ("order",))


def _nesting(found: Alignment) -> Iterator[Told]:
    """Yield nested models whose calls stand elsewhere in the other model."""
    places: dict[tuple[str, str], list[tuple[Node, Node]]] = {}
    for left, right in found.pairs():
        ours, theirs = (node.path.rpartition("/")[0] for node in (left, right))
        if ours.count("/") != theirs.count("/") or bool(ours) != bool(theirs):
            places.setdefault((ours, theirs), []).append((left, right))
    for (ours, theirs), pairs in places.items():
        texts = [
            f"in the nested model {named(one)}" if one else "in the model itself"
            for one in (ours, theirs)
        ]
        start = f"{sentence_start(name_of(pairs[0][0]))} stands"
        if len(pairs) > 1:
            start = f"{len(pairs)} calls, such as {name_of(pairs[0][0])}, stand"
        text = f"{start} {texts[0]} on the left and {texts[1]} on the right."
        ends = [tuple(dict.fromkeys(pair[k].path for pair in pairs)) for k in (0, 1)]
        yield Told(
            Difference("nesting", text, *ends), ("nesting",), named(ours or theirs)
        )


def _ends(found: Alignment) -> Iterator[Told]:
    """Yield that inputs or outputs are given in another structure: list or dict."""
    sides = found.left.graph, found.right.graph
    for kind in ("inputs", "outputs"):
        paths = [[end.path for end in getattr(graph, kind)] for graph in sides]
        if paths[0] != paths[1] and len(paths[0]) == len(paths[1]):
            texts = [_structure(one) for one in paths]
            text = f"The {kind} are {texts[0]} on the left and {texts[1]} on the right."
            yield Told(Difference("structure", text), (), kind)


def _structure(paths: Sequence[str]) -> str:
    if list(paths) == [""]:
        return "one tensor"
    keys = ", ".join(path or "a tensor" for path in paths[:4])
    more = ", ..." if len(paths) > 4 else ""
    return f"{'a dict' if keys.startswith('[' + chr(39)) else 'a list'} ({keys}{more})"


def _frozen(found: Alignment) -> Iterator[Told]:
    for left, right in found.pairs():
        if left.call is None or right.call is None or left.part:
            continue
        if not (left.call.params and right.call.params):
            continue
        if left.call.trainable != right.call.trainable:
            sides = ("left", "right") if right.call.trainable else ("right", "left")
            name = sentence_start(names_of(left, right))
            text = f"{name} is frozen on the {sides[0]} and trains on the {sides[1]}."
            yield _told("frozen", text, left, right, ("frozen", sides[0]))


def _names(found: Alignment) -> Iterator[Told]:
    """Yield one sentence when calls have other names, which their authors gave."""
    renamed = [
        (left, right)
        for left, right in found.pairs()
        if left.path != right.path
        and left.part == right.part == ""
        and left.path.count("/") == right.path.count("/")
        and (has_own_name(left) or has_own_name(right))
    ]
    called = [
        f"{_role(left)}{named(left.path)} is called {named(right.path)}"
        for left, right in renamed
    ]
    if called:
        text = f"{sentence_start(called[0])} on the right."
        if len(called) > 1:
            text = f"{len(called):,} calls have other names on the right: "
            text += f"{listed(called, most=3)}."
        yield Told(Difference("names", text, (), ()), (), "names")


def _role(node: Node) -> str:
    return "the input " if node.meaning.type == "input" else ""


def _told(
    code: str, text: str, left: Node, right: Node, key: tuple[object, ...]
) -> Told:
    difference = Difference(code, text, (left.path,), (right.path,))
    return Told(difference, key, name_of(left))
