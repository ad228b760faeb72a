"""Categories given as whole numbers, and outputs that must be free of bounds."""

from __future__ import annotations

import numpy as np

from teachkit.errors import ModelError
from teachkit.grading.evidence.numbers import counted, same, told
from teachkit.grading.evidence.settings import of_kinds, setting, size
from teachkit.grading.evidence.structure import Structure
from teachkit.grading.evidence.subject import Subject
from teachkit.grading.findings import Finding, Stage
from teachkit.grading.registry import predicate

_TRIES = 12
_HANDING_ON = frozenset(
    {
        "reshape", "cast", "expanddims", "squeeze", "concatenate", "identity", "stack",
        "rescaling", "normalization", "multiply", "divide", "add", "subtract",
        "truedivide", "transpose", "permute", "repeatvector", "copy", "flatten",
    }
)  # fmt: skip
"""Steps after which a category is still one number."""
_MIXING = ("dense", "einsumdense", "matmul", "dot")


@predicate(Stage.BEHAVIOUR, inside=True)
def embeds(
    subject: Subject,
    input: str,
    below: int,
    *,
    width: int | None = None,
) -> Finding | None:
    """Demand that each category has a vector of its own: a row of a table, or one-hot.

    Arguments:
        subject: the model.
        input: role of the input that carries the category.
        below: categories are 0 up to, but without, this number.
        width: how many numbers a row of the table has, if there is one.
    """
    return (
        _short_table(subject, input, below)
        or _as_number(subject, input)
        or _other_width(subject, input, width)
    )


@predicate(Stage.STRUCTURE, inside=True)
def not_embedded(subject: Subject, input: str) -> Finding | None:
    """Demand that the numbers of an input are read as they are, and no table's rows."""
    structure = subject.structure
    call = subject.inputs[input].call
    tables = of_kinds(structure, "Embedding")
    found = [n for n in tables if call in structure.reached_by[n]]
    if not found:
        return None
    return Finding(
        f"I see that {structure.name(found[0])} reads '{input}'.",
        f"It takes the numbers of '{input}' for numbers of words: each 1 gets the same "
        "vector, wherever it stands.",
        f"What do the numbers of '{input}' mean, and can they be read as they are?",
        structure.paths(found),
    )


@predicate(Stage.BEHAVIOUR, rule=6)
def unlimited(
    subject: Subject, output: str | None = None, *, negative: str = ""
) -> Finding | None:
    """Demand an output that can be any number, below zero too.

    Arguments:
        subject: the model.
        output: role; by default the first.
        negative: which right answers are below zero.
    """
    role = subject.output(output)
    low, high = np.inf, -np.inf
    for draw in range(_TRIES):
        values = subject.run(subject.given(draw), draw, scale=4.0)[role]
        low, high = min(low, float(values.min())), max(high, float(values.max()))
        if low < 0 < high and max(-low, high) > 1.5:
            return None
    if low == high:
        see = f"I see {told(low)} in '{role}' for each sample and all weights."
        so = "A softmax shares 1 among its units, and a single unit gets all of it."
    elif low >= 0:
        see = f"I tried {_TRIES} sets of weights, and '{role}' was never below "
        see += f"{told(low) if low >= 0.01 else 0}."
        so = f"{negative or 'A number without bounds can be negative'}; your output "
        so += "never is."
    else:
        see = f"I tried {_TRIES} sets of weights, and '{role}' stayed between "
        see += f"{told(low)} and {told(high)}."
        so = "What is asked for can be larger and smaller than that."
    return Finding(
        see,
        so,
        f"Look at the activation of the layer that makes '{role}'.",
        (subject.outputs[role].call,),
        misconception="M20",
    )


def _short_table(subject: Subject, role: str, below: int) -> Finding | None:
    structure = subject.structure
    call = subject.inputs[role].call
    for number in of_kinds(structure, "Embedding|CategoryEncoding"):
        if structure.reached_by[number] != frozenset([call]):
            continue
        rows = setting(structure, number, "input_dim") or setting(
            structure, number, "num_tokens"
        )
        if rows is None or int(rows) >= below:
            continue
        return Finding(
            f"I see {structure.name(number)} with {counted(int(rows), 'row')}: for "
            f"{_range_told(int(rows))}.",
            f"'{role}' goes from 0 to {below - 1}: {role} {below - 1} is out of range "
            "at run time.",
            f"How many numbers can '{role}' be, if 0 is one of them?",
            structure.paths([number]),
            facts={"rows": int(rows), "last": below - 1},
        )
    return None


def _other_width(subject: Subject, role: str, width: int | None) -> Finding | None:
    structure = subject.structure
    call = subject.inputs[role].call
    for number in of_kinds(structure, "Embedding"):
        have = size(structure, number)
        is_own = structure.reached_by[number] == frozenset([call])
        if width is None or not is_own or have == width:
            continue
        return Finding(
            f"I see {structure.name(number)} with {counted(have or 0, 'number')} for "
            f"each {role}.",
            f"The exercise has {width}.",
            "Look at the two arguments of Embedding: how many rows, how many numbers "
            "in each?",
            structure.paths([number]),
        )
    return None


def _as_number(subject: Subject, role: str) -> Finding | None:
    """Tell of a category that is computed with as if it were a quantity."""
    steps = _first_mixing(subject.structure, subject.inputs[role].call)
    if not steps and not _feels_fractions(subject, role):
        return None
    where = subject.structure.name(steps[0]) if steps else "A layer"
    paths = subject.structure.paths(steps[:1])
    return Finding(
        f"I see that {where} reads the number of '{role}' itself.",
        "So category 2 counts twice as much as category 1, and category 0 counts "
        "nothing. They are names and no quantities: each needs a vector of its own.",
        f"Which layer turns the number of '{role}' into a vector?",
        (subject.inputs[role].call, *paths),
        facts={"role": role},
    )


def _first_mixing(structure: Structure, call: str) -> list[int]:
    """Return the layers at which an input arrives as the number that it is."""
    start = structure.inputs.get(call)
    if start is None:
        return []
    found: list[int] = []
    seen, waiting = {start}, [start]
    for number in waiting:
        for reader in structure.readers[number]:
            if reader in seen:
                continue
            seen.add(reader)
            kind = structure.kind(reader).replace("_", "")
            if kind in _MIXING:
                found.append(reader)
            elif kind in _HANDING_ON:
                waiting.append(reader)
    return found


def _feels_fractions(subject: Subject, role: str) -> bool:
    """Tell whether 1.4 gives another output than 1, where an input takes fractions."""
    if not subject.inputs[role].dtype.startswith("float"):
        return False
    given = subject.given(0)
    ones = np.ones_like(given[role])
    try:
        before = subject.run({**given, role: ones}, 0)
        after = subject.run({**given, role: ones * 1.4}, 0)
    except ModelError:
        return False
    return any(not same(before[one], after[one]) for one in before)


def _range_told(rows: int) -> str:
    return {1: "0", 2: "0 and 1"}.get(rows, f"0 to {rows - 1}")
