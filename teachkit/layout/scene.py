"""From a model graph to what shall be drawn: items, groups of items, and links.

A scene has no coordinates and no colours. It is where a reader's choices take effect:
which nested models are open, which repeated blocks are folded, which details are told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from teachkit.errors import WrongValueError
from teachkit.graph import Call, Endpoint, ModelGraph, Tensor
from teachkit.layout.folding import Fold, find_folds
from teachkit.layout.labels import (
    Detail,
    Share,
    count_text,
    detail_lines,
    order_matters,
    port_text,
    shares,
    type_text,
)

Nested = Literal["collapsed", "expanded"]
Places = dict[str, tuple[int, int | None]]
"""For each call the item that shows it, and its number inside that item's scene."""
Role = Literal["call", "output", "entry", "exit"]


@dataclass(slots=True)
class Item:
    """One thing to draw: a box, or a group when it has a scene inside.

    Attributes:
        key: path of the call, unique in the whole drawing.
        title, lines: what is written on it, most important first.
        share: for a call of a shared layer, which call it is.
        repeats: how often a folded block stands in the model.
        marked: `unused` for an input that feeds nothing.
    """

    key: str
    title: str
    lines: list[str]
    role: Role = "call"
    call: Call | None = None
    inner: Scene | None = None
    share: Share | None = None
    repeats: int = 1
    marked: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """One tensor to draw, from an output of an item to an argument of another.

    `port` is written at its end where order matters. `entry` and `exit` name the item
    inside a group at which the line goes on.
    """

    source: int
    target: int
    tensor: Tensor
    output: int = 0
    port: str = ""
    exit: int | None = None
    entry: int | None = None


@dataclass(slots=True)
class Scene:
    """Items and links of one level."""

    items: list[Item] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Choices:
    """What the reader wants to see."""

    nested: Nested = "collapsed"
    details: tuple[Detail, ...] = ("shape",)
    fold: bool = False


def scene_of(graph: ModelGraph, choices: Choices) -> Scene:
    """Return the scene of a model.

    Raises:
        WrongValueError: `nested` is neither collapsed nor expanded.
    """
    if choices.nested not in {"collapsed", "expanded"}:
        raise WrongValueError(
            "nested='collapsed' or nested='expanded'",
            f"nested={choices.nested!r}",
            "choose one of the two",
        )
    return _Builder(choices, shares(graph)).scene(graph.visible(), "", top=True)


class _Builder:
    def __init__(self, choices: Choices, found: dict[str, Share]) -> None:
        self._choices = choices
        self._shares = found

    def scene(self, graph: ModelGraph, prefix: str, *, top: bool) -> Scene:
        """Return the scene of one graph; `prefix` is the path of the call around it."""
        scene = Scene()
        places: Places = {}
        unused = set(graph.unused_inputs())
        folds = find_folds(graph) if self._choices.fold else []
        folded = {fold.first[0]: fold for fold in folds}
        skipped = {call_id for fold in folds for call_id in fold.hidden}
        for call in graph.calls:
            if call.id in folded:
                self._add_fold(scene, graph, folded[call.id], prefix, places)
            elif call.id not in places and call.id not in skipped:
                places[call.id] = (len(scene.items), None)
                scene.items.append(self._item(call, prefix))
                scene.items[-1].marked = "unused" if call.id in unused else ""
        self._link(scene, graph, places)
        for endpoint in graph.outputs:
            _add_output(scene, graph, endpoint, places, prefix, top=top)
        return scene

    def _item(self, call: Call, prefix: str) -> Item:
        key = prefix + call.id
        share = self._shares.get(key)
        kind = type_text(call)
        lines = [f"{kind} · {share.text}" if share else kind]
        opened = call.nested is not None and self._choices.nested == "expanded"
        shown = [d for d in self._choices.details if not opened or d == "params"]
        lines += [*call.arguments, *detail_lines(call, shown)]
        item = Item(key, call.layer or call.id, lines, call=call, share=share)
        if call.nested is None:
            return item
        if opened:
            item.inner = self.scene(call.nested.visible(), key + "/", top=False)
        else:
            inside = len(call.nested.visible().calls) - len(call.nested.inputs)
            item.lines.insert(1, count_text(inside, "call") + " inside")
        return item

    def _add_fold(
        self, scene: Scene, graph: ModelGraph, fold: Fold, prefix: str, places: Places
    ) -> None:
        """Add the group that stands for a run of like blocks."""
        key = f"{prefix}{fold.first[0]}#block"
        inner = Scene([self._item(graph.call(i), prefix) for i in fold.first])
        inside: Places = {i: (k, None) for k, i in enumerate(fold.first)}
        self._link(inner, graph, inside)
        entry, last = len(inner.items), len(fold.first) - 1
        inner.items.append(Item(f"{key}#entry", "", [], "entry"))
        inner.items.append(Item(f"{key}#output0", "", [], "exit"))
        inner.links.append(Link(last, entry + 1, graph.outgoing(fold.first[-1])[0]))
        words = f"{count_text(len(fold.first), 'call')} in each block"
        number = len(scene.items)
        scene.items.append(
            Item(key, f"× {fold.repeats}", [words], inner=inner, repeats=fold.repeats)
        )
        places.update({i: (number, k) for k, i in enumerate(fold.first)})
        places[fold.last] = (number, entry + 1)
        arriving = [t for i in fold.first for t in graph.incoming(i)]
        outside = [tensor for tensor in arriving if tensor.source not in inside]
        for tensor in outside:
            ordered = order_matters(graph.call(tensor.target), [
                t.port for t in graph.incoming(tensor.target)])
            port = port_text(tensor.port) if ordered else ""
            inner.links.append(
                Link(entry, inside[tensor.target][0], tensor, tensor.index, port))
        for tensor in outside[:1]:
            source, exit_ = places[tensor.source]
            scene.links.append(Link(source, number, tensor, tensor.index, "", exit_, entry))

    def _link(self, scene: Scene, graph: ModelGraph, places: Places) -> None:
        for call_id in places:
            incoming = graph.incoming(call_id)
            ordered = order_matters(graph.call(call_id), [t.port for t in incoming])
            for tensor in incoming:
                if tensor.source in places:
                    self._add_link(scene, tensor, places, ordered=ordered)

    def _add_link(
        self,
        scene: Scene,
        tensor: Tensor,
        places: Places,
        *,
        ordered: bool,
    ) -> None:
        (source, exit_), (target, entry) = places[tensor.source], places[tensor.target]
        if source == target or entry is not None:  # a wire inside a folded block
            return
        source_item, target_item = scene.items[source], scene.items[target]
        if exit_ is None and source_item.inner is not None:
            exit_ = _exit_of(source_item, tensor.index)
        if target_item.inner is not None:
            entry = _entry_of(target_item, tensor.port)
        port = port_text(tensor.port) if ordered else ""
        scene.links.append(
            Link(source, target, tensor, tensor.index, port, exit_, entry)
        )


