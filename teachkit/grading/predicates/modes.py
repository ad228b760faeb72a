"""What is different in training, and what must not change from run to run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np

from teachkit.grading.evidence.numbers import gap, same, told
from teachkit.grading.evidence.structure import Structure
from teachkit.grading.evidence.subject import Subject
from teachkit.grading.findings import Finding, Stage
from teachkit.grading.registry import predicate
from teachkit.keras_runner.in_training import run_in_training, seeds_of
from teachkit.normal_form import Node

Outputs = Mapping[str, "np.ndarray[Any, Any]"]


@predicate(Stage.BEHAVIOUR)
def train_infer_differ(subject: Subject) -> Finding | None:
    """Demand that training gives other numbers than inference, as Dropout does."""
    for draw in subject.draws():
        after = _training(subject, draw)
        before = subject.baseline(draw)
        if any(not same(before[role], after[role]) for role in before):
            return None
    value = float(np.ravel(next(iter(subject.baseline().values())))[0])
    return Finding(
        "In training your model gives the same numbers as at inference: "
        f"{told(value)} both times for one random sample.",
        "The one of the exercise differs: in training it drops values.",
        "Which layer of the exercise does something in training only?",
        misconception="M32",
    )


@predicate(Stage.BEHAVIOUR)
def deterministic(subject: Subject) -> Finding | None:
    """Demand the same numbers at inference, however often the model runs."""
    for draw in subject.draws():
        before = subject.baseline(draw)
        seeds = seeds_of(subject.recording, draw + 1)
        weights = [*subject.probe.weights(draw), *seeds]
        after = subject.run(subject.given(draw), weights=weights)
        for role in before:
            if not same(before[role], after[role]):
                return _varies(role, gap(before[role], after[role]))
    return None


@predicate(Stage.BEHAVIOUR, inside=True)
def drops(subject: Subject) -> Finding | None:
    """Demand the Dropout layers of the solution: their rates, and between which layers.

    Other ones may be there, too, but not behind the last layer with weights.
    """
    reference = subject.reference
    if reference is None:
        return None
    mine, theirs = _dropouts(subject.structure), _dropouts(reference.structure)
    last = [number for number, (_, _, below) in mine.items() if not below]
    if last and all(below for _, _, below in theirs.values()):
        return _dropped_at_the_end(subject, last[0])
    # What is missing below it is another fault, of which `equivalent` speaks.
    waiting = [place[:2] for place in mine.values()]
    for rate, above, _ in theirs.values():
        if (rate, above) not in waiting:
            return _other_dropout(subject.structure, mine, rate, above)
        waiting.remove((rate, above))
    return None


_Place = tuple[float, int, int]
"""The rate of a Dropout, and how many layers with weights are above and below it."""


def _dropouts(structure: Structure) -> dict[int, _Place]:
    found = {}
    for number in structure.of_kind("Dropout"):
        above = sum(map(structure.is_weighted, structure.upstream(number)))
        below = sum(map(structure.is_weighted, structure.downstream(number)))
        found[number] = _rate(structure.nodes[number]), above, below
    return found


def _rate(node: Node) -> float:
    return float(json.loads(dict(node.meaning.settings).get("rate", "0")))


def _other_dropout(
    structure: Structure, mine: Mapping[int, _Place], rate: float, above: int
) -> Finding:
    paths = structure.paths(mine)
    same_place = [n for n, place in mine.items() if place[1] == above]
    if same_place:
        have = mine[same_place[0]][0]
        return Finding(
            f"{structure.name(same_place[0])} drops {have:.0%} of the values.",
            f"The exercise drops {rate:.0%} there.",
            "Look at the number in this line.",
            structure.paths(same_place),
            misconception="M32",
        )
    if not mine:
        return Finding(
            "I see no Dropout among the steps of your model.",
            "So in training nothing is dropped.",
            "Which layer of the exercise does something in training only?",
            misconception="M32",
        )
    place = next(iter(mine.values()))
    return Finding(
        f"Your Dropout stands behind {_layers(place[1])}.",
        f"In the exercise it stands behind {_layers(above)}: other values are dropped.",
        "Which tensor does the Dropout read, and who reads what it makes?",
        paths,
        misconception="M32",
    )


def _layers(count: int) -> str:
    if count == 0:
        return "no layer with weights"
    return f"{count} layer{'s' if count > 1 else ''} with weights"


def _dropped_at_the_end(subject: Subject, number: int) -> Finding:
    role = next(iter(subject.outputs))
    sums = _training(subject, 0)[role].sum(axis=-1).ravel()
    usual = subject.baseline(0)[role].sum(axis=-1).ravel()
    so = "In training it sets some of the answers themselves to zero."
    if same(usual, np.ones_like(usual)):
        left = sums[sums > 0] if (sums > 0).any() else sums
        odd = float(left[np.argmax(np.abs(left - 1))])
        so = (
            f"In training your outputs do not sum to 1: I saw {told(odd)}. "
            "At inference they do."
        )
    return Finding(
        f"{subject.structure.name(number)} stands behind the last layer with weights.",
        so,
        "Between which layers does the exercise drop values?",
        subject.structure.paths([number]),
        misconception="M32",
    )


def _training(subject: Subject, draw: int) -> Outputs:
    arrays = {
        subject.inputs[role].call: array for role, array in subject.given(draw).items()
    }
    weights = [*subject.probe.weights(draw), *seeds_of(subject.recording, draw + 1)]
    found = run_in_training(subject.recording, arrays, weights)
    order = {id(end): number for number, end in enumerate(subject.graph.outputs)}
    values = list(found.values())
    return {role: values[order[id(end)]] for role, end in subject.outputs.items()}


def _varies(role: str, difference: float) -> Finding:
    return Finding(
        f"I ran your model twice on the same sample: '{role}' differed by "
        f"{told(difference)}.",
        "At inference the same question should get the same answer.",
        "Which layer draws random numbers, and does it stop when training is over?",
        misconception="M32",
    )
