"""The function that a repeated block is written as, and its variables.

In it, `x` is what comes in, what is passed along, and what is returned.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from teachkit.source_code.expressions import Expression, Group, Text, listed
from teachkit.source_code.loops import with_loops
from teachkit.source_code.names import Names, identifier
from teachkit.source_code.repeats import Repeat
from teachkit.source_code.statements import Rewriting, Statement, names_in
from teachkit.source_code.steps import HAS_STRIDES, Step, Value

_INDENT = "    "
_SUMS = ("layers.Add(", "layers.Average(", "layers.Multiply(", "ops.add(")
_JOINS = ("layers.Concatenate(", "ops.concatenate(")
_ENDINGS = (
    "layers.Activation(",
    "layers.BatchNormalization(",
    "layers.Dropout(",
    "layers.LayerNormalization(",
    "layers.ReLU(",
    *_SUMS,
)
_LOCALS = ("x", "skip", "y", "shortcut", "branch")


class BlockFunction:
    """Writes a repeated block as a function.

    Arguments:
        steps: those of the level.
        repeat: the block.
        reserved: names that have another meaning.
        parameters: those of the functions that the source defines already.
    """

    def __init__(
        self,
        steps: Sequence[Step],
        repeat: Repeat,
        reserved: Collection[str],
        parameters: dict[str, tuple[str, ...]],
    ) -> None:
        start = repeat.starts[0]
        self._block = steps[start : start + repeat.length]
        self._start = start
        self._repeat = repeat
        self._parameters = parameters
        self._words = {word for step in self._block for word in _words_of(step)}
        self._names = Names([*reserved, *self._words, *_LOCALS])
        self._arguments = [
            self._names.take(identifier(one.role, "value")) for one in repeat.parameters
        ]
        self._uses = self._all_uses()
        self._holders: dict[Value, str] = {}
        self._taken = {*reserved, *self._words, *self._arguments}
        self._lines: list[Statement] = []

    @property
    def arguments(self) -> tuple[str, ...]:
        """The names of its parameters."""
        return (*self._tensors, *self._arguments)

    @property
    def is_usual(self) -> bool:
        """Tell whether a teacher would cut a network there.

        One tensor in and one out; but for the stages of a U-Net, that hand a skip over.
        """
        flat = [step.statement.expression.flat for step in self._block]
        inputs, outputs = len(self._repeat.inputs[0]), len(self._repeat.outputs)
        if not self._words.isdisjoint(self._tensors):
            return False
        if inputs == outputs == 1:
            return True
        last = flat[-1].partition("(")[0]
        if inputs == 1:
            return "Pooling" in last
        return outputs == 1 and any(map(_joins, flat[:2]))

    @property
    def begins_well(self) -> bool:
        """Tell whether it begins with what a stage of a network begins with."""
        first = self._block[0].statement.expression.flat
        return not first.startswith(_ENDINGS)

    @property
    def noun(self) -> str:
        """What to call it, by what it does."""
        flat = [step.statement.expression.flat for step in self._block]
        heads = {text.partition("(")[0].removeprefix("layers.") for text in flat}
        if len(self._repeat.inputs[0]) == 2 and any(map(_joins, flat)):
            return "decoder_block"
        if len(self._repeat.outputs) > 1 and any("Pooling" in head for head in heads):
            return "encoder_block"
        if any("Attention" in head for head in heads):
            return "attention_block"
        if any(text.startswith(_SUMS) for text in flat):
            return "residual_block"
        kinds = (("conv_block", "Conv"), ("dense_block", "Dense"))
        names = [noun for noun, word in kinds if any(word in head for head in heads)]
        return "block" if any(map(_joins, flat)) else [*names, "block"][0]

    @property
    def _tensors(self) -> list[str]:
        several = len(self._repeat.inputs[0]) > 1
        flat = [step.statement.expression.flat for step in self._block]
        second = "skip" if any(map(_joins, flat)) else "y"
        return ["x", second] if several else ["x"]

    def text(self) -> str:
        """Return its parameters and body."""
        inputs = self._repeat.inputs[0]
        self._holders.update(zip(inputs, self._tensors, strict=True))
        literals = iter(self._repeat.written)
        for number, step in enumerate(self._block):
            self._write(number, step, literals)
        ends = [self._holders[end] for end in self._ends()]
        lines = with_loops([one.text(_INDENT) for one in self._lines], _INDENT)
        head = f"({', '.join(self.arguments)}):"
        return "\n".join([head, *lines, f"{_INDENT}return {', '.join(ends)}"])

    def _ends(self) -> list[Value]:
        """Return what it returns, what is passed along before what is kept."""
        outputs = sorted(self._repeat.outputs, reverse=True)
        return [(self._start + step, k) for step, k in outputs]

    def _all_uses(self) -> dict[Value, list[int]]:
        uses: dict[Value, list[int]] = {}
        for number, step in enumerate(self._block):
            for value in dict.fromkeys(step.reads):
                uses.setdefault(value, []).append(number)
        for value in self._ends():
            uses.setdefault(value, []).append(len(self._block))
        return uses

    def _write(self, number: int, step: Step, literals: object) -> None:
        read = dict(zip(step.names, step.reads, strict=True))
        known = {name: self._holders[value] for name, value in read.items()}
        made = self._expression(step, known, literals)
        ending = [v for v in read.values() if self._uses[v][-1] == number]
        names = [self._holders.pop(value) for value in dict.fromkeys(ending)]
        targets = []
        for k in range(len(step.statement.targets)):
            value = (self._start + number, k)
            target = self._target(number, value, step, names) if k == 0 else None
            if target is None:
                target = self._fresh("y")
            if value in self._uses:
                self._holders[value] = target
            targets.append(target if value in self._uses else "_")
        self._lines.append(Statement(made, ", ".join(targets) + " = "))

    def _target(
        self, number: int, value: Value, step: Step, ending: list[str]
    ) -> str | None:
        uses = self._uses.get(value, [])
        whole = len(self._block)
        if len(uses) > 1 and uses[-1] == whole and number + 1 < whole:
            return self._fresh("skip")
        if ending:
            return "x" if "x" in ending else ending[0]
        kept = next(iter(step.reads), None)
        if kept is not None and self._is_shortcut(kept, number):
            second = self._fresh(self._role(self._uses[kept][-1]))
            self._lines.append(Statement(Text(self._holders[kept]), f"{second} = "))
            name, self._holders[kept] = self._holders[kept], second
            return name
        if "x" not in self._holders.values():
            return "x"
        return self._fresh(self._role(self._merge_after(value)))

    def _is_shortcut(self, value: Value, number: int) -> bool:
        """Tell whether a value goes into a step and past it into a merge."""
        uses = self._uses[value]
        if len(uses) != 2 or uses[0] != number or uses[1] == len(self._block):
            return False
        return len(set(self._block[uses[1]].reads)) > 1

    def _merge_after(self, value: Value) -> int:
        """Return the step that puts a branch together with another one."""
        for _ in self._block:
            uses = self._uses.get(value, [len(self._block)])
            number = uses[-1]
            if number == len(self._block):
                break
            if len(set(self._block[number].reads)) > 1:
                return number
            value = (self._start + number, 0)
        return len(self._block)

    def _role(self, number: int) -> str:
        if number == len(self._block):
            return "branch"
        sums = self._block[number].statement.expression.flat.startswith(_SUMS)
        return "shortcut" if sums else "branch"

    def _fresh(self, wanted: str) -> str:
        used = {*self._holders.values(), *self._taken}
        if wanted not in used:
            return wanted
        number = 2
        while f"{wanted}_{number}" in used:
            number += 1
        return f"{wanted}_{number}"

    def _expression(
        self, step: Step, known: dict[str, str], literals: object
    ) -> Expression:
        # A convolution does without `strides=1`; pooling and a function do not.
        head = step.statement.expression.flat.partition("(")[0]
        is_usual = bool(HAS_STRIDES.fullmatch(head))

        def literal(role: str, text: str) -> Expression | None:
            written = next(literals)  # type: ignore[call-overload]
            if is_usual and role == "strides" and written == "1":
                return None
            return Text(self._argument(written))

        rewriting = Rewriting(
            literal, lambda name: known[name], step.names, self._parameters
        )
        made = rewriting.of(step.statement.expression)
        return made if made is not None else Text("")

    def _argument(self, written: str) -> str:
        if written.startswith("name+"):
            end = written.removeprefix("name+")
            return f'f"{{{self._arguments[-1]}}}{end}"' if end else self._arguments[-1]
        if "{" in written and not written.startswith('"'):
            return written.format(*self._arguments)
        return written


def _words_of(step: Step) -> set[str]:
    """Return the names in a step that are no variables: of functions and classes."""
    flat = re.sub(r"\b\w+=", "", step.statement.expression.flat)
    return set(names_in(Text(flat))) - set(step.names)


def _joins(flat: str) -> bool:
    return flat.startswith(_JOINS)


def call_of(
    repeat: Repeat, time: int, name: str, arguments: tuple[str, ...], tensors: list[str]
) -> Group:
    """Return the call of the function for one of the blocks."""
    items: list[tuple[str, Expression]] = [("", Text(tensor)) for tensor in tensors]
    for k, one in enumerate(repeat.parameters):
        before = "" if k == 0 else f"{arguments[len(tensors) + k]}="
        items.append((before, Text(one.values[time])))
    return Group(Text(name), tuple(items)) if items else listed([])
