"""Layers called at several places, and what nested models hold.

Facts about a graph and the graphs inside it that several rows of a drawing speak of.
"""

from __future__ import annotations

from collections import deque
from string import ascii_uppercase

from teachkit.graph import Call, ModelGraph


class Sharing:
    """The letter of each shared layer, and which call of it a call is."""

    def __init__(self, graph: ModelGraph, *, expanded: bool) -> None:
        self.homes = _homes(graph)
        drawn = {call.layer_id for call in graph.calls}
        layers = [one for one in graph.shared() if expanded or one.id in drawn]
        self._letters = {one.id: _letter(k) for k, one in enumerate(layers)}
        self._places = {
            one.id: {path: k for k, path in enumerate(one.calls, start=1)}
            for one in layers
        }
        self._sizes: dict[int, int] = {}

    def letter(self, call: Call) -> str | None:
        """Return the letter of a call's layer, None if it is called only once."""
        return self._letters.get(call.layer_id or "")

    def letters(self, graph: ModelGraph) -> list[str]:
        """Return the letters of shared layers of a model, and of models inside it."""
        found = (self._letters.get(layer.id) for layer in graph.layers)
        return [letter for letter in found if letter]

    def home(self, call: Call, path: str) -> str:
        """Return where a nested model is at home: the path of the first call of it.

        Layers inside are known by that path, whichever call is drawn.
        """
        return self.homes.get(call.layer_id or "", path)

    def number(self, call: Call, home: str) -> tuple[int, int]:
        """Return `k, n` for the k-th of n calls of a layer; `1, 1` if not shared.

        Arguments:
            call: in the graph of the model, or in one nested in it.
            home: path before the id of the call, such as `encoder/`.
        """
        places = self._places.get(call.layer_id or "", {})
        return places.get(home + call.id, call.ordinal), max(len(places), 1)

    def calls_inside(self, graph: ModelGraph) -> int:
        """Count the calls that a model makes, those of models inside it too."""
        if id(graph) not in self._sizes:
            calls = [call for call in graph.visible().calls if is_call(call)]
            inner = (call.nested for call in calls if call.nested)
            self._sizes[id(graph)] = len(calls) + sum(map(self.calls_inside, inner))
        return self._sizes[id(graph)]


def is_call(call: Call) -> bool:
    """Tell what computes something from inputs and constants, which do not."""
    return call.kind not in {"input", "constant"}


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


def _letter(number: int) -> str:
    """Return A, B, ... Z, AA, AB, ... for 0, 1, ..."""
    letters = ""
    while number >= 0:
        letters = ascii_uppercase[number % 26] + letters
        number = number // 26 - 1
    return letters
