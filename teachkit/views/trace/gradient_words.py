"""What a trace says of gradients, in sentences and cells."""

from __future__ import annotations

import math
from collections.abc import Sequence

from teachkit.layout.labels import count_text
from teachkit.math.written import told
from teachkit.speech import listed, named
from teachkit.traces.records import Gradient, Gradients, WeightGradient
from teachkit.traces.run import Run

LOSS = "loss "
"""Begin of the head of a column about one loss."""


def loss_text(gradients: Gradients) -> str:
    """Return the loss and how it comes about: `Loss 1.2 = 0.7 (a) + 0.5 × 1 (b)`."""
    terms = [_term(part.name, part.value, part.weight) for part in gradients.losses]
    if len(terms) == 1 and gradients.losses[0].weight == 1:
        return f"Loss {terms[0]}"
    return f"Loss {told(gradients.total)} = {' + '.join(terms)}"


def reach_sentence(gradients: Gradients) -> str:
    """Say how many weights the loss reaches."""
    weights = gradients.of_weights
    reached = sum(one.total is not None for one in weights)
    if not weights:
        return "No call reads a weight that can be trained."
    count = count_text(len(weights), "weight")
    if reached == len(weights):
        return f"A gradient reaches {'the' if reached == 1 else 'all'} {count}."
    return f"A gradient reaches {reached:,} of {count}."


def reach_rows(gradients: Gradients) -> list[tuple[str, tuple[bool, ...]]]:
    """Return each layer's weights, and for each loss whether it reaches them.

    Weights of one layer that the same losses reach are one row.
    """
    rows: dict[tuple[tuple[str, ...], tuple[bool, ...]], list[str]] = {}
    for one in gradients.of_weights:
        reached = tuple(part.name in one.reached_by for part in gradients.losses)
        rows.setdefault((one.layers, reached), []).append(one.weight)
    return [
        (_owner(layers, weights), reached)
        for (layers, reached), weights in rows.items()
    ]


def norms_by_depth(gradients: Gradients | None) -> list[tuple[str, float | None]]:
    """Return the norm of the gradient of each kernel, in the order of the run.

    It is None where no loss reaches the kernel.
    """
    by_depth = () if gradients is None else gradients.by_depth
    return [(path, None if one is None else norm_of(one)) for path, one in by_depth]


def norm_of(gradient: Gradient) -> float:
    """Return the length of a gradient, NaN if one of its numbers is not finite."""
    summary = gradient.summary
    return math.nan if summary is not None and summary.not_finite else gradient.norm


def norm_cell(weight: WeightGradient) -> str:
    """Return the norm of a weight's gradient, or a dash where no loss reaches it."""
    return "–" if weight.total is None else told(norm_of(weight.total))


def unreached(gradients: Gradients) -> list[str]:
    """Name the weights that no loss reaches."""
    missed = [one.weight for one in gradients.of_weights if one.total is None]
    if not missed:
        return []
    names = listed([named(weight) for weight in missed])
    verb, own = ("is", "it") if len(missed) == 1 else ("are", "they")
    comes = "comes to it" if len(missed) == 1 else "comes to them"
    gets = "gets" if len(missed) == 1 else "get"
    return [
        f"{names} {verb} reached by no loss: whoever walks backwards from the losses "
        f"never {comes} (rule 5), so {own} {gets} no gradient and would not train."
    ]


def passed_by(run: Run, gradients: Gradients) -> list[str]:
    """Name outputs whose loss Keras computes from the numbers before the activation."""
    ends = {(end.call, end.index) for end in run.graph.outputs}
    trained = {
        path for one in gradients.of_weights for path, way in one.calls.items() if way
    }
    missing = [path for path, index in ends if path in trained]
    names = [
        named(step.path)
        for step in run.steps
        if step.path in missing and gradients.of_tensors.get((step.path, 0)) is None
    ]
    if not names:
        return []
    verb, own = ("has", "its") if len(names) == 1 else ("have", "their")
    return [
        f"{listed(names)} {verb} no gradient, though {own} weights have one: Keras "
        "computes the loss from the numbers before the activation, which is more "
        "exact."
    ]


def _owner(layers: tuple[str, ...], weights: Sequence[str]) -> str:
    if len(weights) == 1:
        return weights[0]
    return f"{' and '.join(layers)} ({count_text(len(weights), 'weight')})"


def _term(name: str, value: float, weight: float) -> str:
    factor = "" if weight == 1 else f"{told(weight)} × "
    return f"{factor}{told(value)} ({name})"
