"""What has an effect: every input, every layer that was written."""

from __future__ import annotations

from itertools import product
from typing import Any, Literal

import numpy as np

from teachkit.grading.evidence.numbers import same, told
from teachkit.grading.evidence.subject import Subject
from teachkit.grading.findings import Finding, Stage
from teachkit.grading.predicates.equality import differs_from
from teachkit.grading.predicates.ranges import single_softmax
from teachkit.grading.registry import predicate
from teachkit.keras_reader.orphans import Orphan, orphans_of

_SMALL = 0.2
"""Scale of small numbers and weights."""
_PIXEL = 200.0
"""Scale of the numbers of a picture."""


@predicate(Stage.LIVE, rule=5)
def live(
    subject: Subject, *, orphans: Literal["advice", "fail", "told"] = "advice"
) -> Finding | None:
    """Demand that every declared input leads to an output, and every call to one.

    Arguments:
        subject: the model.
        orphans: `fail`: a layer that was called in vain fails the criterion. Otherwise
            it does so only where the model differs from the reference; beside a right
            model it is no more than advice. `told`: it is always advice, for exercises
            whose right answers may differ from the reference.
    """
    for role, end in subject.inputs.items():
        if end.call in subject.graph.unused_inputs():
            return _dead_input(role, end.call)
    found = orphans_of(subject.recording, subject.case.before)
    if orphans == "told" or not found:
        return None
    if orphans == "fail" or _differs(subject):
        return _orphaned(found)
    return None


@predicate(Stage.BEHAVIOUR, rule=5)
def uses(
    subject: Subject,
    inputs: list[str] | str = "all",
    *,
    output: str | None = None,
    each: bool = False,
) -> Finding | None:
    """Demand that another value of each input changes the output (some output).

    Arguments:
        subject: the model.
        inputs: roles, or `all`.
        output: role of the output; by default any of them.
        each: every output must change.
    """
    roles = list(subject.inputs) if isinstance(inputs, str) else inputs
    outputs = list(subject.outputs) if each else [output]
    for one, role in product(outputs, roles):
        if not _matters(subject, role, one):
            target = subject.output(one)
            # A softmax over one unit loses all inputs, and none on the way.
            found = single_softmax(subject, target, subject.baseline()[target])
            return found or _ignored(subject, role, one)
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
    """Tell whether another value of one input changes an output in some draw.

    Large numbers may drive an exponential or a sigmoid to its end, where nothing
    changes any more, so small ones are tried as well; and numbers as large as those of
    pixels, which a model may divide by 255.
    """
    if subject.inputs[role].call in subject.graph.unused_inputs():
        return False
    outputs = list(subject.outputs) if output is None else [output]
    for draw in subject.draws():
        before, after = subject.baseline(draw), subject.changed(role, draw)
        if any(not same(before[one], after[one]) for one in outputs):
            return True
        if not _leads(subject, role, outputs):
            return False
    return any(
        _matters_in_size(subject, role, outputs, *sizes)
        for sizes in ((_SMALL, _SMALL), (_PIXEL, 1.0))
    )


def _leads(subject: Subject, role: str, outputs: list[str]) -> bool:
    """Tell whether a way leads from an input to an output, as far as can be seen."""
    if subject.is_closed:
        return True
    structure = subject.structure
    order = {id(end): n for n, end in enumerate(subject.graph.outputs)}
    ends = [structure.outputs[order[id(subject.outputs[one])]] for one in outputs]
    call = subject.inputs[role].call
    return any(call in structure.reached_by[end] for end in ends)


def _matters_in_size(
    subject: Subject, role: str, outputs: list[str], factor: float, scale: float
) -> bool:
    given = {name: _times(x, factor) for name, x in subject.given().items()}
    other = {**given, role: _times(subject.given(50)[role], factor)}
    before, after = subject.run_all([given, other], scale=scale)
    return any(not same(before[one], after[one]) for one in outputs)


def _times(values: Any, factor: float) -> Any:
    return values * np.float32(factor) if values.dtype.kind == "f" else values


def _ignored(subject: Subject, role: str, output: str | None) -> Finding:
    end = subject.inputs[role]
    readers = subject.graph.outgoing(end.call)
    where = f"'{output}'" if output else "the output"
    values = subject.baseline()
    value = float(np.ravel(values[output or next(iter(values))])[0])
    if readers:
        names = ", ".join(f"'{tensor.target}'" for tensor in readers[:3])
        way = f"Its tensor goes to {names}, and what comes of it is lost on the way."
        if output and not _leads(subject, role, [output]):
            way = f"Its tensor goes to {names}, and from there no way leads to {where}."
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
    return subject.reference is not None and differs_from(subject, subject.reference)


def _orphaned(found: tuple[Orphan, ...]) -> Finding:
    last = next((one for one in reversed(found) if one.units), found[-1])
    size = f" with {last.units} units" if last.units else ""
    were, its = ("was", "its") if len(found) == 1 else ("were", "their")
    others = f" and {len(found) - 1} more" if len(found) > 1 else ""
    return Finding(
        f"'{last.name}' ({last.type}{size}){others} {were} called, but nobody in the "
        f"model reads {its} output.",
        "So it is not part of the model"
        f"{': its weights never train' if last.units else ''}.",
        "Did the next line read another name than the one it made?",
        last.reads,
        misconception="M04",
    )
