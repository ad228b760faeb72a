"""A model and the same one built with other settings: what is new, gone or changed."""

from __future__ import annotations

from dataclasses import dataclass

from teachkit.comparison.of_pair.matching import align
from teachkit.graph import Call, ModelGraph
from teachkit.layout.labels import shape_text, type_text, value_text
from teachkit.normal_form import Node, NormalGraph, normal_form
from teachkit.speech import cut, listed, named

_NO_MATTER = frozenset({"name", "seed"})
_FOLLOW = frozenset({"shape", "parameters"})
_CALLS = frozenset({"", "boundary"})
"""Parts of a nested model that stand for its call."""


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one call.

    Attributes:
        path: of the call in the new model.
        parts: all that is different: what, and how: `units`, `units 8 → 16`.
    """

    path: str
    parts: tuple[tuple[str, str], ...]

    @property
    def label(self) -> str:
        """The one thing to look at: `units`, `shape`."""
        return self.parts[0][0]

    @property
    def text(self) -> str:
        """All that is different, as a sentence."""
        return f"{named(self.path)}: {'; '.join(text for _, text in self.parts)}"

    @property
    def chosen(self) -> tuple[str, ...]:
        """What differs by itself, and not only as shapes and sizes follow."""
        return tuple(text for what, text in self.parts if what not in _FOLLOW)


@dataclass(frozen=True, slots=True)
class Changes:
    """What became of a model.

    Attributes:
        added: paths of calls that are new.
        gone: paths of calls in the old model that are no more.
        changed: calls that both have.
        path_of: where each call of the old model is in the new one.
    """

    added: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    changed: tuple[Change, ...] = ()
    path_of: tuple[tuple[str, str], ...] = ()

    @property
    def renamed(self) -> tuple[tuple[str, str], ...]:
        """Calls that have another name now, because Keras counts names."""
        return tuple((old, new) for old, new in self.path_of if old != new)


def changes(old: ModelGraph, new: ModelGraph) -> Changes:
    """Return what became of a model that was built with other settings.

    Calls are paired by what they do and where they stand: one layer more in the middle
    gives all that follow another automatic name.

    Arguments:
        old: the model before.
        new: the model now.

    Raises:
        ModelError: opened, a model would have more than 300,000 calls.
    """
    left, right = (normal_form(graph, strict=True) for graph in (old, new))
    partner = _partners(left, right)
    pairs = [
        (left.nodes[one], right.nodes[other])
        for one, other in sorted(partner.items())
        if _is_call(left.nodes[one]) and _is_call(right.nodes[other])
    ]
    reads = _Reads(left, right, partner)
    changed = [
        _change(ours, theirs, reads)
        for ours, theirs in pairs
        if ours.call != theirs.call or reads.differ(ours, theirs)
    ]
    return Changes(
        added=_unpaired(right, set(partner.values())),
        gone=_unpaired(left, set(partner)),
        changed=tuple(one for one in changed if one is not None),
        path_of=tuple((ours.path, theirs.path) for ours, theirs in pairs),
    )


def _partners(left: NormalGraph, right: NormalGraph) -> dict[int, int]:
    """Pair what has the same name and is the same; the rest by its place."""
    where = {_identity(node): k for k, node in enumerate(right.nodes)}
    same = [
        (one, where[_identity(node)])
        for one, node in enumerate(left.nodes)
        if _identity(node) in where
        and node.call == right.nodes[where[_identity(node)]].call
    ]
    return align(left, right, same).partner


def _identity(node: Node) -> tuple[object, ...]:
    """Return the name of a node, and what of its call it stands for."""
    place = () if node.endpoint is None else (node.endpoint.path, node.endpoint.order)
    return node.path, node.part, node.meaning.type, place


def _is_call(node: Node) -> bool:
    return node.call is not None and node.part in _CALLS and not node.is_inside


def _unpaired(graph: NormalGraph, paired: set[int]) -> tuple[str, ...]:
    nodes = enumerate(graph.nodes)
    found = (n.path for k, n in nodes if k not in paired and _is_call(n))
    return tuple(dict.fromkeys(found))


class _Reads:
    """Which calls read from elsewhere, though nothing on the way is new or gone."""

    def __init__(
        self, left: NormalGraph, right: NormalGraph, partner: dict[int, int]
    ) -> None:
        self._partner = partner
        self._paired = set(partner.values())
        self._graphs = left, right
        self._numbers = {id(n): k for g in (left, right) for k, n in enumerate(g.nodes)}

    def differ(self, ours: Node, theirs: Node) -> bool:
        before = [self._partner.get(read.source) for read in ours.reads]
        now = [read.source for read in theirs.reads]
        if None in before or not set(now) <= self._paired:
            return False
        return sorted(map(str, before)) != sorted(map(str, now))

    def sources(self, theirs: Node) -> str:
        nodes = self._graphs[1].nodes
        return listed([named(nodes[read.source].path) for read in theirs.reads])


def _change(left: Node, right: Node, reads: _Reads) -> Change | None:
    assert left.call is not None
    assert right.call is not None
    told = [
        *_config_changes(left.call, right.call),
        *_other_changes(left.call, right.call),
    ]
    if left.call.nested != right.call.nested:
        told.append(("inside", "something inside is another"))
    if reads.differ(left, right):
        told.append(("reads", f"it reads {reads.sources(right)} now"))
    return Change(right.path, tuple(told)) if told else None


def _config_changes(old: Call, new: Call) -> list[tuple[str, str]]:
    if old.kind in {"input", "model"} or new.kind in {"input", "model"}:
        return []
    if old.type != new.type:
        return [("type", f"{type_text(new)} instead of {type_text(old)}")]
    keys = [key for key in {**old.config, **new.config} if key not in _NO_MATTER]
    return [
        (key, f"{key} {_value(old, key)} → {_value(new, key)}")
        for key in keys
        if old.config.get(key) != new.config.get(key)
    ]


def _value(call: Call, key: str) -> str:
    return cut(value_text(call.config.get(key)))


def _other_changes(old: Call, new: Call) -> list[tuple[str, str]]:
    facts = [
        ("arguments", [", ".join(call.arguments) or "none" for call in (old, new)]),
        ("shape", [_shapes(call) for call in (old, new)]),
        ("dtype", [_dtypes(call) for call in (old, new)]),
        ("parameters", [f"{call.params:,}" for call in (old, new)]),
        ("trainable", [str(call.trainable) for call in (old, new)]),
    ]
    return [
        (name, f"{name} {before} → {now}")
        for name, (before, now) in facts
        if before != now
    ]


def _shapes(call: Call) -> str:
    return ", ".join(shape_text(spec.shape) for spec in call.outputs)


def _dtypes(call: Call) -> str:
    return ", ".join(dict.fromkeys(spec.dtype for spec in call.outputs))
