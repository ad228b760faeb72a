"""From steps to nodes: what does nothing goes, what is fused is taken apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from teachkit.graph import Endpoint, TensorSpec
from teachkit.normal_form.activations import (
    activation_named,
    activation_of,
    can_fuse,
)
from teachkit.normal_form.flattening import alive, flattened
from teachkit.normal_form.inlining import End, Step
from teachkit.normal_form.masks import (
    DROPPED,
    drops_mask,
    makes_mask,
    passes_mask,
)
from teachkit.normal_form.meanings import (
    exact_meaning_of,
    meaning_of,
    meaning_of_activation,
    port_of,
)
from teachkit.normal_form.nodes import Body, Meaning, Node, Read
from teachkit.normal_form.settings import ADAPTED, encoded

_NO_RATE = {"GaussianNoise": "stddev"}
_ATTENTIONS = frozenset({"GroupedQueryAttention", "MultiHeadAttention"})
_SHAPES_ONLY = frozenset({"Flatten", "Reshape", "ExpandDims", "Squeeze"})


@dataclass(slots=True)
class _Made:
    """A node while others may still be put in its place."""

    node: Node
    spec: tuple[TensorSpec, ...]


class Rewriter:
    """Makes nodes of steps.

    Arguments:
        bodies: what custom code does, by path of the call.
        own_code: class of the model, if its own `call` runs instead of the graph.
        strict: keep all as it is.
    """

    def __init__(
        self, bodies: Mapping[str, Body], own_code: str, *, strict: bool
    ) -> None:
        self._bodies = bodies
        self._own_code = own_code
        self._strict = strict
        self._made: list[_Made] = []
        self._ends: dict[End, End] = {}
        self._constants: dict[Meaning, int] = {}
        self._masked: set[End] = set()

    def nodes(
        self, steps: list[Step], outputs: list[tuple[Endpoint, End]]
    ) -> list[Node]:
        """Return the nodes of a model in topological order, its outputs last."""
        for number, step in enumerate(steps):
            reads = [
                replace(read, source=end[0], index=end[1])
                for read in step.reads
                for end in [self._ends[read.source, read.index]]
            ]
            last = self._last(step, reads)
            for index in range(max(1, len(step.spec))):
                self._ends[number, index] = last if index == 0 else (last[0], index)
        for endpoint, end in outputs:
            self._output(endpoint, self._ends[end])
        nodes = [made.node for made in self._made]
        return nodes if self._strict else alive(flattened(nodes))

    def _last(self, step: Step, reads: list[Read]) -> End:
        """Add what a step means and return the tensor that stands for its result."""
        if self._strict:
            meaning = exact_meaning_of(step, self._body(step))
            return self._once(step, meaning, reads), 0
        if reads and self._does_nothing(step, reads[0]):
            return reads[0].source, reads[0].index
        activation = activation_of(step.call) if not step.part else None
        if activation is not None:
            return self._activate(step, activation, reads), 0
        return self._plain(step, reads), 0

    def _plain(self, step: Step, reads: list[Read]) -> int:
        meaning = meaning_of(step, self._body(step), self._specs(reads))
        if can_fuse(step.call) and self._is_split(step):
            number = self._add(step, replace(meaning, body=""), reads)
            fused = activation_named(_fused(step))
            border = replace(step, part="activation")
            return self._activate(border, fused, [Read("0", number, 0)])
        return self._once(step, meaning, reads)

    def _once(self, step: Step, meaning: Meaning, reads: list[Read]) -> int:
        """Add a step; a constant only if none of the same numbers is there."""
        if step.call.kind != "constant" or not _is_known(meaning):
            return self._add(step, meaning, reads)
        if meaning not in self._constants:
            self._constants[meaning] = self._add(step, meaning, reads)
        return self._constants[meaning]

    def _is_split(self, step: Step) -> bool:
        return activation_named(_fused(step))[0] != "linear"

    def _body(self, step: Step) -> Body | None:
        return self._bodies.get(step.path)

    def _specs(self, reads: list[Read]) -> tuple[TensorSpec, ...]:
        return tuple(self._made[read.source].spec[read.index] for read in reads)

    def _activate(
        self, step: Step, activation: tuple[str, dict[str, object]], reads: list[Read]
    ) -> int:
        shape = self._specs(reads)[0].shape
        rank = None if shape is None else len(shape)
        body = self._body(step)
        meaning = meaning_of_activation(activation, step, body, rank)
        return self._add(step, meaning, reads)

    def _add(self, step: Step, meaning: Meaning, reads: list[Read]) -> int:
        if not self._strict:
            reads = _with_key(step, reads)
            meaning = self._with_mask(step, meaning, reads)
            ports = (
                port_of(meaning, read.port, place) for place, read in enumerate(reads)
            )
            reads = [
                replace(read, port=port)
                for read, port in zip(reads, ports, strict=True)
            ]
        node = Node(
            path=step.path,
            meaning=meaning,
            reads=tuple(reads),
            call=step.written or step.call,
            is_inside=step.written is not None,
            part=step.part,
            owner=self._owner(step),
            endpoint=step.endpoint,
        )
        self._made.append(_Made(node, step.spec))
        return len(self._made) - 1

    def _with_mask(self, step: Step, meaning: Meaning, reads: list[Read]) -> Meaning:
        """Note where a mask flows, and return the meaning with what becomes of it."""
        is_masked = any((r.source, r.index) in self._masked for r in reads)
        if makes_mask(step.call) or (is_masked and passes_mask(step)):
            self._masked.add((len(self._made), 0))
        two_forms = meaning.unordered or meaning.type.startswith("activation ")
        two_forms = two_forms or meaning.type in {"concatenate", "subtract"}
        if is_masked and two_forms and drops_mask(step):
            return replace(meaning, settings=(*meaning.settings, DROPPED))
        return meaning

    def _owner(self, step: Step) -> str | None:
        """Return the layer, where it matters that another call has the same one."""
        call = step.call
        if step.part not in {"", "boundary"} or call.kind in {"input", "constant"}:
            return None
        unbuilt = any(spec.shape is None for spec in call.outputs)
        counts = call.params and call.type not in ADAPTED
        return call.layer_id if self._strict or counts or unbuilt else None

    def _does_nothing(self, step: Step, read: Read) -> bool:
        call = step.call
        if step.part or call.family == "custom" or len(step.spec) != 1:
            return False
        have, given = self._made[read.source].spec[read.index], step.spec[0]
        if have.dtype != given.dtype:
            return False
        if call.type in _SHAPES_ONLY:
            known = given.shape is not None and None not in given.shape[1:]
            return known and have.shape == given.shape
        is_idle = call.kind == "layer" and _is_idle(step)
        is_cast = call.kind == "operation" and call.type == "Cast"
        return is_idle or is_cast or activation_of(call) == ("linear", {})

    def _output(self, endpoint: Endpoint, end: End) -> None:
        settings: tuple[tuple[str, str], ...] = (("order", encoded(endpoint.order)),)
        if self._strict:
            settings += (("path", encoded(endpoint.path)),)
        meaning = Meaning("output", settings, body=self._own_code)
        node = Node("", meaning, (Read("0", *end),), part="output", endpoint=endpoint)
        self._made.append(_Made(node, ()))


def _with_key(step: Step, reads: list[Read]) -> list[Read]:
    """Return the reads of an attention layer, which without keys takes the values."""
    if step.call.kind != "layer" or step.call.type not in _ATTENTIONS or step.part:
        return reads
    ports = {read.port: read for read in reads}
    if "key" in ports or "value" not in ports:
        return reads
    return [*reads, replace(ports["value"], port="key")]


def _is_known(meaning: Meaning) -> bool:
    """Tell whether the numbers of a constant are known; a variable may change."""
    return bool(meaning.body) or any(key == "value" for key, _ in meaning.settings)


def _fused(step: Step) -> object:
    return step.call.config.get("activation")


def _is_idle(step: Step) -> bool:
    """Tell whether a layer hands on what it gets, by its own arguments."""
    call = step.call
    if call.type in {"Identity", "ActivityRegularization"}:
        return True
    if call.type.endswith("Dropout") and "rate" in call.config:
        return not call.config["rate"]
    return call.type in _NO_RATE and not call.config.get(_NO_RATE[call.type])
