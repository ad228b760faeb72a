"""What the row of a call says beside its wires: cells in columns, then phrases."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from teachkit.graph import Call, Endpoint, ModelGraph, Tensor
from teachkit.layout.labels import (
    config_texts,
    count_text,
    order_matters,
    shape_text,
)
from teachkit.layout.sharing import Sharing
from teachkit.views.text.labels import columns, distinct, label, place_label, printable
from teachkit.views.text.options import Look

Phrase = tuple[str, ...]
"""Words that belong together; a line may end between two of them."""


class Words:
    """The words on the calls of one graph, in a number of columns.

    Arguments:
        graph: as it is drawn.
        whole: the same with its plumbing.
        look: options of the drawing.
        sharing: letters and numbers of the calls of shared layers.
        room: columns for the words of a row.
    """

    def __init__(
        self,
        graph: ModelGraph,
        whole: ModelGraph,
        look: Look,
        sharing: Sharing,
        room: int,
    ) -> None:
        self._graph = graph
        self._look = look
        self._sharing = sharing
        self._room = room
        self._short = max(8, room // 4)
        names = (call.id for call in graph.calls)
        long = max(12, room // 3)
        self.labels = distinct(names, long, partial(label, ascii_only=look.ascii_only))
        most = max((call.params for call in graph.calls), default=0)
        self._digits = len(count_text(most, "parameter"))
        self._unused = frozenset(whole.unused_inputs())
        self._inputs = {endpoint.call: endpoint.path for endpoint in graph.inputs}
        self._outputs: dict[str, list[Endpoint]] = {}
        for endpoint in graph.outputs:
            self._outputs.setdefault(endpoint.call, []).append(endpoint)

    def cells(self, call: Call, home: str) -> list[Phrase]:
        """Return what stands in columns: name, type, shape, number of parameters."""
        share = self._sharing.share(call, home)
        badge = f" ({share.letter})" if share else ""
        name = self.labels[call.id] + badge
        cells: list[Phrase] = [(name,), (self._type(call),)]
        if self._look.details & {"shape", "dtype"}:
            cells.append(_listed(self._tensors(call)))
        if "params" in self._look.details:
            cells.append((self._params(call, home),))
        return cells

    def phrases(self, call: Call, home: str, above: Call | None) -> list[Phrase]:
        """Return what else there is to say of a call.

        Arguments:
            call: the call.
            home: path before its id, for numbering the calls of its layer.
            above: the call in the row above if a wire shows that it is read.
        """
        phrases = [self._reads(call, above)]
        if "config" in self._look.details:
            phrases.append(_listed(map(self._fitted, config_texts(call))))
        phrases.append(_listed(map(self._fitted, call.arguments)))
        share = self._sharing.share(call, home)
        if share is not None:
            phrases.append((share.text,))
        if call.id in self._unused:
            phrases.append(("unused: nothing reads it",))
        phrases.append(_listed(self._returned(call)))
        return [phrase for phrase in phrases if phrase]

    def _type(self, call: Call) -> str:
        if call.kind == "input":
            path = self._inputs.get(call.id, "") if len(self._inputs) > 1 else ""
            return f"Input {self._place(path)}" if path else "Input"
        room = max(12, self._room // 4)
        shown = label(call.type, room, ascii_only=self._look.ascii_only)
        variable = call.kind == "constant" and shown != "Constant"
        return f"Constant ({shown})" if variable else shown

    def _tensors(self, call: Call) -> Iterator[str]:
        for index, spec in enumerate(call.outputs):
            words = []
            if "shape" in self._look.details:
                words.append(shape_text(spec.shape))
            if "dtype" in self._look.details:
                words.append(spec.dtype)
            which = f"[{index}] " if len(call.outputs) > 1 else ""
            yield self._fitted(which + " ".join(words))

    def _params(self, call: Call, home: str) -> str:
        if call.kind not in {"layer", "model"}:
            return ""
        shown = count_text(call.params, "parameter")
        share = self._sharing.share(call, home)
        if share is not None and share.ordinal > 1:
            return f"same {shown}"
        return shown.rjust(self._digits)

    def _reads(self, call: Call, above: Call | None) -> Phrase:
        incoming = self._graph.incoming(call.id)
        sources = [self._source(tensor.source, tensor.index) for tensor in incoming]
        if not sources or (len(sources) == 1 and _is_shown(incoming[0], above)):
            return ()
        ports = [tensor.port for tensor in incoming]
        if order_matters(call, ports):
            ports = self._ports(ports)
            sources = [f"{p}={s}" for p, s in zip(ports, sources, strict=True)]
        first, *others = _listed(sources)
        together = f"reads from {first}"
        if columns(together) > self._room // 2:
            return ("reads from", first, *others)
        return (together, *others)

    def _source(self, name: str, index: int) -> str:
        several = len(self._graph.call(name).outputs) > 1
        return self.labels[name] + (f"[{index}]" if several else "")

    def _ports(self, ports: list[str]) -> list[str]:
        """Return the names of ports, without what all of them begin with."""
        bases = {port.partition("[")[0] for port in ports}
        if len(bases) == 1 and all("[" in port for port in ports):
            ports = [port.removeprefix(*bases) for port in ports]
        labels = distinct(ports, self._short, self._place)
        return [labels[port] for port in ports]

    def _returned(self, call: Call) -> Iterator[str]:
        for endpoint in self._outputs.get(call.id, []):
            which = f"[{endpoint.index}] " if len(call.outputs) > 1 else ""
            path = self._place(endpoint.path) if endpoint.path else ""
            yield f"{which}→ output {path}".rstrip()

    def _place(self, place: str, room: int = 0) -> str:
        room = room or self._short
        return place_label(place, room, ascii_only=self._look.ascii_only)

    def _fitted(self, text: str) -> str:
        return printable(text, self._room - 5, ascii_only=self._look.ascii_only)


def _is_shown(tensor: Tensor, above: Call | None) -> bool:
    """Tell whether a short wire from the row above says it all."""
    return above is not None and tensor.source == above.id and len(above.outputs) == 1


def _listed(items: Iterator[str] | list[str]) -> Phrase:
    words = list(items)
    return (*(f"{word}," for word in words[:-1]), *words[-1:])
