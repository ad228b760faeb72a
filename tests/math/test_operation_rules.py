"""What rules for operations say: formulas, sentences with the numbers of the call."""

import re

import keras
import numpy as np
import pytest
from keras import ops

from teachkit.keras_reader import record_model
from teachkit.math import meaning_of
from teachkit.math.explaining import subject_of
from tests.math.operation_cases import CASES


def meaning(function, *shapes):
    """Of the last operation of a function on tensors with these shapes."""
    tensors = [keras.KerasTensor(shape) for shape in shapes]
    recording = record_model(keras.Function(tensors, function(*tensors)))
    calls = [c for c in recording.root.calls.values() if c.operation is not None]
    return meaning_of(subject_of(calls[-1], recording.graph))


X = (None, 4)
CUBE = (None, 4, 5)

FORMULAS = [
    (lambda x: ops.transpose(x, (0, 2, 1)), CUBE, "(i, j, k) = x", "(i, k, j)"),
    (lambda x: ops.swapaxes(x, 1, 2), CUBE, "(i, j, k) = x", "(i, k, j)"),
    (lambda x: ops.moveaxis(x, 1, -1), CUBE, "(i, j, k) = x", "(i, k, j)"),
    (lambda x: ops.reshape(x, (-1, 2, 2)), X, "(i, j, k) = x", "(i, 2 j + k)"),
    (lambda x: ops.reshape(x, (-1, 20)), CUBE, "(i, 5 j + k) = x", "(i, j, k)"),
    (lambda x: ops.reshape(x, (-1, 4, 1)), X, "(i, j, 0) = x", "(i, j)"),
    (lambda x: ops.expand_dims(x, 1), X, "(i, 0, j) = x", "(i, j)"),
    (lambda x: ops.squeeze(x, 1), (None, 1, 3), "(i, j) = x", "(i, 0, j)"),
    (lambda x: ops.flip(x, 1), X, "(i, j) = x", "(i, 3 - j)"),
    (lambda x: ops.roll(x, 1, axis=1), X, "(i, j) = x", "(i, (j - 1) mod 4)"),
    (lambda x: ops.repeat(x, 2, axis=1), X, "(i, j) = x", "(i, ⌊j / 2⌋)"),
    (lambda x: ops.tile(x, 3), X, "(i, j) = x", "(i, j mod 4)"),
    (lambda x: ops.pad(x, [[0, 0], [1, 2]]), X, "(i, j) = x", "(i, j - 1) where"),
    (lambda x: ops.broadcast_to(x, (2, 3, 4)), (3, 4), "(i, j, k) = x", "(j, k)"),
    (lambda x: ops.rot90(x, 1, (1, 2)), CUBE, "(i, j, k) = x", "(i, k, 4 - j)"),
    (lambda x: x[:, 0], CUBE, "(i, j) = x", "(i, 0, j)"),
    (lambda x: x[:, -1], CUBE, "(i, j) = x", "(i, 3, j)"),
    (lambda x: x[:, 1:3], CUBE, "(i, j, k) = x", "(i, j + 1, k)"),
    (lambda x: x[..., ::-2], CUBE, "(i, j, k) = x", "(i, j, 4 - 2 k)"),
]


@pytest.mark.parametrize(("function", "shape", "left", "right"), FORMULAS)
def test_places_are_told_by_indices(function, shape, left, right):
    text = meaning(function, shape).formula.text
    assert re.sub(r"\[[\d×?]+\]", "", text).startswith(f"y{left}{right}")


RULES = [
    (lambda x: ops.repeat(x, 2, axis=1), (None, 5), "along axis 1: 5 × 2 = 10"),
    (lambda x: ops.split(x, 2, axis=-1)[0], X, "cut into parts of 2 and 2"),
    (lambda x: ops.split(x, [1, 3], axis=1)[0], X, "cut into parts of 1, 2 and 1"),
    (lambda x: ops.norm(x, axis=-1), X, "axis 1, of length 4, goes away"),
    (lambda x: ops.mean(x, axis=-1), X, "axis 1, of length 4, goes away"),
    (
        lambda x: ops.concatenate([x, x], -1),
        X,
        "lengths of axis 1 are added: 4 + 4 = 8",
    ),
    (lambda x: ops.stack([x, x], 1), X, "a new axis 1, 2 long"),
    (lambda x: ops.pad(x, [[0, 0], [1, 2]]), X, "1 before + 4 + 2 behind = 7"),
    (lambda x: ops.tile(x, 3), X, "axis 1 is repeated three times: 4 × 3 = 12"),
    (lambda x: x[:, 0], CUBE, "axis 1 goes away: only its place 0 is taken"),
    (lambda x: x[:, 1:3], CUBE, "axis 1: 2 of its 4 places stay: 1, 2"),
    (lambda x: ops.take(x, [2, 0], axis=1), X, "axis 1, of length 4, becomes"),
    (
        lambda x: ops.image.resize(x, (6, 3)),
        (None, 4, 5, 1),
        "height 4 → 6, width 5 → 3",
    ),
]


