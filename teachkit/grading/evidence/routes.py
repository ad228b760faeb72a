"""The routes through a model: where they fork, where they are joined, how long."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from teachkit.grading.evidence.equivalence import loose
from teachkit.grading.evidence.structure import Structure
from teachkit.grading.evidence.subject import Subject
from teachkit.normal_form import NormalGraph

JOINS = frozenset(
    {"add", "average", "concatenate", "maximum", "minimum", "multiply", "subtract"}
)
NORMALISATIONS = frozenset(
    {
        "batchnormalization",
        "groupnormalization",
        "layernormalization",
        "rmsnormalization",
        "spectralnormalization",
        "unitnormalization",
    }
)
_OWN = "own "
_OF_A_STACK = {"sum": "add", "mean": "average"}


@dataclass(frozen=True, slots=True)
class Skip:
    """Two routes of different lengths from one step to a join.

    Attributes:
        join, op: where they meet, and by what: `add`, `concatenate`.
        start: the step where they part.
        lengths: layers on the short route and on the long one.
        arms: the last step of the short route and of the long one, before the join.
    """

    join: int
    op: str
    start: int
    lengths: tuple[int, int]
    arms: tuple[int, int]


class Routes:
    """Questions about the routes of one model.

    Dropout and other steps that change no number at inference are left out. Layers
    are steps with weights, normalisations not among them.

    Arguments:
        normal: the model in its normal form.
    """

    def __init__(self, normal: NormalGraph) -> None:
        self.structure = Structure(loose(normal))
        self.nodes = self.structure.nodes
        self._weights = {weight.id: weight.shape for weight in normal.graph.weights}

    def sources(self, number: int) -> list[int]:
        """Return the steps that a step reads, one for each of its arms."""
        return [read.source for read in self.nodes[number].reads]

    def is_layer(self, number: int) -> bool:
        """Tell whether a step counts as a layer on a route."""
        structure = self.structure
        return (
            structure.is_weighted(number)
            and structure.kind(number) not in NORMALISATIONS
        )

    def is_closed(self, number: int) -> bool:
        """Tell whether a step is a custom layer with weights, of unknown inside."""
        own = self.nodes[number].meaning.type.startswith(_OWN)
        return own and self.structure.is_weighted(number)

    @cached_property
    def is_partly_closed(self) -> bool:
        """Tell whether some step cannot be looked into."""
        return any(self.is_closed(number) for number in range(len(self.nodes)))

    @cached_property
    def layers(self) -> list[int]:
        """The layers in topological order; one that is called twice is there twice."""
        return [n for n in range(len(self.nodes)) if self.is_layer(n)]

    @cached_property
    def before(self) -> list[frozenset[int]]:
        """For each step, itself and all steps that it depends on."""
        found: list[frozenset[int]] = []
        for number in range(len(self.nodes)):
            above = (found[source] for source in self.sources(number))
            found.append(frozenset([number]).union(*above))
        return found

    @cached_property
    def depth(self) -> list[int]:
        """For each step, the most layers on a route from an input, itself included."""
        found: list[int] = []
        for number in range(len(self.nodes)):
            above = [found[source] for source in self.sources(number)]
            found.append(max(above, default=0) + self.is_layer(number))
        return found

    @cached_property
    def joins(self) -> dict[int, str]:
        """Where several tensors become one, and by what."""
        found: dict[int, str] = {}
        for number, node in enumerate(self.nodes):
            kind = self.structure.kind(number)
            if kind == "stack":
                kind = self._after_stack(number)
            if kind in JOINS and len(node.reads) > 1:
                found[number] = kind
        return found

    @cached_property
    def skips(self) -> list[Skip]:
        """All pairs of routes of different lengths that meet, in the order of joins."""
        return [
            skip
            for join in self.joins
            for pair in _pairs(self.sources(join))
            if (skip := self._skip(join, pair)) is not None
        ]

    def doubled(self) -> list[int]:
        """Return the joins that read the same tensor more than once."""
        found = []
        for join in self.joins:
            reads = [(read.source, read.index) for read in self.nodes[join].reads]
            if len(set(reads)) < len(reads):
                found.append(join)
        return found

    def lengths(self) -> Counter[int]:
        """Return how many routes from inputs to outputs there are, by their layers."""
        found: list[Counter[int]] = []
        for number in range(len(self.nodes)):
            sources = self.sources(number)
            counts: Counter[int] = Counter() if sources else Counter([0])
            for source in sources:
                counts += found[source]
            step = int(self.is_layer(number))
            found.append(Counter({n + step: times for n, times in counts.items()}))
        return sum((found[n] for n in self.structure.outputs), Counter())

    def longest_between(self, start: int, end: int) -> list[int]:
        """Return the steps of the route with most layers, `start` not among them."""
        best: dict[int, tuple[int, tuple[int, ...]]] = {start: (0, ())}
        for number in range(start + 1, end + 1):
            ways = [best[s] for s in self.sources(number) if s in best]
            if ways:
                most, route = max(ways, key=lambda way: way[0])
                best[number] = most + self.is_layer(number), (*route, number)
        return list(best.get(end, (0, ()))[1])

    def read_from(self, number: int) -> set[int]:
        """Return the layers and inputs whose output a step reads, with none between."""
        found: set[int] = set()
        waiting = self.sources(number)
        for source in waiting:
            if self.is_layer(source) or not self.nodes[source].reads:
                found.add(source)
            else:
                waiting += [s for s in self.sources(source) if s not in waiting]
        return found

    def kernels(self) -> list[tuple[int, ...]]:
        """Return the shapes of all weights that have more than one axis."""
        return sorted(shape for shape in self._weights.values() if len(shape) > 1)

    def name(self, number: int) -> str:
        """Return how a step is called in a sentence."""
        node = self.nodes[number]
        if not node.reads and node.endpoint is not None:
            return f"the input '{node.path}'"
        return self.structure.name(number)

    def _after_stack(self, number: int) -> str:
        kinds = {self.structure.kind(n) for n in self.structure.readers[number]}
        return _OF_A_STACK.get(kinds.pop(), "") if len(kinds) == 1 else ""

    def _skip(self, join: int, pair: tuple[int, int]) -> Skip | None:
        shared = self.before[pair[0]] & self.before[pair[1]]
        if not shared:
            return None
        start = max(shared)
        counted = sorted((self._layers_between(start, arm), arm) for arm in pair)
        (short, near), (long, far) = counted
        if short == long:
            return None
        return Skip(join, self.joins[join], start, (short, long), (near, far))

    def _layers_between(self, start: int, end: int) -> int:
        return sum(map(self.is_layer, self.longest_between(start, end)))


def routes_of(subject: Subject) -> Routes:
    """Return the routes of a model of an answer."""
    return Routes(subject.normal)


def _pairs(numbers: list[int]) -> list[tuple[int, int]]:
    return [
        (one, other)
        for place, one in enumerate(numbers)
        for other in numbers[place + 1 :]
    ]
