"""Outputs that are probabilities, or logits from which a loss can make some."""

from __future__ import annotations

from itertools import chain
from typing import Any

import numpy as np

from teachkit.grading.evidence.numbers import told
from teachkit.grading.evidence.subject import Subject
from teachkit.grading.findings import Finding, Stage
from teachkit.grading.losses.known_losses import is_distribution, is_probability
from teachkit.grading.registry import predicate

_LARGE, _NOTHING = 2.0, 1e-6
"""Scale of the weights under which logits show that they are free; no difference."""


@predicate(Stage.BEHAVIOUR)
def scores(subject: Subject, output: str, *, exclusive: bool = True) -> Finding | None:
    """Demand probabilities, or logits, from which a loss can make some.

    Whether the loss does so, `compiled` tells.

    Arguments:
        subject: the model.
        output: role of the output.
        exclusive: exactly one of its classes is right: they sum to 1.
    """
    is_right = is_distribution if exclusive else is_probability
    found = []
    # The first run is also that of `uses`, and mostly tells enough.
    tries = chain([(0, 1.0)], ((draw, _LARGE) for draw in subject.draws()))
    for draw, scale in tries:
        array = subject.baseline(draw, scale)[output]
        found.append(array.reshape(-1, array.shape[-1]))
        values = np.concatenate(found)
        low, high = float(values.min()), float(values.max())
        is_free = low < 0 and not (low >= -1 and high <= 1)
        if is_free or (is_right(values) and high - low > _NOTHING):
            return None
    return _no_scores(subject, output, np.concatenate(found))


def _no_scores(subject: Subject, output: str, values: Any) -> Finding:
    low, high = float(values.min()), float(values.max())
    call = (subject.outputs[output].call,)
    if low == high or (values.shape[-1] == 1 and high - low < 1e-6):
        return Finding(
            f"I see that '{output}' is {told(low)} for each sample.",
            "A softmax shares 1 among its units; a single unit always gets all of it.",
            f"Look at the activation of '{output}'.",
            call,
            misconception="M20",
        )
    if low >= 0 and high <= 1:
        sums = values.sum(-1)
        return Finding(
            f"I see that the {values.shape[-1]} numbers of '{output}' sum to "
            f"{told(sums.min())} for one sample and to {told(sums.max())} for another.",
            "Exactly one class is right, so the probabilities of all must sum to 1.",
            f"Look at the activation of '{output}'.",
            call,
            misconception="M20",
        )
    return Finding(
        f"I see numbers from {told(low)} to {told(high)} in '{output}'.",
        "They are no probabilities, and logits must be free on both sides of 0.",
        f"Look at the activation of '{output}'.",
        call,
        misconception="M20",
    )
