"""A Transformer block in a layer of the author's own: seen by setting parts to zero."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import keras

from teachkit.grading.evidence.numbers import same
from teachkit.grading.evidence.structure import Structure
from teachkit.grading.evidence.subject import Subject
from teachkit.grading.findings import Finding
from teachkit.keras_reader import internals


def is_box(structure: Structure) -> bool:
    """Tell whether a layer of the author's own holds weights, so that no step shows."""
    weighted = structure.of_kind("weighted")
    return any(structure.nodes[n].meaning.type.startswith("own ") for n in weighted)


def attentions(subject: Subject) -> list[Any]:
    """Return the layers MultiHeadAttention of a model, at any depth."""
    layers = internals.flat_layers(subject.model)
    return [x for x in layers if isinstance(x, keras.layers.MultiHeadAttention)]


def box_residuals(subject: Subject) -> Finding | None:
    """Demand both shortcuts of a block whose steps cannot be seen.

    A part whose weights are 0 gives 0. With the shortcut around it the input still
    comes through; without one the output is the same for all inputs.
    """
    heads = attentions(subject)
    attending = _variables(heads)
    feeding = _fed(subject, attending)
    if not attending or not feeding:
        return None
    parts = (("attention", attending), ("the feed-forward part", feeding))
    for name, variables in parts:
        if _is_constant(subject, variables):
            return Finding(
                f"I set all weights of {name} to 0, and every input gave one output.",
                f"With a shortcut around {name} the input would still come through. "
                "The block of the picture has two.",
                "Each part: work, add what went in, norm. Which of them is missing?",
            )
    if _ignores_attention(subject, attending, feeding):
        return Finding(
            "I set all weights of the feed-forward part to 0. Then attention made no "
            "difference to the output.",
            "In the picture the second shortcut begins at the output of the first "
            "norm, the tensor that the feed-forward part reads.",
            "Which tensor should both the feed-forward part and the second sum read?",
            misconception="M03",
        )
    return None


def _variables(layers: Iterable[Any]) -> set[int]:
    return {id(variable) for layer in layers for variable in layer.weights}


def _fed(subject: Subject, attending: set[int]) -> set[int]:
    """Return the variables of layers of Keras that neither attend nor norm."""
    layers = [
        layer
        for layer in internals.flat_layers(subject.model)
        if isinstance(layer, (keras.layers.Dense, keras.layers.Conv1D))
    ]
    return _variables(layers) - attending


def _is_constant(subject: Subject, variables: set[int]) -> bool:
    weights = subject.probe.zeroed(subject.probe.weights(0), variables)
    found = [subject.run(subject.given(n), weights=weights) for n in (0, 50)]
    return all(same(found[0][role], found[1][role]) for role in subject.outputs)


def _ignores_attention(
    subject: Subject, attending: set[int], feeding: set[int]
) -> bool:
    silent = subject.probe.zeroed(subject.probe.weights(0), feeding)
    both = subject.probe.zeroed(silent, attending)
    found = [subject.run(subject.given(), weights=one) for one in (silent, both)]
    return all(same(found[0][role], found[1][role]) for role in subject.outputs)
