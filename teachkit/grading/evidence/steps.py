"""The steps of a model as a student counts them: layers, with what follows each."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from teachkit.grading.evidence.structure import Structure

ACTIVATION = "activation "
MERGES = frozenset(
    {
        "add",
        "average",
        "concatenate",
        "maximum",
        "minimum",
        "multiply",
        "subtract",
        "dot",
        "stack",
    }
)
_NO_SETTINGS = frozenset({"reshape", "input"})
"""Kinds whose settings follow from what they read."""
_NAMES = {
    "dense": "Dense",
    "conv2d": "Conv2D",
    "conv1d": "Conv1D",
    "conv2dtranspose": "Conv2DTranspose",
    "batchnormalization": "BatchNormalization",
    "maxpooling2d": "MaxPooling2D",
    "averagepooling2d": "AveragePooling2D",
    "globalaveragepooling2d": "GlobalAveragePooling2D",
    "globalmaxpooling2d": "GlobalMaxPooling2D",
    "upsampling2d": "UpSampling2D",
    "timedistributed": "TimeDistributed",
    "reshape": "Flatten or Reshape",
    "lstm": "LSTM",
    "gru": "GRU",
}


@dataclass(frozen=True, slots=True)
class Step:
    """A layer or operation, with its settings and the activation behind it.

    Attributes:
        number: in the structure.
        kind: in small letters: `dense`.
        settings: name and JSON value of each that matters.
        activation: behind it, `linear` for none.
        width: the last axis of what comes out, None if it is open.
    """

    number: int
    kind: str
    settings: tuple[tuple[str, str], ...]
    activation: str
    width: int | None

    @property
    def look(self) -> tuple[tuple[tuple[str, str], ...], str]:
        """Settings and activation: what two steps of a kind can differ in."""
        return self.settings, self.activation


def steps_of(structure: Structure) -> list[Step]:
    """Return the layers and operations of a model in topological order."""
    found = []
    for number, node in enumerate(structure.nodes):
        kind = node.meaning.type
        if node.part == "output" or kind == "input" or kind.startswith(ACTIVATION):
            continue
        own = () if kind in _NO_SETTINGS else node.meaning.settings
        words = tuple(tuple(word.split("=", 1)) for word in node.meaning.words)
        settings = own + tuple((w[0], w[-1]) for w in words if len(w) > 1)
        shape = structure.shape(number)
        found.append(
            Step(
                number,
                structure.kind(number),
                settings,
                activation_of(structure, number),
                shape[-1] if shape else None,
            )
        )
    return found


def activation_of(structure: Structure, number: int) -> str:
    """Return the activation that reads a step, `linear` for none."""
    for reader in structure.readers[number]:
        if structure.nodes[reader].meaning.type.startswith(ACTIVATION):
            return structure.kind(reader)
    return "linear"


def named(kind: str) -> str:
    """Return a kind as Keras writes it: `Dense`."""
    return _NAMES.get(kind, kind[:1].upper() + kind[1:])


def value_told(value: str) -> str:
    """Return a setting, given as JSON, in words: `3×3`, `same`."""
    try:
        plain: Any = json.loads(value)
    except ValueError:
        return value
    if isinstance(plain, list):
        return "×".join(map(str, plain))
    return str(plain)


def behind_activation(structure: Structure, number: int) -> int:
    """Return the step that a reading comes from, activations left out."""
    while structure.nodes[number].meaning.type.startswith(ACTIVATION):
        number = structure.nodes[number].reads[0].source
    return number


def sources(structure: Structure, number: int) -> list[int]:
    """Return the steps that a step reads, each without the activation behind it."""
    return [
        behind_activation(structure, read.source)
        for read in structure.nodes[number].reads
    ]


def chain_of(structure: Structure) -> list[int] | None:
    """Return the widths of a model that is a chain, from its input on; None if not."""
    if any(len(node.reads) > 1 for node in structure.nodes):
        return None
    first = list(structure.inputs.values())
    numbers = [*first, *(step.number for step in steps_of(structure))]
    shapes = [structure.shape(number) for number in numbers]
    if len(first) != 1 or any(not s or len(s) != 2 or s[1] is None for s in shapes):
        return None
    return [int(shape[-1] or 0) for shape in shapes if shape]


def arrows(widths: list[int]) -> str:
    """Return widths as `32 → 64 → 1`."""
    return " → ".join(map(str, widths))
