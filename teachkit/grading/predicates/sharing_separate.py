"""Towers with weights of their own, one table for two inputs, one reader for each."""

from __future__ import annotations

from itertools import combinations

from teachkit.grading.evidence.numbers import counted
from teachkit.grading.evidence.settings import of_kinds, size
from teachkit.grading.evidence.subject import Subject
from teachkit.grading.evidence.towers import Tower, layers_of, tower
from teachkit.grading.findings import Finding, Stage
from teachkit.grading.registry import predicate

_POOLS = "|".join(
    (
        "GlobalAveragePooling1D",
        "GlobalMaxPooling1D",
        "mean",
        "max",
        "sum",
    )
)


@predicate(Stage.BEHAVIOUR, rule=4, inside=True)
def separate(
    subject: Subject,
    inputs: list[str] | str = "all",
    *,
    op: str = "",
    both: bool = True,
) -> Finding | None:
    """Demand that towers own weights, and none that another one owns.

    Arguments:
        subject: the model.
        inputs: roles, each pair of which is looked at; or `all`.
        op: only layers of some kinds: `LSTM|GRU`.
        both: each tower must have weights.
    """
    roles = list(subject.inputs) if isinstance(inputs, str) else inputs
    found = {role: _only(subject, tower(subject, role), op) for role in roles}
    for one, other in combinations(found.values(), 2):
        if one.weights & other.weights:
            return _shared(subject, one, other, found)
    for one in found.values():
        if both and not one.weights:
            return _without(subject, one)
    return None


@predicate(Stage.BEHAVIOUR, rule=4, inside=True)
def shared_layer(subject: Subject, op: str, inputs: list[str]) -> Finding | None:
    """Demand one layer of a kind that reads several inputs, and no second one.

    Arguments:
        subject: the model.
        op: the kind: `Embedding`.
        inputs: roles.
    """
    structure = subject.structure
    calls = {role: subject.inputs[role].call for role in inputs}
    readers: dict[str, list[int]] = {role: [] for role in inputs}
    for number in of_kinds(structure, op):
        for role, call in calls.items():
            if call in structure.reached_by[number]:
                readers[role].append(number)
    for role, steps in readers.items():
        if not steps:
            return _no_reader(subject, role, op)
    tables = {r: {structure.weights(n) for n in s} for r, s in readers.items()}
    if len(set().union(*tables.values())) == 1:
        return None
    return _twice(subject, op, readers)


@predicate(Stage.STRUCTURE, rule=4, inside=True)
def reader(
    subject: Subject,
    input: str,
    op: str,
    *,
    units: int,
    pooled: bool = False,
) -> Finding | None:
    """Demand that an input is read by a layer of a kind and size.

    Arguments:
        subject: the model.
        input: role.
        op: the kind, or several: `LSTM|GRU`.
        units: its size.
        pooled: taking a mean or the like over the steps will do, too.
    """
    structure = subject.structure
    own = frozenset([subject.inputs[input].call])
    readers = [n for n in of_kinds(structure, op) if own <= structure.reached_by[n]]
    # Texts may be joined, embedded and cut apart again: then no step reads one alone.
    steps = [n for n in readers if structure.reached_by[n] == own] or [
        n for n in readers if size(structure, n) == units
    ]
    # A wrapper of two directions is twice as wide as the layer in it.
    if any(
        size(structure, n) in {units, None}
        or (structure.kind(n) == "bidirectional" and size(structure, n) == 2 * units)
        for n in steps
    ):
        return None
    kind = op.split("|")[0]
    if steps:
        others = [n for n in of_kinds(structure, op) if n not in steps]
        is_swapped = any(size(structure, n) == units for n in others)
        return Finding(
            f"I see that {structure.name(steps[-1])} reads '{input}', with "
            f"{size(structure, steps[-1])} units.",
            f"In the exercise the {kind} that reads '{input}' has {units} units.",
            "Did two sizes change places?"
            if is_swapped
            else "Compare the numbers of the prompt with yours, reader by reader.",
            structure.paths(steps),
            misconception="M21" if is_swapped else "",
        )
    pools = [n for n in of_kinds(structure, _POOLS) if structure.reached_by[n] == own]
    if pooled and pools:
        return None
    return Finding(
        f"I find no {kind} that reads '{input}'.",
        "Without one nothing goes through its steps in their order.",
        f"Walk forward from '{input}': what turns its steps into one vector?",
        (subject.inputs[input].call,),
    )


def _only(subject: Subject, one: Tower, op: str) -> Tower:
    """Return a tower without the layers of other kinds."""
    if not op:
        return one
    structure = subject.structure
    kept = tuple(n for n in one.steps if n in of_kinds(structure, op))
    return Tower(
        one.role,
        one.input,
        kept,
        frozenset(weight for n in kept for weight in structure.weights(n)),
        tuple(dict.fromkeys(map(structure.name, kept))),
        structure.paths(kept),
    )


def _shared(
    subject: Subject, one: Tower, other: Tower, found: dict[str, Tower]
) -> Finding:
    common = one.weights & other.weights
    among = [tower for tower in found.values() if tower.weights & common]
    roles = [f"'{tower.role}'" for tower in among]
    named = layers_of(subject, one, common)[0]
    towers = f"all {len(among)} towers" if len(among) > 2 else "both towers"
    return Finding(
        f"I see that {', '.join(roles[:-1])} and {roles[-1]} go through {named}: one "
        "layer, called again.",
        f"So {towers} own the same weights; the model has "
        f"{counted(subject.graph.params, 'parameter')}. The picture has a layer for "
        "each.",
        "How many boxes does your code make, and how often is each called?",
        tuple(path for tower in among for path in tower.paths),
        misconception="M02",
    )


def _without(subject: Subject, one: Tower) -> Finding:
    return Finding(
        f"I see no layer with weights that reads '{one.role}' alone.",
        f"So '{one.role}' has no tower: it is mixed with the others as it comes in.",
        f"Walk forward from '{one.role}' to the place where it meets another input.",
        (one.input,),
    )


def _no_reader(subject: Subject, role: str, op: str) -> Finding:
    return Finding(
        f"I find no {op} that reads '{role}'.",
        "Its word numbers are no quantities: each word needs a vector.",
        f"Walk forward from '{role}': which layer reads it first?",
        (subject.inputs[role].call,),
    )


def _twice(subject: Subject, op: str, readers: dict[str, list[int]]) -> Finding:
    structure = subject.structure
    steps = sorted({number for found in readers.values() for number in found})
    owners = structure.owners(steps)
    first = [next(n for n in steps if structure.owners([n]) == [o]) for o in owners]
    names = " and ".join(structure.name(number) for number in first[:2])
    sizes = {w.id: w.size for w in subject.graph.weights}
    amounts = [sum(sizes.get(w, 0) for w in structure.weights(n)) for n in first]
    return Finding(
        f"I see {len(owners)} {op} layers: {names}, with "
        f"{' and '.join(f'{amount:,}' for amount in amounts[:2])} parameters.",
        "So each word is learned twice: what the one learns about 'refund', the other "
        "does not know.",
        f"How many {op} objects does your code make, and how many are needed?",
        structure.paths(steps),
        misconception="M02",
    )