def _add_output(
    scene: Scene,
    graph: ModelGraph,
    endpoint: Endpoint,
    places: Places,
    prefix: str,
    *,
    top: bool,
) -> None:
    """Add the end of a model: a pill outside, a point on the border inside."""
    several = len(graph.outputs) > 1
    title = f"output {endpoint.path}" if several and endpoint.path else "output"
    key = f"{prefix}#output{endpoint.order}"
    number = len(scene.items)
    scene.items.append(Item(key, title, [], "output" if top else "exit"))
    wire = Tensor(
        endpoint.call, endpoint.index, key, title, endpoint.shape, endpoint.dtype
    )
    source, exit_ = places[endpoint.call]
    if exit_ is None and scene.items[source].inner is not None:
        exit_ = _exit_of(scene.items[source], endpoint.index)
    scene.links.append(Link(source, number, wire, endpoint.index, "", exit_, None))


def _exit_of(group: Item, index: int) -> int | None:
    """Return the item inside a group from which its output number `index` comes."""
    assert group.inner is not None
    wanted = f"#output{index}"
    found = (k for k, item in enumerate(group.inner.items) if item.key.endswith(wanted))
    return next(found, None)


def _entry_of(group: Item, port: str) -> int | None:
    """Return the input inside a nested model at which a tensor of a call arrives."""
    assert group.call is not None
    assert group.call.nested is not None
    assert group.inner is not None
    endpoint = endpoint_at(group.call.nested, port)
    if endpoint is None:
        return None
    key = f"{group.key}/{endpoint.call}"
    found = (k for k, item in enumerate(group.inner.items) if item.key == key)
    return next(found, None)


def endpoint_at(nested: ModelGraph, port: str) -> Endpoint | None:
    """Return the input of a nested model that a port of its call feeds.

    Keys are matched first, then the names of the inputs, then the position.
    """
    name, bracket, path = port.partition("[")
    path = bracket + path
    by_path = {endpoint.path: endpoint for endpoint in nested.inputs}
    by_name = {f"['{endpoint.call}']": endpoint for endpoint in nested.inputs}
    if path in by_path:
        return by_path[path]
    if path in by_name:
        return by_name[path]
    if f"['{name}']{path}" in by_path:
        return by_path[f"['{name}']{path}"]
    return nested.inputs[0] if nested.inputs and not path else None


def all_items(scene: Scene) -> list[Item]:
    """Return the items of a scene and of the groups in it, outer ones first."""
    found: list[Item] = []
    waiting: Sequence[Item] = scene.items
    while waiting:
        found.extend(waiting)
        waiting = [i for item in waiting if item.inner for i in item.inner.items]
    return found
