"""Questions about the graph of an answer, asked on its normal form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from teachkit.graph import Shape
from teachkit.normal_form import Node, NormalGraph

_ACTIVATION = "activation "
_PREFIXES = (_ACTIVATION, "operation ", "own ", "model ")


class Structure:
    """The steps of a model, however they were written, and how they hang together.

    Steps are numbered as in `normal.nodes`: in topological order, outputs last.

    Arguments:
        normal: the model in its normal form.
    """

    def __init__(self, normal: NormalGraph) -> None:
        self.normal = normal
        self.nodes = normal.nodes

    @cached_property
    def readers(self) -> list[list[int]]:
        """For each step, the steps that read it."""
        found: list[list[int]] = [[] for _ in self.nodes]
        for number, node in enumerate(self.nodes):
            for read in node.reads:
                found[read.source].append(number)
        return found

    @cached_property
    def inputs(self) -> dict[str, int]:
        """The step of each input, by the id of its call."""
        return {
            node.endpoint.call: number
            for number, node in enumerate(self.nodes)
            if node.meaning.type == "input" and node.endpoint is not None
        }

    @cached_property
    def outputs(self) -> list[int]:
        """The steps that stand for the outputs, in the author's order."""
        return [n for n, node in enumerate(self.nodes) if node.part == "output"]

    @cached_property
    def reached_by(self) -> list[frozenset[str]]:
        """For each step, the inputs that it depends on."""
        found: list[frozenset[str]] = []
        names = {number: name for name, number in self.inputs.items()}
        for number, node in enumerate(self.nodes):
            own = frozenset([names[number]]) if number in names else frozenset()
            found.append(own.union(*(found[read.source] for read in node.reads)))
        return found

    def kind(self, number: int) -> str:
        """Return what a step is, in small letters: `dense`, `relu`, `add`, `input`."""
        name = self.nodes[number].meaning.type
        for prefix in _PREFIXES:
            name = name.removeprefix(prefix)
        return name.lower()

    def weights(self, number: int) -> tuple[str, ...]:
        """Return the ids of the weights that a step uses."""
        owner = self.nodes[number].owner
        return self.normal.weights.get(owner, ()) if owner is not None else ()

    def is_weighted(self, number: int) -> bool:
        """Tell whether a step has weights."""
        return bool(self.weights(number))

    def of_kind(self, name: str) -> list[int]:
        """Return the steps of a kind: `Dense`, `relu`, `Add`, `weighted`."""
        wanted = _canonical(name)
        if wanted == "weighted":
            return [n for n in range(len(self.nodes)) if self.is_weighted(n)]
        return [n for n in range(len(self.nodes)) if self.kind(n) == wanted]

    def owners(self, numbers: Iterable[int]) -> list[str]:
        """Return what steps are distinct: the layers of weighted ones, else each."""
        keys = (self.nodes[n].owner or f"#{n}" for n in numbers)
        return list(dict.fromkeys(keys))

    def shape(self, number: int, index: int = 0) -> Shape | None:
        """Return the shape of an output of a step, None if nobody knows it."""
        node = self.nodes[number]
        if node.part == "output":
            read = node.reads[0]
            return self.shape(read.source, read.index)
        if node.call is None or index >= len(node.call.outputs):
            return None
        return node.call.outputs[index].shape

    def upstream(self, number: int) -> set[int]:
        """Return the steps that a step depends on, itself not among them."""
        return set(
            self._walk(number, lambda n: [r.source for r in self.nodes[n].reads])
        )

    def downstream(self, number: int) -> set[int]:
        """Return the steps that depend on a step, itself not among them."""
        return set(self._walk(number, lambda n: self.readers[n]))

    def paths(self, numbers: Iterable[int]) -> tuple[str, ...]:
        """Return the paths of the calls behind steps, each once, to light them up."""
        found = (self.nodes[number].path for number in numbers)
        return tuple(dict.fromkeys(path for path in found if path))

    def name(self, number: int) -> str:
        """Return how a step is called in a sentence: `'dense_1' (Dense)`."""
        node = self.nodes[number]
        return told(node) if node.path else "the output"

    def _walk(self, start: int, following: object) -> Iterator[int]:
        assert callable(following)
        seen, waiting = {start}, [start]
        for number in waiting:
            for other in following(number):
                if other not in seen:
                    seen.add(other)
                    waiting.append(other)
                    yield other


def told(node: Node) -> str:
    """Return the path and the kind of a step in words."""
    call = node.call
    kind = call.type if call is not None else node.meaning.type
    return f"'{node.path}'" if node.path == kind else f"'{node.path}' ({kind})"


def _canonical(name: str) -> str:
    name = name.lower().replace("_", "")
    return {"absolute": "abs", "flatten": "reshape", "leakyrelu": "leaky_relu"}.get(
        name, name
    )
