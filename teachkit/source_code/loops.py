"""Runs of equal statements as loops.

Statements that are equal in every letter do the same each time, whatever they do: so a
run of them may be written once, in a loop.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_LONGEST = 24
_INDENT = "    "
_LEAST_SAVED = 3
_ALIAS = re.compile(r"\w+ = \w+")
_END = "outputs"
_ASSIGNED = re.compile(r"(\w+) = ")


def with_loops(statements: Sequence[str], indent: str = "") -> list[str]:
    r"""Return statements with each run of equal blocks as a loop.

    Arguments:
        statements: each perhaps of several lines.
        indent: what each of them begins with.

    Example:
        >>> print("\n".join(with_loops(["x = f(x)"] * 9 + ["y = x"])))
        for _ in range(9):
            x = f(x)
        y = x
    """
    numbers: dict[str, int] = {}
    marks = [numbers.setdefault(one, len(numbers)) for one in statements]
    written: list[str] = []
    start = 0
    while start < len(statements):
        period, repeats = _best_run(marks, start)
        if repeats == 1:
            written.append(statements[start])
            start += 1
            continue
        skipped = _best_beginning(statements, marks, start, period)
        written += statements[start : start + skipped]
        start += skipped
        block = list(statements[start : start + period])
        start += period * repeats
        repeats += _join(written, block, indent)
        ends = _is_end(list(statements[start:]), block)
        written += _loop(block, repeats + ends, indent)
        if ends:
            written.append(f"{indent}{_END} = {_last_assigned(block)}")
            break
    return written


def _join(written: list[str], block: list[str], indent: str) -> bool:
    """Take the block before a run out of what is written, if it can be part of it."""
    joined = _joining(written, block)
    if joined is None:
        return False
    del written[len(written) - joined.length :]
    written.append(f"{indent}{_last_assigned(block)} = {joined.variable}")
    return True


def _best_beginning(
    statements: Sequence[str], marks: Sequence[int], start: int, period: int
) -> int:
    """Return how many statements of a run are better left before the loop.

    A loop is best begun where the block before it can join it, or where a shortcut
    branches off.
    """
    repeats = _count(marks, start, period)
    best, rank = 0, (False, False)
    for skipped in range(period):
        begin = start + skipped
        if _count(marks, begin, period) < repeats:
            break
        block = list(statements[begin : begin + period])
        before = list(statements[max(0, begin - period) : begin])
        joins = begin >= period and _joining(before, block) is not None
        found = (joins, _ALIAS.fullmatch(block[0].strip()) is not None)
        if found > rank:
            best, rank = skipped, found
    return best


def _best_run(marks: Sequence[int], start: int) -> tuple[int, int]:
    """Return period and repeats of the run that spares most statements."""
    best, spared = (1, 1), _LEAST_SAVED - 1
    for period in range(1, _LONGEST + 1):
        if start + period >= len(marks) or marks[start] != marks[start + period]:
            continue
        repeats = _count(marks, start, period)
        saved = (repeats - 1) * period - 1
        if repeats > 1 and saved > spared:
            best, spared = (period, repeats), saved
    return best


def _count(marks: Sequence[int], start: int, period: int) -> int:
    """Count how often the block at a place stands there, one after the other."""
    end = start + period
    while end < len(marks) and marks[end] == marks[end - period]:
        end += 1
    return (end - start) // period


@dataclass(frozen=True, slots=True)
class _Joined:
    """A block before a run that can be part of it.

    Attributes:
        variable: what it reads where the others read what the block before them made.
        length: the number of its statements.
    """

    variable: str
    length: int


def _joining(written: list[str], block: list[str]) -> _Joined | None:
    """Return the block before a run, if all that sets it apart is what it reads.

    The first block reads `inputs` where the others read `x`: `x = inputs` makes them
    alike. Nor does it then need `shortcut = x`.
    """
    name = _last_assigned(block)
    if name is None:
        return None
    second = _second_name(block, name)
    for length in (len(block), len(block) - 1)[: 1 + bool(second)]:
        alias = second if length < len(block) else ""
        before = written[len(written) - length :] if length <= len(written) else []
        variable = _apart(before, block[-length:], name, alias)
        if variable is not None:
            return _Joined(variable, length)
    return None


def _second_name(block: list[str], name: str) -> str:
    """Return `shortcut` of a block that begins with `shortcut = x`."""
    target, _, source = block[0].strip().partition(" = ")
    is_alias = source == name and target != name and len(block) > 1
    return target if is_alias and not _assigns(block[1:], target) else ""


def _apart(before: list[str], block: list[str], name: str, second: str) -> str | None:
    """Return the variable that alone sets a block apart from those after it.

    Arguments:
        before: the block.
        block: one of those after it, perhaps without its first statement.
        name: what each of them reads of the one before it.
        second: the other name that the missing statement gives to that.
    """
    if not before or _reads_early(before, name):
        return None
    words: set[str] = {word for line in before for word in re.findall(r"\w+", line)}
    early = _first_assignment(block, name)
    for other in sorted(words - {name}):
        alike = [_with_right(line, name, other) for line in block[:early]]
        alike += block[early:]
        if second:
            alike = [_with_right(line, second, other) for line in alike]
        if alike == before and not _assigns(before, other):
            return other
    return None


def _is_end(rest: list[str], block: list[str]) -> bool:
    """Tell whether all that is left is the block once more, with `outputs` at last."""
    name = _last_assigned(block)
    if len(rest) != len(block) or rest[:-1] != block[:-1]:
        return False
    return rest[-1].replace(f"{_END} = ", f"{name} = ", 1) == block[-1]


def _last_assigned(block: list[str]) -> str | None:
    found: re.Match[str] | None = _ASSIGNED.match(block[-1].strip())
    return str(found[1]) if found is not None else None


def _reads_early(lines: list[str], name: str) -> bool:
    """Tell whether a name is read before it is first assigned."""
    return any(_reads(line, name) for line in lines[: _first_assignment(lines, name)])


def _with_right(line: str, old: str, new: str) -> str:
    """Return a statement that reads another variable than it does."""
    left, equals, right = line.partition(" = ")
    return left + equals + re.sub(rf"\b{old}\b", new, right)


def _assigns(lines: list[str], name: str) -> bool:
    return any(line.strip().startswith(f"{name} = ") for line in lines)


def _reads(line: str, name: str) -> bool:
    _, _, right = line.partition(" = ")
    return re.search(rf"\b{name}\b", right) is not None


def _first_assignment(lines: list[str], name: str) -> int:
    """Return how many of the lines come until a name is first assigned, inclusive."""
    places = [k for k, line in enumerate(lines) if line.strip().startswith(name + " =")]
    return places[0] + 1 if places else len(lines)


def _loop(block: list[str], repeats: int, indent: str) -> Iterator[str]:
    yield f"{indent}for _ in range({repeats}):"
    for statement in block:
        yield "\n".join(_INDENT + line for line in statement.splitlines())
