"""The metrics that a model was compiled with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import keras

from teachkit.grading.evidence.subject import Subject
from teachkit.grading.findings import Finding
from teachkit.keras_reader import internals
from teachkit.keras_runner.matching import names_of


def metrics_finding(
    subject: Subject, wanted: Mapping[str, str | list[str]]
) -> Finding | None:
    """Demand a metric of each head, by the name that Keras gives it."""
    given = internals.metrics_given(subject.model)
    names = dict(
        zip(
            map(id, subject.graph.outputs), names_of(subject.graph.outputs), strict=True
        )
    )
    order = {id(end): k for k, end in enumerate(subject.graph.outputs)}
    for role, one in wanted.items():
        end = subject.outputs[role]
        have = _metrics_of(given, names[id(end)], order[id(end)])
        allowed = {one} if isinstance(one, str) else set(one)
        if not have or not ("" in allowed or allowed & set(have)):
            told_have = ", ".join(f"'{name}'" for name in have) or "no metric"
            return Finding(
                f"I see {told_have} for '{role}'.",
                "So its progress cannot be read in numbers that mean something.",
                "Look at metrics= of compile: one entry for each head.",
                (end.call,),
                misconception="M19",
            )
    return None


def _metrics_of(given: Any, name: str, position: int) -> list[str]:
    if isinstance(given, Mapping):
        given = given.get(name)
    elif isinstance(given, (list, tuple)) and position < len(given):
        given = given[position]
    return [_metric_name(one) for one in keras.tree.flatten(given) if one is not None]


def _metric_name(metric: Any) -> str:
    if isinstance(metric, str):
        try:
            metric = keras.metrics.get(metric)
        except (ValueError, TypeError):
            return str(metric)
    named = getattr(metric, "name", None) or getattr(metric, "__name__", "metric")
    return str(named)
