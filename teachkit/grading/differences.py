"""What is different from the solution, told without telling the solution."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from teachkit.errors import ModelError
from teachkit.grading.equivalence import loose
from teachkit.grading.findings import Finding
from teachkit.grading.numbers import counted, told
from teachkit.grading.structure import Structure
from teachkit.grading.subject import Subject

_SIZES = ("units", "filters", "output_dim", "pool_size", "kernel_size", "strides")
_ACTIVATIONS = "activation "


@dataclass(frozen=True, slots=True)
class _Step:
    """A layer of a chain or graph, with its sizes and the activation behind it."""

    number: int
    kind: str
    sizes: tuple[tuple[str, str], ...]
    activation: str


def difference_of(subject: Subject, reference: Subject) -> Finding:
    """Return the first thing that a student can see to be different."""
    mine = Structure(loose(subject.normal))
    theirs = Structure(loose(reference.normal))
    ours, wanted = _steps(mine), _steps(theirs)
    finding = _other_counts(mine, ours, wanted)
    if finding is None and [s.kind for s in ours] == [s.kind for s in wanted]:
        finding = _other_sizes(mine, ours, wanted) or _other_activations(
            mine, ours, wanted
        )
    if finding is None:
        finding = _other_sizes_anywhere(mine, ours, wanted)
    return finding or _other_wiring(mine, theirs) or _other_numbers(subject, reference)


def _steps(structure: Structure) -> list[_Step]:
    found = []
    for number, node in enumerate(structure.nodes):
        kind = node.meaning.type
        if node.part == "output" or kind == "input" or kind.startswith(_ACTIVATIONS):
            continue
        settings = dict(node.meaning.settings)
        sizes = tuple((k, settings[k]) for k in _SIZES if k in settings)
        found.append(
            _Step(number, structure.kind(number), sizes, _after(structure, number))
        )
    return found


def _after(structure: Structure, number: int) -> str:
    readers = structure.readers[number]
    for reader in readers:
        if structure.nodes[reader].meaning.type.startswith(_ACTIVATIONS):
            return structure.kind(reader)
    return "linear"


def _other_counts(
    structure: Structure, ours: list[_Step], wanted: list[_Step]
) -> Finding | None:
    have, need = Counter(s.kind for s in ours), Counter(s.kind for s in wanted)
    missing, extra = need - have, have - need
    if not missing and not extra:
        return None
    for kind in [*missing, *extra]:
        steps = [s.number for s in ours if s.kind == kind]
        see = f"I count {counted(have[kind], f'{_named(kind)} step')} in your graph."
        so = f"The picture has {need[kind]}."
        if extra and missing and kind in missing:
            other = next(iter(extra))
            so += f" Where it has {_named(kind)}, yours may have {_named(other)}."
        return Finding(
            see,
            so,
            "Compare the boxes one by one with the picture.",
            structure.paths(steps),
        )
    return None


def _other_sizes(
    structure: Structure, ours: list[_Step], wanted: list[_Step]
) -> Finding | None:
    for mine, other in zip(ours, wanted, strict=True):
        for (key, value), (_, need) in zip(mine.sizes, other.sizes, strict=False):
            if value != need:
                return _size(structure, mine, key, value, need)
    return None


def _other_sizes_anywhere(
    structure: Structure, ours: list[_Step], wanted: list[_Step]
) -> Finding | None:
    """Compare the sizes of each kind as a collection: branches have no order."""
    for kind in dict.fromkeys(s.kind for s in wanted):
        have = Counter((s.sizes, s.activation) for s in ours if s.kind == kind)
        need = Counter((s.sizes, s.activation) for s in wanted if s.kind == kind)
        surplus, lack = have - need, need - have
        if not surplus or not lack:
            continue
        sizes, activation = next(iter(surplus))
        step = next(
            s
            for s in ours
            if s.kind == kind and (s.sizes, s.activation) == (sizes, activation)
        )
        other_sizes, other_activation = _closest(lack, sizes)
        for (key, value), (_, wanted_value) in zip(sizes, other_sizes, strict=False):
            if value != wanted_value:
                return _size(structure, step, key, value, wanted_value)
        if activation != other_activation:
            return _activation(structure, step, other_activation)
    return None


def _closest(
    lack: Counter[tuple[tuple[tuple[str, str], ...], str]],
    sizes: tuple[tuple[str, str], ...],
) -> tuple[tuple[tuple[str, str], ...], str]:
    return max(
        lack, key=lambda pair: sum(a == b for a, b in zip(pair[0], sizes, strict=False))
    )


def _other_activations(
    structure: Structure, ours: list[_Step], wanted: list[_Step]
) -> Finding | None:
    for mine, other in zip(ours, wanted, strict=True):
        if mine.activation != other.activation:
            return _activation(structure, mine, other.activation)
    return None


def _size(
    structure: Structure, step: _Step, key: str, value: str, need: str
) -> Finding:
    name = structure.name(step.number)
    return Finding(
        f"I see {key.replace('_', ' ')} {value} in {name}.",
        f"The picture has {need} there.",
        "Look at the number in this line.",
        structure.paths([step.number]),
    )


def _activation(structure: Structure, step: _Step, wanted: str) -> Finding:
    name = structure.name(step.number)
    see = (
        f"{name} is linear here: no activation follows it."
        if step.activation == "linear"
        else f"I see {step.activation} behind {name}."
    )
    so = (
        "The picture has none there."
        if wanted == "linear"
        else f"The picture has {wanted} there."
    )
    if step.activation == "linear":
        so += " Two linear layers in a row are one linear layer."
    return Finding(
        see,
        so,
        "Look at `activation=` in this line.",
        structure.paths([step.number]),
        facts={"layer": name},
    )


def _other_wiring(mine: Structure, theirs: Structure) -> Finding | None:
    """Tell the first step that reads something else than in the picture."""
    need = Counter(_reading(theirs, n) for n in range(len(theirs.nodes)))
    for number in range(len(mine.nodes)):
        key = _reading(mine, number)
        if need[key] > 0:
            need[key] -= 1
            continue
        sources = [mine.name(r.source) for r in mine.nodes[number].reads]
        return Finding(
            f"The boxes are right, but {mine.name(number)} reads "
            f"{' and '.join(sources) or 'nothing'}.",
            "In the picture no such box reads that.",
            "Which name should stand in the brackets of this line?",
            mine.paths([number]),
            rule=3,
            misconception="M03",
        )
    return None


def _reading(structure: Structure, number: int) -> tuple[str, tuple[str, ...]]:
    def label(one: int) -> str:
        node = structure.nodes[one]
        return f"{structure.kind(one)} {dict(node.meaning.settings).get('units', '')}"

    reads = (label(read.source) for read in structure.nodes[number].reads)
    return label(number), tuple(sorted(reads))


def _other_numbers(subject: Subject, reference: Subject) -> Finding:
    role = next(iter(subject.outputs))
    see = "Your graph has the boxes of the picture, but does not compute the same."
    try:
        value = float(np.ravel(subject.baseline()[role])[0])
        see += f" For one random sample yours gives {told(value)}."
    except ModelError as error:
        see += f" It fails: {error.found}."
    return Finding(
        see,
        "With the same weights the model of the exercise gives another number.",
        "Compare activations, settings and connections with the picture.",
    )


def _named(kind: str) -> str:
    return {
        "dense": "Dense",
        "conv2d": "Conv2D",
        "concatenate": "Concatenate",
        "add": "Add",
        "embedding": "Embedding",
        "reshape": "Flatten or Reshape",
        "lstm": "LSTM",
    }.get(kind, kind)
