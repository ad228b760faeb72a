"""Sequences: what a step of the output knows of the other steps."""

from __future__ import annotations

from typing import Any

import numpy as np

from teachkit.errors import TeachkitError
from teachkit.grading.evidence.mixing import values_inside
from teachkit.grading.evidence.numbers import gap, same, told
from teachkit.grading.evidence.subject import Subject
from teachkit.grading.findings import Finding, Stage
from teachkit.grading.registry import predicate

_SEED = 7
Array = np.ndarray[Any, Any]


@predicate(Stage.BEHAVIOUR, rule=7)
def perm_equivariant(
    subject: Subject, input: str | None = None, output: str | None = None
) -> Finding | None:
    """Demand that shuffled steps give the same outputs, shuffled in the same way.

    Arguments:
        subject: the model.
        input: role of the sequence, by default the first input.
        output: role, by default the first output.
    """
    role, target = _first(subject, input), subject.output(output)
    for draw in subject.draws():
        before, after, order = _shuffled(subject, role, target, draw)
        if before.ndim < 2 or before.shape[1] != len(order):
            return Finding(
                f"'{target}' has the shape {before.shape[1:]}: not one row for each of "
                f"the {len(order)} steps of '{role}'.",
                "",
                "Which layer drops the steps?",
                (subject.outputs[target].call,),
            )
        if not same(before[:, order], after):
            step, there = _moved(before[:, order], after)
            return Finding(
                f"I shuffled the steps of '{role}': what was step {order[step]} stands "
                f"at step {step} now, and its output moved by {told(there)}.",
                "So the model treats steps by their place, and the picture does not.",
                "Which layer knows places: positions, a mask, a recurrent layer?",
                (subject.outputs[target].call,),
            )
    return None


@predicate(Stage.BEHAVIOUR, rule=7)
def perm_invariant(
    subject: Subject,
    input: str | None = None,
    output: str | None = None,
    *,
    holds: bool = True,
) -> Finding | None:
    """Demand that shuffling the steps changes nothing; or, if not `holds`, something.

    Arguments:
        subject: the model.
        input: role of the sequence, by default the first input.
        output: role, by default the first output.
        holds: False demands that the order matters.
    """
    role, target = _first(subject, input), subject.output(output)
    largest = 0.0
    for draw in subject.draws():
        before, after, _ = _shuffled(subject, role, target, draw)
        if not same(before, after):
            largest = max(largest, gap(before, after))
    if holds == (largest == 0):
        return None
    if holds:
        return Finding(
            f"I shuffled the steps of '{role}', and '{target}' moved by "
            f"{told(largest)}.",
            "So the order of the steps matters here, and it must not.",
            "Which layer knows the place of a step?",
            (subject.outputs[target].call,),
        )
    return Finding(
        f"I shuffled the steps of '{role}', and '{target}' did not move: the "
        "difference is 0.",
        "So the model does not know in which order the steps came.",
        "Who tells a step where it stands, and is it another number for each place?",
        (subject.inputs[role].call,),
        misconception="M27",
    )


@predicate(Stage.BEHAVIOUR, rule=7)
def causal(subject: Subject, pair: list[str]) -> Finding | None:
    """Demand that an output at step t does not change with steps of the input from t+1.

    Step t of the output may read step t of the input, not what comes after it.

    Arguments:
        subject: the model.
        pair: roles of the input and of the output.
    """
    role, target = pair
    steps = _steps(subject, role)
    for draw in subject.draws():
        before = subject.baseline(draw)[target]
        if before.ndim < 2 or before.shape[1] != steps:
            return _other_steps(subject, role, target, before, steps)
        for step in range(1, steps):
            after = subject.run(_from(subject, role, draw, step), draw)[target]
            if not same(before[:, :step], after[:, :step]):
                return _leak(subject, pair, draw, step, (before, after))
    return None


