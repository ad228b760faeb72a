"""What rules tell beyond the numbers: notes, inputs of models, lengths left open."""

import keras
import numpy as np
import pytest
from keras import layers

from teachkit.graph import TensorSpec
from teachkit.keras_reader.ports import map_leaves
from teachkit.math import Arguments, Subject, bound, meaning_of
from teachkit.math.activations import ACTIVATIONS
from tests.math.cases import activations, core, merging, regularization, reshaping
from tests.math.verifying import In

CASES = [
    case
    for module in (activations, core, merging, regularization, reshaping)
    for case in module.CASES
]


def meaning(layer, *shapes, dtype="float32", **kwargs):
    """Of the first call of a layer on tensors with these shapes."""
    specs = [TensorSpec(shape, dtype) for shape in shapes]
    tensors = [keras.KerasTensor(shape, dtype) for shape in shapes]
    layer(tensors if len(shapes) > 1 else tensors[0], **kwargs)
    given = {"inputs": specs if len(shapes) > 1 else specs[0], **kwargs}
    return meaning_of(Subject(layer, Arguments(given)))


def test_every_activation_of_keras_is_known():
    others = {"deserialize", "get", "serialize"}
    # It has arguments without defaults, so no layer can be given its name.
    others.add("threshold")
    names = {name for name in dir(keras.activations) if not name.startswith("_")}
    assert names - others <= set(ACTIVATIONS)


@pytest.mark.parametrize("name", ["sparsemax", "glu"])
def test_what_keras_gets_wrong_is_told_wherever_it_is_used(name):
    (note,) = ACTIVATIONS[name].notes
    dense = layers.Dense(4, activation=name)
    einsum = layers.EinsumDense("ab,bc->ac", 4, activation=name)
    for layer in (layers.Activation(name), dense, einsum):
        assert note in meaning(layer, (None, 4)).notes


def test_merging_warns_of_what_is_repeated_silently():
    (note,) = meaning(layers.Add(), (None, 3, 4), (None, 1, 4)).notes
    assert "[?×3×4] and [?×1×4]" in note
    assert meaning(layers.Add(), (None, 3, 4), (None, 3, 4)).notes == ()


def test_an_input_layer_is_what_it_was_declared_as():
    layer = layers.InputLayer((3, 4), name="picture")
    found = meaning_of(Subject(layer, Arguments()))
    assert found.shapes == ((None, 3, 4),)
    assert found.formula.text == "x[?×3×4] = given as picture"
    assert found.params.value == 0


def with_open_lengths(array):
    """Only the last axis of a tensor keeps its length, if it is not the batch."""
    if not isinstance(array, np.ndarray):
        return array
    lengths = (*(None for _ in array.shape[:-1]), *array.shape[-1:])
    lengths = (None, *lengths[1:])
    return TensorSpec(lengths, str(array.dtype))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_lengths_may_be_open(case):
    generator = np.random.default_rng(0)
    layer = case.build()
    arrays = [
        map_leaves(lambda a: a.array(generator) if isinstance(a, In) else a, part)
        for part in (case.inputs, case.kwargs)
    ]
    layer(arrays[0], **arrays[1])
    given = bound(layer, (arrays[0],), arrays[1])
    specs = Arguments(map_leaves(with_open_lengths, dict(given)))
    found = meaning_of(Subject(layer, specs))
    ranks = [a.ndim for a in keras.tree.flatten(layer(arrays[0], **arrays[1]))]
    assert [len(shape) for shape in found.shapes] == ranks
    assert all(length is None for shape in found.shapes for length in shape[:1])


class TestMasksOfMergedInputs:
    @pytest.mark.parametrize("kind", ["Multiply", "Maximum", "Minimum"])
    def test_the_formula_says_what_becomes_of_masked_numbers(self, kind):
        x = TensorSpec((None, 4, 3), "float32")
        mask = TensorSpec((None, 4), "bool")
        given = Arguments({"inputs": [x, x], "mask": [mask, None]})

        found = meaning_of(Subject(getattr(layers, kind)(), given))
        assert "a masked number" in found.formula.text
        assert found.by_hand is None
