"""Results as text for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from teachkit.exercise_authoring.bank import Checked
from teachkit.exercise_authoring.columns import table
from teachkit.exercise_authoring.graded import LIMIT
from teachkit.exercise_authoring.mutations import Mutation

_HEADS = ("exercise", "id", "accept", "wrong", "median s", "worst s", "state")


def checked_text(checked: Sequence[Checked]) -> str:
    """Return one line for each exercise, and the sums."""
    seconds = [one for each in checked for one in each.seconds]
    wrong, accept = (
        sum(_count(each, kind) for each in checked) for kind in ("wrong", "accept")
    )
    sums = (
        f"{len(checked)} exercises, {wrong} wrong answers, {accept} accepted answers; "
        f"one check takes {_median(seconds)} s (median), {_worst(seconds)} s (worst)."
    )
    return f"{table(_HEADS, [_row(each) for each in checked])}\n\n{sums}"


def slow_text(checked: Sequence[Checked]) -> list[str]:
    """Return one sentence for each exercise with checks that took too long."""
    told = []
    for each in checked:
        if each.slow:
            worst = max(each.slow, key=lambda one: one.seconds)
            told.append(
                f"{each.exercise.path}:{worst.cell.line}: {worst.seconds:.1f} s for "
                f"this check; {len(each.slow)} take more than {LIMIT:.0f} s"
            )
    return told


def _row(each: Checked) -> tuple[str, ...]:
    state = f"{len(each.faults)} to mend" if each.faults else "ok"
    if each.slow:
        state = "slow" if state == "ok" else f"{state}, slow"
    return (
        each.exercise.number,
        each.exercise.id,
        str(_count(each, "accept")),
        str(_count(each, "wrong")),
        _median(each.seconds),
        _worst(each.seconds),
        state,
    )


def _count(each: Checked, kind: str) -> int:
    return sum(1 for cell in each.exercise.cells if cell.kind == kind)


def _median(seconds: Sequence[float]) -> str:
    return f"{median(seconds):.2f}" if seconds else "-"


def _worst(seconds: Sequence[float]) -> str:
    return f"{max(seconds):.2f}" if seconds else "-"


def mutations_text(found: Sequence[Mutation]) -> str:
    """Return one line for each criterion, and the sums."""
    rows = [
        (
            one.exercise.number,
            one.exercise.id,
            one.criterion.name,
            str(len(one.slipping)),
            str(len(one.speaking)),
            _needed(one),
        )
        for one in found
    ]
    idle = sum(one.is_decoration for one in found)
    heads = ("exercise", "id", "without", "slip through", "hear it first", "state")
    return (
        f"{table(heads, rows)}\n\n{len(found)} criteria left out, one at a time; "
        f"{idle} of them are decoration."
    )


def _needed(one: Mutation) -> str:
    if one.is_decoration:
        return "decoration"
    return "needed" if one.criterion.weight else "explains"
