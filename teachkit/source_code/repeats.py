"""Blocks of steps that stand in a level more than once, but for a few literals."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from teachkit.source_code.steps import Step, Value

_LONGEST = 64
_SHORTEST = 2
_TRIED = 120
_LEAST_LINES = 4
_MOST_PARAMETERS = 4
_MOST_TENSORS = 2
_NUMBER = re.compile(r"[1-9]\d*")
_LARGEST_FACTOR = 8

Flow = tuple[object, ...]


@dataclass(frozen=True)
class Parameter:
    """A literal that differs from one block to the other.

    Attributes:
        role: the argument that it is for: `filters`.
        values: the literal, for each block.
    """

    role: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Repeat:
    """A block of steps that repeats.

    Attributes:
        starts: where it begins, each time.
        length: the number of its steps.
        inputs: the values from outside it that it reads, each time.
        outputs: the values that are read after it, as (step in the block, which).
        parameters: what differs from one time to the other.
        written: what to write for each literal of the block, in order: an expression
            of parameters or the literal itself.
    """

    starts: tuple[int, ...]
    length: int
    inputs: tuple[tuple[Value, ...], ...]
    outputs: tuple[Value, ...]
    parameters: tuple[Parameter, ...]
    written: tuple[str, ...]


def repeats_of(steps: Sequence[Step]) -> Iterator[Repeat]:
    """Yield the blocks that repeat, those first that might spare most lines."""
    last = _last_uses(steps)
    for _, length, starts in _candidates(steps)[:_TRIED]:
        flows: dict[Flow, list[int]] = defaultdict(list)
        for start in starts:
            flows[_flow(steps, start, length, last)].append(start)
        for found in flows.values():
            apart = _apart(found, length)
            repeat = _repeat(steps, apart, length, last) if len(apart) > 1 else None
            if repeat is not None:
                yield repeat


def _candidates(steps: Sequence[Step]) -> list[tuple[int, int, list[int]]]:
    """Return (lines spared, negative; length; starts) of runs that are alike."""
    until = [0]
    for step in steps:
        until.append(until[-1] + step.lines)
    known: dict[object, int] = {}
    ids = [known.setdefault(step.key or k, len(known)) for k, step in enumerate(steps)]
    marks = dict(enumerate(ids))
    found = []
    for length in range(1, _LONGEST + 1):
        count = Counter(marks.values())
        places: dict[int, list[int]] = defaultdict(list)
        for start, mark in marks.items():
            if count[mark] > 1:
                places[mark].append(start)
        for starts in places.values() if length >= _SHORTEST else ():
            times = len(_apart(starts, length))
            lines = until[starts[0] + length] - until[starts[0]]
            spared = (times - 1) * lines - times - 3
            if times > 1 and spared >= _LEAST_LINES:
                found.append((-spared, length, starts))
        pairs: dict[tuple[int, int], int] = {}
        marks = {
            start: pairs.setdefault((mark, ids[start + length]), len(pairs))
            for mark, starts in places.items()
            for start in starts
            if start + length < len(ids)
        }
    return sorted(found, key=lambda one: (one[0], one[1], one[2][0]))


def _apart(starts: Sequence[int], length: int) -> list[int]:
    """Return places at which a block stands without overlapping itself."""
    found: list[int] = []
    for start in sorted(starts):
        if not found or start >= found[-1] + length:
            found.append(start)
    return found


def _last_uses(steps: Sequence[Step]) -> dict[Value, int]:
    return {value: now for now, step in enumerate(steps) for value in step.reads}


def _inputs(steps: Sequence[Step], start: int, length: int) -> list[Value]:
    """Return the values from outside that a block reads, in order."""
    block = steps[start : start + length]
    read = dict.fromkeys(value for step in block for value in step.reads)
    return [value for value in read if value[0] < start]


def _outputs(
    steps: Sequence[Step], start: int, length: int, last: dict[Value, int]
) -> list[Value]:
    """Return the values that a block makes and later steps read, within the block."""
    end = start + length
    return [
        (now - start, k)
        for now in range(start, end)
        for k in range(len(steps[now].statement.targets))
        if last.get((now, k), -1) >= end
    ]


def _flow(
    steps: Sequence[Step], start: int, length: int, last: dict[Value, int]
) -> Flow:
    """Return where each step reads from, and what comes out, as seen in the block."""
    place = {value: -1 - k for k, value in enumerate(_inputs(steps, start, length))}
    reads = tuple(
        (place[value], 0) if value in place else (value[0] - start, value[1])
        for step in steps[start : start + length]
        for value in step.reads
    )
    return (reads, tuple(_outputs(steps, start, length, last)))


def _repeat(
    steps: Sequence[Step], starts: list[int], length: int, last: dict[Value, int]
) -> Repeat | None:
    """Return a repeat, None if too much goes in or out of it."""
    inputs = tuple(tuple(_inputs(steps, start, length)) for start in starts)
    outputs = tuple(_outputs(steps, starts[0], length, last))
    tensors = (len(inputs[0]), len(outputs))
    if not all(1 <= count <= _MOST_TENSORS for count in tensors):
        return None
    columns = list(
        zip(*(_literals(steps, start, length) for start in starts), strict=True)
    )
    found = _Columns(columns).parameters()
    if found is None:
        return None
    parameters, written = found
    if _differs_much(parameters, length):
        return None
    row = all(b == a + length for a, b in pairwise(starts))
    if row and not parameters:
        return None  # a loop says that better
    return Repeat(tuple(starts), length, inputs, outputs, parameters, written)


def _differs_much(parameters: Sequence[Parameter], length: int) -> bool:
    """Tell whether more is different than alike, as in a row of Dense layers."""
    roles = Counter(one.role for one in parameters if one.role != "name")
    return roles.total() >= length or 2 * max(roles.values(), default=0) > length


def _literals(steps: Sequence[Step], start: int, length: int) -> list[tuple[str, str]]:
    return [pair for step in steps[start : start + length] for pair in step.literals]


class _Columns:
    """What the literals of a block are, each time.

    Arguments:
        columns: for each literal, the argument it is for and it, for each block.
    """

    def __init__(self, columns: list[tuple[tuple[str, str], ...]]) -> None:
        self._roles = [column[0][0] for column in columns]
        self._values = [tuple(text for _, text in column) for column in columns]
        self._found: list[Parameter] = []

    def parameters(self) -> tuple[tuple[Parameter, ...], tuple[str, ...]] | None:
        """Return the parameters, and what to write for each literal."""
        named = self._named()
        if named is None:
            return None
        varying = [
            (k, values)
            for k, values in enumerate(self._values)
            if len(set(values)) > 1 and k not in named
        ]
        # The smallest first: the others may be multiples of it.
        for k, values in sorted(varying, key=lambda one: (_size(one[1]), one[0])):
            if self._as_known(self._roles[k], values) is None:
                self._found.append(Parameter(self._roles[k], values))
        order = {(self._roles[k], values): k for k, values in reversed(varying)}
        self._found.sort(key=lambda one: order[one.role, one.values])
        self._found.sort(key=lambda one: one.role == "strides")
        if named:
            self._found.append(Parameter("name", self._prefixes))
        if len(self._found) > _MOST_PARAMETERS:
            return None
        written = [named.get(k) or self._text(k) for k in range(len(self._roles))]
        return tuple(self._found), tuple(written)

    def _text(self, number: int) -> str:
        values = self._values[number]
        return self._as_known(self._roles[number], values) or values[0]

    def _as_known(self, role: str, values: tuple[str, ...]) -> str | None:
        """Return values by a parameter for the like: `{0}`, or `4 * {0}`."""
        for k, one in enumerate(self._found):
            if one.role != role or role == "name":
                continue
            factor = _factor(one.values, values)
            if factor is not None and len(set(values)) > 1:
                return f"{{{k}}}" if factor == 1 else f"{factor} * {{{k}}}"
        return None

    def _named(self) -> dict[int, str] | None:
        """Return what to write for names: the same endings after what differs."""
        places = [k for k, role in enumerate(self._roles) if role == "name"]
        if not places:
            return {}
        texts = [[self._values[k][n][1:-1] for k in places] for n in self._times]
        self._prefixes = tuple(f'"{_prefix(names)}"' for names in texts)
        ends = [
            [name[len(prefix) - 2 :] for name in names]
            for names, prefix in zip(texts, self._prefixes, strict=True)
        ]
        fits = all(one == ends[0] for one in ends) and '""' not in self._prefixes
        if not fits or any("{" in end or "}" in end for end in ends[0]):
            return None
        return {k: f"name+{end}" for k, end in zip(places, ends[0], strict=True)}

    @property
    def _times(self) -> range:
        return range(len(self._values[0]))


def _prefix(names: list[str]) -> str:
    """Return the words with which all names begin: `conv2_block1`."""
    if len(set(names)) == 1:
        return names[0]
    low, high = min(names), max(names)
    same = next(
        (k for k, (a, b) in enumerate(zip(low, high, strict=False)) if a != b),
        len(low),
    )
    whole = all(len(one) == same or not one[same].isalnum() for one in names)
    return low[:same] if whole else re.sub(r"[^\W_]*$", "", low[:same]).rstrip("_-./ ")


def _size(values: tuple[str, ...]) -> tuple[int, int]:
    number = values[0]
    return (0, int(number)) if _NUMBER.fullmatch(number) else (1, 0)


def _factor(base: tuple[str, ...], values: tuple[str, ...]) -> int | None:
    """Return by which number a value is greater than another one, each time."""
    if base == values:
        return 1
    if not all(_NUMBER.fullmatch(one) for one in (*base, *values)):
        return None
    factor, rest = divmod(int(values[0]), int(base[0]))
    if rest or not 1 < factor <= _LARGEST_FACTOR:
        return None
    pairs = zip(base, values, strict=True)
    return factor if all(factor * int(a) == int(b) for a, b in pairs) else None
