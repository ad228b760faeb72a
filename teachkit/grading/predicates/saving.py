"""Whether a model that was saved comes back as the same one."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import keras

from teachkit.grading.evidence.equivalence import same_wiring
from teachkit.grading.evidence.numbers import gap, same, told
from teachkit.grading.evidence.subject import Subject
from teachkit.grading.findings import Finding, Stage
from teachkit.grading.registry import predicate
from teachkit.keras_reader.tracing import reason_of
from teachkit.keras_runner.guard import nothing_moved

_LONGEST = 300
"""Characters of what Keras says that are still told."""


@predicate(Stage.BEHAVIOUR)
def roundtrip(subject: Subject, *, custom: list[str] | None = None) -> Finding | None:
    """Demand that a saved model loads in safe mode and is the same as before.

    Classes are found if they were registered with Keras' decorator, and not because
    somebody put them into the dict of custom objects.

    Arguments:
        subject: the model.
        custom: names of the answer's own classes or functions that are handed to
            `load_model`.
    """
    names = subject.case.namespace
    objects = {name: names[name] for name in custom or () if name in names}
    try:
        loaded = _saved_and_loaded(subject.model, objects)
    except Exception as error:  # noqa: BLE001 - code of the student's own runs while a model is saved or loaded
        return _lost(subject, error)
    return _other_weights(subject, loaded) or _other_model(subject, loaded)


def _saved_and_loaded(model: Any, objects: dict[str, Any]) -> Any:
    with (
        tempfile.TemporaryDirectory() as folder,
        nothing_moved(),
        _only_decorated(),
    ):
        path = Path(folder) / "model.keras"
        model.save(path)
        return keras.models.load_model(
            path, custom_objects=objects, compile=False, safe_mode=True
        )


@contextmanager
def _only_decorated() -> Iterator[None]:
    """Empty Keras' dict of custom objects, but for those that a decorator put there."""
    registry = keras.saving.get_custom_objects()
    before = dict(registry)
    for name, value in before.items():
        # A decorator puts the package before the name: `Custom>Scale`.
        if ">" not in name or keras.saving.get_registered_name(value) != name:
            del registry[name]
    try:
        yield
    finally:
        registry.clear()
        registry.update(before)


def _lost(subject: Subject, error: Exception) -> Finding:
    reason = reason_of(error)
    reason = reason if len(reason) <= _LONGEST else reason[: _LONGEST - 3] + "..."
    return Finding(
        f"I saved `{subject.name}` and loaded it again, in safe mode. That fails: "
        f"{reason}",
        "So nobody can use the file without your code, or without trusting it.",
        "What does the file know of each layer? Only its class and its config.",
        misconception="M29",
    )


def _other_weights(subject: Subject, loaded: Any) -> Finding | None:
    before = len({id(variable) for variable in subject.model.variables})
    after = len({id(variable) for variable in loaded.variables})
    if before == after:
        return None
    return Finding(
        f"Before saving there are {before} variables, after loading {after}.",
        "What was shared, or made outside of `build`, did not come back.",
        "Which layer has a weight that Keras does not know of?",
        misconception="M29",
    )


def _other_model(subject: Subject, loaded: Any) -> Finding | None:
    other = Subject(subject.name, loaded, subject.case, subject.wanted)
    for draw in subject.draws():
        given = subject.given(draw)
        # Own weights on both sides: they travel with the file.
        before = subject.run(given, None)
        after = other.run(given, None)
        for role in before:
            if role not in after or not same(before[role], after[role]):
                return _other_answer(role, before, after)
    if same_wiring(subject, other):
        return None
    return Finding(
        "The loaded model gives the same numbers, but its graph is another one.",
        "It has other layers, or connects them in another way.",
        "Compare the two graphs: tk.compare(model, loaded).",
        misconception="M29",
    )


def _other_answer(role: str, before: Any, after: Any) -> Finding:
    difference = gap(before[role], after[role]) if role in after else float("inf")
    return Finding(
        f"For the same sample, '{role}' of the loaded model differs by "
        f"{told(difference)}.",
        "The weights travel with the file; what a layer was told when it was made is "
        "only there if its config has it.",
        "Which argument of `__init__` is missing in `get_config`?",
        misconception="M29",
    )
