"""What formulas of layers say: letters, activations, shapes that fit, numbers."""

import keras
import numpy as np
import pytest
from keras import layers, ops

from teachkit.graph import TensorSpec
from teachkit.keras_reader.ports import map_leaves
from teachkit.math import Arguments, Subject, bound, meaning_of
from teachkit.math.activations import ACTIVATIONS, activation_of
from teachkit.math.own_functions import expression
from tests.math.verifying import Case, In, verify


def meaning(layer, shape, dtype="float32", *, training=False, **kwargs):
    """Of a layer called on a tensor with this shape."""
    layer(keras.KerasTensor(shape, dtype), **kwargs)
    given = bound(layer, (TensorSpec(shape, dtype),), kwargs)
    return meaning_of(Subject(layer, given, training=training))


def text(layer, shape, **kwargs):
    return meaning(layer, shape, **kwargs).formula.text


def in_numbers(layer, array):
    """What is written out of one call."""
    outputs = [np.asarray(layer(array), "float64")]
    given = bound(layer, (array.astype("float64"),), {})
    specs = map_leaves(lambda a: TensorSpec(a.shape, "float32"), dict(given))
    return meaning_of(Subject(layer, Arguments(specs))).by_hand(given, outputs)


def swish(z):
    return z * ops.sigmoid(1.7 * z)


def untold(z):
    return z / z.shape[-1]


class TestActivations:
    @pytest.mark.parametrize(
        ("build", "shape"),
        [
            (lambda **kw: layers.Dense(3, **kw), (None, 4)),
            (lambda **kw: layers.EinsumDense("ab,bc->ac", 3, **kw), (None, 4)),
            (lambda **kw: layers.Conv1D(3, 2, **kw), (None, 6, 2)),
            (lambda **kw: layers.Conv2DTranspose(3, 2, **kw), (None, 6, 6, 2)),
            (lambda **kw: layers.DepthwiseConv2D(2, **kw), (None, 6, 6, 2)),
            (lambda **kw: layers.SeparableConv1D(3, 2, **kw), (None, 6, 2)),
        ],
    )
    def test_every_layer_with_one_says_what_it_is(self, build, shape):
        assert "gelu(z) = z Φ(z)" in text(build(activation="gelu"), shape)
        assert "LeakyReLU(z) = max(0, z) + 0.3 min(0, z)" in text(
            build(activation=layers.LeakyReLU(negative_slope=0.3)), shape
        )
        assert "g(z) = z ⊙ sigmoid(1.7 × z)" in text(
            build(activation=lambda z: swish(z)), shape
        )

    def test_linear_needs_no_line(self):
        assert text(layers.Dense(3), (None, 4)).count("\n") == 0

    def test_a_function_that_cannot_be_told_is_said_to_be_the_author_s(self):
        found = text(layers.Activation(untold), (None, 4))
        assert found.endswith("untold: a function of the author's own")

    def test_a_layer_that_cannot_be_told_is_said_to_be_one(self):
        found = text(layers.Dense(3, activation=layers.PReLU()), (None, 4))
        assert found.endswith("PReLU: a layer of Keras")

    def test_definitions_are_no_tautologies(self):
        for name, one in ACTIVATIONS.items():
            if one.definition is not None:
                left, _, right = one.definition.text.partition(" = ")
                assert left != right, name


class TestExpressions:
    @pytest.mark.parametrize(
        ("function", "told"),
        [
            (swish, "z ⊙ sigmoid(1.7 × z)"),
            (lambda z: ops.square(z + 1) / 2, "(z + 1)² / 2"),
            (lambda z: ops.elu(z, alpha=0.3), "max(0, z) + 0.3 min(0, exp(z) - 1)"),
            (
                lambda z: ops.elu(z, alpha=0.3) * z,
                "(max(0, z) + 0.3 min(0, exp(z) - 1)) ⊙ z",
            ),
            (lambda z: ops.maximum(z, 0.1 * z), "max(z, 0.1 × z)"),
            (lambda z: ops.where(z > 0, z, -z), "z where (z > 0), else (-z)"),
            (lambda z: ops.softmax(z) * 2, "softmax(z) × 2"),
            (ops.sigmoid, "1 / (1 + exp(-z))"),
            (layers.ReLU(max_value=3), "min(max(0, z), 3)"),
            (lambda z: z, "z"),
        ],
    )
    def test_they_are_put_together_of_operations(self, function, told):
        assert expression(function).text == told

    @pytest.mark.parametrize(
        "function",
        [
            untold,
            lambda z: ops.split(z, 2, axis=-1)[1],
            lambda z: z + ops.mean(z, axis=-1, keepdims=True),
            lambda z: z * ops.array([1.0, 2.0]),
            lambda z: float(z),
        ],
    )
    def test_what_one_line_cannot_tell_is_not_told(self, function):
        assert expression(function) is None

    def test_latex_has_its_own_brackets(self):
        found = expression(lambda z: 2 * ops.abs(z - 1) + ops.exp(-z))
        assert r"\left| z - 1 \right|" in found.latex

    def test_no_index_is_called_like_a_function(self):
        assert activation_of(lambda z: z).name == "g"


