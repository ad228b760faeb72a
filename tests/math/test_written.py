"""Numbers written out: many terms are shortened, exponents become powers of ten."""

import keras
import numpy as np
import pytest
from keras import layers

import teachkit as tk
from teachkit.math.formulas import formula, powers_of_ten
from teachkit.math.written import line, summed, weighted_sum


class TestManyTerms:
    def test_nine_terms_are_written(self):
        assert summed("abcdefghi") == "a + b + c + d + e + f + g + h + i"

    def test_of_ten_the_first_three_and_the_last(self):
        assert summed("abcdefghij") == "a + b + c + ... + j"

    def test_both_forms_of_a_weighted_sum(self):
        found = weighted_sum("z", [(1, -2)] * 12, -0.5, -24.5)

        assert found.text == (
            "z = 1 × (-2) + 1 × (-2) + 1 × (-2) + ... + 1 × (-2) + (-0.5) = -24.5"
        )
        assert r"+ \dots +" in found.latex

    @pytest.mark.parametrize(
        "layer", [layers.GlobalAveragePooling1D, layers.GlobalMaxPooling1D]
    )
    def test_a_sum_of_negative_numbers(self, layer):
        inputs = keras.Input((12, 1))
        model = keras.Model(inputs, layer(name="pool")(inputs))

        found = tk.explain(model, "pool", inputs=-np.ones((2, 12, 1)))
        assert "+ -" not in found.text
        assert "(-1) + ... + (-1)) / 12" in found.text or "-1, ..., -1" in found.text


class TestPowersOfTen:
    @pytest.mark.parametrize(
        ("number", "latex"),
        [
            ("1e-07", "10^{-7}"),
            ("2.5e-13", r"2.5 \cdot 10^{-13}"),
            ("-3e+20", r"-3 \cdot 10^{20}"),
            ("0.001", "0.001"),
            (r"\text{layer 1e-07}", r"\text{layer 1e-07}"),
            ("x1e-07", "x1e-07"),
            ("2 e^{-1}", "2 e^{-1}"),
        ],
    )
    def test_a_number_as_python_writes_it(self, number, latex):
        assert powers_of_ten(number) == latex

    def test_in_a_formula_and_in_numbers_written_out(self):
        assert formula("y = 1e-07").latex == "y = 10^{-7}"
        assert formula("y = 1e-07").text == "y = 1e-07"
        assert line("y = 1e-07").latex == "y = 10^{-7}"
