"""How much is inside of nested models."""

from __future__ import annotations

from teachkit.graph import Call, ModelGraph


class Sizes:
    """Counts the calls of nested models, each model once however often it is called."""

    def __init__(self) -> None:
        self._sizes: dict[int, int] = {}

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