class TestSymbols:
    @pytest.mark.parametrize(
        ("layer", "shape"),
        [
            (layers.Dense(3, use_bias=False), (None, 4)),
            (layers.Conv1D(3, 2, use_bias=False), (None, 6, 2)),
            (layers.Conv1DTranspose(3, 2, use_bias=False), (None, 6, 2)),
            (layers.DepthwiseConv1D(2, use_bias=False), (None, 6, 2)),
            (layers.SeparableConv1D(3, 2, use_bias=False), (None, 6, 2)),
        ],
    )
    def test_without_a_bias_there_is_none_among_them(self, layer, shape):
        symbols = meaning(layer, shape).formula.symbols
        assert "b" not in {one.text for one in symbols}
        assert "W" in {one.text for one in symbols} or "P" in {s.text for s in symbols}


class TestOwnTraining:
    """A call that was given `training=True` itself does what it does in training."""

    def test_batch_normalization(self):
        layer = layers.BatchNormalization()
        asked = text(layer, (None, 4), training=False)
        assert "moving mean" in asked
        layer(keras.KerasTensor((None, 4)))
        given = Arguments(inputs=TensorSpec((None, 4), "float32"), training=True)
        assert "mean of x over axis 0" in meaning_of(Subject(layer, given)).formula.text

    def test_of_a_layer_inside(self):
        layer = layers.SpectralNormalization(layers.Dense(3))
        layer(np.ones((2, 4), "float32"))
        given = Arguments(inputs=TensorSpec((None, 4), "float32"), training=True)
        assert "V / σ" in meaning_of(Subject(layer, given)).formula.text

    def test_false_in_the_call_goes_before_the_model(self):
        layer = layers.BatchNormalization()
        layer(keras.KerasTensor((None, 4)))
        given = Arguments(inputs=TensorSpec((None, 4), "float32"), training=False)
        subject = Subject(layer, given, training=True)
        assert "moving mean" in meaning_of(subject).formula.text


class TestQuantized:
    @pytest.mark.parametrize(
        ("layer", "shape", "dtype"),
        [
            (layers.Dense(3), (2, 4), "float32"),
            (layers.EinsumDense("ab,bc->ac", 3), (2, 4), "float32"),
            (layers.Embedding(5, 4), (2, 4), "int32"),
        ],
    )
    def test_it_is_a_black_box_that_says_so(self, layer, shape, dtype):
        layer(np.ones(shape, dtype))
        layer.quantize("int8")
        found = meaning(layer, (None, *shape[1:]), dtype)
        assert (found.source, found.evaluate) == ("black box", None)
        assert "quantized to int8" in found.notes[0]
        assert found.params.value == layer.count_params()

    def test_also_where_a_layer_inside_is(self):
        inner = layers.Dense(3)
        layer = layers.TimeDistributed(inner)
        layer(np.ones((2, 5, 4), "float32"))
        inner.quantize("int8")
        assert "int8" in meaning(layer, (None, 5, 4)).notes[0]


class TestNormalizationAlongAnotherAxis:
    def test_of_batches(self):
        found = text(layers.BatchNormalization(axis=1), (None, 4, 6))
        assert "γ[4]_i (x[?×4×6]_nij - μ_i) / √(σ²_i + 0.001) + β[4]_i" in found

    def test_of_layers(self):
        found = text(layers.LayerNormalization(axis=1), (None, 4, 6))
        assert "γ[4]_i (x[?×4×6]_nij - μ_nj) / √(σ²_nj + 0.001) + β[4]_i" in found

    def test_of_groups(self):
        found = text(layers.GroupNormalization(2), (None, 4, 6))
        assert "(x[?×4×6]_nij - μ_ng)" in found
        assert "g = ⌊j / 3⌋" in found

    def test_of_groups_of_one_channel(self):
        found = text(layers.GroupNormalization(-1), (None, 4, 6))
        assert "(x[?×4×6]_nij - μ_nj)" in found
        assert "the one channel of a group" in found

    def test_of_the_root_mean_square(self):
        found = text(layers.RMSNormalization(axis=1), (None, 4, 6))
        assert found.startswith("y[?×4×6]_nij = γ[4]_i x[?×4×6]_nij / √(mean")

    def test_the_last_axis_needs_no_letters_and_mean_fits_as_it_is(self):
        found = text(layers.LayerNormalization(), (None, 4, 6))
        assert "μ[?×4×1] = mean" in found
        assert "y[?×4×6] = γ[6] ⊙ (x[?×4×6] - μ) / √(σ² + 0.001) + β[6]" in found
        batch = meaning(layers.BatchNormalization(), (None, 4, 6)).formula
        assert r"\odot" in batch.latex
        assert "⊙" in batch.text


