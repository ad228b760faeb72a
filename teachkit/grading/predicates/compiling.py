"""What a model was compiled with: the loss of each head, its weight, its metrics."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import chain
from typing import Any

import keras
import numpy as np

from teachkit.errors import ModelError
from teachkit.grading.findings import Finding, Stage
from teachkit.grading.heads_losses import losses_of_heads
from teachkit.grading.known_losses import (
    is_distribution,
    is_probability,
)
from teachkit.grading.loss_words import loss_finding, meaning, weight_finding
from teachkit.grading.metrics_given import metrics_finding
from teachkit.grading.numbers import told
from teachkit.grading.registry import predicate
from teachkit.grading.subject import Subject
from teachkit.keras_reader import internals
from teachkit.keras_runner.compiled_losses import is_compiled
from teachkit.keras_runner.matching import names_of

Wanted = dict[str, list[str]]
_LARGE, _NOTHING = 2.0, 1e-6
"""Scale of the weights under which logits show that they are free; no difference."""


@predicate(Stage.BEHAVIOUR)
def compiled(
    subject: Subject,
    losses: dict[str, str | list[str]],
    *,
    weights: dict[str, float] | None = None,
    metrics: dict[str, str | list[str]] | None = None,
) -> Finding | None:
    """Demand a loss, a loss weight and metrics for each head.

    Losses are known by their numbers: for targets of ours, each head must add its
    weight times its loss to the total. How they were written does not matter.

    Arguments:
        subject: the model.
        losses: by role of the output: `mse`, `mae`, `bce`, `cce`, `sparse_cce`, or
            several of which any will do.
        weights: by role; 1 where there is none.
        metrics: by role, the name or names, of which the head needs one; an empty name
            for any metric.
    """
    if not is_compiled(subject.model):
        return _not_compiled(subject)
    wanted = {r: [one] if isinstance(one, str) else one for r, one in losses.items()}
    finding = (
        _keys(subject) or _numbers_as_weights(subject) or _one_for_all(subject, wanted)
    )
    if finding is not None:
        return finding
    shares = {role: (weights or {}).get(role, 1.0) for role in wanted}
    try:
        heads = losses_of_heads(subject, wanted, shares)
    except ModelError as error:
        return _refused(subject, error)
    for head in heads:
        finding = loss_finding(head, heads) or weight_finding(head, heads)
        if finding is not None:
            return _mixed(subject, finding)
    return metrics_finding(subject, metrics or {})


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


def _not_compiled(subject: Subject) -> Finding:
    if getattr(subject.model, "compiled", False):
        return Finding(
            f"`{subject.name}` is compiled without a loss.",
            "So `fit` does not know what it should make small.",
            f"Look at the argument loss= of {subject.name}.compile(...).",
        )
    return Finding(
        f"`{subject.name}` is a good start, but it was never compiled.",
        "So it has no losses and cannot be trained.",
        f"Add a line {subject.name}.compile(optimizer, loss=..., loss_weights=...).",
    )


def _keys(subject: Subject) -> Finding | None:
    """Tell of keys in a dict of losses or weights that no output has."""
    names = names_of(subject.graph.outputs)
    given = dict(
        zip(
            ("loss", "loss_weights"), internals.losses_given(subject.model), strict=True
        )
    )
    told_names = ", ".join(f"'{name}'" for name in names)
    for argument, value in given.items():
        if not isinstance(value, Mapping):
            continue
        for key in value:
            if key not in names:
                return Finding(
                    f"I see {argument}= with the key '{key}'. The outputs are called "
                    f"{told_names}.",
                    f"Keras finds a {_noun(argument)} by the name of its head. `fit` "
                    f"will stop: there is no head '{key}'.",
                    "Compare keys and names letter by letter.",
                    tuple(end.call for end in subject.graph.outputs),
                    misconception="M19",
                )
        missing = [name for name in names if name not in value]
        if missing:
            return Finding(
                f"I see {argument}= without the key '{missing[0]}'. The outputs are "
                f"called {told_names}.",
                f"So the head '{missing[0]}' has no {_noun(argument)}.",
                f"Each head needs an entry in {argument}=.",
                tuple(end.call for end in subject.graph.outputs),
                misconception="M19",
            )
    return None


def _noun(argument: str) -> str:
    return argument.replace("_", " ").removesuffix("s") if "_" in argument else argument


def _numbers_as_weights(subject: Subject) -> Finding | None:
    _, given = internals.losses_given(subject.model)
    for one in keras.tree.flatten(given):
        if isinstance(one, str) or callable(one):
            return Finding(
                f"I see {one!r} among the loss weights.",
                "The third place of `compile` is loss_weights, not metrics.",
                "Write the name of each argument: loss=, loss_weights=, metrics=.",
                misconception="M33",
            )
    return None


def _mixed(subject: Subject, finding: Finding) -> Finding:
    """Tell of names of weights that Keras does not read, beside a list of losses."""
    losses, weights = internals.losses_given(subject.model)
    if not isinstance(weights, Mapping) or isinstance(losses, Mapping):
        return finding
    if finding.misconception not in {"M18", "M21"}:
        return finding
    return replace(
        finding,
        so="The losses are a list and the weights a dict: then Keras takes the weights "
        "in the alphabetical order of their keys.",
        look="Write both as dicts, or both as lists.",
    )


def _one_for_all(subject: Subject, wanted: Wanted) -> Finding | None:
    """Tell of a single loss where the heads ask different questions."""
    given, _ = internals.losses_given(subject.model)
    if isinstance(given, (Mapping, list, tuple)):
        return None
    if len({tuple(names) for names in wanted.values()}) < 2:
        return None
    name = given if isinstance(given, str) else getattr(given, "name", "a function")
    heads = ", ".join(
        f"'{role}' is about {meaning(names[0])}" for role, names in wanted.items()
    )
    return Finding(
        f"I see one loss, '{name}', for {len(wanted)} heads.",
        f"But they ask different questions: {heads}.",
        "Look at the argument loss= of compile: one loss for each head.",
        tuple(subject.outputs[role].call for role in wanted),
        misconception="M17",
    )


def _refused(subject: Subject, error: ModelError) -> Finding:
    number = len(subject.graph.outputs)
    return Finding(
        f"I see {number} outputs. {error.found}.",
        "`fit` would stop in the same way.",
        "Does each output have one loss, and one loss weight? A dict with the names of "
        "the heads shows it best.",
        tuple(end.call for end in subject.graph.outputs),
        misconception="M19",
    )
