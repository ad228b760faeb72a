"""The formula of a custom layer: its operations line by line, by their own names."""

import keras
import pytest
from keras import layers, ops

import teachkit as tk
from teachkit.math.formulas import Formula, Line, Symbol, formula, word
from teachkit.math.renaming import renamed
from teachkit.views.mathml import mathml


class Scaled(layers.Layer):
    def build(self, shape):
        self.factor = self.add_weight(shape=(shape[-1],), name="factor")

    def call(self, x):
        return ops.tanh(x * self.factor) + ops.mean(x, axis=-1, keepdims=True)


class TwoDense(layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.first = layers.Dense(3, name="first")
        self.second = layers.Dense(4, name="second")

    def call(self, inputs):
        return inputs + self.second(self.first(inputs) * 2.0)


class Scores(layers.Layer):
    def build(self, shape):
        self.kernel = self.add_weight(shape=(shape[-1], 4), name="kernel")

    def call(self, x):
        left, right = ops.split(ops.matmul(x, self.kernel), 2, axis=-1)
        return left**2, ops.maximum(left, right)


class Standard(layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.norm = layers.LayerNormalization(name="norm")

    def call(self, x):
        return self.norm(ops.relu(x)) / ops.sqrt(4.0)


class TwoKernels(layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.one = layers.Dense(2, name="one")
        self.other = layers.Dense(2, name="other")

    def build(self, shape):
        self.one.build(shape)
        self.other.build(shape)

    def call(self, x):
        return ops.matmul(x, self.one.kernel) - ops.matmul(x, self.other.kernel)


LINES = {
    Scaled: [
        "multiply[?×4] = x[?×4] ⊙ factor[4]",
        "tanh[?×4] = tanh(multiply)",
        "mean[?×1] = mean of x over axis 1",
        "y[?×4] = tanh + mean",
    ],
    TwoDense: [
        "first[?×3] = inputs[?×4] · W_first[4×3] + b_first[3]",
        "multiply[?×3] = first × 2.0",
        "second[?×4] = multiply · W_second[3×4] + b_second[4]",
        "y[?×4] = inputs + second",
    ],
    Scores: [
        "matmul[?×4] = x[?×4] · kernel[4×4]",
        "split[0][?×2], split[1][?×2] = the places 0–1 and 2–3 of axis 1 of matmul",
        "y1[?×2] = split[0]²",
        "y2[?×2] = max(split[0], split[1])",
    ],
    TwoKernels: [
        "matmul[?×2] = x[?×4] · one/kernel[4×2]",
        "matmul_1[?×2] = x · other/kernel[4×2]",
        "y[?×2] = matmul - matmul_1",
    ],
}


class TestLines:
    @pytest.mark.parametrize("kind", LINES, ids=lambda kind: kind.__name__)
    def test_each_line_has_the_names_of_the_layer(self, kind):
        inputs = keras.Input((4,))
        model = keras.Model(inputs, kind(name="mine")(inputs))

        found = tk.explain(model)["mine"]
        assert found.text.count("\n") > len(LINES[kind])
        assert found.formula.text.split("\n") == LINES[kind]
        assert found.verified is True
        assert mathml(found.formula).startswith("<math")

    def test_a_formula_that_cannot_be_renamed_says_what_its_letters_are(self):
        inputs = keras.Input((4,))
        model = keras.Model(inputs, Standard(name="mine")(inputs))

        found = tk.explain(model)["mine"]
        lines = found.formula.text.split("\n")
        assert lines[:2] == [
            "relu[?×4] = relu(x[?×4]) = max(0, x)",
            "norm = y with x = relu:",
        ]
        assert lines[-1] == "y[?×4] = norm[?×4] / 2"
        assert found.verified is True

    def test_the_symbols_are_told(self):
        inputs = keras.Input((4,))
        model = keras.Model(inputs, Scaled(name="mine")(inputs))

        told = {
            symbol.text: symbol.meaning
            for symbol in tk.explain(model)["mine"].formula.symbols
            if symbol.meaning
        }
        assert told == {"x": "input", "factor": "weight", "y": "output"}


class Twice(layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.shared = layers.Dense(4, name="shared")

    def call(self, x):
        return self.shared(self.shared(x))


def test_a_layer_called_twice_has_one_name_for_its_weights():
    inputs = keras.Input((4,))
    told = tk.explain(keras.Model(inputs, Twice(name="twice")(inputs)), "twice").text

    assert "W_shared" in told
    assert "W_shared:2" not in told


class TestRenamed:
    X = Symbol("x", "x", (2,), "input")
    Y = Symbol("y", "y", (2,), "output")

    def names(self):
        return {"x": word("before"), "y": Symbol("z", "z", (2,))}

    def test_both_forms_are_filled_in_again(self):
        found = renamed(
            formula(r"$y = \exp($x) $x", "$y = exp($x) $x", x=self.X, y=self.Y),
            self.names(),
        )

        assert found.text == "z[2] = exp(before) before"
        assert found.latex == (
            r"\underset{\;2\;}{z} = \exp(\text{before}) \text{before}"
        )

    def test_names_side_by_side_become_a_product(self):
        found = renamed(formula("$y = $x $W", x=self.X, y=self.Y, W="W"), self.names())

        assert found.text == "z[2] = before · W"

    def test_a_letter_that_is_no_symbol_is_not_renamed(self):
        line = formula(r"$y = \min x", "$y = least x", x=self.X, y=self.Y)

        assert renamed(line, self.names()) is None

    def test_a_letter_in_a_sentence_is(self):
        told = "x is 0 outside"
        whole = formula("$y = $x", x=self.X, y=self.Y) + Formula(
            (Line(word(told).latex, told),)
        )

        assert renamed(whole, self.names()).text.endswith("\nbefore is 0 outside")
