"""Which weights move which output of an answer, found with protocol R."""

from __future__ import annotations

from collections.abc import Iterable

from teachkit.grading.evidence.subject import Subject
from teachkit.graph import Layer
from teachkit.keras_runner.owners import owners_of
from teachkit.keras_runner.reaching import gradient_table

_NOTHING = 1e-7
"""Of the largest gradient of an output: less than that is rounding."""


def served(subject: Subject) -> dict[str, frozenset[str]]:
    """Return, for each output by role, the ids of the kernels and tables that move it.

    Biases and the like are left out: in a right model some of them cancel.

    Arguments:
        subject: the model.

    Raises:
        ModelError: the model fails when it runs.
    """
    kernels = {w.id for w in subject.graph.weights if len(w.shape) > 1}
    owners = owners_of(subject.recording)
    found: dict[str, set[str]] = {role: set() for role in subject.outputs}
    for draw in subject.draws():
        given = subject.given(draw)
        arrays = {subject.inputs[role].call: array for role, array in given.items()}
        state = subject.probe.weights(draw)
        table = gradient_table(subject.recording, arrays, state)
        for role, end in subject.outputs.items():
            row = table.get(end.path) or next(iter(table.values()))
            least = _NOTHING * max(row.values(), default=0.0)
            moving = (k for k, size in row.items() if size > least and k in owners)
            found[role] |= {owners[key].weight for key in moving} & kernels
    return {role: frozenset(names) for role, names in found.items()}


def layers_with(subject: Subject, weights: Iterable[str]) -> list[Layer]:
    """Return the layers that own some of these weights, without models around them."""
    wanted = set(weights)
    return [
        layer
        for layer in subject.graph.layers
        if layer.family != "model" and wanted.intersection(layer.weights)
    ]


def layers_told(layers: Iterable[Layer], most: int = 3) -> str:
    """Return layers as words: `'dense' (Dense), 'dense_1' (Dense) and 2 more`."""
    names = [f"'{layer.name}' ({layer.type})" for layer in layers]
    more = len(names) - most
    told = ", ".join(names[:most])
    return f"{told} and {more} more" if more > 0 else told or "none"
