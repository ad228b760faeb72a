"""Inputs and outputs: how many, of what shapes, and their names where asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from teachkit.grading.evidence.numbers import counted, shape_told
from teachkit.grading.evidence.roles import Wanted, assigned, wanted_of
from teachkit.grading.evidence.subject import Subject
from teachkit.grading.findings import Finding, Stage
from teachkit.grading.registry import predicate
from teachkit.graph import Endpoint, Shape
from teachkit.keras_runner.matching import names_of


@predicate(Stage.INTERFACE)
def inputs(subject: Subject, *, named: bool = False, **roles: Any) -> Finding | None:
    """Demand inputs: `a = {shape = [8, 8, 1]}`, `species = {shape = [1], below = 3}`.

    Arguments:
        subject: the model.
        named: they have the names of the roles.
        roles: for each its shape, or several `shapes`; and `below` for whole numbers.
    """
    return _ends(subject, wanted_of(roles), subject.graph.inputs, "input", named=named)


@predicate(Stage.INTERFACE)
def outputs(subject: Subject, *, named: bool = False, **roles: Any) -> Finding | None:
    """Demand outputs: `score = {shape = [1]}`; see `inputs`."""
    wanted = wanted_of(roles)
    return _ends(subject, wanted, subject.graph.outputs, "output", named=named)


def _ends(
    subject: Subject,
    wanted: Sequence[Wanted],
    ends: tuple[Endpoint, ...],
    noun: str,
    *,
    named: bool,
) -> Finding | None:
    names = names_of(ends)
    found = assigned(wanted, ends, names)
    if found is None:
        return _other_number(wanted, ends, names, noun)
    if named and set(names) != {one.role for one in wanted}:
        return _other_names(wanted, names, noun)
    for one in wanted:
        end = found[one.role]
        if not one.fits(end):
            return _other_shape(one, end, noun)
    return None


def _other_number(
    wanted: Sequence[Wanted],
    ends: tuple[Endpoint, ...],
    names: Sequence[str],
    noun: str,
) -> Finding:
    told = ", ".join(
        f"'{name}' {shape_told(_sample(end.shape))}"
        for name, end in zip(names, ends, strict=True)
    )
    roles = ", ".join(f"'{one.role}'" for one in wanted)
    place = "first" if noun == "input" else "second"
    return Finding(
        f"I see {counted(len(ends), noun)}: {told}.",
        f"The exercise has {counted(len(wanted), noun)}: {roles}.",
        f"Look at the {place} argument of Model(inputs, outputs).",
        tuple(end.call for end in ends),
        rule=5,
    )


def _other_names(wanted: Sequence[Wanted], names: Sequence[str], noun: str) -> Finding:
    missing = [one.role for one in wanted if one.role not in names]
    have = ", ".join(f"'{name}'" for name in names)
    where = (
        f"Input(..., name='{missing[0]}')"
        if noun == "input"
        else f"the last layer: name='{missing[0]}', or a dict of outputs"
    )
    return Finding(
        f"I see {noun}s called {have}.",
        f"There is none called '{missing[0]}', and by this name it is found.",
        f"Look at {where}.",
        misconception="M19",
    )


def _other_shape(one: Wanted, end: Endpoint, noun: str) -> Finding:
    shape, wanted = _sample(end.shape), one.shapes[0]
    see = f"{noun.capitalize()} '{end.call}' has the shape {shape_told(shape)}"
    so = f"The exercise has {shape_told(wanted)} for '{one.role}'."
    look = f"Look at how the {noun} is made."
    misconception = ""
    if noun == "input" and shape is not None and shape[1:] == wanted:
        so = (
            f"That says that each sample is {_by(shape)}. {so} "
            "The shape of one sample has no batch in it."
        )
        look = "Leave the first number out of Input(...)."
        misconception = "M06"
    elif noun == "input":
        look = f"Look at Input({shape_told(wanted)})."
    return Finding(f"{see}.", so, look, (end.call,), misconception=misconception)


def _sample(shape: Shape | None) -> Shape | None:
    return None if shape is None else shape[1:]


def _by(shape: Shape) -> str:
    return "×".join("any" if length is None else str(length) for length in shape)
