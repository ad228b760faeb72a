"""Padding that must not be read as if it were words."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np

from teachkit.grading.evidence.at_once import Values
from teachkit.grading.evidence.numbers import gap, same, told
from teachkit.grading.evidence.settings import of_kinds
from teachkit.grading.evidence.subject import Subject
from teachkit.grading.findings import Finding, Stage
from teachkit.grading.registry import predicate

_SHORT, _LONG = 5, 8
_REAL = 3


@predicate(Stage.BEHAVIOUR)
def pad_invariant(
    subject: Subject,
    input: str,
    pad: int = 0,
) -> Finding | None:
    """Demand that more padding behind a sentence leaves the output as it is.

    Where the length of the input is fixed, the padding is told to mean something else
    (another row of the table), or is moved to the front: one of both must not matter.

    Arguments:
        subject: the model.
        input: role of the input.
        pad: the number that stands for no word.
    """
    shape = subject.inputs[input].shape
    is_open = shape is not None and shape[1] is None
    for draw in subject.draws():
        finding = (
            _longer(subject, input, pad, draw)
            if is_open
            else _other_padding(subject, input, pad, draw)
        )
        if finding is not None:
            return finding
    return None


def _longer(subject: Subject, role: str, pad: int, draw: int) -> Finding | None:
    given = subject.given(draw, length=_LONG)
    others = subject.given(draw, length=_SHORT)
    ids = _words(given[role], pad)
    ids[:, _REAL:] = pad
    short = subject.run({**others, role: ids[:, :_SHORT]}, draw)
    # Inputs that are open, too, keep the length that they have for the short one.
    long = subject.run({**others, role: ids}, draw)
    name = next((one for one in short if not same(short[one], long[one])), None)
    if name is None:
        return None
    one, other = _farthest(short[name], long[name])
    return _finding(
        subject,
        role,
        f"I padded the same {_REAL} words to {_SHORT} and to {_LONG}: '{name}' is "
        f"{told(one)} and {told(other)}.",
        gap(short[name], long[name]),
    )


def _other_padding(subject: Subject, role: str, pad: int, draw: int) -> Finding | None:
    given = dict(subject.given(draw))
    ids = _words(given[role], pad)
    real = max(1, min(_REAL, ids.shape[1] - 1))
    ids[:, real:] = pad
    given[role] = ids
    before = subject.run(given, draw)
    state = _other_row(subject, role, pad, draw)
    if state is not None:
        after = subject.run(given, weights=state)
        if _all_same(before, after):
            return None
    front = np.roll(ids, ids.shape[1] - real, axis=1)
    moved = subject.run({**given, role: front}, draw)
    if _all_same(before, moved):
        return None
    told_what = "gave the padding another vector" if state else "moved it to the front"
    changed = after if state is not None else moved
    name = next(one for one in before if not same(before[one], changed[one]))
    one, other = _farthest(before[name], changed[name])
    return _finding(
        subject,
        role,
        f"I kept {real} words of '{role}', padded with {pad}, and {told_what}: "
        f"'{name}' went from {told(one)} to {told(other)}.",
        gap(before[name], changed[name]),
    )


def _finding(subject: Subject, role: str, see: str, difference: float) -> Finding:
    structure = subject.structure
    reading = of_kinds(structure, "LSTM|GRU|SimpleRNN|Bidirectional|RNN")
    who = structure.name(reading[0]) if reading else "the next layer"
    return Finding(
        see,
        "So the padding is read as if it were words, and the answer depends on how "
        "much of it there is.",
        f"Who tells {who} which steps of '{role}' are real?",
        (subject.inputs[role].call, *structure.paths(reading[:1])),
        facts={"difference": told(difference)},
    )


def _words(ids: np.ndarray[Any, Any], pad: int) -> np.ndarray[Any, Any]:
    """Return ids without any padding among them."""
    return np.where(ids == pad, pad + 1, ids)


def _other_row(
    subject: Subject, role: str, pad: int, draw: int
) -> list[tuple[Any, Any]] | None:
    """Return weights with another vector for the padding; None without a table."""
    structure = subject.structure
    call = subject.inputs[role].call
    tables = {
        id(layer.embeddings)
        for number in of_kinds(structure, "Embedding")
        if call in structure.reached_by[number]
        for layer in [subject.recording.layers.get(structure.nodes[number].owner or "")]
        if isinstance(layer, keras.layers.Embedding)
    }
    state = subject.probe.weights(draw)
    if not tables & {id(variable) for variable, _ in state}:
        return None
    return [
        (variable, _with_row(value, pad) if id(variable) in tables else value)
        for variable, value in state
    ]


def _with_row(table: Any, row: int) -> np.ndarray[Any, Any]:
    changed = np.array(table)
    changed[row] = 1.0 - changed[row]
    return changed


def _all_same(one: Values, other: Values) -> bool:
    return all(same(one[role], other[role]) for role in one)


def _farthest(
    one: np.ndarray[Any, Any], other: np.ndarray[Any, Any]
) -> tuple[float, float]:
    """Return the two numbers that differ most."""
    place = int(np.argmax(np.abs(one - other)))
    return float(one.flat[place]), float(other.flat[place])
