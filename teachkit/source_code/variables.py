"""Which variable holds which tensor: `x` along a chain, telling names at a fork.

A tensor that only the next call reads is an `x`. One that is needed later is held in a
variable of its own, named after what made it or what it is for. Names come free again
when what they hold is needed no longer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from teachkit.graph import Call
from teachkit.source_code.names import Names, identifier
from teachkit.source_code.operations import snake_case

TensorId = tuple[str, int]
_CHAIN = ("x", "h", "y", "z", "t")
_NOUNS = {
    "Embedding": "embedded",
    "Flatten": "flat",
    "Dense": "dense",
    "LSTM": "encoded",
    "GRU": "encoded",
    "SimpleRNN": "encoded",
    "Bidirectional": "encoded",
    "MultiHeadAttention": "attended",
    "Attention": "attended",
    "Concatenate": "joined",
    "Add": "total",
    "Subtract": "difference",
    "Multiply": "product",
    "Dot": "similarity",
    "Absolute": "distance",
    "GetItem": "part",
    "Split": "part",
    "Lambda": "result",
    "Activation": "activated",
    "Dropout": "dropped",
    "BatchNormalization": "normalized",
    "LayerNormalization": "normalized",
    "NotEqual": "mask",
    "Equal": "mask",
}
_MERGES_OF_SHORTCUTS = frozenset({"Add", "Average", "Multiply"})
_LONG_NAME = 32


@dataclass(frozen=True, slots=True)
class Step:
    """One call as the choice of names sees it.

    Attributes:
        call: the call.
        reads: the tensors that it reads.
        explicit: the name that the author gave to the layer, if any.
        whole: its result is kept as it is, in one variable, and looked into.
    """

    call: Call
    reads: tuple[TensorId, ...]
    explicit: str | None = None
    whole: bool = False


@dataclass
class Assignment:
    """What the result of a call is assigned to.

    Attributes:
        targets: a name for each output, or one name for the whole; `_` if unused.
        alias: a second name, which the calls after the next one read.
    """

    targets: list[str]
    alias: str | None = None


@dataclass
class Variables:
    """The variables of one level.

    Attributes:
        assignments: by call.
        reads: for each call, the variable by which it reads a tensor.
        ends: the variable in which each tensor is at the end.
        inputs: the variable of each input.
    """

    assignments: dict[str, Assignment] = field(default_factory=dict)
    reads: dict[tuple[str, TensorId], str] = field(default_factory=dict)
    ends: dict[TensorId, str] = field(default_factory=dict)
    inputs: Mapping[TensorId, str] = field(default_factory=dict)


class Choice:
    """Chooses the variables of one level, call by call."""

    def __init__(
        self,
        steps: Sequence[Step],
        inputs: Mapping[TensorId, str],
        outputs: Sequence[TensorId],
        names: Names,
    ) -> None:
        self._steps = steps
        self._names = names
        self._end = len(steps)
        self._outputs = outputs
        self._uses = _uses_of(steps, outputs)
        self._found = Variables(inputs=inputs)
        self._held: dict[TensorId, list[str]] = {t: [n] for t, n in inputs.items()}
        self._inputs = inputs
        self._origin = {t: frozenset([n]) for t, n in inputs.items()}
        self._chain = ""
        calls = Counter(step.call.layer_id for step in steps)
        self._shared = {layer for layer, count in calls.items() if layer and count > 1}

    def variables(self) -> Variables:
        """Return the variables of all calls."""
        for now, step in enumerate(self._steps):
            for tensor in step.reads:
                self._found.reads[step.call.id, tensor] = self._name_at(tensor, now)
            self._assign(step, now)
        for tensor in self._outputs:
            self._found.ends[tensor] = self._name_at(tensor, self._end)
        return self._found

    def _name_at(self, tensor: TensorId, now: int) -> str:
        names = self._held[tensor]
        # The first of two names is that of the chain, which the next call takes over.
        return names[0] if len(names) == 1 or now == self._uses[tensor][0] else names[1]

    def _assign(self, step: Step, now: int) -> None:
        self._follow_origin(step)
        count = len(step.call.outputs)
        tensors = [(step.call.id, k) for k in range(count)]
        if step.whole:
            uses = sorted(use for t in tensors for use in self._uses.get(t, [now]))
            name = self._held_name(step, tensors[0], now, uses)
            assignment = Assignment([name])
            self._held.update((tensor, [name]) for tensor in tensors)
        elif count == 1:
            assignment = self._assign_one(step, tensors[0], now)
        else:
            names = [self._one_of_several(step, t, now) for t in tensors]
            assignment = Assignment(names)
        self._found.assignments[step.call.id] = assignment

    def _assign_one(self, step: Step, tensor: TensorId, now: int) -> Assignment:
        uses = self._uses.get(tensor, [now])
        if uses == [self._end] and len(self._outputs) == 1:
            name = self._final_name(now)
        elif self._is_on_a_chain(step, uses, now):
            name = self._chain_name(now)
        elif self._is_shortcut(tensor, uses, now):
            return self._shortcut(tensor, uses, now)
        else:
            name = self._held_name(step, tensor, now, uses)
        self._held[tensor] = [name]
        return Assignment([name])

    def _is_on_a_chain(self, step: Step, uses: list[int], now: int) -> bool:
        """Tell whether only the next call reads a tensor, and needs no telling name."""
        if uses[-1] > now + 1 or uses[-1] >= self._end:
            return False
        if step.call.outputs[0].dtype == "bool":
            return False
        # What is computed alike for several inputs is named alike.
        twin = step.call.layer_id in self._shared and len(self._inputs) > 1
        return not (twin and len(self._steps[uses[0]].reads) > 1)

    def _final_name(self, now: int) -> str:
        return self._names.take("outputs", self._end, now)

    def _chain_name(self, now: int) -> str:
        if not self._chain or not self._names.is_free(self._chain, now):
            free = (name for name in _CHAIN if self._names.is_free(name, now))
            self._chain = next(free, "x")
        return self._names.take(self._chain, now + 1, now)

    def _is_shortcut(self, tensor: TensorId, uses: list[int], now: int) -> bool:
        """Tell whether a tensor goes into the next call, and past it into a sum."""
        if len(uses) != 2 or uses[0] != now + 1 or uses[1] >= self._end:
            return False
        merge = self._steps[uses[1]]
        first = self._steps[uses[0]]
        return (
            merge.call.type in _MERGES_OF_SHORTCUTS
            and len(set(merge.reads)) > 1
            and set(first.reads) == {tensor}
        )

    def _shortcut(self, tensor: TensorId, uses: list[int], now: int) -> Assignment:
        name = self._chain_name(now)
        alias = self._names.take("shortcut", uses[-1], now)
        self._held[tensor] = [name, alias]
        return Assignment([name], alias)

    def _one_of_several(self, step: Step, tensor: TensorId, now: int) -> str:
        uses = self._uses.get(tensor)
        if uses is None:
            return "_"
        nouns = _nouns_of_outputs(step.call)
        if tensor[1] < len(nouns):
            wanted = nouns[tensor[1]]
        else:
            base = step.explicit or _NOUNS.get(step.call.type) or "part"
            wanted = f"{identifier(base, 'part')}_{tensor[1] + 1}"
        name = self._names.take(wanted, uses[-1], now)
        self._held[tensor] = [name]
        return name

    def _held_name(
        self, step: Step, tensor: TensorId, now: int, uses: list[int]
    ) -> str:
        return self._names.take(self._wanted(step, tensor), uses[-1], now)

    def _wanted(self, step: Step, tensor: TensorId) -> str:
        call = step.call
        origin = self._origin.get(tensor, frozenset())
        several_inputs = len(self._inputs) > 1
        from_one = next(iter(origin)) if len(origin) == 1 and several_inputs else ""
        if from_one.startswith("input"):
            from_one = ""
        again = call.ordinal > 1 or (call.kind == "model")
        if step.explicit and not again and len(step.explicit) <= _LONG_NAME:
            return identifier(step.explicit, _noun_of(call))
        noun = self._role(tensor) if not step.explicit and not from_one else None
        noun = noun or _noun_of(call, step.explicit)
        return identifier(f"{from_one}_{noun}" if from_one else noun, "tensor")

    def _role(self, tensor: TensorId) -> str | None:
        """Return what a tensor is for: a shortcut to a sum, a branch to be joined."""
        uses = self._uses.get(tensor, [])
        if not uses or uses[-1] >= self._end:
            return None
        merge = self._steps[uses[-1]]
        if len(set(merge.reads)) < 2 or self._steps[uses[-1]].call.type == "Dot":
            return None
        if merge.call.type in _MERGES_OF_SHORTCUTS and len(uses) == 1:
            return "shortcut"
        if merge.call.type == "Concatenate":
            return "branch" if len(uses) == 1 else "skip"
        return None

    def _follow_origin(self, step: Step) -> None:
        """Note from which inputs the tensors of a call come: from one, or from many."""
        known = [self._origin.get(tensor, frozenset()) for tensor in step.reads]
        joined = known[0] if known else frozenset()
        if any(one != joined for one in known):
            joined = frozenset(["", " "])
        for k in range(len(step.call.outputs)):
            self._origin[step.call.id, k] = joined


def _uses_of(
    steps: Sequence[Step], outputs: Sequence[TensorId]
) -> dict[TensorId, list[int]]:
    """Return the steps that read each tensor; the end of the model comes after all."""
    uses: dict[TensorId, list[int]] = {}
    for number, step in enumerate(steps):
        for tensor in dict.fromkeys(step.reads):
            uses.setdefault(tensor, []).append(number)
    for tensor in dict.fromkeys(outputs):
        uses.setdefault(tensor, []).append(len(steps))
    return uses


def _noun_of(call: Call, name: str | None = None) -> str:
    """Return what to call the result of a layer."""
    if call.kind == "model":
        return _noun_of_model(name or "")
    if name:
        return identifier(name, "result")
    if call.outputs[0].dtype == "bool":
        return "mask"
    for part, noun in (("Pool", "pooled"), ("Conv", "conv")):
        if part in call.type:
            return noun
    return _NOUNS.get(call.type) or identifier(snake_case(call.type), "tensor")


def _noun_of_model(name: str) -> str:
    if name.endswith("coder"):
        return name[-7:-1] + "d"
    return f"{identifier(name)}_output" if name else "result"


def _nouns_of_outputs(call: Call) -> tuple[str, ...]:
    """Return the names that the several results of well-known layers have."""
    if call.type == "LSTM":
        return "encoded", "state_h", "state_c"
    if call.type in {"GRU", "SimpleRNN"}:
        return "encoded", "state"
    if call.type in {"MultiHeadAttention", "Attention", "AdditiveAttention"}:
        return "attended", "scores"
    return ()