@pytest.mark.parametrize(("function", "shape", "rule"), RULES)
def test_rules_have_the_numbers_of_the_call(function, shape, rule):
    assert rule in meaning(function, shape).shape_rule


@pytest.mark.parametrize(
    ("function", "word"),
    [
        (lambda x: ops.concatenate([x, x], axis=0), "joined"),
        (lambda x: ops.vstack([x, x]), "joined"),
        (lambda x: ops.append(x, x), "joined"),
        (lambda x: ops.stack([x, x], axis=0), "batch"),
        (lambda x: ops.transpose(x), "batch"),
        (lambda x: ops.ravel(x), "batch"),
        (lambda x: ops.flip(x, 0), "batch"),
        (lambda x: ops.roll(x, 1), "batch"),
        (lambda x: ops.repeat(x, 2, axis=0), "batch"),
    ],
)
def test_a_note_warns_of_what_happens_to_the_batch(function, word):
    (note,) = meaning(function, X).notes
    assert word in note


def test_no_note_where_the_batch_stays():
    for function in (
        lambda x: ops.concatenate([x, x], axis=1),
        lambda x: ops.stack([x, x], axis=1),
        lambda x: ops.reshape(x, (-1, 2, 2)),
    ):
        assert meaning(function, X).notes == ()
    # What has no open axis is a weight or a table, no batch.
    assert meaning(lambda x: ops.concatenate([x, x], 0), (3, 4)).notes == ()


def test_each_tensor_is_told_by_its_own_letter():
    found = meaning(
        lambda a, b: ops.select([a > 0, b > 0], [a, b], -1), (3, 4), (3, 4)
    ).formula
    told = {one.text: one.meaning for one in found.symbols}
    assert told["c1"] == "condition 1"
    assert told["x2"] == "choice 2"


def test_products_of_arrays_and_of_numbers_have_other_signs():
    arrays = meaning(lambda a, b: a * b, X, X).formula
    assert arrays.text == "y[?×4] = a[?×4] ⊙ b[?×4]"
    assert r"\odot" in arrays.latex
    assert meaning(lambda x: x * 2, X).formula.text == "y[?×4] = x[?×4] × 2"


LEAKS = re.compile(r"\b(None|True|False)\b|axis -|_(indices|value|or|ids|sequence)\b")
INTERNAL = {
    "x1",
    "x2",
    "xs",
    "x",
    "indices_or_sections",
    "newshape",
    "sorted_sequence",
    "segment_ids",
}


def told_by(case):
    """Return the meanings of all operations of a case."""
    generator = np.random.default_rng(0)
    arrays = [one.array(generator) for one in case.inputs]
    tensors = [
        keras.KerasTensor(
            (None, *a.shape[1:]) if case.open_batch and a.ndim else a.shape,
            dtype=str(a.dtype),
        )
        for a in arrays
    ]
    recording = record_model(keras.Function(tensors, case.function(*tensors)))
    for call in recording.root.calls.values():
        if type(call.operation).__name__ == case.kind:
            yield meaning_of(subject_of(call, recording.graph))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_no_name_of_the_implementation_is_told(case):
    for found in told_by(case):
        texts = f"{found.formula.text}\n{found.shape_rule}"
        assert not re.search(
            r"\b(None|True|False)\b|axis -|_(indices|value|or|ids|sequence)\b", texts
        )
        for symbol in found.formula.symbols:
            assert symbol.meaning not in INTERNAL
            assert symbol.shape is None or symbol.meaning
        letters = [one.text for one in found.formula.symbols if one.shape is not None]
        assert len(letters) == len(set(letters))
        # Two indices at one letter are no LaTeX.
        assert not re.search(r"_\{[^{}]*\}_\{", found.formula.latex)
