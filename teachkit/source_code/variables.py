"""Which variable holds which tensor: `x` along a chain, telling names at a fork.

A tensor that only the next call reads is an `x`. One that is needed later is held in a
variable of its own, named after what made it or what it is for. Names come free again
when what they hold is needed no longer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from teachkit.graph import Call
from teachkit.source_code.names import Names, identifier
from teachkit.source_code.nouns import NOUNS, noun_of, nouns_of_outputs

TensorId = tuple[str, int]
_CHAIN = ("x", "h", "y", "z", "t")
_MERGES_OF_SHORTCUTS = frozenset({"Add", "Average", "Multiply"})
_LONG_NAME = 32
_FAR = 64


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
        self._lanes: set[str] = set()

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
            name = self._names.take("outputs", self._end, now)
        elif self._is_shortcut(tensor, uses, now):
            return self._shortcut(step, tensor, uses, now)
        elif self._has_own_name(step, tensor, uses, now):
            name = self._held_name(step, tensor, now, uses)
        else:
            name = self._in_lane(step, uses, now)
        self._held[tensor] = [name]
        return Assignment([name])

    def _has_own_name(
        self, step: Step, tensor: TensorId, uses: list[int], now: int
    ) -> bool:
        """Tell whether a tensor is held under a name of its own."""
        if uses[-1] >= self._end or step.call.outputs[0].dtype == "bool":
            return True
        # What is computed alike for several inputs is named alike.
        merges = self._merges(uses[-1])
        if merges and self._input_behind(tensor) is not None:
            return True
        if uses[-1] <= now + 1:
            return False
        return step.explicit is not None or (len(uses) > 1 and merges)

    def _merges(self, number: int) -> bool:
        """Tell whether a step puts several tensors together."""
        return len(set(self._steps[number].reads)) > 1

    def _in_lane(self, step: Step, uses: list[int], now: int) -> str:
        """Return the variable of a tensor that this call is the last to read.

        So a branch keeps its variable along its calls: `x = Dense(8)(x)`.
        """
        ending = [t for t in step.reads if self._uses[t][-1] == now]
        lanes = [self._found.reads[step.call.id, t] for t in ending]
        lanes = sorted(set(lanes) & self._lanes, key=lambda lane: lane != self._chain)
        if lanes:
            return self._names.take(lanes[0], uses[-1], now)
        return self._new_lane(step, uses, now)

    def _new_lane(self, step: Step, uses: list[int], now: int) -> str:
        if not self._chain:
            free = (name for name in _CHAIN if self._names.is_free(name, now))
            self._chain = next(free, "x")
        wanted = self._chain
        if not self._names.is_free(wanted, now) or self._is_a_branch(step, now):
            wanted = self._role_of_branch(uses)
        name = self._names.take(wanted, uses[-1], now)
        self._lanes.add(name)
        return name

    def _is_a_branch(self, step: Step, now: int) -> bool:
        """Tell whether other branches start from the same input after this one."""
        lasts = [self._uses[t][-1] for t in step.reads if t in self._inputs]
        return any(now < last < self._end and not self._merges(last) for last in lasts)

    def _role_of_branch(self, uses: list[int]) -> str:
        """Return what to call a branch: by what puts it together with the others."""
        for _ in range(_FAR):
            step = self._steps[uses[-1]]
            if self._merges(uses[-1]):
                sums = step.call.type in _MERGES_OF_SHORTCUTS
                return "residual" if sums else "branch"
            uses = self._uses.get((step.call.id, 0), [self._end])
            if uses[-1] >= self._end:
                break
        return "branch"

    def _is_shortcut(self, tensor: TensorId, uses: list[int], now: int) -> bool:
        """Tell whether a tensor goes into the next call, and past it into a sum."""
        if len(uses) != 2 or uses[0] != now + 1 or uses[1] >= self._end:
            return False
        merge, first = self._steps[uses[1]], self._steps[uses[0]]
        sums = merge.call.type in _MERGES_OF_SHORTCUTS
        return sums and self._merges(uses[1]) and set(first.reads) == {tensor}

    def _shortcut(
        self, step: Step, tensor: TensorId, uses: list[int], now: int
    ) -> Assignment:
        name = self._in_lane(step, [now + 1], now)
        alias = self._names.take("shortcut", uses[-1], now)
        self._held[tensor] = [name, alias]
        return Assignment([name], alias)

    def _one_of_several(self, step: Step, tensor: TensorId, now: int) -> str:
        uses = self._uses.get(tensor)
        if uses is None:
            return "_"
        nouns = nouns_of_outputs(step.call)
        if tensor[1] < len(nouns):
            wanted = nouns[tensor[1]]
        else:
            base = step.explicit or NOUNS.get(step.call.type) or "part"
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
        again = call.ordinal > 1 or call.kind == "model"
        if step.explicit and not again and len(step.explicit) <= _LONG_NAME:
            return identifier(step.explicit, noun_of(call))
        from_one = self._input_behind(tensor)
        if from_one is not None:
            return identifier(f"{from_one}_{noun_of(call, step.explicit)}", "tensor")
        role = None if step.explicit else self._role(tensor)
        return identifier(role or noun_of(call, step.explicit), "tensor")

    def _input_behind(self, tensor: TensorId) -> str | None:
        """Return the one input that a tensor comes from, if there are several."""
        origin = self._origin.get(tensor, frozenset())
        if len(self._inputs) < 2 or len(origin) != 1:
            return None
        name = next(iter(origin))
        return None if name.startswith("input") else name

    def _role(self, tensor: TensorId) -> str | None:
        """Return `skip` for what is joined to something further on."""
        uses = self._uses.get(tensor, [])
        if len(uses) < 2 or uses[-1] >= self._end:
            return None
        joins = self._steps[uses[-1]].call.type == "Concatenate"
        return "skip" if joins and self._merges(uses[-1]) else None

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
