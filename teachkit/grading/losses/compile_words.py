"""What is said about the arguments of `compile`, before any loss is taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import keras

from teachkit.errors import ModelError
from teachkit.grading.evidence.subject import Subject
from teachkit.grading.findings import Finding
from teachkit.grading.losses.loss_words import meaning
from teachkit.keras_reader import internals
from teachkit.keras_runner.matching import names_of

Wanted = dict[str, list[str]]


def not_compiled(subject: Subject) -> Finding:
    """Tell that a model was never compiled, or without a loss."""
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


def keys(subject: Subject) -> Finding | None:
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


def numbers_as_weights(subject: Subject) -> Finding | None:
    """Tell of names among the loss weights, where only numbers belong."""
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


def mixed(subject: Subject, finding: Finding) -> Finding:
    """Tell of names of weights that Keras does not read, beside a list of losses."""
    losses, weights = internals.losses_given(subject.model)
    if not isinstance(weights, Mapping) or isinstance(losses, Mapping):
        return finding
    return replace(
        finding,
        so="The losses are a list and the weights a dict: then Keras takes the weights "
        "in the alphabetical order of their keys.",
        look="Write both as dicts, or both as lists.",
    )


def one_for_all(subject: Subject, wanted: Wanted) -> Finding | None:
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


def refused(subject: Subject, error: ModelError) -> Finding:
    """Tell that Keras cannot take the losses that it was given."""
    number = len(subject.graph.outputs)
    return Finding(
        f"I see {number} outputs. {error.found}.",
        "`fit` would stop in the same way.",
        "Does each output have one loss, and one loss weight? A dict with the names of "
        "the heads shows it best.",
        tuple(end.call for end in subject.graph.outputs),
        misconception="M19",
    )
