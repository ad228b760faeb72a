"""What training does to a model: that it learns, and what stays as it is."""

from __future__ import annotations

from typing import Any

import keras

from teachkit.grading.evidence.numbers import told
from teachkit.grading.evidence.subject import Subject
from teachkit.grading.findings import Finding, Stage
from teachkit.grading.registry import predicate
from teachkit.keras_reader import internals
from teachkit.keras_runner.reaching import gradient_table
from teachkit.keras_runner.short_fit import result_of_fit


@predicate(Stage.BEHAVIOUR)
def learns(
    subject: Subject,
    least: float,
    *,
    data: list[str],
    loss: str,
    metric: str = "accuracy",
    epochs: int = 5,
) -> Finding | None:
    """Demand that a short training with fixed seeds reaches a metric.

    Arguments:
        subject: the model, which stays as it was.
        least: value of the metric, on samples that were not trained on.
        data: names of the inputs and of the targets that the exercise gives.
        loss: as `compile` takes it.
        metric: its name; more of it is better.
        epochs: how often all samples are seen.
    """
    names = subject.case.namespace
    given = names[data[0]], names[data[1]]
    have = result_of_fit(subject.model, given, loss=loss, metric=metric, epochs=epochs)
    if have >= least:
        return None
    return Finding(
        f"I trained a copy of your weights for {epochs} epochs: {metric} is "
        f"{told(have)} on new samples.",
        f"With what the exercise shows it reaches at least {told(least)}.",
        "Does each input arrive at the output, and does the loss fit it?",
        facts={"have": told(have), "least": told(least)},
    )


@predicate(Stage.BEHAVIOUR)
def frozen(subject: Subject, layers: list[str]) -> Finding | None:
    """Demand that a training step changes other weights and leaves some as they are.

    Arguments:
        subject: the model.
        layers: names of the answer, or of the model's layers, whose weights stay.
    """
    moving = _moving(subject)
    held: set[int] = set()
    for name in layers:
        layer = _layer(subject, name)
        if layer is None:
            return _unknown(name)
        held |= {id(variable) for variable in layer.variables}
        found = [v for v in layer.variables if id(v) in moving]
        if found:
            return Finding(
                f"I tried one training step: {len(found)} of the weights of '{name}' "
                f"would move, '{found[0].path}' among them.",
                f"So '{name}' is not frozen, and forgets what it knew.",
                "Which attribute says that a layer does not train, and was it set on "
                "the object that is in the model?",
                rule=2,
                misconception="M34",
            )
    if moving - held:
        return None
    return Finding(
        "I tried one training step, and no weight at all would move.",
        "So nothing can be learnt.",
        "What should train, and is its `trainable` still True?",
        misconception="M34",
    )


def _moving(subject: Subject) -> set[int]:
    """Return the variables that a training step changes, by their `id`."""
    given = subject.given()
    arrays = {subject.inputs[role].call: array for role, array in given.items()}
    table = gradient_table(subject.recording, arrays, subject.probe.weights())
    reached = {key for row in table.values() for key, size in row.items() if size > 0}
    learnt = {id(v) for v in subject.model.trainable_variables} & reached
    for layer in internals.flat_layers(subject.model):
        if isinstance(layer, keras.layers.BatchNormalization) and layer.trainable:
            learnt |= {id(v) for v in layer.non_trainable_variables}
    return learnt


def _layer(subject: Subject, name: str) -> Any:
    given = subject.case.namespace.get(name)
    if isinstance(given, keras.Layer):
        return given
    known = (x for x in subject.recording.layers.values() if x.name == name)
    return next(known, None)


def _unknown(name: str) -> Finding:
    return Finding(
        f"I find no layer called '{name}' in your model.",
        "It is the one that should stay as it is.",
        "Compare the names of your layers with the prompt.",
    )
