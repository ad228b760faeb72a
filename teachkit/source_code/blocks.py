"""Blocks that differ in a few arguments, as calls of a function.

A teacher writes a stage of a network once, as `def conv_block(x, filters)`, where that
is clearly shorter. Each call of the function makes layers of its own, so a block that
uses a shared layer is left as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from itertools import islice

from teachkit.source_code.block_functions import BlockFunction, call_of
from teachkit.source_code.expressions import Expression, Text
from teachkit.source_code.loops import with_loops
from teachkit.source_code.repeats import Repeat, repeats_of
from teachkit.source_code.statements import Statement
from teachkit.source_code.steps import Step, Value, steps_of

_ROUNDS = 6
_COMPARED = 24
_LEAST_SAVED = 8
_LEAST_SHARE = 0.3
_FEWEST_LINES = 12
_MOST_STATEMENTS = 2000


@dataclass
class Scope:
    """What is known where the statements stand.

    Attributes:
        shared: the variables of layers and models.
        reserved: names that have another meaning.
        add: adds a function, given the wanted name and its text; returns its name.
        indent: what stands before each line.
        parameters: those of the functions that were added, by name.
    """

    shared: Collection[str]
    reserved: Collection[str]
    add: Callable[[str, str], str]
    indent: str = ""
    parameters: dict[str, tuple[str, ...]] = field(default_factory=dict)


def with_blocks(
    statements: Sequence[Statement], ends: Expression, scope: Scope
) -> list[str]:
    """Return the lines of statements, with repeated blocks as functions and loops.

    Arguments:
        statements: those of a level.
        ends: the expression that comes after them.
        scope: receives the functions.
    """
    current = list(statements)
    lines = _lines(current, scope)
    for _ in range(_ROUNDS):
        found = _shorter(current, ends, scope, len("\n".join(lines).splitlines()))
        if found is None:
            break
        current = found
        lines = _lines(current, scope)
    return lines


def _lines(statements: Sequence[Statement], scope: Scope) -> list[str]:
    return with_loops([one.text(scope.indent) for one in statements], scope.indent)


def _shorter(
    statements: list[Statement], ends: Expression, scope: Scope, now: int
) -> list[Statement] | None:
    """Return the statements with the block that spares most lines as a function."""
    if now < _FEWEST_LINES or len(statements) > _MOST_STATEMENTS:
        return None
    steps = steps_of(statements, ends, scope.shared, scope.parameters)
    best: tuple[tuple[int, ...], Repeat] | None = None
    for repeat in islice(repeats_of(steps), _COMPARED):
        function = BlockFunction(steps, repeat, scope.reserved, scope.parameters)
        text = function.text()
        folded = _folded(steps, repeat, "block_", function.arguments)
        if folded is None or not function.is_usual:
            continue
        lines = len("\n".join(_lines(folded, scope)).splitlines())
        saved = now - lines - len(text.splitlines()) - 2
        rank = (function.begins_well, saved, -_burden(repeat), -repeat.starts[0])
        enough = saved >= _LEAST_SAVED or saved >= _LEAST_SHARE * now
        if enough and (best is None or rank > best[0]):
            best = (rank, repeat)
    if best is None:
        return None
    function = BlockFunction(steps, best[1], scope.reserved, scope.parameters)
    name = scope.add(function.noun, function.text())
    scope.parameters[name] = function.arguments
    return _folded(steps, best[1], name, function.arguments)


def _burden(repeat: Repeat) -> int:
    return len(repeat.inputs[0]) + len(repeat.outputs) + len(repeat.parameters)


def _folded(
    steps: list[Step], repeat: Repeat, name: str, arguments: tuple[str, ...]
) -> list[Statement] | None:
    """Return the statements with each block as a call, None if names would clash."""
    inside = {
        s + k: n for n, s in enumerate(repeat.starts) for k in range(repeat.length)
    }
    read = _names_read(steps, repeat, inside)
    written: list[Statement] = []
    for number, step in enumerate(steps[:-1]):
        if number not in inside:
            written.append(step.origin)
            primary = step.statement.targets
            written += [
                Statement(Text(primary[0]), f"{alias} = ")
                for alias in step.aliases
                if alias in read.get((number, 0), ())
            ]
            continue
        time = inside[number]
        if number != repeat.starts[time]:
            continue
        tensors = [
            _name_of(steps, repeat, time, value) for value in repeat.inputs[time]
        ]
        made = call_of(repeat, time, name, arguments, tensors)
        outputs = [
            (number + k, index) for k, index in sorted(repeat.outputs, reverse=True)
        ]
        names = [_in_order(steps, value, read) for value in outputs]
        flat = [one for group in names for one in group]
        if not all(names) or len(set(flat)) < len(flat):
            return None
        written.append(Statement(made, ", ".join(group[0] for group in names) + " = "))
        written += [
            Statement(Text(group[0]), f"{other} = ")
            for group in names
            for other in group[1:]
        ]
    return written


def _in_order(
    steps: list[Step], value: Value, read: dict[Value, dict[str, None]]
) -> list[str]:
    """Return the variables by which a value is read, its first own one at first."""
    own = steps[value[0]].statement.targets[value[1]]
    return sorted(read.get(value, ()), key=lambda name: (name != own, name))


def _names_read(
    steps: list[Step], repeat: Repeat, inside: dict[int, int]
) -> dict[Value, dict[str, None]]:
    """Return the variables by which each value is still read from outside."""
    read: dict[Value, dict[str, None]] = {}
    for number, step in enumerate(steps):
        if number in inside:
            continue
        for value, name in zip(step.reads, step.names, strict=True):
            read.setdefault(value, {})[name] = None
    for time, values in enumerate(repeat.inputs):
        for value in values:
            name = _name_of(steps, repeat, time, value)
            read.setdefault(value, {})[name] = None
    return read


def _name_of(steps: list[Step], repeat: Repeat, time: int, value: Value) -> str:
    """Return the variable by which a block first reads a value."""
    start = repeat.starts[time]
    for step in steps[start : start + repeat.length]:
        for one, name in zip(step.reads, step.names, strict=True):
            if one == value:
                return name
    raise AssertionError(value)  # pragma: no cover - it is one of its inputs
