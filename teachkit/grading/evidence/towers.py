"""Towers: what is computed from one input alone, before it meets another one."""

from __future__ import annotations

from dataclasses import dataclass

from teachkit.grading.evidence.subject import Subject


@dataclass(frozen=True, slots=True)
class Tower:
    """The steps with weights that depend on one input and on no other one.

    Attributes:
        role: of the input.
        input: id of its call.
        steps: their numbers in the structure, in topological order.
        weights: ids of their weights: the same object has the same id.
        names: of the steps in a sentence: `'dense_1' (Dense)`, each once.
        paths: of their calls, to light them up.
    """

    role: str
    input: str
    steps: tuple[int, ...]
    weights: frozenset[str]
    names: tuple[str, ...]
    paths: tuple[str, ...]


def tower(subject: Subject, role: str) -> Tower:
    """Return the tower of one input.

    Arguments:
        subject: the model.
        role: of the input.
    """
    structure = subject.structure
    own = frozenset([subject.inputs[role].call])
    steps = tuple(
        number
        for number in range(len(structure.nodes))
        if structure.reached_by[number] == own and structure.is_weighted(number)
    )
    return Tower(
        role,
        subject.inputs[role].call,
        steps,
        frozenset(weight for step in steps for weight in structure.weights(step)),
        tuple(dict.fromkeys(map(structure.name, steps))),
        structure.paths(steps),
    )


def towers(subject: Subject, a: str, b: str) -> tuple[Tower, Tower]:
    """Return the towers of two inputs.

    Example:
        `left, right = towers(subject, "a", "b")`; `left.weights & right.weights` are
        the ids of what both share, `left.weights ^ right.weights` what only one has.

    Arguments:
        subject: the model.
        a: role of one input.
        b: role of the other one.
    """
    return tower(subject, a), tower(subject, b)


def layers_of(subject: Subject, one: Tower, weights: frozenset[str]) -> list[str]:
    """Return the names of a tower's steps that use some of these weights."""
    structure = subject.structure
    found = (s for s in one.steps if weights.intersection(structure.weights(s)))
    return list(dict.fromkeys(map(structure.name, found)))