class TestLetters:
    def test_einsum_letters_that_mean_something_else_are_changed(self):
        layer = layers.EinsumDense("...x,xy->...y", 3, bias_axes="y")
        found = meaning(layer, (None, 4))
        assert found.formula.text == "y[?×3]_…j = Σ_i x[?×4]_…i W[4×3]_ij + b[3]_j"
        assert "i, j stand for x, y of ...x,xy->...y" in found.shape_rule

    def test_the_bias_is_no_axis(self):
        layer = layers.EinsumDense("abc,cde->abde", (None, 3, 2), bias_axes="de")
        assert text(layer, (None, 5, 4)).endswith(
            "x[?×5×4]_ijk W[4×3×2]_klm + b[3×2]_lm"
        )

    def test_others_stay(self):
        layer = layers.EinsumDense("acd,de->ace", (None, 3))
        assert text(layer, (None, 5, 4)).endswith("Σ_d x[?×5×4]_acd W[4×3]_de")

    def test_products_of_arrays_have_one_sign_in_both_forms(self):
        cases = [
            (layers.PReLU(), (None, 4), False),
            (layers.Dropout(0.5), (None, 4), True),
            (layers.GaussianDropout(0.5), (None, 4), True),
            (layers.AlphaDropout(0.5), (None, 4), True),
            (layers.RMSNormalization(), (None, 4), False),
            (layers.Activation("glu"), (None, 4), False),
        ]
        for layer, shape, training in cases:
            found = meaning(layer, shape, training=training).formula
            assert found.latex.count(r"\odot") == found.text.count("⊙") == 1, layer

    def test_roots_and_comparisons_have_their_signs(self):
        for one in ACTIVATIONS.values():
            assert not {"sqrt", "<=", ">=", "**"} & set(one.text.split())
            assert "sqrt(" not in one.text


class TestShapeRules:
    @pytest.mark.parametrize(
        ("layer", "shape", "told"),
        [
            (
                layers.Conv2DTranspose(4, 3, strides=2, output_padding=1),
                (None, 5, 5, 2),
                "(5 - 1) × 2 + 4 = 12 (4 = kernel 3 + output_padding 1)",
            ),
            (
                layers.Conv1DTranspose(
                    4, 3, strides=2, padding="same", output_padding=0
                ),
                (None, 7, 2),
                "(7 - 1) × 2 + 1 = 13 (1 = kernel 3 - 2 × (3 // 2) + output_padding 0)",
            ),
            (layers.Conv1DTranspose(4, 3), (None, 7, 2), "+ 3 = 9 (3 = kernel 3)"),
            (layers.Flatten(), (None, None, 4), "? × 4, where ? is a length that is"),
            (layers.Reshape((-1, 2)), (None, None, 4), "(? × 4) / 2, where ? is a"),
            (
                layers.Reshape((-1, 2, 3)),
                (None, None, None, 3),
                "(? × ? × 3) / (2 × 3), where ? are lengths that are",
            ),
        ],
    )
    def test_every_number_is_told(self, layer, shape, told):
        assert told in meaning(layer, shape).shape_rule


class TestDenseInNumbers:
    X = np.array([[1.0, 2.0], [0.0, 1.0]], "float32")

    def build(self, **kwargs):
        layer = layers.Dense(2, bias_initializer="ones", **kwargs)
        layer.build((None, 2))
        layer.kernel.assign([[1, -1], [0.5, 2]])
        return layer

    def test_each_step_has_a_line(self):
        assert in_numbers(self.build(activation="relu"), self.X).text.split("\n") == [
            "z = x W + b",
            "z = [1 2] [1 -1; 0.5 2] + [1 1]",
            "z = [3 4]",
            "z_1 = 1 × 1 + 2 × 0.5 + 1 = 3",
            "y_1 = relu(3) = 3",
        ]

    def test_of_a_linear_layer_they_end_with_y(self):
        assert in_numbers(self.build(), self.X).text.endswith("y = z")

    def test_of_softmax_they_show_the_row(self):
        found = in_numbers(self.build(activation="softmax"), self.X).text
        assert found.endswith("y = softmax(z) = [0.269 0.731]")


@pytest.mark.parametrize(
    "case",
    [
        Case(
            "Dense of a layer", lambda: layers.Dense(3, activation=leaky()), In((2, 4))
        ),
        Case("Activation own", lambda: layers.Activation(swish), In((2, 4))),
        Case(
            "Conv1D own", lambda: layers.Conv1D(3, 2, activation=swish), In((2, 5, 2))
        ),
    ],
    ids=lambda case: case.name,
)
def test_what_is_written_agrees_with_keras(case):
    assert verify(case).problems == ()


def leaky():
    return layers.LeakyReLU(negative_slope=0.3)
