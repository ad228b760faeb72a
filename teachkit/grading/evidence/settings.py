"""Sizes and activations of the steps of an answer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from teachkit.grading.evidence.structure import Structure

_ACTIVATION = "activation "
_SIZES = ("units", "filters", "output_dim")
_BETWEEN = frozenset({"batchnormalization", "layernormalization"})
"""What may stand between a layer and its activation."""


def setting(structure: Structure, number: int, name: str) -> Any:
    """Return an argument of a step, None where it has none of this name."""
    found = dict(structure.nodes[number].meaning.settings).get(name)
    return None if found is None else json.loads(found)


def size(structure: Structure, number: int) -> int | None:
    """Return how wide a step is: its units, filters, or numbers per row of a table."""
    found = (setting(structure, number, name) for name in _SIZES)
    own = next((int(one) for one in found if isinstance(one, int | float)), None)
    return own if own is not None else _size_inside(structure, number)


def _size_inside(structure: Structure, number: int) -> int | None:
    """Return the units of a cell in an RNN, and of both directions of a wrapper."""
    for name, times in (("cell", 1), ("layer", 2)):
        inner = setting(structure, number, name)
        inside = inner.get("config") if isinstance(inner, Mapping) else None
        if isinstance(inside, Mapping) and isinstance(inside.get("units"), int):
            joined = setting(structure, number, "merge_mode") in {None, "concat"}
            return int(inside["units"]) * (times if joined else 1)
    return None


def activations(structure: Structure, number: int) -> list[str]:
    """Return the activations that read a step, perhaps behind a normalisation."""
    found = []
    for reader in structure.readers[number]:
        if structure.nodes[reader].meaning.type.startswith(_ACTIVATION):
            found.append(structure.kind(reader))
        elif structure.kind(reader) in _BETWEEN:
            found += activations(structure, reader)
    return found


def of_kinds(structure: Structure, kinds: str) -> list[int]:
    """Return the steps of any of some kinds: `LSTM|GRU`, in their order."""
    found = {n for kind in kinds.split("|") for n in structure.of_kind(kind)}
    return sorted(found)
