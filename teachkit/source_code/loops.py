"""Runs of equal statements as loops.

Statements that are equal in every letter do the same each time, whatever they do: so a
run of them may be written once, in a loop.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_LONGEST = 24
_INDENT = "    "
_LEAST_SAVED = 3
_ASSIGNED = re.compile(r"(\w+) = ")


def with_loops(statements: Sequence[str], indent: str = "") -> list[str]:
    """Return statements with each run of equal blocks as a loop.

    Arguments:
        statements: each perhaps of several lines.
        indent: what each of them begins with.

    Example:
        >>> print("\\n".join(with_loops(["x = f(x)"] * 9 + ["y = x"])))
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
        block = list(statements[start : start + period])
        if repeats > 1:
            repeats += _first_joins(written, block, indent)
            written += _loop(block, repeats, indent)
        else:
            written += block
        start += period * (repeats if repeats == 1 else _count(marks, start, period))
    return written


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


def _first_joins(written: list[str], block: list[str], indent: str) -> bool:
    """Let the block before a run join it, if it only reads another variable first.

    The first block reads `inputs` where the others read `x`: `x = inputs` makes them
    alike. Tells whether it did.
    """
    before = written[-len(block) :]
    own = _ASSIGNED.match(block[-1].strip())
    if len(before) < len(block) or own is None or before[-1] != block[-1]:
        return False
    name = own[1]
    others = {word for line in before for word in re.findall(r"\w+", line)}
    for other in sorted(others - {name}):
        if _assigns(before, other):
            continue
        as_other = [_renamed(line, other, name) for line in before]
        if as_other == block and not any(
            _reads(line, name) for line in before[: _first_assignment(before, name)]
        ):
            del written[-len(block) :]
            written.append(f"{indent}{name} = {other}")
            return True
    return False


def _renamed(line: str, old: str, new: str) -> str:
    return re.sub(rf"\b{old}\b", new, line)


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