@predicate(Stage.BEHAVIOUR, rule=7)
def uses_past(subject: Subject, pair: list[str]) -> Finding | None:
    """Demand that the last output changes with an earlier step of the input.

    Arguments:
        subject: the model.
        pair: roles of the input and of the output.
    """
    role, target = pair
    for draw in subject.draws():
        given, other = subject.given(draw), subject.given(draw + 50)
        moved = given[role].copy()
        moved[:, :-1] = other[role][:, :-1]
        after = subject.run({**given, role: moved}, draw)[target]
        before = subject.baseline(draw)[target]
        if not same(before[:, -1], after[:, -1]):
            return None
    return Finding(
        f"I changed all steps of '{role}' but the last one, and the last output did "
        "not move.",
        "So each step sees itself alone: the past is lost with the future.",
        "Which layer mixes steps, and what may it still see?",
        (subject.outputs[target].call,),
    )


def _first(subject: Subject, role: str | None) -> str:
    return role if role is not None else next(iter(subject.inputs))


def _steps(subject: Subject, role: str) -> int:
    return int(subject.given()[role].shape[1])


def _shuffled(
    subject: Subject, role: str, target: str, draw: int
) -> tuple[Array, Array, list[int]]:
    given = subject.given(draw)
    count = given[role].shape[1]
    order = np.random.default_rng(_SEED + draw).permutation(count)
    if (order == np.arange(count)).all():
        order = order[::-1]
    after = subject.run({**given, role: given[role][:, order]}, draw)[target]
    return subject.baseline(draw)[target], after, [int(step) for step in order]


def _from(subject: Subject, role: str, draw: int, step: int) -> dict[str, Array]:
    """Return inputs with other numbers from a step on."""
    given, other = subject.given(draw), subject.given(draw + 50)
    moved = given[role].copy()
    moved[:, step:] = other[role][:, step:]
    return {**given, role: moved}


def _moved(before: Array, after: Array) -> tuple[int, float]:
    """Return the step that moved most, and by how much."""
    axes = tuple(axis for axis in range(before.ndim) if axis != 1)
    by_step = np.abs(before - after).max(axis=axes)
    return int(by_step.argmax()), float(by_step.max())


def _leak(
    subject: Subject,
    pair: list[str],
    draw: int,
    step: int,
    runs: tuple[Array, Array],
) -> Finding:
    role, target = pair
    seen, by = _moved(runs[0][:, :step], runs[1][:, :step])
    look = "Which layers mix steps? Each of them must be kept from looking ahead."
    calls: tuple[str, ...] = (subject.outputs[target].call,)
    first = _first_leak(subject, role, draw, step)
    if first is not None:
        name = subject.structure.name(first)
        look = f"Look at {name}: it is the first whose early steps move. " + look
        calls = subject.structure.paths([first])
    return Finding(
        f"I changed '{role}' from step {step} on, and the output of step {seen} moved "
        f"by {told(by)}.",
        f"So step {seen} looks ahead: it knows what it is to predict.",
        look,
        calls,
        misconception="M28",
        facts={"step": step, "seen": seen, "by": told(by)},
    )


def _first_leak(subject: Subject, role: str, draw: int, step: int) -> int | None:
    """Return the first step of the structure whose early rows see later ones."""
    if subject.is_closed:
        return None
    count = _steps(subject, role)
    try:
        before = values_inside(subject, subject.given(draw), draw)
        after = values_inside(subject, _from(subject, role, draw, step), draw)
    except TeachkitError:
        return None
    for number, node in enumerate(subject.structure.nodes):
        ours, theirs = before.get(node.path), after.get(node.path)
        if not ours or not theirs or node.part:
            continue
        one, other = ours[0], theirs[0]
        is_sequence = one.ndim > 1 and one.shape[1] == count
        if is_sequence and not same(one[:, :step], other[:, :step]):
            return number
    return None


def _other_steps(
    subject: Subject, role: str, target: str, before: Array, steps: int
) -> Finding:
    have = before.shape[1] if before.ndim > 2 else 0
    return Finding(
        f"'{role}' has {steps} steps, and '{target}' "
        + (f"has {have}." if have else "has none."),
        "There must be one output for each step.",
        "Which layer changes the number of steps?",
        (subject.outputs[target].call,),
    )
