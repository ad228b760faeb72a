"""What has an effect: every input, every layer that was written."""

from __future__ import annotations

from typing import Literal

import numpy as np

from teachkit.grading.findings import Finding, Stage
from teachkit.grading.numbers import same, told
from teachkit.grading.registry import predicate
from teachkit.grading.subject import Subject
from teachkit.keras_reader.orphans import Orphan, orphans_of


@predicate(Stage.LIVE, rule=5)
def live(
    subject: Subject, *, orphans: Literal["advice", "fail"] = "advice"
) -> Finding | None:
    """Demand that every declared input leads to an output, and every call to one.

    Arguments:
        subject: the model.
        orphans: `fail`: a layer that was called in vain fails the criterion. Otherwise
            it does so only where the model differs from the reference; beside a right
            model it is no more than advice.
    """
    for role, end in subject.inputs.items():
        if end.call in subject.graph.unused_inputs():
            return _dead_input(role, end.call)
    found = orphans_of(subject.recording, subject.case.before)
    if found and (orphans == "fail" or _differs(subject)):
        return _orphaned(found)
    return None


@predicate(Stage.BEHAVIOUR, rule=5)
def uses(
    subject: Subject,
    inputs: list[str] | str = "all",
    *,
    output: str | None = None,
) -> Finding | None:
    """Demand that another value of each input changes the output (some output).

    Arguments:
        subject: the model.
        inputs: roles, or `all`.
        output: role of the output; by default any of them.
    """
    roles = list(subject.inputs) if isinstance(inputs, str) else inputs
    for role in roles:
        if not _matters(subject, role, output):
            return _ignored(subject, role, output)
    return None


@predicate(Stage.BEHAVIOUR, rule=5)
def ignores(subject: Subject, output: str, inputs: list[str]) -> Finding | None:
    """Demand that an output does not depend on some inputs."""
    for role in inputs:
        if _matters(subject, role, output):
            return Finding(
                f"I see that '{output}' changes when only '{role}' changes.",
                f"In the picture no tensor leads from '{role}' to '{output}'.",
                f"Look at what '{output}' reads, walking back from it.",
                (subject.outputs[output].call, subject.inputs[role].call),
            )
    return None


def _matters(subject: Subject, role: str, output: str | None) -> bool:
    outputs = list(subject.outputs) if output is None else [output]
    for draw in subject.draws():
        before = subject.baseline(draw)
        changed = {**subject.given(draw), role: subject.given(draw + 50)[role]}
        after = subject.run(changed, draw)
        if any(not same(before[one], after[one]) for one in outputs):
            return True
    return False


def _ignored(subject: Subject, role: str, output: str | None) -> Finding:
    end = subject.inputs[role]
    readers = subject.graph.outgoing(end.call)
    where = f"'{output}'" if output else "the output"
    value = float(np.ravel(next(iter(subject.baseline().values())))[0])
    if readers:
        names = ", ".join(f"'{tensor.target}'" for tensor in readers[:3])
        way = f"Its tensor goes to {names}, and what comes of it is lost on the way."
    else:
        way = "No layer reads its tensor."
    return Finding(
        f"I changed only input '{role}', and {where} stayed at {told(value)}.",
        way,
        f"Walk back from {where}: do you arrive at '{role}'?",
        (end.call, *(tensor.target for tensor in readers[:3])),
        misconception="M04",
    )


def _dead_input(role: str, call: str) -> Finding:
    return Finding(
        f"Input '{role}' is declared, but no layer of the model reads it.",
        "Changing it can never change the output.",
        f"Walk back from the output: which line should read '{call}'?",
        (call,),
        misconception="M04",
    )


def _differs(subject: Subject) -> bool:
    """Tell whether the model is another one than that of the solution."""
    from teachkit.grading.predicates.equality import differs_from  # noqa: PLC0415 - predicates of one package may need each other

    return subject.reference is not None and differs_from(subject, subject.reference)


def _orphaned(found: tuple[Orphan, ...]) -> Finding:
    last = found[-1]
    size = f" with {last.units} units" if last.units else ""
    others = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
    return Finding(
        f"'{last.name}' ({last.type}{size}) was called{others}, but nobody in the "
        "model reads its output.",
        "So it is not part of the model: its weights never train.",
        "Did the next line read another name than the one it made?",
        last.reads,
        misconception="M04",
    )
