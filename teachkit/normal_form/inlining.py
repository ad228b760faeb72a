"""One flat list of steps: nested models and known bodies are opened in their place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from teachkit.errors import ModelError
from teachkit.graph import Call, Endpoint, ModelGraph, Tensor, TensorSpec
from teachkit.layout.entrances import Entrances
from teachkit.normal_form.nodes import Body, Read

MOST = 300_000
"""A model that calls models that call models can mean more calls than memory holds."""

End = tuple[int, int]
"""A tensor: number of the step that makes it, and which of its outputs."""

_TRAINING = "training="


@dataclass(slots=True)
class Step:
    """One call in the flat list, or what stands at the border of a nested model.

    `part` is empty for a call; `boundary` for the call of a model that stays visible,
    `entrance` and `exit` for its ends, `cast` and `reshape` for what Keras does to a
    tensor that enters a model. `written` is the layer inside whose body it stands.
    """

    path: str
    call: Call
    reads: list[Read]
    spec: tuple[TensorSpec, ...]
    words: tuple[str, ...] = ()
    part: str = ""
    endpoint: Endpoint | None = None
    written: Call | None = None


@dataclass(slots=True)
class _Level:
    """A graph on the way of being listed."""

    graph: ModelGraph
    prefix: str
    ends: dict[tuple[str, int], End]
    waiting: Iterator[Call]
    closed_in: int | None = None
    caller: Call | None = None
    body_of: tuple[str, Call] | None = None
    words: tuple[str, ...] = ()
    given: dict[str, End] = field(default_factory=dict)

    def path(self, call: Call) -> str:
        """Return the path of a call; what is inside a body has that of its layer."""
        return self.body_of[0] if self.body_of else f"{self.prefix}{call.id}"


class Inliner:
    """Lists the steps of a model.

    Arguments:
        graph: the model.
        bodies: what Lambda and custom layers do, by path of the call.
        strict: nested models keep their borders.

    Attributes:
        steps: in topological order.
        outputs: the outputs of the model, each with the tensor it is.
    """

    def __init__(
        self, graph: ModelGraph, bodies: Mapping[str, Body], *, strict: bool
    ) -> None:
        self._bodies = bodies
        self._strict = strict
        self.steps: list[Step] = []
        self.outputs: list[tuple[Endpoint, End]] = []
        self._list(graph.visible())

    def _list(self, graph: ModelGraph) -> None:
        stack = [_Level(graph, "", {}, iter(graph.calls))]
        while stack:
            level = stack[-1]
            call = next(level.waiting, None)
            if call is not None:
                opened = self._take(level, call)
                if opened is not None:
                    stack.append(opened)
                continue
            stack.pop()
            if stack:
                self._leave(level, stack[-1])
            else:
                self.outputs = [
                    (end, level.ends[end.call, end.index]) for end in graph.outputs
                ]

    def _take(self, level: _Level, call: Call) -> _Level | None:
        """List a call, or return the level that is inside of it."""
        if call.kind == "input" and call.id in level.given:
            self._enter_at(level, call)
            return None
        arriving = level.graph.incoming(call.id)
        reads = [Read(t.port, *level.ends[t.source, t.index]) for t in arriving]
        path = level.path(call)
        nested = call.nested or self._body(level, path)
        if nested is None:
            self._add_call(level, call, reads)
            return None
        return self._open(level, call, nested, arriving, reads)

    def _body(self, level: _Level, path: str) -> ModelGraph | None:
        found = self._bodies.get(path) if level.body_of is None else None
        return found if isinstance(found, ModelGraph) else None

    def _open(
        self,
        level: _Level,
        call: Call,
        nested: ModelGraph,
        arriving: tuple[Tensor, ...],
        reads: list[Read],
    ) -> _Level | None:
        ids = {endpoint.call: k for k, endpoint in enumerate(nested.inputs)}
        names = [endpoint.call for endpoint in nested.inputs]
        entrances = Entrances(nested, [tensor.port for tensor in arriving], ids)
        places = [entrances.get(tensor.port) for tensor in arriving]
        if len(nested.outputs) != len(call.outputs):
            self._add_call(level, call, reads)
            return None
        given = {
            names[place]: (read.source, read.index)
            for place, read in zip(places, reads, strict=True)
            if place is not None
        }
        path = level.path(call)
        is_body = call.nested is None
        closed = self._strict or None in places or nested.overridden_call
        boundary = self._boundary(path, call, reads) if closed else None
        if boundary is not None:
            given = dict.fromkeys(given, (boundary, 0))
        visible = nested.visible()
        return _Level(
            graph=visible,
            prefix=f"{path}/",
            ends={},
            waiting=iter(visible.calls),
            closed_in=boundary,
            caller=call,
            body_of=level.body_of or ((path, call) if is_body else None),
            words=_passed_down(level.words, call),
            given=given,
        )

    def _boundary(self, path: str, call: Call, reads: list[Read]) -> int:
        return self._add(
            Step(path, call, reads, call.outputs, call.arguments, "boundary")
        )

    def _enter_at(self, level: _Level, call: Call) -> None:
        """Let a tensor of the caller into the level; Keras may cast and reshape it."""
        end = level.given[call.id]
        wanted = call.outputs[0]
        if level.closed_in is not None:
            endpoint = next(e for e in level.graph.inputs if e.call == call.id)
            read = Read("border", *end)
            step = Step(level.path(call), call, [read], call.outputs)
            step.part, step.endpoint = "entrance", endpoint
            level.ends[call.id, 0] = self._add(step), 0
            return
        have = self.steps[end[0]].spec[end[1]]
        path = level.path(call)
        if have.dtype != wanted.dtype and "unknown" not in {have.dtype, wanted.dtype}:
            have = replace(have, dtype=wanted.dtype)
            end = self._add(Step(path, call, [Read("0", *end)], (have,), (), "cast")), 0
        if _ranks_differ(have, wanted):
            step = Step(path, call, [Read("0", *end)], (wanted,), (), "reshape")
            end = self._add(step), 0
        level.ends[call.id, 0] = end

    def _leave(self, level: _Level, outer: _Level) -> None:
        """Give the outputs of a level to its caller, in Keras' own order."""
        caller = level.caller
        if caller is None:
            return
        ordered = sorted(level.graph.outputs, key=lambda endpoint: endpoint.order)
        for index, endpoint in enumerate(ordered):
            end = level.ends[endpoint.call, endpoint.index]
            if level.closed_in is not None:
                spec = (TensorSpec(endpoint.shape, endpoint.dtype),)
                reads = [Read("0", *end), Read("border", level.closed_in, 0)]
                step = Step(level.prefix[:-1], caller, reads, spec, (), "exit")
                step.endpoint = endpoint
                end = self._add(step), 0
            outer.ends[caller.id, index] = end

    def _add_call(self, level: _Level, call: Call, reads: list[Read]) -> None:
        words = call.arguments
        if level.words and not any(word.startswith(_TRAINING) for word in words):
            words += level.words if _heeds_training(call) else ()
        step = Step(level.path(call), call, reads, call.outputs, words)
        step.written = level.body_of[1] if level.body_of else None
        if call.kind == "input" and not level.prefix:
            ends = (e for e in level.graph.inputs if e.call == call.id)
            step.endpoint = next(ends, None)
        number = self._add(step)
        for index in range(len(call.outputs)):
            level.ends[call.id, index] = number, index

    def _add(self, step: Step) -> int:
        if len(self.steps) >= MOST:
            raise ModelError(
                f"a model of at most {MOST:,} calls, with those in its nested models",
                f"more: '{step.path}' is a call in a model that is called in models "
                "that are called again and again",
                "compare the nested models one by one",
            )
        self.steps.append(step)
        return len(self.steps) - 1


def _passed_down(words: tuple[str, ...], call: Call) -> tuple[str, ...]:
    """Return what a call of a model says on training to the layers inside it."""
    own = tuple(word for word in call.arguments if word.startswith(_TRAINING))
    return own or words


def _heeds_training(call: Call) -> bool:
    known = {"regularization", "custom"}
    return call.family in known or call.type == "BatchNormalization"


def _ranks_differ(have: TensorSpec, wanted: TensorSpec) -> bool:
    if have.shape is None or wanted.shape is None:
        return False
    return len(have.shape) != len(wanted.shape)
