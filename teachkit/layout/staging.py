"""From a model graph to a scene: here a reader's choices take effect.

Which nested models are open, which repeated blocks are folded, which details are told.
"""

from __future__ import annotations

from collections.abc import Iterable

from teachkit.graph import Call, Endpoint, ModelGraph, Tensor
from teachkit.layout.entrances import Entrances
from teachkit.layout.folding import Fold, find_folds
from teachkit.layout.labels import (
    count_text,
    detail_lines,
    order_matters,
    port_text,
    type_text,
)
from teachkit.layout.scene import Choices, Item, Link, Role, Scene
from teachkit.layout.sharing import Sharing

_DEEPEST = 50
"""Levels of nested models that are opened; deeper ones are drawn closed."""


def scene_of(graph: ModelGraph, choices: Choices) -> Scene:
    """Return the scene of a model."""
    shown = graph.visible()
    sharing = Sharing(shown, expanded=choices.nested == "expanded")
    return _Stage(shown, choices, sharing).scene()


class _Stage:
    """Builds the scene of one graph.

    Arguments:
        graph: the graph, without plumbing.
        choices: what the reader wants to see.
        sharing: of the whole model.
        path: before the ids of the calls, in the drawing.
        home: the same where the graph is written; a model called twice is written once.
        depth: how many models are around it.
    """

    def __init__(
        self,
        graph: ModelGraph,
        choices: Choices,
        sharing: Sharing,
        *,
        path: str = "",
        home: str = "",
        depth: int = 0,
    ) -> None:
        self._graph = graph
        self._choices = choices
        self._sharing = sharing
        self._path = path
        self._home = home
        self._depth = depth
        self._unused = frozenset(graph.unused_inputs())
        self._scene = Scene()
        self._numbers: dict[str, int] = {}  # of the item that shows a call
        self._folded: dict[str, int] = {}  # of the group that shows a folded call

    def scene(self) -> Scene:
        """Return the scene."""
        folds = find_folds(self._graph) if self._choices.fold else []
        firsts = {fold.first[0]: fold for fold in folds}
        hidden = {i for fold in folds for i in (*fold.first, *fold.hidden)}
        for call in self._graph.calls:
            if call.id in firsts:
                self._add_fold(firsts[call.id])
            elif call.id not in hidden:
                self._numbers[call.id] = len(self._scene.items)
                self._scene.items.append(self._item(call))
        self._scene.entries = {
            endpoint.call: self._numbers[endpoint.call]
            for endpoint in self._graph.inputs
            if endpoint.call in self._numbers
        }
        for call_id in self._numbers:
            self._add_links(call_id)
        for endpoint in self._graph.outputs:
            self._add_output(endpoint)
        return self._scene

    def _item(self, call: Call) -> Item:
        """Return the box of a call, or its group if its model is to be open."""
        inner = self._inside(call)
        closed = self._lines(call, is_open=False)
        return Item(
            self._path + call.id,
            call.layer or call.id,
            closed if inner is None else self._lines(call, is_open=True),
            call=call,
            inner=inner,
            closed_lines=closed,
            share=self._sharing.share(call, self._home),
            unused=call.id in self._unused,
        )

    def _lines(self, call: Call, *, is_open: bool) -> list[str]:
        """Return what is written below the name of a call."""
        share = self._sharing.share(call, self._home)
        unused = "unused" if call.id in self._unused else ""
        words = [type_text(call), share.text if share else "", unused]
        lines = [" · ".join(filter(None, words))]
        if call.nested is not None and not is_open:
            shown = call.nested.visible()
            inside = sum(one.kind != "input" for one in shown.calls)
            lines.append(count_text(inside, "call") + " inside")
        told = [d for d in self._choices.details if not is_open or d == "params"]
        return [*lines, *call.arguments, *detail_lines(call, told)]

    def _inside(self, call: Call) -> Scene | None:
        """Return the scene inside a call of a nested model, None if it stays closed."""
        closed = self._choices.nested == "collapsed" or self._depth >= _DEEPEST
        if call.nested is None or closed:
            return None
        path = self._path + call.id
        stage = _Stage(
            call.nested.visible(),
            self._choices,
            self._sharing,
            path=f"{path}/",
            home=self._sharing.home(call, self._home + call.id),
            depth=self._depth + 1,
        )
        return stage.scene()

    def _add_links(self, call_id: str) -> None:
        """Add a link for each tensor that a call reads."""
        target = self._numbers[call_id]
        entrances = self._entrances(target)
        for tensor, port in self._arriving(call_id):
            source, out = self._origin(tensor.source, tensor.index)
            into = entrances.get(tensor.port) if entrances else None
            self._scene.links.append(Link(source, target, tensor, port, out, into))

    def _entrances(self, number: int) -> Entrances | None:
        """Return the ways into an open nested model, None for any other item."""
        item = self._scene.items[number]
        if item.inner is None or item.call is None or item.call.nested is None:
            return None
        incoming = self._graph.incoming(item.call.id)
        ports = [tensor.port for tensor in incoming]
        return Entrances(item.call.nested, ports, item.inner.entries)

    def _arriving(self, call_id: str) -> Iterable[tuple[Tensor, str]]:
        """Return what a call reads, with the port in words where order matters."""
        incoming = self._graph.incoming(call_id)
        ports = [tensor.port for tensor in incoming]
        ordered = order_matters(self._graph.call(call_id), ports)
        return [(t, port_text(t.port) if ordered else "") for t in incoming]

    def _origin(self, call_id: str, output: int) -> tuple[int, int | None]:
        """Return the item a tensor comes from, and the point at which it leaves it."""
        number = self._folded.get(call_id, self._numbers.get(call_id, -1))
        inner = self._scene.items[number].inner
        if inner is None:
            return number, None
        return number, inner.exits.get(0 if call_id in self._folded else output)

    def _add_output(self, endpoint: Endpoint) -> None:
        """Add the end of a model: a pill outside, a point on the border inside."""
        several = len(self._graph.outputs) > 1
        title = f"output {endpoint.path}" if several and endpoint.path else "output"
        key = f"{self._path}#output{endpoint.order}"
        number = len(self._scene.items)
        if self._depth:
            self._scene.exits[endpoint.order] = number
        role: Role = "exit" if self._depth else "output"
        self._scene.items.append(Item(key, title, [], role))
        wire = Tensor(
            endpoint.call, endpoint.index, key, title, endpoint.shape, endpoint.dtype
        )
        source, out = self._origin(endpoint.call, endpoint.index)
        self._scene.links.append(Link(source, number, wire, exit=out))

    def _add_fold(self, fold: Fold) -> None:
        """Add the group that stands for a run of like blocks."""
        key = f"{self._path}{fold.first[0]}#block"
        group = Item(key, f"× {fold.repeats}", [], repeats=fold.repeats)
        group.lines = [f"{count_text(len(fold.first), 'call')} in each block"]
        group.closed_lines = group.lines
        group.inner, arriving = self._block(fold, key)
        number = len(self._scene.items)
        self._scene.items.append(group)
        self._folded[fold.last] = number
        # One tensor carries all that a block reads, perhaps to several of its calls.
        for tensor in arriving[:1]:
            source, out = self._origin(tensor.source, tensor.index)
            entry = group.inner.entries[""]
            self._scene.links.append(
                Link(source, number, tensor, exit=out, entry=entry)
            )

    def _block(self, fold: Fold, key: str) -> tuple[Scene, list[Tensor]]:
        """Return the scene of one block of a run, and what it reads from outside."""
        inside = {call_id: k for k, call_id in enumerate(fold.first)}
        scene = Scene([self._item(self._graph.call(i)) for i in fold.first])
        entry, exit_ = len(inside), len(inside) + 1
        scene.items.append(Item(f"{key}#entry", "", [], "entry"))
        scene.items.append(Item(f"{key}#exit", "", [], "exit"))
        scene.entries[""], scene.exits[0] = entry, exit_
        arriving = []
        for call_id, target in inside.items():
            for tensor, port in self._arriving(call_id):
                source = inside.get(tensor.source, entry)
                scene.links.append(Link(source, target, tensor, port))
                if source == entry:
                    arriving.append(tensor)
        leaving = self._graph.outgoing(fold.first[-1])[0]
        scene.links.append(Link(entry - 1, exit_, leaving))
        return scene, arriving
