"""Which calls are calls of one shared layer, in nested models too.

A layer inside a model that is called twice is written once, and drawn twice when the
model is open: both are the same call of it, with the same badge.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from string import ascii_uppercase

from teachkit.graph import Call, ModelGraph


@dataclass(frozen=True, slots=True)
class Share:
    """Where a call stands among all the calls of its shared layer.

    `number` counts the shared layers of a drawing from 1; a badge shows it as letter.
    """

    number: int
    ordinal: int
    calls: int

    @property
    def text(self) -> str:
        """Return the words, such as `call 1 of 2`."""
        return f"call {self.ordinal} of {self.calls}"

    @property
    def letter(self) -> str:
        """Return A, B, ... Z, AA, AB, ... for 1, 2, ..."""
        return _letter(self.number)


class Sharing:
    """The shares of all calls of a graph and of the graphs inside it.

    Arguments:
        graph: the whole model.
        expanded: whether nested models are open; else only what is called in the
            graph itself gets a letter.

    Attributes:
        homes: for the layer id of each nested model, the path of its first call.
    """

    def __init__(self, graph: ModelGraph, *, expanded: bool) -> None:
        drawn = {call.layer_id for call in graph.calls}
        layers = [one for one in graph.shared() if expanded or one.id in drawn]
        self._numbers = {layer.id: k for k, layer in enumerate(layers, start=1)}
        self._ordinals = {
            layer.id: {path: k for k, path in enumerate(layer.calls, start=1)}
            for layer in layers
        }
        self.homes = _homes(graph)

    def share(self, call: Call, home: str) -> Share | None:
        """Return the share of a call, None if its layer is called only once.

        Arguments:
            call: in the graph of the model, or in one nested in it.
            home: path before its id; inside a nested model that of its first call.
        """
        ordinals = self._ordinals.get(call.layer_id or "")
        if ordinals is None or call.layer_id is None:
            return None
        ordinal = ordinals.get(home + call.id, call.ordinal)
        return Share(self._numbers[call.layer_id], ordinal, len(ordinals))

    def letters(self, graph: ModelGraph) -> list[str]:
        """Return the letters of the shared layers of a model, and of models in it."""
        numbers = (self._numbers.get(layer.id) for layer in graph.layers)
        return [_letter(number) for number in numbers if number]

    def home(self, call: Call, path: str) -> str:
        """Return the path before the calls inside a nested model, where it is written.

        Arguments:
            call: a call of the nested model.
            path: of this call.
        """
        return self.homes.get(call.layer_id or "", f"{path}/")


def _letter(number: int) -> str:
    letters, rest = "", number
    while rest > 0:
        rest, digit = divmod(rest - 1, len(ascii_uppercase))
        letters = ascii_uppercase[digit] + letters
    return letters


def _homes(graph: ModelGraph) -> dict[str, str]:
    """Return the path of the first call of each nested model, the outermost first."""
    homes: dict[str, str] = {}
    waiting = deque([(graph, "")])
    while waiting:
        level, prefix = waiting.popleft()
        for call in sorted(level.calls, key=lambda call: call.ordinal):
            if call.nested and call.layer_id and call.layer_id not in homes:
                homes[call.layer_id] = f"{prefix}{call.id}/"
                waiting.append((call.nested, homes[call.layer_id]))
    return homes
